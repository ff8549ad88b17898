import PackageIdentity
import TestSupport
import Testing

/// Two versions compared once, without keys where the scheme knows how.
@Suite struct `Comparing two versions once` {
    @Test func `gives what their keys give, in every scheme`() throws {
        for seed in `Version key properties`.seeds {
            for order in VersionOrder.all {
                var generator = VersionGenerator(seed: seed)
                let versions = (0..<40).map { _ in order.generate(&generator) }
                for left in versions {
                    for right in versions { check(left, right, order.scheme, seed) }
                }
            }
        }
    }

    /// What is no version is refused for the same reason, and at the same byte, as where a key is made.
    @Test func `agrees with the keys on everything that may be no Debian version`() {
        for seed in `Version key properties`.seeds {
            var random = SeededGenerator(seed: seed)
            let pieces = ["0", "00", "1", "9", "10", "a", "B", "~", "~", "+", ".", "-", "-", ":", "é", " ", "\u{1}", "\u{7F}"]
            func text() -> String { (0..<random.below(8)).map { _ in random.pick(pieces) }.joined() }
            for _ in 0..<20_000 { check(text(), text(), .dpkg, seed) }
        }
        let long = String(repeating: "1", count: VersionKey.maximumVersionLength + 1)
        check(long, "1", .dpkg, 0)
        check("1", long, .dpkg, 0)
    }

    private func check(_ left: String, _ right: String, _ scheme: VersionScheme, _ seed: UInt64) {
        let compared = Result { () throws(VersionError) in try scheme.compare(left, right) }
        let keyed = Result { () throws(VersionError) in
            let (left, right) = (try VersionKey(encoding: left, in: scheme), try VersionKey(encoding: right, in: scheme))
            return left == right ? VersionComparison.equal : left < right ? .before : .after
        }
        // One expectation for each of 800,000 pairs would take most of the time.
        if compared != keyed {
            Issue.record(
                "seed \(seed), \(scheme): \(left.debugDescription), \(right.debugDescription): \(compared), keys \(keyed)")
        }
    }
}
