import PackageIdentity
import TestSupport
import Testing

@Suite struct `Version keys` {
    /// The layouts are stored in databases: a change here needs a new name of the scheme.
    @Test func `have the documented bytes`() throws {
        let cases: [(VersionScheme, String, String)] = [
            (.semver, "1.2.3", "11 12 13 ff"), (.semver, "v1", "11 10 10 ff"), (.semver, "1.0.0-rc.1", "11 10 10 3e726300 11 00"),
            (.semver, "0.35.36", "10 33 3524 ff"), (.semver, "1.256.65536", "11 360100 37010000 ff"),
            // 2⁶⁴ has 20 digits.
            (.semver, "18446744073709551616", "3d 24 3138343436373434303733373039353531363136 10 10 ff"),
            (.golang, "go1.21rc2", "11 25 10 3e726300 12 00"), (.npm, "= v1.2.3", "11 12 13 ff"),
            (.dpkg, "1:2.0-1", "11 12 ae10 02 11 02"), (.dpkg, "1~a", "10 11 016110 02 10 02"),
            (.pep440, "1.0", "10 11 02 06 01 ff 01"), (.pep440, "1!2.0a3.post4.dev5+l.6", "11 12 02 0313 14 15 036c00 16 01"),
            (.pep440, "0.dev1", "10 02 01 01 11 01"), (.pep440, "x", "01 2a7800 2a66696e616c00 00"),
            (.rpm, "1:2.0~rc1-3", "11 12 10 01 04726300 11 02 13 02"), (.rpm, "1^a", "10 11 03 046100 02 00"),
            (.alpm, "1.0rc-2", "10 11 3e11 10 04726300 05 12 05"), (.alpm, "1.", "10 11 06 11 05"),
            (.apk, "1.2_rc1-r3", "11 12 04 09 11 07 13 06"), (.apk, "1.02a~f", "11 103200 0f61 086600 06"),
            (.apk, "1.x", "11 05 2e7800"), (.apk, "1-r0-1", "11 0710 05"),
            (.gentoo, "1.020b_p-r1", "11 103200 0f62 0e10 06 11"), (.opam, "1.0~a", "11 ae10 016110 02"),
            (.openssl, "1.0.2k-dev", "11 10 12 6b00 02 00 10 04"), (.openssl, "3-beta2", "13 10 10 00 02 6265746100 12 04"),
            (.maven, "1.0.0-rc1", "11 0a 0f0611 0e"), (.maven, "2.0.RC1", "12 0d 04 0f0611 0e"),
            (.maven, "1.x-2", "11 0f027800 0f0612 0e"), (.maven, "1.ga.0.1", "11 0f00 10 11 0e"),
            (.nuget, "1.0-Beta.2", "11 10 10 10 3e6265746100 12 00"), (.rubygems, "1.0.a0.b", "11 026100 03 026200 04"),
            (.composer, "1.0-beta2", "11 10 05 12 07"), (.composer, "v1.0pl1.", "11 10 3e 11 01"),
            (.composerNormalized, "v1.0-Beta2-dev", "11 10 10 10 05 12 03 07"),
            (.composerNormalized, "2020-09-14", "3607e4 19 1e 07"),
            (.cran, "1.0-2", "11 10 12 01"), (.hackage, "1.0.2", "11 10 12 01"), (.intdot, "1.0.0x", "11 01"),
            (.pub, "1.0.0+a", "11 10 10 ff 3e6100 00"), (.julia, "1.0.0-", "11 10 10 01 00 00"),
            (.conan, "1.0.2k-a+b", "11 10 12fe6b00 01 3e6100 01 ff 01 02 3e6200 01 ff 01"),
            (.libversion, "1.0alpha1", "11 02 0161 11 03"), (.lexicographic, "a", "6100"),
            (.datetime, "0000-03-01T00:00:00.50Z", "3902f0605980 3500"),
            (.android, "12L:2023-06-01", "1c 3e6c00 01 3607e7 16 11 01"), (.android, ":0", "01 01"),
            (.freebsd, "1.0a2_3,4", "14 11 01 10 10 02 12 05 13"),
            (.freebsd, "2.*+0.rc1", "10 12 01 10 01 01 10 04 03 02 13 11 05 10"),
            (.linux, "6.10-rc2", "16 1a 05 03 12 01"), (.linux, "5.15.0-91-Generic", "15 1f 05 04 355b 3e67656e6572696300 01"),
            (.perl, "1.002500", "11 12 3601f4 02"), (.perl, "v1.2_3-TRIAL", "11 27 01"),
            (.dpkg.rebuiltByRoot, "1-2+root.io.3", "10 11 02 12 02 13")
        ]
        for (scheme, version, expected) in cases {
            #expect(
                try VersionKey(encoding: version, in: scheme).description == expected.filter { $0 != " " }, "\(scheme) \(version)"
            )
        }
    }

    @Test func `refuse what is no version of the scheme, and say where`() {
        let long = String(repeating: "1", count: VersionKey.maximumVersionLength + 1)
        let cases: [(VersionScheme, String, VersionError.Code, Int)] = [
            (.semver, "", .empty, 0), (.pep440, " \n", .empty, 0), (.semver, "latest", .malformed, 0),
            (.semver, "v", .malformed, 1),
            (.semver, "-1.0", .malformed, 0), (.golang, "(devel)", .malformed, 0), (.golang, "go", .malformed, 0),
            (.golang, "gofoo", .malformed, 2), (.npm, "=", .malformed, 1), (.dpkg, "1.0-", .malformed, 3),
            (.dpkg, ":1", .malformed, 0),
            (.dpkg, "a:1", .malformed, 1), (.dpkg, "1:", .malformed, 2), (.dpkg, "1 2", .malformed, 1),
            (.dpkg, "1é", .malformed, 1),
            (.dpkg, "-1", .malformed, 0), (.gentoo, "a", .malformed, 0), (.gentoo, "1.2_foo", .malformed, 3),
            (.gentoo, "1_cvs", .malformed, 1), (.gentoo, "1-r", .malformed, 3), (.gentoo, "1-r2x", .malformed, 3),
            (.opam, "1 2", .malformed, 1), (.openssl, "v1", .malformed, 0), (.openssl, "1_2", .malformed, 1),
            (.nuget, "beta", .malformed, 0), (.composerNormalized, "dev-main", .malformed, 0),
            (.linux, "next-2024", .malformed, 0), (.linux, "1da177e4", .malformed, 1),
            (.android, "12:2023-06-01:1", .malformed, 13), (.android, "12+", .malformed, 2), (.android, "12:x", .malformed, 3),
            (.perl, "1.2a", .malformed, 3), (.perl, "1_000", .malformed, 1), (.perl, "v", .malformed, 1),
            (.perl, "1.2.3.", .malformed, 5),
            (.perl, "1.2_3_4", .malformed, 5), (.perl, ".", .malformed, 0), (.rubygems, "a", .malformed, 0),
            (.rubygems, "1..2", .malformed, 2),
            (.rubygems, "1.", .malformed, 2), (.rubygems, "1-", .malformed, 2), (.rubygems, "1+2", .malformed, 1),
            (.cran, "1.a", .malformed, 2), (.cran, "1.2 3", .malformed, 3), (.hackage, "1-2", .malformed, 1),
            (.hackage, "1.", .malformed, 2), (.pub, "a", .malformed, 0), (.julia, "v", .malformed, 1),
            (.intdot, ".1", .malformed, 0), (.datetime, "2024-01-01", .malformed, 10),
            (.datetime, "2023-02-29T00:00:00Z", .malformed, 8), (.datetime, "1900-02-29T00:00:00Z", .malformed, 8),
            (.datetime, "2024-01-01T24:00:00Z", .malformed, 11), (.datetime, "2024-01-01T00:00:00.Z", .malformed, 20),
            (.datetime, "2024-01-01T00:00:00", .malformed, 19), (.datetime, "2024-01-01T00:00:00+24:00", .malformed, 20),
            (.datetime, "2024-01-01T00:00:00ZZ", .malformed, 20), (.dpkg.rebuiltByRoot, "1-.root.io.1", .malformed, 1),
            (.semver, long, .length, VersionKey.maximumVersionLength), (.unknown, "1", .scheme, 0)
        ]
        for (scheme, version, code, offset) in cases {
            do {
                let key = try VersionKey(encoding: version, in: scheme)
                Issue.record("\(scheme) \(version.prefix(40)) was accepted as \(key)")
            } catch {
                #expect(error.code == code && error.offset == offset, "\(scheme) \(version.prefix(40)): \(error)")
            }
        }
    }

    @Test func `leave a buffer as it was when they cannot be written`() {
        var buffer: [UInt8] = [1, 2]
        #expect(throws: VersionError.self) { try VersionKey.append(encoding: "1.0-".utf8Span.span, in: .dpkg, to: &buffer) }
        #expect(buffer == [1, 2])
    }

    @Test func `take numbers and texts of any length up to the limit`() throws {
        let limit = VersionKey.maximumVersionLength
        let nines = String(repeating: "9", count: limit)
        for scheme in Self.schemes where scheme != .datetime && scheme != .lexicographic {
            let (less, greater) = (String(nines.dropLast()) + "8", nines)
            #expect(try VersionKey(encoding: less, in: scheme) < VersionKey(encoding: greater, in: scheme), "\(scheme)")
            #expect(
                try VersionKey(encoding: String(nines.dropLast()), in: scheme) < VersionKey(encoding: less, in: scheme),
                "\(scheme)")
        }
        // The encoding that grows most: every character of a legacy version becomes a padded number or a word.
        for pattern in ["1.", "-", "1-", "\u{1}", "a1"] {
            let version = "x" + String(repeating: pattern, count: (limit - 1) / pattern.utf8.count)
            #expect(try VersionKey(encoding: version, in: .pep440).isLegacyPEP440, "\(pattern)")
        }
    }

    @Test func `order Go's pseudo-versions, toolchain tags and incompatible modules`() throws {
        let sorted = [
            "v0.0.0-20190101000000-aaaaaaaaaaaa", "v0.0.0-20191109021931-daa7c04131f5", "v0.1.0",
            "v1.2.3-0.20200101000000-abcdefabcdef",
            "v1.2.3-pre", "v1.2.3-pre.0.20200101000000-abcdefabcdef", "v1.2.3", "go1.21beta1", "go1.21rc2", "go1.21rc10",
            "go1.21",
            "1.21.1", "go1.21.2", "v2.0.0+incompatible", "v2.0.1"
        ]
        let keys = try sorted.map { try VersionKey(encoding: $0, in: .golang) }
        for (index, key) in keys.enumerated().dropFirst() {
            #expect(keys[index - 1] < key, "\(sorted[index - 1]) < \(sorted[index])")
        }
        #expect(try VersionKey(encoding: "v2.0.0+incompatible", in: .golang) == VersionKey(encoding: "2", in: .golang))
        #expect(try VersionKey(encoding: "go1.21rc2", in: .golang) == VersionKey(encoding: "1.21.0-rc.2", in: .golang))
    }

    @Test func `bound ranges by two comparisons`() throws {
        func key(_ version: String) throws -> VersionKey { try VersionKey(encoding: version, in: .semver) }
        let (one, two, afterTwo, three) = (try key("1.0.0"), try key("2.0.0"), try key("2.0.1-0"), try key("3.0.0"))
        #expect(one.isWithin(one, to: two) && !two.isWithin(one, to: two) && three.isWithin(one, to: nil))
        #expect(two.isWithin(one, through: two) && !three.isWithin(one, through: two) && !one.isWithin(two, to: nil))
        #expect(two.isWithin(one, to: two.successor) && !afterTwo.isWithin(one, to: two.successor))
        #expect(try key("0.0.0-0").isWithin(.lowest, to: one) && VersionKey.lowest.isLowest && !one.isLowest)
        #expect(VersionKey.lowest.bytes.isEmpty && VersionKey.lowest.count == 0)
        #expect(two.successor.bytes == two.bytes + [0x00], "no byte string lies between a key and its successor")
    }

    @Test func `compare and read back as byte strings, of any length`() {
        for seed in UInt64(1)...3 {
            var random = SeededGenerator(seed: seed)
            // Few different bytes and lengths around the inline capacity make common prefixes likely.
            let strings = (0..<150).map { _ in
                (0..<random.pick([0, 1, 7, 8, 9, 22, 23, 24, 25, 40])).map { _ in random.pick([0, 0, 1, 255] as [UInt8]) }
            }
            for left in strings {
                #expect(VersionKey(bytes: left).bytes == left, "seed \(seed): \(left)")
                for right in strings {
                    let isSound =
                        (VersionKey(bytes: left) < VersionKey(bytes: right)) == left.lexicographicallyPrecedes(right)
                        && (VersionKey(bytes: left) == VersionKey(bytes: right)) == (left == right)
                    if !isSound { Issue.record("seed \(seed): \(left) and \(right)") }
                }
            }
        }
    }

    /// A hundred thousand strings in all.
    @Test func `are made of any bytes or refused, and never begin like the lowest key`() {
        let alphabet: [UInt8] =
            Array("0019.-+~:!va_ rcdevpostfinal^#TZ*alphabetagroot.io.".utf8) + [0x00, 0x01, 0x02, 0x7F, 0x80, 0xC3, 0xFF]
        for scheme in Self.schemes {
            var random = SeededGenerator(seed: 97)
            for _ in 0..<(100_000 / Self.schemes.count + 1) {
                let version = (0..<random.below(30)).map { _ in random.pick(alphabet) }
                guard let key = try? VersionKey(encoding: version.span, in: scheme) else { continue }
                let isSound = VersionKey.lowest < key && key.bytes[0] != 0 && key.count <= 10 * version.count + 40
                if !isSound { Issue.record("\(scheme) \(version): \(key)") }
            }
        }
    }

    static let names = [
        "semver", "golang", "npm", "crates", "pep440", "dpkg", "rpm", "apk", "alpm", "gentoo", "opam", "openssl", "maven",
        "nuget", "rubygems", "composer", "composer-normalized", "cran", "hackage", "pub", "julia", "conan", "libversion",
        "intdot", "datetime",
        "lexicographic", "android", "freebsd", "linux", "perl", "root-dpkg", "root-maven"
    ]
    static let schemes = names.compactMap { VersionScheme(name: $0) }

    /// The names are stored beside keys.
    @Test func `belong to schemes that are found by their stable names`() {
        #expect(Self.schemes.map(\.name) == Self.names && Self.schemes.allSatisfy(\.isOrdered))
        #expect(VersionScheme(name: "maven") == .maven && VersionScheme(name: "root-dpkg") == .dpkg.rebuiltByRoot)
        #expect(VersionScheme(name: "unknown") == .unknown && !VersionScheme.unknown.isOrdered)
        #expect(VersionScheme.unknown.rebuiltByRoot == .unknown)
        #expect(VersionScheme(name: "roman") == nil && VersionScheme(name: "root-roman") == nil)
        #expect(Self.schemes.filter(\.isSemVer) == [.semver, .golang, .npm, .crates] && !VersionScheme.npm.rebuiltByRoot.isSemVer)
    }

    @Test func `belong to the schemes that VERS and purls name by their types`() {
        let types: [(String, VersionScheme)] = [
            ("npm", .npm), ("pypi", .pep440), ("deb", .dpkg), ("rpm", .rpm), ("apk", .apk), ("alpine", .apk), ("maven", .maven),
            ("gem", .rubygems), ("nuget", .nuget), ("composer", .composerNormalized), ("cargo", .crates), ("golang", .golang),
            ("cran", .cran), ("hackage", .hackage), ("pub", .pub), ("hex", .semver), ("conan", .conan), ("alpm", .alpm),
            ("ebuild", .gentoo), ("gentoo", .gentoo), ("openssl", .openssl), ("nginx", .semver), ("generic", .libversion),
            ("github", .semver), ("bitnami", .semver), ("semver", .semver), ("intdot", .intdot), ("datetime", .datetime),
            ("lexicographic", .lexicographic), ("cpan", .perl), ("swift", .semver), ("julia", .julia), ("opam", .opam)
        ]
        for (type, scheme) in types { #expect(VersionScheme(versType: type) == scheme, "\(type)") }
        for type in ["all", "none", "NPM", "docker", ""] { #expect(VersionScheme(versType: type) == nil, "\(type)") }
    }
}
