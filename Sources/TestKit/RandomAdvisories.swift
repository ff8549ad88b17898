package import Matching
import PackageIdentity
import TestSupport

/// Advisories drawn at random: every kind of range, boundaries that nobody can place, lists of versions, releases, and ecosystems
/// whose order depends on more than their names.
package enum RandomAdvisories {
    package static func some(_ count: Int, seed: UInt64) -> [IndexedAdvisory] {
        var chance = SeededGenerator(seed: seed)
        return (0..<count).map { number in
            IndexedAdvisory(
                id: "TEST-\(number)", isWithdrawn: chance.chance(oneIn: 30),
                affected: (0...chance.below(4)).map { _ in package(&chance) }
            )
        }
    }

    private static let ecosystems = [
        "PyPI", "PyPI", "npm", "Go", "Maven", "Maven:https://repo.example", "Debian", "Debian:11", "Debian:12",
        "Ubuntu:22.04:LTS",
        "Ubuntu:Pro:22.04:LTS", "Alpine:v3.18", "Alpine", "AlmaLinux:9", "AlmaLinux:8", "openSUSE:Leap 15.5",
        "openEuler:22.03-LTS-SP1", "openEuler:22.03", "Root",
        "Root:Alpine:3.18", "Root:PyPI", "Echo", "Echo:PyPI", "TuxCare:AlmaLinux:9", "Android:13", "GIT", "Linux", "Nobody's:1",
        "Packagist", "RubyGems", "NuGet"
    ]
    private static let names = ["left-pad", "Zope.Interface", "openssl", "github.com/libssh2/libssh2", "a:b", "Ünlü"]
    private static let versions = [
        "0", "1.0", "1.0.0", "1.2.3", "2.0.0-rc.1", "2.0", "2.0.0", "3.0.11-1~deb12u2", "2:1.0-1", "1.0-1.el9", "v1.5.0", "10.0",
        "no version", "2004d", "1.0.post1", "1.0a", "libssh2-1.11.1", "99.0", "*"
    ]

    private static func package(_ chance: inout SeededGenerator) -> AffectedPackage {
        let ecosystem = Ecosystem(chance.pick(ecosystems))
        let ranges = (0..<chance.below(3)).flatMap { _ in
            RangeBuilder(chance.chance(oneIn: 3) ? .semver : .ecosystem, in: ecosystem).ranges(for: events(&chance))
        }
        return AffectedPackage(
            ecosystem: ecosystem, name: chance.pick(names), ranges: ranges,
            explicitVersions: (0..<chance.below(4)).map { _ in chance.pick(versions) }
        )
    }

    private static func events(_ chance: inout SeededGenerator) -> [RangeEvent] {
        (0...chance.below(4)).map { _ in
            RangeEvent(
                chance.pick([.introduced, .introduced, .fixed, .fixed, .lastAffected, .limit]), chance.pick(versions)
            )
        }
    }
}
