public import JSONText

/// A rating: CVSS in one or more versions, or something else.
public struct CVEMetric: Sendable, Hashable {
    /// Name of the kind of rating, like `CVSS`.
    public var format: String?
    /// Scenarios for which the rating holds.
    public var scenarios: [CVEText] = []
    /// CVSS scores, in the order they stand.
    public var scores: [CVEScore] = []
    /// A rating in other terms.
    public var other: CVEOtherMetric?

    /// An empty metric.
    public init() {}
}

/// A CVSS score as it was written.
public struct CVEScore: Sendable, Hashable {
    /// The version of CVSS: `2.0`, `3.0`, `3.1` or `4.0`.
    public var version: String
    /// The vector.
    public var vector: String
    /// The base score as it was written; nobody compares it with the vector here.
    public var baseScore: JSONNumber
    /// The severity in words, which CVSS 2.0 has none of.
    public var baseSeverity: String?
}

/// A rating whose content the format leaves to its type.
public struct CVEOtherMetric: Sendable, Hashable {
    /// The type, like `ssvc` or `kev`.
    public var type: String
    /// The content as it was written.
    public var content: RawJSON

    /// The decision points of CISA's SSVC; nil where the content is something else.
    public var ssvc: CVEStakeholderDecision? { type == "ssvc" ? CVEStakeholderDecision(content.value) : nil }
    /// The entry in CISA's catalogue of known exploited vulnerabilities; nil where the content is something else.
    public var kev: CVEKnownExploited? { type == "kev" ? CVEKnownExploited(content.value) : nil }
}

/// Decision points of the Stakeholder-Specific Vulnerability Categorization, as CISA publishes them.
public struct CVEStakeholderDecision: Sendable, Hashable {
    /// One point and its value, like `Exploitation` and `active`.
    public struct Point: Sendable, Hashable {
        /// Name of the decision point.
        public var name: String
        /// The value chosen.
        public var value: String
    }

    /// The points in order.
    public var points: [Point]
    /// Who decided, like `CISA Coordinator`.
    public var role: String?
    /// Version of SSVC.
    public var version: String?
    /// When it was decided, as it was written.
    public var timestamp: String?

    init?(_ content: JSONValue) {
        guard let options = content["options"]?.array else { return nil }
        points = []
        for option in options {
            for member in option.object?.members ?? [] {
                guard let value = member.value.string else { return nil }
                points.append(Point(name: member.key, value: value))
            }
        }
        role = content["role"]?.string
        version = content["version"]?.string
        timestamp = content["timestamp"]?.string
    }

    /// The value of a decision point; names are compared as they are written.
    public subscript(name: String) -> String? { points.first { $0.name == name }?.value }
}

/// That a vulnerability is in the catalogue of known exploited vulnerabilities.
public struct CVEKnownExploited: Sendable, Hashable {
    /// The day it was added, like `2022-03-03`.
    public var dateAdded: String
    /// Where the catalogue says so.
    public var reference: String?

    init?(_ content: JSONValue) {
        guard let date = content["dateAdded"]?.string else { return nil }
        dateAdded = date
        reference = content["reference"]?.string
    }
}
