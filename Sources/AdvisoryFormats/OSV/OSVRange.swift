/// A range of affected versions or commits.
public struct OSVRange: Sendable, Hashable {
    /// How the versions in the events are compared.
    public enum Kind: String, Sendable, CaseIterable {
        /// Full commit hashes in the history of `repository`.
        case git = "GIT"
        /// Semantic Versioning 2.0.0.
        case semver = "SEMVER"
        /// The order of the package's ecosystem.
        case ecosystem = "ECOSYSTEM"
    }

    /// How versions compare.
    public var kind: Kind
    /// URL of the repository; required for `git`.
    public var repository: String?
    /// At least one, among them one that introduces.
    public var events: [OSVEvent]
    /// The home database's own data.
    public var databaseSpecific: RawJSON?
    /// Members the schema does not define.
    public var extra: [RawMember] = []

    /// A range by its events.
    public init(kind: Kind, repository: String? = nil, events: [OSVEvent]) {
        self.kind = kind
        self.repository = repository
        self.events = events
    }
}

/// A version at which a range begins or ends.
public struct OSVEvent: Sendable, Hashable {
    /// What happens at the version.
    public enum Kind: String, Sendable, CaseIterable {
        /// The first affected version; "0" is before every version.
        case introduced
        /// The first version that is not affected any more.
        case fixed
        /// The last affected version, where no fix is known; never in a range with `fixed`.
        case lastAffected = "last_affected"
        /// The first version outside the range, of branches that are not described.
        case limit
    }

    /// What happens.
    public var kind: Kind
    /// At which version or commit.
    public var version: String
    /// Members the schema does not define, or allows beside the one that counts.
    public var extra: [RawMember] = []

    /// An event at a version.
    public init(_ kind: Kind, _ version: String) {
        self.kind = kind
        self.version = version
    }
}
