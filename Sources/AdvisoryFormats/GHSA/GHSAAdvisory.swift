public import JSONText

/// A security advisory of GitHub as its REST or GraphQL interface gives it
/// (https://docs.github.com/en/rest/security-advisories/global-advisories,
/// https://docs.github.com/en/graphql/reference/objects#securityadvisory). The files of GitHub's database are OSV.
public struct GHSAAdvisory: Sendable, Hashable {
    /// The identifier, `GHSA-…`.
    public var id: String
    /// Other identifiers of the vulnerability.
    public var aliases: [String]
    /// One line of text.
    public var summary: String?
    /// When it last changed.
    public var updated: WrittenTimestamp?
    /// Whether it was withdrawn.
    public var isWithdrawn: Bool
    /// What is vulnerable, range by range.
    public var vulnerabilities: [Vulnerability]

    /// One range of vulnerable versions of one package.
    public struct Vulnerability: Sendable, Hashable {
        /// GitHub's name of the ecosystem in lowercase, like `pip`.
        public var ecosystem: String
        /// The package's name.
        public var package: String
        /// Comparators and versions, like `>= 4.3.0, < 4.3.5`.
        public var range: String
        /// The first version with the fix, or nil where there is none.
        public var firstPatchedVersion: String?
    }

    /// Reads one advisory.
    /// - Throws: `FormatRefusal` with every place where the bytes are not written as either interface gives them.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(FormatRefusal) {
        self = try bytes.withUnsafeBufferPointer { (bytes) throws(FormatRefusal) in
            try GHSAReader.parse(bytes, limits: limits)
        }
    }

    init() { (id, aliases, isWithdrawn, vulnerabilities) = ("", [], false, []) }
}
