import TestSupport

/// Versions chosen to be close to each other and hard to compare.
struct VersionGenerator {
    var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private static let numbers = [
        "0", "0", "1", "1", "2", "9", "10", "11", "35", "36", "37", "00", "01", "007", "99", "100", "255", "256", "65535",
        "65536", "20240101", "4294967296", "9999999999999999999", "10000000000000000000", "18446744073709551615",
        "18446744073709551616", "999999999999999999999999999991", "999999999999999999999999999999"
    ]

    mutating func number() -> String { random.pick(Self.numbers) }

    mutating func semver() -> String {
        var text = random.pick(["", "", "", "v"])
        let count = random.pick([1, 2, 3, 3, 3, 3, 4, 5])
        text += (0..<count).map { _ in number() }.joined(separator: ".")
        if random.chance(oneIn: 2) {
            text += random.pick(["-", "-", "-", ""])
            let identifiers = ["alpha", "beta", "rc", "a", "a-", "A", "-", "0", "1", "10", "01", "1a", "x-y-z", "r2", "r100", ""]
            let first = random.pick(["alpha", "rc", "a", "-x", "x1"])
            text += ([first] + (0..<random.below(3)).map { _ in random.pick(identifiers) }).joined(separator: ".")
        }
        if random.chance(oneIn: 5) { text += "+" + random.pick(["", "build", "1.2", "a-b", "-rc"]) }
        return text
    }

    mutating func pep440() -> String {
        var text = random.pick(["", "", "", "v", "V"])
        if random.chance(oneIn: 6) { text += number() + "!" }
        text += (0..<(1 + random.below(4))).map { _ in number() }.joined(separator: ".")
        if random.chance(oneIn: 2) {
            text += separator() + random.pick(["a", "b", "c", "rc", "alpha", "beta", "pre", "preview", "A", "RC", "Beta"])
            text += separator() + random.pick(["", number(), number()])
        }
        if random.chance(oneIn: 3) {
            text += random.pick([
                "-" + number(),
                separator() + random.pick(["post", "rev", "r", "POST"]) + separator() + random.pick(["", number()])
            ])
        }
        if random.chance(oneIn: 3) {
            text += separator() + random.pick(["dev", "DEV"]) + separator() + random.pick(["", number()])
        }
        if random.chance(oneIn: 4) { text += "+" + local() }
        return text
    }

    /// Mostly not PEP 440: words, hyphens, zeros and the marks of old version strings.
    mutating func legacyPython() -> String {
        let parts = [
            "-", "-", "--", ".", ".", "_", "+", ":", "a", "p1", "final", "FINAL", "finala", "dev", "pre", "preview", "rc", "c",
            "alpha", "test", "z", "0", "0", "00", "000000000", "1", "12345678", "123456789", "svn", "*", "@", "~"
        ]
        return (0..<(1 + random.below(7))).map { _ in random.pick(parts) }.joined()
    }

    mutating func dpkg() -> String {
        let hasEpoch = random.chance(oneIn: 4)
        var text = hasEpoch ? random.pick(["0", "1", "2", "00", "10"]) + ":" : ""
        text += number() + dpkgPart(4, more: hasEpoch ? ["-", ":"] : ["-"])
        // A hyphen at the very end would open an empty revision.
        text += text.hasSuffix("-") ? number() : ""
        if random.chance(oneIn: 2) { text += "-" + random.pick([number(), "a", "~", "+", "nobin"]) + dpkgPart(3, more: []) }
        return text
    }

    private mutating func dpkgPart(_ most: Int, more: [String]) -> String {
        let marks = [".", ".", ".", "~", "~", "~~", "+", "+b", "~deb7u", "a", "b", "Z", "z", "rc", "ubuntu", "+deb9u", "a~", "~a"]
        return (0..<random.below(most)).map { _ in random.pick(marks + more) + random.pick(["", number(), number()]) }.joined()
    }

    private mutating func separator() -> String { random.pick(["", "", ".", "-", "_"]) }

    private mutating func local() -> String {
        let segments = ["a", "A", "abc", "0", "1", "01", "10", "1a", "ubuntu", "99999999999999999999"]
        var text = random.pick(segments)
        for _ in 0..<random.below(3) { text += random.pick([".", "-", "_"]) + random.pick(segments) }
        return text
    }
}
