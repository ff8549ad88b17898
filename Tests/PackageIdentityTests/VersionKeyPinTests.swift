import PackageIdentity
import Testing

/// Keys are stored beside what was derived from them: whoever changes one raises `VersionKey.encodingRevision` and these lines
/// together.
@Suite struct VersionKeyPinTests {
    private static let versions = [
        "1", "1.0", "1.0.0", "1.2.3", "1.10.0", "2.0.0-rc.1", "1.0~beta1", "1:2.3-4", "1.2.3.4", "1.0a1", "2024.1.15", "1.0_p1"
    ]

    private static let schemes = [
        "semver", "npm", "golang", "crates", "pep440", "dpkg", "rpm", "apk", "maven", "rubygems", "nuget", "composer",
        "composer-normalized", "cran",
        "hackage", "pub", "julia", "conan", "alpm", "gentoo", "openssl", "opam", "android", "freebsd", "linux", "perl"
    ]

    @Test func `gives the keys of this revision, scheme by scheme`() throws {
        var sums: [String] = []
        for name in Self.schemes {
            let scheme = try #require(VersionScheme(name: name), "\(name)")
            // FNV-1a: enough to notice a change, and nothing else.
            var sum: UInt64 = 0xcbf2_9ce4_8422_2325
            for version in Self.versions {
                let bytes = (try? VersionKey(encoding: version, in: scheme))?.bytes ?? [0]
                for byte in bytes + [0xFF] { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3 }
            }
            sums.append("\(name) \(String(sum, radix: 16))")
        }
        #expect(VersionKey.encodingRevision == 4)
        #expect(sums == Self.pinned)
    }

    private static let pinned = [
        "semver 73d1c017b3aa7daf", "npm 73d1c017b3aa7daf", "golang 73d1c017b3aa7daf",
        "crates 73d1c017b3aa7daf", "pep440 7865cd45224a68e7", "dpkg 4986e6ab8b3afb89",
        "rpm 4e21da9af7b232dc", "apk e311aa0729deee20", "maven f87169dff7f12924",
        "rubygems ace3fc3883d6eb26", "nuget 59fe29d0c044e0d0", "composer dd665188da7b07cb",
        "composer-normalized c423023a333d87d3",
        "cran 2f4543d87f51606b", "hackage 2f4543d87f51606b", "pub 9ab8ba3fdbbdb0af",
        "julia 1fbabe67150089c6", "conan a45eaa620b05618a", "alpm b50bc700a10249f2",
        "gentoo 32452f9aa3b1036", "openssl b79f270f5ae28fb6", "opam 7da14edbdc2b7629", "android 955b2d2744e2f135",
        "freebsd 7f8dc34573df31d8", "linux 1128468276c8fdae", "perl 8ba9701e94fae878"
    ]
}
