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
            (.pep440, "0.dev1", "10 02 01 01 11 01"), (.pep440, "x", "01 2a7800 2a66696e616c00 00")
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
            (.dpkg, "-1", .malformed, 0), (.semver, long, .length, VersionKey.maximumVersionLength), (.unknown, "1", .scheme, 0)
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
        for scheme in [VersionScheme.semver, .golang, .npm, .crates, .pep440, .dpkg] {
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

    @Test func `are made of any bytes or refused, and never begin like the lowest key`() {
        let alphabet: [UInt8] = Array("0019.-+~:!va_ rcdevpostfinal".utf8) + [0x00, 0x01, 0x02, 0x7F, 0x80, 0xC3, 0xFF]
        for scheme in [VersionScheme.semver, .golang, .npm, .pep440, .dpkg] {
            var random = SeededGenerator(seed: 97)
            for _ in 0..<2_000 {
                let version = (0..<random.below(30)).map { _ in random.pick(alphabet) }
                guard let key = try? VersionKey(encoding: version.span, in: scheme) else { continue }
                #expect(VersionKey.lowest < key && key.bytes.count <= 10 * version.count + 40, "\(scheme) \(version)")
            }
        }
    }

    /// The names are stored beside keys.
    @Test func `belong to schemes that are found by their stable names`() {
        let names: [(VersionScheme, String)] = [
            (.semver, "semver"), (.golang, "golang"), (.npm, "npm"), (.crates, "crates"), (.pep440, "pep440"), (.dpkg, "dpkg"),
            (.unknown, "unknown")
        ]
        for (scheme, name) in names {
            #expect(scheme.name == name && VersionScheme(name: name) == scheme && scheme.isOrdered == (scheme != .unknown))
        }
        #expect(VersionScheme(name: "roman") == nil)
    }
}
