/// A package URL: the identity of one package, in one spelling.
///
/// Implements the Package-URL specification (ECMA-427, clause 5; https://github.com/package-url/purl-spec) with the rules
/// of each registered type (`PurlTypeRule`). A value of this type is always canonical: two purls name the same package
/// exactly when they are equal, and `description` is the canonical spelling.
///
/// Limits: a purl of at most `Purl.maximumLength` bytes. Types that are not registered are accepted with the rules that
/// hold for all types.
///
///     let purl = try Purl(parsing: "pkg:PYPI/Django_package@1.11")
///     purl.description   // "pkg:pypi/django-package@1.11"
public struct Purl: Hashable, Sendable {
    /// The longest text that is parsed, in bytes: qualifiers carry whole URLs, identities never come near.
    public static let maximumLength = 16_384

    /// One `key=value` pair of a purl; the key is lowercase, the value is decoded and never empty.
    public struct Qualifier: Hashable, Sendable {
        /// The lowercase key, as clause 5.6.6 permits it.
        public let key: String
        /// The percent-decoded value.
        public let value: String
    }

    /// The lowercase package type, for example `npm`.
    public let type: String
    /// The decoded namespace with `/` between its segments, or nil when there is none.
    public let namespace: String?
    /// The decoded package name, never empty.
    public let name: String
    /// The decoded version, or nil when the purl names every version.
    public let version: String?
    /// The qualifiers sorted by key; no key appears twice.
    public let qualifiers: [Qualifier]
    /// The decoded path inside the package with `/` between its segments, or nil.
    public let subpath: String?

    /// Builds a purl from decoded components, applying the normalisation of its type.
    ///
    /// Leading and trailing slashes of the namespace, the name and the subpath are dropped, qualifiers with an empty value
    /// too, as "How to build a PURL" of the specification says. A nil or empty optional component is absent.
    ///
    /// - Throws: `PurlError` with the code of the component that breaks a rule and offset 0; nothing is built.
    public init(
        type: String,
        namespace: String? = nil,
        name: String,
        version: String? = nil,
        qualifiers: [String: String] = [:],
        subpath: String? = nil
    ) throws(PurlError) {
        var draft = PurlDraft()
        draft.type = try PurlDraft.checkedType(type, at: 0)
        draft.namespace = PurlDraft.segments(of: namespace ?? "")
        draft.name = PurlDraft.trimmingSlashes(name)
        draft.version = version ?? ""
        for (key, value) in qualifiers {
            try draft.add(Qualifier(key: PurlDraft.checkedKey(key, at: 0), value: value), at: 0)
        }
        draft.subpath = PurlDraft.segments(of: subpath ?? "").filter { $0 != "." && $0 != ".." }
        try self.init(draft, mode: .strict)
    }

    /// The value of the qualifier with this lowercase key, or nil.
    public func qualifier(_ key: String) -> String? {
        for qualifier in qualifiers where qualifier.key == key { return qualifier.value }
        return nil
    }

    init(_ draft: PurlDraft, mode: PurlReading) throws(PurlError) {
        var draft = draft
        try PurlTypeRule.rule(for: draft.type).apply(to: &draft, mode: mode)
        type = draft.type
        namespace = draft.namespace.count > 1 ? draft.namespace.joined(separator: "/") : draft.namespace.first
        name = draft.name
        version = draft.version.isEmpty ? nil : draft.version
        qualifiers = draft.qualifiers.count > 1 ? draft.qualifiers.sorted { $0.key < $1.key } : draft.qualifiers
        subpath = draft.subpath.isEmpty ? nil : draft.subpath.joined(separator: "/")
    }
}

/// How much a purl is allowed to differ from the letter of the specification.
enum PurlReading {
    case strict
    /// As inventories in the field write purls; see `Purl.init(normalizing:)` for the list of what is forgiven.
    case lenient
}
