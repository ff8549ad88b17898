import PackageIdentity

/// The collections that CVE records name by `collectionURL`, as ecosystems of advisories.
enum CVECollection {
    /// Hosts that stand for one collection.
    private static let hosts: [String: String] = [
        "npmjs.com": "npm", "npmjs.org": "npm", "registry.npmjs.org": "npm", "pypi.org": "PyPI", "pypi.python.org": "PyPI",
        "repo.maven.apache.org": "Maven", "repo1.maven.org": "Maven", "central.sonatype.com": "Maven",
        "search.maven.org": "Maven", "mvnrepository.com": "Maven", "rubygems.org": "RubyGems", "crates.io": "crates.io",
        "nuget.org": "NuGet", "api.nuget.org": "NuGet", "packagist.org": "Packagist", "repo.packagist.org": "Packagist",
        "hex.pm": "Hex", "repo.hex.pm": "Hex", "pub.dev": "Pub", "pkg.go.dev": "Go", "proxy.golang.org": "Go",
        "hackage.haskell.org": "Hackage", "cran.r-project.org": "CRAN", "bioconductor.org": "Bioconductor",
        "packages.debian.org": "Debian", "tracker.debian.org": "Debian", "deb.debian.org": "Debian",
        "packages.ubuntu.com": "Ubuntu", "pkgs.alpinelinux.org": "Alpine", "marketplace.visualstudio.com": "VSCode",
        "conan.io": "ConanCenter", "opam.ocaml.org": "opam", "metacpan.org": "CPAN", "cpan.org": "CPAN"
    ]

    /// The package, or nil where the collection is none that is known.
    static func package(_ name: String, in collection: String) -> AffectedPackage? {
        guard let ecosystem = hosts[host(collection)] else { return nil }
        switch ecosystem {
        // No ecosystem of OSV: inventories name such a package by its URL.
        case "CPAN": return AffectedPackage(project: name, type: "cpan")
        case "Maven":
            // `group/artifact` is as common as `group:artifact`.
            let parts = name.split(separator: name.contains(":") ? ":" : "/")
            guard parts.count == 2 else { return nil }
            return AffectedPackage(ecosystem: Ecosystem(name: ecosystem), name: parts.joined(separator: ":"))
        default: return AffectedPackage(ecosystem: Ecosystem(name: ecosystem), name: name)
        }
    }

    private static func host(_ url: String) -> String {
        let address = url.lowercased()[...]
        let rest = ["https://", "http://"].first(where: address.hasPrefix).map { address.dropFirst($0.count) } ?? address
        let host = rest.prefix { $0 != "/" }
        return String(host.hasPrefix("www.") ? host.dropFirst(4) : host)
    }
}
