/// An ecosystem as people write it in a list: OSV's name (`PyPI`, `crates.io`, `Debian:12`) or the type of a purl (`pypi`,
/// `cargo`), in any case; and how a purl names its packages.
struct ListedEcosystem {
    /// The type of its purls.
    let type: String
    /// What distinguishes one distribution from others of its type, or nil for a registry.
    private let distribution: String?
    private let release: String?

    var isDistribution: Bool { distribution != nil }

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

    /// The namespace and the name of a package by its name in advisories.
    func split(_ name: String) -> (namespace: String?, name: String) {
        if let distribution { return (distribution, name) }
        let separator: Character
        switch type {
        case "npm" where name.hasPrefix("@"), "composer", "golang", "swift", "githubactions": separator = "/"
        case "maven": separator = ":"
        case "vscode-extension": separator = "."
        default: return (nil, name)
        }
        guard let place = type == "golang" || type == "swift" ? name.lastIndex(of: separator) : name.firstIndex(of: separator)
        else {
            return (nil, name)
        }
        return (String(name[..<place]), String(name[name.index(after: place)...]))
    }
}
