/// Packages and versions a vulnerability affects, as one element of `affected`.
public struct OSVAffected: Sendable, Hashable {
    /// The package; nil where only commits are known.
    public var package: OSVPackage?
    /// Ratings for this package; empty when the record itself is rated.
    public var severity: [OSVSeverity] = []
    /// Ranges of affected versions.
    public var ranges: [OSVRange] = []
    /// Affected versions by name, in addition to the ranges.
    public var versions: [String] = []
    /// The ecosystem's own data.
    public var ecosystemSpecific: RawJSON?
    /// The home database's own data.
    public var databaseSpecific: RawJSON?
    /// Members the schema does not define.
    public var extra: [RawMember] = []

    /// An affected package by ranges and versions.
    public init(package: OSVPackage? = nil, ranges: [OSVRange] = [], versions: [String] = []) {
        self.package = package
        self.ranges = ranges
        self.versions = versions
    }
}

/// A package by ecosystem and name.
public struct OSVPackage: Sendable, Hashable {
    /// A defined ecosystem, with a suffix like `:12` where the ecosystem has releases.
    public var ecosystem: String
    /// Name in the ecosystem.
    public var name: String
    /// The package URL as it was written; the schema does not constrain it.
    public var purl: String?
    /// Members the schema does not define.
    public var extra: [RawMember] = []

    /// A package of an ecosystem.
    public init(ecosystem: String, name: String, purl: String? = nil) {
        self.ecosystem = ecosystem
        self.name = name
        self.purl = purl
    }
}
