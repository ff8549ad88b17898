public import PackageIdentity

/// One reported finding, as one line of newline-delimited JSON: our own format, for finders that have none.
///
/// Required are `title` and one of `package` (a purl) and `repository` (a URI). Members this version does not define are
/// kept as they were written, so a newer finder loses nothing.
public struct FindingDocument: Sendable, Hashable {
    /// One line of text.
    public var title: String
    /// The package the finding is in; its version, if any, is the one it was found in.
    public var package: Purl?
    /// URI of the source repository it is in.
    public var repository: String?
    /// Commit it was found at: 7 to 64 lower-case hexadecimal digits.
    public var commit: String?
    /// What kind of weakness it is.
    public var weakness: WeaknessID?
    /// Where in the source it is.
    public var location: FindingLocation?
    public var description: String?
    /// The fix that the finder proposes: a unified diff, of at most `maximumPatchBytes`.
    public var patch: String?
    /// What the program printed when it crashed, of at most `maximumCrashBytes`.
    public var crash: String?
    /// Files that another commit names otherwise, at most `maximumRenames`.
    public var renames: [FindingRename] = []
    /// Where the attacker's data enters, by the name of a function or as `file:line`; what another finding's sink is written like,
    /// that leads here.
    public var entry: String?
    /// Where the data does harm, written like `entry`.
    public var sink: String?
    /// How bad the finder thinks it is.
    public var severity: FindingSeverity?
    /// Values that stay the same when the same finding is made again, by the name of their method.
    public var fingerprints: [String: String] = [:]
    /// What made the finding.
    public var provenance: FindingProvenance?
    /// Sending the same key again means the same finding: it is recorded once.
    public var idempotencyKey: String?
    /// When it was made.
    public var discoveredAt: WrittenTimestamp?
    /// Members not defined here.
    public var extra: [RawMember] = []

    /// A finding in a package.
    public init(title: String, package: Purl, repository: String? = nil) {
        self.title = title
        self.package = package
        self.repository = repository
    }

    /// A finding in a repository.
    public init(title: String, repository: String) {
        self.title = title
        self.repository = repository
    }

    init() {
        title = ""
    }
}

/// How bad the finder thinks it is; the words of CVSS 3.1 section 5.
public enum FindingSeverity: String, Sendable, CaseIterable {
    case none, low, medium, high, critical
}

/// A place in the source.
public struct FindingLocation: Sendable, Hashable {
    /// Path within the repository.
    public var file: String
    /// Name of the function, qualified as its language does.
    public var function: String?
    /// From 1.
    public var startLine: Int?
    /// Members not defined here.
    public var extra: [RawMember] = []

    /// A place by file, function and line.
    public init(file: String, function: String? = nil, startLine: Int? = nil) {
        self.file = file
        self.function = function
        self.startLine = startLine
    }
}

/// A file that has another name in another commit; which way round says nothing.
public struct FindingRename: Sendable, Hashable {
    /// Path within the repository.
    public var from: String
    /// Path within the repository.
    public var to: String

    /// A file by its two names.
    public init(from: String, to: String) {
        self.from = from
        self.to = to
    }
}

/// What made the finding.
public struct FindingProvenance: Sendable, Hashable {
    /// Name of the model.
    public var model: String?
    /// Version of the model.
    public var version: String?
    /// The program that ran the model or the analysis.
    public var harness: String?
    /// Version of that program.
    public var harnessVersion: String?
    /// Digest of the prompt policy in force, as the finder computes it.
    public var promptPolicyHash: String?
    /// Whether a person has looked at the finding.
    public var humanReviewed: Bool?
    /// Members not defined here.
    public var extra: [RawMember] = []

    /// A provenance by model and harness.
    public init(model: String? = nil, version: String? = nil, harness: String? = nil) {
        self.model = model
        self.version = version
        self.harness = harness
    }
}
