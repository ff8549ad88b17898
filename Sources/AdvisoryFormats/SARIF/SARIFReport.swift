/// The findings of a SARIF 2.1.0 log (OASIS Standard), as far as a clearinghouse uses them.
///
/// A report made by `init(parsing:)` came from a log that satisfies the standard's JSON schema, whole: parts that are not
/// kept here were checked too. Section numbers below are those of the standard.
public struct SARIFReport: Sendable, Hashable {
    /// The runs in order (3.13.4).
    public var runs: [SARIFRun]

    /// A report of runs.
    public init(runs: [SARIFRun]) {
        self.runs = runs
    }

    /// Number of results in all runs.
    public var resultCount: Int { runs.reduce(0) { $0 + $1.results.count } }
}

/// One run of one tool (3.14).
public struct SARIFRun: Sendable, Hashable {
    /// The tool and its rules.
    public var tool: SARIFTool
    /// The results in order.
    public var results: [SARIFResult] = []
    /// Where the run's artifacts are, for locations that refer to them by index (3.14.15).
    public var artifacts: [SARIFArtifactLocation] = []
    /// The run's shared logical locations, for those that refer by index (3.14.17).
    public var logicalLocations: [SARIFLogicalLocation] = []
    /// What `uriBaseId` names stand for (3.14.14).
    public var baseLocations: [String: SARIFArtifactLocation] = [:]
    /// Repositories and revisions that were analysed (3.14.8).
    public var repositories: [SARIFRepository] = []
    /// Hierarchical name of the run (3.17.3).
    public var automationID: String?
    /// Unique identifier of the run (3.17.4).
    public var automationGUID: String?
    /// Identifier of the run that baseline states compare with (3.14.5).
    public var baselineGUID: String?
    /// The run's property bag.
    public var properties: RawJSON?

    /// A run without results yet.
    public init(tool: SARIFTool) {
        self.tool = tool
    }
}

/// A repository the analysed files came from (3.23).
public struct SARIFRepository: Sendable, Hashable {
    /// Where the repository is.
    public var uri: String
    /// The commit that was analysed.
    public var revision: String?
    /// Its branch.
    public var branch: String?

    /// A repository at a revision.
    public init(uri: String, revision: String? = nil, branch: String? = nil) {
        self.uri = uri
        self.revision = revision
        self.branch = branch
    }
}
