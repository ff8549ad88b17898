/// One result of a run (3.27).
public struct SARIFResult: Sendable, Hashable {
    /// How bad the problem is (3.27.10).
    public enum Level: String, Sendable, CaseIterable {
        case none, note, warning, error
    }

    /// What the result says (3.27.9); only `fail` reports a problem.
    public enum Kind: String, Sendable, CaseIterable {
        case notApplicable, pass, fail, review, open, informational
    }

    /// How the result compares with an earlier run (3.27.24).
    public enum BaselineState: String, Sendable, CaseIterable {
        case new, unchanged, updated, absent
    }

    /// Identifier of the rule, possibly below a rule (`CA2101/1`).
    public var ruleID: String?
    /// Index of the rule in its component's rules.
    public var ruleIndex: Int?
    /// Index in `SARIFTool.extensions` of the component that has the rule; nil for the driver.
    public var ruleExtensionIndex: Int?
    /// Level as stated; see `SARIFResolver.level(of:)` for the one that applies.
    public var level: Level?
    /// What the result says.
    public var kind: Kind = .fail
    /// The message.
    public var message: SARIFMessage
    /// Where the problem is; several only if all must be changed to solve it.
    public var locations: [SARIFLocation] = []
    /// Values that stay the same when the code around changes (3.27.17).
    public var partialFingerprints: [String: String] = [:]
    /// Values that identify the result by themselves (3.27.16).
    public var fingerprints: [String: String] = [:]
    /// Unique identifier of the result (3.27.3).
    public var guid: String?
    /// Identifier that equal results of several runs share (3.27.4).
    public var correlationGUID: String?
    /// Number of code flows (3.27.18).
    public var codeFlowCount = 0
    /// The ends of the first code flow; the others and what lies between are not kept.
    public var flow: SARIFFlow?
    /// Number of fixes (3.27.30).
    public var fixCount = 0
    /// What the first fix changes; the others are proposed instead of it and are not kept.
    public var fix: [SARIFArtifactChange] = []
    /// Whether the result is suppressed: there are suppressions and none is under review or rejected (3.27.23).
    public var isSuppressed = false
    /// Comparison with an earlier run.
    public var baselineState: BaselineState?
    /// Priority from 0 to 100 (3.27.25); nil when not stated.
    public var rank: Double?
    /// The result's property bag.
    public var properties: RawJSON?

    /// A result that says only this.
    public init(message: SARIFMessage) {
        self.message = message
    }
}

/// A message: its text, or an identifier of one with arguments (3.11).
public struct SARIFMessage: Sendable, Hashable {
    /// The text; nil when it is given by `id`.
    public var text: String?
    /// The text as Markdown.
    public var markdown: String?
    /// Name of a text of the rule or tool.
    public var id: String?
    /// What is put in place of `{0}`, `{1}` and so on.
    public var arguments: [String] = []

    /// A message by text or identifier.
    public init(text: String? = nil, id: String? = nil, arguments: [String] = []) {
        self.text = text
        self.id = id
        self.arguments = arguments
    }
}
