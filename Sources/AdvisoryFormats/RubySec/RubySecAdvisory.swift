/// An advisory of the Ruby Advisory Database (https://github.com/rubysec/ruby-advisory-db), as the YAML file has it.
///
/// Affected is every version that satisfies none of the requirements in `patchedVersions` and `unaffectedVersions`; what a
/// requirement means is RubyGems' matter. Texts about the vulnerability stand in the bytes, which the caller keeps.
public struct RubySecAdvisory: Sendable, Hashable {
    /// What the advisory is about.
    public enum Subject: Sendable, Hashable {
        /// A gem by its name.
        case gem(String)
        /// An implementation of the language by its name: `ruby`, `jruby`, `rubinius`.
        case engine(String)
    }

    /// What it is about.
    public var subject: Subject
    /// The gem's platform to which the advisory is limited, like `jruby`; nil for all.
    public var platform: String?
    /// The number behind `CVE-`.
    public var cve: String?
    /// What follows `GHSA-`.
    public var ghsa: String?
    /// The number behind `OSVDB-`.
    public var osvdb: String?
    /// One line of text.
    public var title: String
    /// The day of disclosure, like `2026-01-31`.
    public var date: String
    /// Requirements of RubyGems, any of which says that a version has the fix.
    public var patchedVersions: [String]
    /// Requirements of RubyGems, any of which says that a version never had the flaw.
    public var unaffectedVersions: [String]

    /// Reads one file of the database.
    /// - Throws: `FormatRefusal` with every place where the file is not written as the database's schema has it.
    public init(parsing bytes: [UInt8]) throws(FormatRefusal) {
        self = try YAMLMembers.read(bytes, as: "RubySec") { members in RubySecAdvisory(&members) }
    }

    private init(_ members: inout YAMLMembers) {
        subject = members.has("engine") ? .engine(members.required("engine")) : .gem(members.required("gem"))
        platform = members.text("platform")
        cve = members.text("cve")
        ghsa = members.text("ghsa")
        osvdb = members.text("osvdb")
        title = members.required("title")
        date = members.required("date")
        patchedVersions = members.texts("patched_versions")
        unaffectedVersions = members.texts("unaffected_versions")
    }

    /// The identifiers of the vulnerability, in the order in which the database names its files.
    public var identifiers: [String] {
        [cve.map { "CVE-" + $0 }, osvdb.map { "OSVDB-" + $0 }, ghsa.map { "GHSA-" + $0 }].compactMap(\.self)
    }
}
