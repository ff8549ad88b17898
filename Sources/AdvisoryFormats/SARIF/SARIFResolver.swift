import JSONText

/// What a result means in its run: references by index and identifier are followed here.
///
/// Made once for a run, so that what a rule says is looked up for a result and not searched.
public struct SARIFResolver: Sendable {
    /// A rule with what its results take from it.
    struct Rule: Sendable {
        let rule: SARIFRule
        /// Of its identifier and its tags, each once.
        let weaknesses: [WeaknessID]
        /// What `security-severity` says.
        let severity: FindingSeverity?
        /// The first line of its description, or else of its name, as long as a title may be.
        let title: CutTitle?
    }

    struct Component: Sendable {
        let rules: [Rule]
        /// The first rule of each identifier.
        let places: [String: Int]
        let messageTexts: [String: String]
    }

    /// How many levels of an identifier are taken away to find the rule above it; the deepest known have three.
    private static let maximumRuleDepth = 16

    private let run: SARIFRun
    private let driver: Component
    private let extensions: [Component]

    /// The references of a run.
    public init(_ run: SARIFRun) {
        self.run = run
        driver = Component(run.tool.driver)
        extensions = run.tool.extensions.map { Component($0) }
    }

    /// The rule of a result (3.27.5 to 3.27.7), or nil when the run does not describe it.
    ///
    /// An index counts before an identifier. Identifiers may be hierarchical: "CA2101/1" belongs to rule "CA2101".
    public func rule(of result: SARIFResult) -> SARIFRule? { known(result)?.rule }

    func known(_ result: SARIFResult) -> Rule? {
        let component = component(of: result)
        if let index = result.ruleIndex, component.rules.indices.contains(index) { return component.rules[index] }
        guard var id = result.ruleID?[...] else { return nil }
        for _ in 0..<Self.maximumRuleDepth {
            if let place = component.places[String(id)] { return component.rules[place] }
            guard let slash = id.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
            id = id[..<slash]
        }
        return nil
    }

    /// The level that applies to a result (3.27.10): the stated one, none for results that report no problem, the
    /// rule's default, or `warning`.
    public func level(of result: SARIFResult) -> SARIFResult.Level {
        if let level = result.level { return level }
        if result.kind != .fail { return .none }
        return rule(of: result)?.defaultLevel ?? .warning
    }

    /// The text of a result's message (3.11.7), with its arguments put in; nil when the run has no text for its
    /// identifier.
    /// - Throws: `SARIFTextTooLong` for a text of more than `limit` bytes.
    public func text(of result: SARIFResult, upTo limit: Int = .max) throws(SARIFTextTooLong) -> String? {
        let message = result.message
        let text =
            message.text
            ?? message.id.flatMap { rule(of: result)?.messageTexts[$0] ?? component(of: result).messageTexts[$0] }
        return try text.map { (text) throws(SARIFTextTooLong) in
            try SARIFMessage.fill(text, with: message.arguments, upTo: limit)
        }
    }

    /// The artifact location with its URI, taken from the run's artifacts where it is given by index (3.4.5).
    public func resolve(_ location: SARIFArtifactLocation) -> SARIFArtifactLocation {
        guard location.uri == nil, let index = location.index, run.artifacts.indices.contains(index) else { return location }
        return run.artifacts[index]
    }

    /// The logical location with its names, taken from the run's where it is given by index (3.33.3).
    public func resolve(_ location: SARIFLogicalLocation) -> SARIFLogicalLocation {
        guard location.fullyQualifiedName == nil, let index = location.index, run.logicalLocations.indices.contains(index)
        else { return location }
        return run.logicalLocations[index]
    }

    private func component(of result: SARIFResult) -> Component {
        guard let index = result.ruleExtensionIndex, extensions.indices.contains(index) else { return driver }
        return extensions[index]
    }
}

extension SARIFResolver.Component {
    init(_ component: SARIFToolComponent) {
        rules = component.rules.map { SARIFResolver.Rule($0) }
        places = Dictionary(component.rules.enumerated().map { ($1.id, $0) }) { first, _ in first }
        messageTexts = component.messageTexts
    }
}

extension SARIFResolver.Rule {
    init(_ rule: SARIFRule) {
        self.rule = rule
        weaknesses = WeaknessID.all(in: [rule.id] + rule.tags)
        severity = FindingSeverity(securitySeverityIn: rule.properties?.value)
        title = CutTitle(rule.shortDescription) ?? CutTitle(rule.name)
    }
}

/// A line of a text as a finding's title.
struct CutTitle: Sendable {
    let text: String
    /// Whether the line was longer.
    let isCut: Bool

    /// The first line that says something; nil where there is none.
    init?(_ text: String?) {
        guard let text else { return nil }
        guard let line = FindingDocument.firstLine(of: text, endingAt: { $0.value < 0x20 || $0.value == 0x85 }) else {
            return nil
        }
        let whole = String(line)
        self.text = FindingDocument.cut(whole, toBytes: FindingDocument.maximumTitleBytes)
        isCut = self.text != whole
    }
}

/// Thrown where a message with its arguments is longer than is taken.
public struct SARIFTextTooLong: Error, Sendable {}

extension SARIFMessage {
    /// Puts arguments in place of `{0}`, `{1}`, …; `{{` and `}}` stand for braces (3.11.5). A placeholder without an
    /// argument stays as it is.
    static func fill(_ text: String, with arguments: [String], upTo limit: Int) throws(SARIFTextTooLong) -> String {
        var output: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let isBrace = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
            if isBrace, rest.first == byte {
                output.append(byte)
                rest.removeFirst()
            } else if byte == UInt8(ascii: "{"), let (index, length) = placeholder(rest), arguments.indices.contains(index) {
                output += arguments[index].utf8
                rest = rest.dropFirst(length)
            } else {
                output.append(byte)
            }
            if output.count > limit { throw SARIFTextTooLong() }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The number in front of a closing brace, and the length of both. No message has a million arguments, so that a longer
    /// number is none.
    private static func placeholder(_ text: ArraySlice<UInt8>) -> (index: Int, length: Int)? {
        let digits = text.prefix(7).prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        guard text.dropFirst(digits.count).first == UInt8(ascii: "}"), let index = Int(String(decoding: digits, as: UTF8.self))
        else { return nil }
        return (index, digits.count + 1)
    }
}

extension FindingSeverity {
    /// `security-severity`, the score from 0 to 10 that code scanning services read from rule and result properties.
    init?(securitySeverityIn bag: JSONValue?) {
        guard let value = bag?["security-severity"], let score = value.number?.double ?? value.string.flatMap(Double.init),
            0...10 ~= score
        else { return nil }
        self =
            switch score {
            case 9...: .critical
            case 7..<9: .high
            case 4..<7: .medium
            case 0: .none
            default: .low
            }
    }
}

extension WeaknessID {
    /// The weaknesses that labels name, each once, in their order.
    static func all(in labels: [String]) -> [WeaknessID] {
        var seen: Set<WeaknessID> = []
        return labels.compactMap { WeaknessID(label: $0) }.filter { seen.insert($0).inserted }
    }
}
