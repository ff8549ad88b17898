/// One line of an EPSS feed: how likely a vulnerability is exploited within thirty days (https://www.first.org/epss/).
public struct EPSSScore: Sendable, Hashable {
    /// The vulnerability.
    public var cve: CVEID
    /// Probability from 0 to 1.
    public var probability: Double
    /// Share of the vulnerabilities that score the same or less, from 0 to 1; nil in feeds of the first model version.
    public var percentile: Double?

    /// A score.
    public init(cve: CVEID, probability: Double, percentile: Double?) {
        self.cve = cve
        self.probability = probability
        self.percentile = percentile
    }
}

/// What the comment before the header says of a feed; feeds of the first model version have none.
public struct EPSSFeedHeader: Sendable, Hashable {
    /// Version of the model, like `v2026.06.15`.
    public var modelVersion: String?
    /// The day or moment of the scores, as it was written.
    public var scoreDate: String?

    /// A header that says nothing.
    public init() {}
}

/// A line that was passed over, and why.
public struct EPSSFault: Sendable, Hashable, CustomStringConvertible {
    /// Number of the line, from 1.
    public let line: Int
    /// One short sentence for people.
    public let reason: String

    public var description: String { "line \(line): \(reason)" }
}
