/// One vulnerability record of the Open Source Vulnerability format, schema of 2026 (https://ossf.github.io/osv-schema/).
///
/// A record made by `init(parsing:)` satisfies the JSON schema. Members the schema allows but does not define are kept as
/// they were written. `null` lists read as empty ones.
public struct OSVRecord: Sendable, Hashable {
    /// Version of the schema the record was written for.
    public var schemaVersion: String?
    /// Identifier, whose prefix names the home database.
    public var id: String
    /// When the record last changed.
    public var modified: WrittenTimestamp
    /// When the record was first published.
    public var published: WrittenTimestamp?
    /// When the record was withdrawn; nil while it stands.
    public var withdrawn: WrittenTimestamp?
    /// Identifiers of the same vulnerability elsewhere.
    public var aliases: [String] = []
    /// Identifiers of closely related vulnerabilities.
    public var related: [String] = []
    /// Identifiers of upstream vulnerabilities this record passes on.
    public var upstream: [String] = []
    /// One line of English text.
    public var summary: String?
    /// The description, in CommonMark.
    public var details: String?
    /// Ratings of the vulnerability; empty when the affected packages carry their own.
    public var severity: [OSVSeverity] = []
    /// Affected packages and versions.
    public var affected: [OSVAffected] = []
    /// Links to more.
    public var references: [OSVReference] = []
    /// Who contributed.
    public var credits: [OSVCredit] = []
    /// The home database's own data.
    public var databaseSpecific: RawJSON?

    /// A record with the two members the schema requires; the prefix of `id` is checked when the record is written.
    public init(id: String, modified: WrittenTimestamp) {
        self.id = id
        self.modified = modified
    }
}
