/// Where a package comes from and, for a distribution, from which release: the `ecosystem` string of OSV.
///
/// The names are those of the OSV schema (https://ossf.github.io/osv-schema/#affectedpackage-field), compared exactly. A name
/// that is not in `Ecosystem+Table.swift` is accepted, has an unknown version scheme and leaves names as they are: the list
/// of OSV is open.
///
///     Ecosystem("Debian:12").versionScheme                 // dpkg
///     Ecosystem("PyPI").normalizedName("Zope.Interface")   // "zope-interface"
public struct Ecosystem: Hashable, Sendable {
    /// The name before the first colon, for example `PyPI` or `Debian`.
    public let name: String
    /// What follows the first colon, as written: a release (`12`, `22.04:LTS`), or a repository for some; or nil.
    public let suffix: String?
    /// The release that decides whether an advisory is about a component, in one spelling: `22.04` for `22.04:LTS`, `12` for
    /// `12.5` and `bookworm`; nil when there is none or the suffix is no release (a Maven repository).
    public let release: String?

    /// Reads an OSV ecosystem string, `name` or `name:suffix`. An empty suffix is none.
    public init(_ text: String) {
        let colon = text.utf8.firstIndex(of: UInt8(ascii: ":"))
        let name = colon.map { String(text[..<$0]) } ?? text
        self.init(name: name, suffix: colon.map { String(text[text.utf8.index(after: $0)...]) })
    }

    /// An ecosystem from its parts; for the suffix any spelling of a release that `DistributionRelease` knows is good.
    public init(name: String, suffix: String? = nil) {
        self.name = name
        self.suffix = suffix.flatMap { $0.isEmpty ? nil : $0 }
        release = self.suffix.flatMap(EcosystemRule.rule(for: name).release.canonical).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Name and release, each in its one spelling: equal ecosystems have equal texts, and `init(_:)` makes an equal one of it.
    public var canonicalText: String { release.map { name + ":" + $0 } ?? name }

    /// Whether an ecosystem of this name can have a release; those of registries never do.
    public var canHaveRelease: Bool { Ecosystem(name: name, suffix: "0").release != nil }

    /// Raised whenever a release gets another spelling: whoever stores `canonicalText` makes it anew then.
    public static let spellingRevision = 2

    /// The release as it is known where a system does not say which service pack it has: `openEuler:22.03` for
    /// `openEuler:22.03-LTS-SP1`. Nil where a release's name is always whole.
    public var withoutServicePack: Ecosystem? {
        guard let release, let base = EcosystemRule.rule(for: name).release.withoutServicePack(release) else { return nil }
        return Ecosystem(name: name, suffix: base)
    }

    /// How versions of this ecosystem are ordered. Ranges of OSV type `SEMVER` are ordered by `VersionScheme.semver` instead,
    /// wherever they stand.
    public var versionScheme: VersionScheme { EcosystemRule.rule(for: name, suffix: suffix).scheme }

    /// Whether the ecosystem is in the table of this module.
    public var isKnown: Bool { EcosystemRule.table[name] != nil }

    /// The one spelling of a package name under which all its spellings compare equal (for PyPI, PEP 503).
    public func normalizedName(_ packageName: String) -> String {
        EcosystemRule.rule(for: name, suffix: suffix).names.normalize(packageName)
    }

    /// What the releases say about whether something that holds for this ecosystem holds for a component of `other`.
    public func coverage(of other: Ecosystem) -> Coverage {
        if name != other.name { return .different }
        guard let release else { return .same }
        guard let installed = other.release else { return .undecided }
        if installed == release { return .same }
        return withoutServicePack?.release == installed ? .undecided : .different
    }

    /// The result of `coverage(of:)`.
    public enum Coverage: Hashable, Sendable {
        /// The same release, or no release was asked for.
        case same
        /// Another ecosystem or another release.
        case different
        /// The component's release is not known, and it would decide.
        case undecided
    }

    /// The same ecosystem and release, however the suffix is spelled.
    public static func == (left: Ecosystem, right: Ecosystem) -> Bool { left.name == right.name && left.release == right.release }
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(release)
    }
}

extension Ecosystem: CustomStringConvertible {
    /// The OSV string, as it was written.
    public var description: String { suffix.map { name + ":" + $0 } ?? name }
}
