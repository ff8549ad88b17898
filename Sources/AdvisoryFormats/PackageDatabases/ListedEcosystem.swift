import PackageIdentity

/// An ecosystem as people write it in a list: OSV's name (`PyPI`, `crates.io`, `Debian:12`) or the type of a purl (`pypi`,
/// `cargo`), in any case; and how a purl names its packages.
struct ListedEcosystem {
    /// The type of its purls.
    let type: String
    /// What distinguishes one distribution from others of its type, or nil for a registry.
    private let distribution: String?
    private let release: String?

    private static let registries: [String: String] = [
        "npm": "npm", "pypi": "pypi", "crates.io": "cargo", "cargo": "cargo", "go": "golang", "golang": "golang",
        "maven": "maven",
        "rubygems": "gem", "gem": "gem", "nuget": "nuget", "packagist": "composer", "composer": "composer", "pub": "pub",
        "hex": "hex",
        "conancenter": "conan", "conan": "conan", "cran": "cran", "bioconductor": "bioconductor", "hackage": "hackage",
        "swifturl": "swift", "swift": "swift", "opam": "opam", "bitnami": "bitnami", "vscode": "vscode-extension",
        "github actions": "githubactions", "githubactions": "githubactions"
    ]

    private static let distributions: [String: (type: String, vendor: String)] = [
        "debian": ("deb", "debian"), "ubuntu": ("deb", "ubuntu"), "alpine": ("apk", "alpine"), "wolfi": ("apk", "wolfi"),
        "chainguard": ("apk", "chainguard"), "minimos": ("apk", "minimos"), "almalinux": ("rpm", "almalinux"),
        "rocky linux": ("rpm", "rocky"), "red hat": ("rpm", "redhat"), "suse": ("rpm", "suse"), "opensuse": ("rpm", "opensuse"),
        "openeuler": ("rpm", "openeuler"), "mageia": ("rpm", "mageia"), "photon os": ("rpm", "photon"),
        "azure linux": ("rpm", "azurelinux")
    ]

    /// Those of OSV whose packages a list names by ecosystem and name alone: purls have no type for them, or one that needs more than a
    /// name (Julia's UUID), or one that does not tell them from others (`Root`, `TuxCare`).
    private static let unnamed = [
        "Alpaquita", "Android", "BellSoft Hardened Containers", "CleanStart", "Docker Hardened Images", "Echo", "FreeBSD", "GHC",
        "GIT", "Julia", "Kubernetes", "Linux", "OSS-Fuzz", "Root", "TuxCare"
    ]

    /// The ecosystem of a name in any case, whose packages are known by ecosystem and name alone; nil for one that is not in OSV's list, and
    /// for those whose packages a purl names.
    static func withoutPurls(_ text: String) -> Ecosystem? {
        let written = Ecosystem(text)
        return unnamed.first { $0.lowercased() == written.name.lowercased() }.map {
            Ecosystem(name: $0, suffix: written.suffix)
        }
    }

    /// Whether a release may stand behind an ecosystem's name.
    static func isDistribution(_ text: String) -> Bool {
        if let ecosystem = ListedEcosystem(text) { return ecosystem.distribution != nil }
        guard let ecosystem = withoutPurls(text) else { return false }
        return ecosystem.canHaveRelease && [.dpkg, .rpm, .apk, .freebsd].contains(ecosystem.versionScheme)
    }

    /// Nil for an ecosystem without a purl type.
    init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1)
        let name = (parts.first ?? "").lowercased()
        release = parts.count == 2 ? String(parts[1]) : nil
        if let type = Self.registries[name] {
            (self.type, distribution) = (type, nil)
        } else if let (type, vendor) = Self.distributions[name] {
            (self.type, distribution) = (type, vendor)
        } else {
            return nil
        }
    }

    /// The release, as the qualifier of distributions has it: `distro=debian-12`.
    var qualifiers: [String: String] {
        guard let distribution, let release else { return [:] }
        // `Leap 15.5` is written with hyphens there.
        let text = distribution == "opensuse" ? release.split(separator: " ").joined(separator: "-") : release
        return ["distro": distribution + "-" + text]
    }

    private static let separators = [
        "maven": ":", "composer": "/", "golang": "/", "swift": "/", "githubactions": "/", "npm": "/", "vscode-extension": "."
    ]

    /// The name of a package in advisories by the columns name and group of a list. Where packages have no group, the column is about
    /// something else; and many exports repeat it in the name.
    func name(_ name: String, of group: String?) -> String {
        guard let group, let separator = Self.separators[type], !name.hasPrefix(group + separator),
            type != "npm" || group.hasPrefix("@")
        else { return name }
        return group + separator + name
    }

    /// Why no package of the ecosystem can have this name, or nil. Such a name would match nothing, and look clean.
    func fault(of name: String) -> String? {
        if name.contains(where: \.isWhitespace) { return "there is a blank in it" }
        if distribution != nil, name.contains("/") { return "there is a slash in it" }
        if type == "npm", name.dropFirst().contains("@") { return "there is a version in it" }
        return nil
    }

    /// The namespace and the name of a package by its name in advisories.
    func split(_ name: String) -> (namespace: String?, name: String) {
        if let distribution { return (distribution, name) }
        // Advisories name the repository by its address, with and without what begins and ends one.
        if type == "swift", let address = RepositoryAddress(name) ?? RepositoryAddress("https://" + name) {
            return (([address.host] + address.path.dropLast()).joined(separator: "/"), address.path.last ?? "")
        }
        let separator: Character
        switch type {
        case "npm" where name.hasPrefix("@"), "composer", "golang", "githubactions": separator = "/"
        case "maven": separator = ":"
        case "vscode-extension": separator = "."
        default: return (nil, name)
        }
        guard let place = type == "golang" ? name.lastIndex(of: separator) : name.firstIndex(of: separator)
        else {
            return (nil, name)
        }
        return (String(name[..<place]), String(name[name.index(after: place)...]))
    }
}
