import PackageIdentity
import Testing

/// On generated versions that are hard to compare: the order of the keys is the order of the scheme.
@Suite struct `Version key properties` {
    static let seeds: [UInt64] = [1, 2, 3, 0xB0B, 20_261_123]

    @Test(arguments: seeds)
    func `keys of every scheme order like its own comparison`(seed: UInt64) throws {
        for order in VersionOrder.all {
            var generator = VersionGenerator(seed: seed)
            let versions = (0..<40).map { _ in order.generate(&generator) }
            try check(versions, order.scheme, seed: seed) { order.compare($0, $1) }
        }
    }

    @Test(arguments: seeds)
    func `the relatives of SemVer that only read more have its keys`(seed: UInt64) throws {
        var generator = VersionGenerator(seed: seed)
        for version in (0..<120).map({ _ in generator.semver() }) {
            let key = try VersionKey(encoding: version, in: .semver)
            for scheme in [VersionScheme.npm, .crates, .golang] {
                #expect(try VersionKey(encoding: version, in: scheme) == key, "seed \(seed), \(scheme): \(version)")
            }
        }
    }

    @Test(arguments: seeds)
    func `PEP 440 keys order like tuples of the matched pattern`(seed: UInt64) throws {
        var generator = VersionGenerator(seed: seed)
        let direct = try DirectPythonOrder()
        let versions = (0..<90).map { _ in generator.pep440() } + (0..<40).map { _ in generator.legacyPython() }
        try check(versions, .pep440, seed: seed) { direct($0, $1) }
        for version in versions {
            let isLegacy = try VersionKey(encoding: version, in: .pep440).isLegacyPEP440
            #expect(isLegacy == !direct.isModern(version), "seed \(seed): \(version)")
        }
    }

    /// Agreement of every pair, and of the direct order with itself: antisymmetry on pairs, transitivity along the sorted
    /// sequence and on random triples. The keys are byte strings, whose order is total by nature.
    private func check(
        _ versions: [String], _ scheme: VersionScheme, seed: UInt64, _ direct: (String, String) -> Int
    ) throws {
        let keyed = try versions.map { (version: $0, key: try VersionKey(encoding: $0, in: scheme)) }
        for (index, left) in keyed.enumerated() {
            for right in keyed[index...] {
                let expected = direct(left.version, right.version).signum()
                let actual = left.key < right.key ? -1 : left.key == right.key ? 0 : 1
                let isSound =
                    actual == expected && direct(right.version, left.version).signum() == -expected
                    && (left.key.hashValue == right.key.hashValue) == (expected == 0)
                // One expectation for each of 100,000 pairs would take most of the time.
                if !isSound {
                    Issue.record(
                        "seed \(seed), \(scheme): \(left.version) \(left.key) and \(right.version) \(right.key), direct \(expected)"
                    )
                }
            }
        }
        try checkTransitivity(keyed.map(\.version), seed: seed, direct)
        for (version, key) in keyed { try checkRepresentation(version, key, scheme, seed) }
        checkPrefixFreedom(keyed.map(\.key), seed)
    }

    private func checkTransitivity(_ versions: [String], seed: UInt64, _ direct: (String, String) -> Int) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let (a, b, c) = (random.pick(versions), random.pick(versions), random.pick(versions))
            if direct(a, b) <= 0, direct(b, c) <= 0, direct(a, c) > 0 { Issue.record("seed \(seed): \(a), \(b), \(c)") }
        }
    }

    private func checkRepresentation(_ version: String, _ key: VersionKey, _ scheme: VersionScheme, _ seed: UInt64) throws {
        let bytes = key.bytes
        #expect(VersionKey(bytes: bytes) == key && key.count == bytes.count, "seed \(seed): \(version)")
        #expect(VersionKey.lowest < key && key < key.successor && bytes[0] != 0, "seed \(seed): \(version)")
        var buffer: [UInt8] = [7]
        try VersionKey.append(encoding: version.utf8Span.span, in: scheme, to: &buffer)
        #expect(buffer == [7] + bytes, "seed \(seed): \(version)")
    }

    /// No key is a proper prefix of another, so that keys can be followed by other columns in an index.
    private func checkPrefixFreedom(_ keys: [VersionKey], _ seed: UInt64) {
        let sorted = keys.map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) }
        for (left, right) in zip(sorted, sorted.dropFirst()) where left != right {
            #expect(!right.starts(with: left), "seed \(seed): \(left) and \(right)")
        }
    }
}
