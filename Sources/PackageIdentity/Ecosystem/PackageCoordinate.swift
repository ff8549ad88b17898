/// A package as advisories name it: the ecosystem, the normalised name, and the version that was installed.
public struct PackageCoordinate: Hashable, Sendable {
    /// The ecosystem, with the release where one is known.
    public let ecosystem: Ecosystem
    /// The name, normalised by the ecosystem.
    public let name: String
    /// The version as the ecosystem writes it, or nil.
    public let version: String?

    /// A coordinate from any spelling of the name.
    public init(ecosystem: Ecosystem, name: String, version: String? = nil) {
        self.ecosystem = ecosystem
        self.name = ecosystem.normalizedName(name)
        self.version = version
    }

    init(ecosystem: Ecosystem, normalizedName: String, version: String?) {
        self.ecosystem = ecosystem
        name = normalizedName
        self.version = version
    }

    /// The coordinate of a purl, or nil when its type belongs to no ecosystem (`generic`, `docker`, `oci`, …).
    ///
    /// For Debian, Ubuntu and Alpine advisories name the source package: the qualifier `upstream` (`name` or `name@version`)
    /// is used where the inventory has it, else the purl's own name, which is right for `arch=source` and for packages that
    /// share the name of their source. The release comes from the qualifier `distro` (`debian-12`, `bookworm`, `jammy`).
    public init?(_ purl: Purl) {
        guard let coordinate = PurlEcosystem.coordinate(of: purl) else { return nil }
        self = coordinate
    }
}

/// Which ecosystem a purl belongs to, and under which name advisories know the package.
enum PurlEcosystem {
    static func coordinate(of purl: Purl) -> PackageCoordinate? {
        switch purl.type {
        case "deb", "apk", "rpm": distribution(purl)
        case "golang": golang(purl)
        default: registry(purl)
        }
    }

    /// How namespace and name make the name of the package.
    enum Naming {
        case nameOnly
        case joined(String)
    }

    static let registries: [String: (ecosystem: String, naming: Naming)] = [
        "bioconductor": ("Bioconductor", .nameOnly), "bitnami": ("Bitnami", .nameOnly), "cargo": ("crates.io", .nameOnly),
        "composer": ("Packagist", .joined("/")), "conan": ("ConanCenter", .nameOnly), "cran": ("CRAN", .nameOnly),
        "gem": ("RubyGems", .nameOnly), "githubactions": ("GitHub Actions", .joined("/")), "hackage": ("Hackage", .nameOnly),
        // A namespace is an organisation's private repository: joined, it cannot be taken for the public package.
        "hex": ("Hex", .joined("/")), "julia": ("Julia", .nameOnly), "maven": ("Maven", .joined(":")),
        "npm": ("npm", .joined("/")), "nuget": ("NuGet", .nameOnly), "opam": ("opam", .nameOnly), "pub": ("Pub", .nameOnly),
        "pypi": ("PyPI", .nameOnly), "swift": ("SwiftURL", .joined("/")), "vscode-extension": ("VSCode", .joined("."))
    ]

    private static func registry(_ purl: Purl) -> PackageCoordinate? {
        guard let (ecosystem, naming) = registries[purl.type] else { return nil }
        var name = purl.name
        if case .joined(let separator) = naming, let namespace = purl.namespace { name = namespace + separator + name }
        return PackageCoordinate(ecosystem: Ecosystem(name: ecosystem), name: name, version: purl.version)
    }

    /// The module path. The standard library is `stdlib` in the Go vulnerability database and `std` in some inventories.
    private static func golang(_ purl: Purl) -> PackageCoordinate {
        let path = purl.namespace.map { $0 + "/" + purl.name } ?? (purl.name == "std" ? "stdlib" : purl.name)
        return PackageCoordinate(ecosystem: Ecosystem(name: "Go"), name: path, version: purl.version)
    }

    /// Tools take the vendor from the system's `ID` (os-release(5)), from a list of their own, or from OSV's name, and write it before
    /// the release too. CBL-Mariner is what Azure Linux was called before its third release.
    static let vendors: [(type: String, ecosystem: String, names: [String])] = [
        ("deb", "Debian", ["debian"]), ("deb", "Ubuntu", ["ubuntu"]), ("deb", "Echo", ["echo"]), ("apk", "Alpine", ["alpine"]),
        ("apk", "Wolfi", ["wolfi"]), ("apk", "Chainguard", ["chainguard"]), ("apk", "MinimOS", ["minimos"]),
        ("apk", "Alpaquita", ["alpaquita"]), ("apk", "CleanStart", ["cleanstart"]),
        ("apk", "BellSoft Hardened Containers", ["bellsoft-hardened-containers"]),
        ("rpm", "AlmaLinux", ["almalinux", "alma"]),
        ("rpm", "Rocky Linux", ["rocky-linux", "rockylinux", "rocky"]), ("rpm", "Red Hat", ["redhat", "rhel"]),
        ("rpm", "SUSE", ["suse", "sles", "sled"]),
        ("rpm", "openSUSE", ["opensuse-leap", "opensuse.leap", "opensuse-tumbleweed", "opensuse.tumbleweed", "opensuse"]),
        ("rpm", "openEuler", ["openeuler"]), ("rpm", "Mageia", ["mageia"]), ("rpm", "Photon OS", ["photon"]),
        ("rpm", "Azure Linux", ["azure-linux", "azurelinux", "cbl-mariner", "mariner"])
    ]

    /// By type and vendor.
    private static let distributions: [String: (ecosystem: String, names: [String])] = Dictionary(
        uniqueKeysWithValues: vendors.flatMap { vendor in
            vendor.names.map { ("\(vendor.type)/\($0)", (vendor.ecosystem, vendor.names)) }
        }
    )

    private static func distribution(_ purl: Purl) -> PackageCoordinate? {
        guard let vendor = purl.namespace, let (name, names) = distributions[purl.type + "/" + vendor] else { return nil }
        let ecosystem = Ecosystem(name: name, suffix: release(purl, of: name, named: names))
        var package = purl.name
        var version = purl.version
        if purl.type != "rpm", let upstream = purl.qualifier("upstream") {
            let parts = upstream.split(separator: "@", maxSplits: 1).map(String.init)
            package = parts.first ?? package
            if parts.count == 2 { version = parts[1] }
        }
        if let epoch = purl.qualifier("epoch"), let plain = version, !plain.utf8.contains(UInt8(ascii: ":")) {
            version = epoch + ":" + plain
        }
        return PackageCoordinate(ecosystem: ecosystem, name: package, version: version)
    }

    /// `debian-12`, `alpine-3.17.2` and `ubuntu-22.04` without the distribution; `jessie` as it is.
    private static func release(_ purl: Purl, of ecosystem: String, named names: [String]) -> String? {
        guard let distro = purl.qualifier("distro") else { return impliedRelease(purl, of: ecosystem) }
        // openSUSE's product is part of the release: `opensuse-leap-15.5` is `Leap 15.5`.
        if ecosystem == "openSUSE" { return DistributionRelease.openSUSE(distro) }
        let lowered = distro.lowercased()
        // The spellings of Red Hat and SUSE know the names of their products.
        let prefixes = ["Red Hat", "SUSE"].contains(ecosystem) ? [purl.namespace ?? ""] : names
        let prefix = prefixes.first { lowered.hasPrefix($0 + "-") }
        let release = prefix.map { String(distro.dropFirst($0.utf8.count + 1)) } ?? distro
        return ecosystem == "openEuler" ? marked(release, purl.version) : release
    }

    /// A rolling distribution may be the vendor itself, and packages of openEuler are marked.
    private static func impliedRelease(_ purl: Purl, of ecosystem: String) -> String? {
        switch ecosystem {
        case "openSUSE": purl.namespace?.hasSuffix("tumbleweed") == true ? "Tumbleweed" : nil
        case "openEuler": purl.version.flatMap(DistributionRelease.openEuler(markedIn:))
        default: nil
        }
    }

    /// The release with its service pack, where the package is marked by it and nothing else is said.
    private static func marked(_ release: String, _ version: String?) -> String {
        guard let marked = version.flatMap(DistributionRelease.openEuler(markedIn:)) else { return release }
        let isSame = DistributionRelease.openEulerBase(marked) == DistributionRelease.openEuler(release)
        return isSame ? marked : release
    }
}
