/// The ecosystems of the OSV schema, one row each, in its order. A scheme is the ecosystem's own order or, where that is not
/// written down anywhere, the one that OSV compares with (https://github.com/google/osv.dev, `go/osv/ecosystem`); where neither
/// exists it is `unknown` and the row says why: nothing is compared by a rule that is not the ecosystem's own.
extension EcosystemRule {
    static let table: [String: EcosystemRule] = [
        "AlmaLinux": EcosystemRule(scheme: .rpm, release: .major),
        "Alpaquita": EcosystemRule(scheme: .apk, release: .asWritten),
        "Alpine": EcosystemRule(scheme: .apk, names: .lowercase, release: .alpine),
        // OSV defines no order; the versions of its records have one, within a branch and between branches.
        "Android": EcosystemRule(scheme: .android, release: .asWritten),
        "Azure Linux": EcosystemRule(scheme: .rpm, release: .major),
        "BellSoft Hardened Containers": EcosystemRule(scheme: .apk, release: .asWritten),
        "Bioconductor": EcosystemRule(scheme: .cran),
        // Bitnami's tools compare what follows a hyphen as a revision above the release, but its advisories are SEMVER ranges
        // that mean SemVer by it (`1.26.0-0`), and OSV compares so.
        "Bitnami": EcosystemRule(scheme: .semver, names: .lowercase),
        "Chainguard": EcosystemRule(scheme: .apk),
        "CleanStart": EcosystemRule(scheme: .apk),
        "ConanCenter": EcosystemRule(scheme: .conan),
        "CRAN": EcosystemRule(scheme: .cran),
        "crates.io": EcosystemRule(scheme: .crates),
        "Debian": EcosystemRule(scheme: .dpkg, names: .lowercase, release: .debian),
        "Docker Hardened Images": EcosystemRule(release: .asWritten, nesting: .ecosystem),
        "Echo": EcosystemRule(scheme: .dpkg, names: .lowercase, release: .asWritten, nesting: .echo),
        "FreeBSD": EcosystemRule(scheme: .freebsd, release: .asWritten),
        "GHC": EcosystemRule(scheme: .semver),
        // Commits: only a repository knows their order.
        "GIT": EcosystemRule(names: .repositoryAddress),
        "GitHub Actions": EcosystemRule(scheme: .semver, names: .lowercase),
        // Module paths keep their case, but no two live ones differ by it alone, and package URLs come lowercased as often as not:
        // to compare with case would find nothing where something is affected.
        "Go": EcosystemRule(scheme: .golang, names: .lowercase),
        "Hackage": EcosystemRule(scheme: .hackage),
        "Hex": EcosystemRule(scheme: .semver, names: .lowercase),
        "Julia": EcosystemRule(scheme: .julia),
        "Kubernetes": EcosystemRule(scheme: .golang),
        // OSV defines no order. One of releases says nothing of backports, which a range for each series does.
        "Linux": EcosystemRule(scheme: .linux),
        "Mageia": EcosystemRule(scheme: .rpm, release: .asWritten),
        "Maven": EcosystemRule(scheme: .maven),
        "MinimOS": EcosystemRule(scheme: .apk),
        "npm": EcosystemRule(scheme: .npm),
        "NuGet": EcosystemRule(scheme: .nuget, names: .lowercase),
        "opam": EcosystemRule(scheme: .opam),
        "openEuler": EcosystemRule(scheme: .rpm, release: .openEuler),
        "openSUSE": EcosystemRule(scheme: .rpm, release: .openSUSE),
        // Commits and tags of many projects.
        "OSS-Fuzz": EcosystemRule(),
        "Packagist": EcosystemRule(scheme: .composerNormalized, names: .lowercase),
        "Photon OS": EcosystemRule(scheme: .rpm, release: .photon),
        "Pub": EcosystemRule(scheme: .pub, names: .lowercase),
        "PyPI": EcosystemRule(scheme: .pep440, names: .python),
        "Red Hat": EcosystemRule(scheme: .rpm, release: .redHat),
        "Rocky Linux": EcosystemRule(scheme: .rpm, release: .major),
        "Root": EcosystemRule(release: .asWritten, nesting: .root),
        "RubyGems": EcosystemRule(scheme: .rubygems),
        "SUSE": EcosystemRule(scheme: .rpm, release: .suse),
        "SwiftURL": EcosystemRule(scheme: .semver, names: .repositoryAddress),
        "TuxCare": EcosystemRule(release: .asWritten, nesting: .ecosystem),
        "Ubuntu": EcosystemRule(scheme: .dpkg, names: .lowercase, release: .ubuntu),
        "VSCode": EcosystemRule(scheme: .semver, names: .lowercase),
        "Wolfi": EcosystemRule(scheme: .apk)
    ]
}
