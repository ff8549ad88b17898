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

    /// WordPress has no ecosystem: inventories have its plugins and themes as WordPress Packagist names them.
    private static let wordPress = ["plugins": "wpackagist-plugin/", "themes": "wpackagist-theme/"]

    /// The package, or the one of each platform; none where the collection is none that is known.
    /// - Parameter platforms: the CPE names beside it.
    static func packages(_ name: String, in collection: String, platforms: [String]) -> [AffectedPackage] {
        let (host, path) = place(collection)
        if isRedHat(collection) {
            return platforms.compactMap { CSAFPlatform.redHatRelease($0) }.map {
                AffectedPackage(ecosystem: Ecosystem("Red Hat:" + $0), name: name)
            }
        }
        if host == "wordpress.org" {
            return wordPress[path].map { [AffectedPackage(ecosystem: Ecosystem(name: "Packagist"), name: $0 + name)] } ?? []
        }
        return hosts[host].flatMap { package(name, in: $0) }.map { [$0] } ?? []
    }

    /// Whether a collection is Red Hat's, in whose packages the CPE names beside a package are the platform's.
    static func isRedHat(_ collection: String) -> Bool {
        place(collection) == ("access.redhat.com", "downloads/content/package-browser")
    }

    private static func package(_ name: String, in ecosystem: String) -> AffectedPackage? {
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

    /// Host and path of a URL, in lowercase and without slashes around them.
    private static func place(_ url: String) -> (host: String, path: String) {
        let address = url.lowercased()[...]
        let rest = ["https://", "http://"].first(where: address.hasPrefix).map { address.dropFirst($0.count) } ?? address
        let host = rest.prefix { $0 != "/" }
        let path = rest.dropFirst(host.count).split(separator: "/").joined(separator: "/")
        return (String(host.hasPrefix("www.") ? host.dropFirst(4) : host), path)
    }
}
