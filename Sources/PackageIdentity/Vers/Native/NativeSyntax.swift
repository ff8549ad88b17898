/// A way in which an ecosystem or a source of advisories writes version ranges.
///
/// Each syntax lives in a file of its own (`NativeRange+NPM.swift`, …) that documents what it reads and where it differs
/// from the tool it comes from.
public struct NativeSyntax: Hashable, Sendable {
    /// The longest text that is read, in bytes.
    public static let maximumLength = 65_536

    enum Form: Hashable, Sendable {
        case alpm, apk, cargo, composer, conan, deb, gem, gentoo, github, gemnasium, golang, hex, maven, nginx,
            npm, nuget
        case openssl, pypi, rpm
    }

    /// The VERS type of the ranges, for example `npm`.
    public let type: String
    let form: Form

    private init(_ form: Form, type: String) {
        self.form = form
        self.type = type
    }

    /// The syntax that the ecosystem with this VERS type uses itself, or nil when none is known.
    public init?(type: String) {
        guard let form = Self.forms[type] else { return nil }
        self.init(form, type: type)
    }

    /// A syntax by what somebody calls it: a VERS type (`npm`) or an ecosystem of OSV (`RubyGems`, `Debian:12`); `gitlab/` or `github/` and a VERS type, for the ranges of those
    /// databases (`gitlab/npm`), or what the database calls the packages (`gitlab/packagist`, `github/pip`). Nil when none is known.
    public init?(named name: String) {
        let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            self.init(type: Self.type(named: name))
            return
        }
        let type = Self.databaseTypes[parts[1]] ?? parts[1]
        guard VersionScheme(versType: type) != nil else { return nil }
        switch parts[0] {
        case "gitlab": self = .gemnasium(type)
        case "github": self = .github(type)
        default: return nil
        }
    }

    private static func type(named name: String) -> String {
        let lowered = name.lowercased()
        if let type = databaseTypes[lowered] ?? (forms[lowered] == nil ? nil : lowered) { return type }
        return distributionTypes[Ecosystem(name).versionScheme] ?? name
    }

    private static let distributionTypes: [VersionScheme: String] = [.dpkg: "deb", .rpm: "rpm", .apk: "apk"]

    /// What GitLab and GitHub call packages, where VERS has another word.
    private static let databaseTypes = [
        "actions": "githubactions", "crates.io": "cargo", "erlang": "hex", "go": "golang", "packagist": "composer", "pip": "pypi",
        "rubygems": "gem", "rust": "cargo"
    ]

    /// `vulnerableVersionRange` of GitHub advisories, for packages of a VERS type: `>= 1.0.0, < 1.0.1`.
    public static func github(_ type: String) -> NativeSyntax { NativeSyntax(.github, type: type) }

    /// `affected_range` of GitLab's gemnasium database, for packages of a VERS type: `>=1.0 <1.2||=2.0`; types that write
    /// intervals in brackets, and Conan, keep their own syntax there.
    public static func gemnasium(_ type: String) -> NativeSyntax {
        switch forms[type] {
        case .maven: NativeSyntax(.maven, type: type)
        case .nuget: NativeSyntax(.nuget, type: type)
        case .conan: NativeSyntax(.conan, type: type)
        default: NativeSyntax(.gemnasium, type: type)
        }
    }

    private static let forms: [String: Form] = [
        "alpine": .apk, "alpm": .alpm, "apk": .apk, "arch": .alpm, "cargo": .cargo, "composer": .composer, "conan": .conan,
        "deb": .deb, "debian": .deb,
        "ebuild": .gentoo, "gem": .gem, "gentoo": .gentoo, "golang": .golang, "hex": .hex, "maven": .maven, "nginx": .nginx,
        "npm": .npm, "nuget": .nuget, "openssl": .openssl, "pypi": .pypi, "rpm": .rpm
    ]
}
