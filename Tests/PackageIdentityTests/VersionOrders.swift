import PackageIdentity

/// A scheme with a comparison of its own and a source of versions for it.
struct VersionOrder: Sendable {
    let scheme: VersionScheme
    let compare: @Sendable (String, String) -> Int
    let generate: @Sendable (inout VersionGenerator) -> String

    /// The schemes whose direct comparison needs no state; PEP 440 has a suite of its own.
    static let all: [VersionOrder] = [
        VersionOrder(scheme: .semver, compare: DirectOrder.semver) { $0.semver() },
        VersionOrder(scheme: .dpkg, compare: DirectOrder.dpkg) { $0.dpkg() },
        VersionOrder(scheme: .rpm, compare: DirectOrder.rpm) { $0.rpm() },
        VersionOrder(scheme: .alpm, compare: DirectOrder.alpm) { $0.alpm() },
        VersionOrder(scheme: .apk, compare: DirectOrder.apk) { $0.apk() },
        VersionOrder(scheme: .gentoo, compare: DirectOrder.gentoo) { $0.gentoo() },
        VersionOrder(scheme: .opam, compare: DirectOrder.opam) { $0.opam() },
        VersionOrder(scheme: .openssl, compare: DirectOrder.openssl) { $0.openssl() },
        VersionOrder(scheme: .maven, compare: DirectMavenOrder.compare) { $0.maven() },
        VersionOrder(scheme: .nuget, compare: DirectOrder.nuget) { $0.nuget() },
        VersionOrder(scheme: .rubygems, compare: DirectOrder.rubygems) { $0.rubygems() },
        VersionOrder(scheme: .composer, compare: DirectOrder.composer) { $0.composer() },
        VersionOrder(scheme: .composerNormalized, compare: DirectOrder.composerNormalized) { $0.composerVersion() },
        VersionOrder(scheme: .cran, compare: DirectOrder.dotted) { $0.dotted(separators: [".", "-"]) },
        VersionOrder(scheme: .hackage, compare: DirectOrder.dotted) { $0.dotted(separators: ["."]) },
        VersionOrder(scheme: .pub, compare: DirectOrder.pub) { $0.pub() },
        VersionOrder(scheme: .julia, compare: DirectOrder.julia) { $0.pub() },
        VersionOrder(scheme: .conan, compare: DirectOrder.conan) { $0.conan() },
        VersionOrder(scheme: .libversion, compare: DirectOrder.libversion) { $0.libversion() },
        VersionOrder(scheme: .intdot, compare: DirectOrder.intdot) { $0.intdot() },
        VersionOrder(scheme: .datetime, compare: DirectOrder.datetime) { $0.datetime() },
        VersionOrder(scheme: .lexicographic, compare: { DirectOrder.text($0, $1) }) { $0.lexicographic() },
        VersionOrder(scheme: .android, compare: DirectOrder.android) { $0.android() },
        VersionOrder(scheme: .freebsd, compare: DirectOrder.freebsd) { $0.freebsd() },
        VersionOrder(scheme: .linux, compare: DirectOrder.linux) { $0.linux() },
        VersionOrder(scheme: .perl, compare: DirectOrder.perl) { $0.perl() },
        VersionOrder(scheme: VersionScheme.dpkg.rebuiltByRoot, compare: DirectOrder.rootDebian) { $0.rootDebian() }
    ]
}
