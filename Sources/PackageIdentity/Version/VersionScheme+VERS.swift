extension VersionScheme {
    /// The scheme of a VERS type (https://github.com/package-url/vers-spec, "VERS types"), which for a package type is the type
    /// of its purl; nil for a type that none is known for, and for `all` and `none`, whose ranges compare nothing.
    ///
    /// Known beside those of the specification are the names that univers and older ranges use: `alpine`, `arch`, `debian`,
    /// `ebuild` and `gentoo`, `nginx` and `openssl`.
    ///
    /// - Parameter type: in lowercase, as the canonical form of a VERS and of a purl has it.
    public init?(versType type: String) {
        guard let scheme = Self.versTypes[type] else { return nil }
        self = scheme
    }

    private static let versTypes: [String: VersionScheme] = [
        "alpine": .apk, "alpm": .alpm, "apk": .apk, "arch": .alpm, "bioconductor": .cran, "bitnami": .semver, "cargo": .crates,
        "composer": .composerNormalized, "conan": .conan, "cpan": .perl, "cran": .cran, "dart": .pub, "datetime": .datetime,
        "deb": .dpkg,
        "debian": .dpkg, "ebuild": .gentoo, "gem": .rubygems, "generic": .libversion, "gentoo": .gentoo,
        // Tags of a repository; univers reads them as SemVer.
        "github": .semver, "githubactions": .semver,
        "golang": .golang, "hackage": .hackage, "hex": .semver, "intdot": .intdot, "julia": .julia,
        "lexicographic": .lexicographic, "maven": .maven,
        // Three numbers; an even second one is a stable branch, which no comparison asks.
        "nginx": .semver,
        "npm": .npm, "nuget": .nuget, "opam": .opam, "openssl": .openssl, "pub": .pub, "pypi": .pep440, "rpm": .rpm,
        "semver": .semver, "swift": .semver, "vscode-extension": .semver
    ]
}
