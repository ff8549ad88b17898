/// Products that a CVE record speaks of, with the status of their versions; every text as it was written.
public struct CVEProduct: Sendable, Hashable {
    /// Who makes the product.
    public var vendor: String?
    /// Name of the product.
    public var product: String?
    /// URL of the collection that gives `packageName` its meaning.
    public var collectionURL: String?
    /// Name of the package in the collection.
    public var packageName: String?
    /// Package URL without a version (format 5.2).
    public var packageURL: String?
    /// URL of the source repository.
    public var repo: String?
    /// CPE names, 2.2 or 2.3.
    public var cpes: [String] = []
    /// Affected modules.
    public var modules: [String] = []
    /// Affected source files.
    public var programFiles: [String] = []
    /// Affected functions.
    public var programRoutines: [String] = []
    /// Platforms to which the statement is limited; empty for all.
    public var platforms: [String] = []
    /// Status of every version that `versions` does not cover; nil stands for unknown.
    public var defaultStatus: CVEStatus?
    /// Versions and ranges with their status.
    public var versions: [CVEVersion] = []

    /// A product of which nothing is said.
    public init() {}
}

/// Whether a version is affected.
public enum CVEStatus: String, Sendable, CaseIterable {
    case affected, unaffected, unknown
}

/// A version or a range of versions with its status.
public struct CVEVersion: Sendable, Hashable {
    /// The version, or the lower end of the range, which is part of it.
    public var version: String
    /// Status of the version, and of the range until the first change.
    public var status: CVEStatus
    /// How versions are compared, like `semver`, `git` or `custom`.
    public var versionType: String?
    /// Upper end that is no part of the range; `*` for no end.
    public var lessThan: String?
    /// Upper end that is part of the range; `*` for no end.
    public var lessThanOrEqual: String?
    /// Where in the range the status changes, in order.
    public var changes: [CVEVersionChange] = []

    /// A single version.
    public init(version: String, status: CVEStatus) {
        self.version = version
        self.status = status
    }
}

/// From which version on a range has another status.
public struct CVEVersionChange: Sendable, Hashable {
    /// The first version with the new status.
    public var at: String
    /// The new status.
    public var status: CVEStatus

    /// A change.
    public init(at: String, status: CVEStatus) {
        self.at = at
        self.status = status
    }
}

/// A statement of applicability in terms of CPE.
public struct CVEApplicability: Sendable, Hashable {
    /// How two parts are joined.
    public enum Operator: String, Sendable, CaseIterable {
        case and = "AND"
        case or = "OR"
    }

    /// How the nodes are joined; nil where the record does not say.
    public var joining: Operator?
    /// Whether the statement is meant the other way round.
    public var isNegated = false
    /// The parts.
    public var nodes: [Node] = []

    /// A part: CPE matches joined by an operator.
    public struct Node: Sendable, Hashable {
        /// How the matches are joined.
        public var joining: Operator?
        /// Whether the part is meant the other way round.
        public var isNegated = false
        /// The matches.
        public var matches: [Match] = []
    }

    /// A CPE name with a range of versions.
    public struct Match: Sendable, Hashable {
        /// Whether what matches is vulnerable, or only there for the vulnerable to run on.
        public var isVulnerable = false
        /// The CPE 2.3 name as it was written.
        public var criteria = ""
        /// Identifier of the match in the NVD.
        public var matchCriteriaID: String?
        /// Lower end that is part of the range.
        public var startIncluding: String?
        /// Lower end that is no part of it.
        public var startExcluding: String?
        /// Upper end that is part of it.
        public var endIncluding: String?
        /// Upper end that is no part of it.
        public var endExcluding: String?
    }
}
