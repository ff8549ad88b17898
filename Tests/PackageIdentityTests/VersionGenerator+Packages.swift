import TestSupport

/// Versions of the packaging systems, in their grammars and beside them.
extension VersionGenerator {
    mutating func rpm() -> String {
        let parts = ["~", "~", "^", "^", ".", ".", "_", "+", "..", "a", "b", "rc", "el", "Z", "\u{3B1}"]
        var text = random.pick(["", "", "0:", "1:", "01:", ":"]) + number() + mixed(parts, most: 5)
        if random.chance(oneIn: 2) { text += "-" + mixed(parts, most: 4) }
        return text
    }

    mutating func alpm() -> String {
        let parts = [".", ".", "_", "+", "..", "~", "a", "b", "rc", "alpha"]
        var text = random.pick(["", "", "0:", "1:", "01:"]) + number() + mixed(parts, most: 5)
        if random.chance(oneIn: 2) { text += "-" + random.pick(["1", "2", "01", "1.1", "", "rc"]) }
        return text
    }

    mutating func apk() -> String {
        var text = suffixed(["alpha", "beta", "pre", "rc", "cvs", "svn", "git", "hg", "p"])
        if random.chance(oneIn: 6) { text += "~" + random.pick(["a", "ab", "1f", ""]) }
        if random.chance(oneIn: 3) { text += "-r" + random.pick(["", "0", "1", "01", "10"]) }
        if random.chance(oneIn: 4) { text += random.pick([".", "_", "-", "A", "x", "1", "-r", "_blah", "\u{E9}"]) }
        return text
    }

    mutating func gentoo() -> String {
        suffixed(["alpha", "beta", "pre", "rc", "p"]) + (random.chance(oneIn: 3) ? "-r" + number() : "")
    }

    mutating func opam() -> String {
        random.pick(["", "v", "~"]) + number() + mixed([".", ".", "~", "+", "-", ":", "a", "beta", "dev"], most: 6)
    }

    mutating func openssl() -> String {
        var text = (0..<(1 + random.below(4))).map { _ in random.pick(["0", "1", "2", "9", "10"]) }.joined(separator: ".")
        text += random.pick(["", "", "a", "b", "k", "z", "za", "zh", "K"])
        for _ in 0..<random.pick([0, 0, 1, 1, 2]) {
            text += "-" + random.pick(["dev", "alpha", "beta", "pre", "rc", "cvs", "fips", "Beta", ""])
            text += random.pick(["", "1", "2", "10", ".1"])
        }
        return text + random.pick(["", "", "+quic"])
    }

    mutating func maven() -> String {
        let words = [
            "alpha", "a", "beta", "b", "m", "Milestone", "rc", "cr", "RC", "snapshot", "SNAPSHOT", "ga", "final", "Final",
            "RELEASE", "sp", "x", "jre", "_foo", "+"
        ]
        var text = random.pick(["0", "1", "1", "2", "00", "10", "", "ga", "alpha", "x"])
        for _ in 0..<random.below(6) {
            text += random.pick([".", ".", ".", "-", "-", ""])
            text += random.pick(["0", "0", "00", "1", "2", number(), ""] + [random.pick(words), random.pick(words)])
        }
        return text.isEmpty ? "0" : text
    }

    mutating func mavenWithHyphens() -> String {
        let words = [
            "alpha", "beta", "Milestone", "rc", "SNAPSHOT", "sp", "jre", "foo", "a1", "b2", "m3", "RC1", "cr3", "sp1", "foo10",
            "1", "2"
        ]
        let numbers = (0..<random.pick([1, 2, 3, 3])).map { _ in random.pick(["0", "0", "1", "2", "10"]) }
        return numbers.joined(separator: ".") + (0..<random.pick([0, 1, 1, 2])).map { _ in "-" + random.pick(words) }.joined()
    }

    mutating func rubygems() -> String {
        var text = random.pick(["0", "1", "2", "00", number()])
        for _ in 0..<random.below(5) {
            text += "." + random.pick([number(), "0", "a", "b", "rc1", "B", "a0", "0a", "pre", "a1b2"])
        }
        if random.chance(oneIn: 4) { text += "-" + random.pick(["rc1", "1", "a.1", "-", "a-b.0", "0"]) }
        return text
    }

    mutating func nuget() -> String { semver().replacing("-x", with: "-X") }

    mutating func pub() -> String {
        semver() + random.pick(["", "", "", "", "+1", "+10", "+a", "+a.1", "+", "+1..a", "-"])
    }

    mutating func composer() -> String {
        let words = ["a", "alpha", "b", "beta", "rc", "RC", "Rc", "pl", "p", "patch", "dev", "foo", "#", "Beta"]
        var text = random.pick(["", "", "v", "V", "-", ".", "~", "_a"]) + random.pick(["0", "1", "2", "dev"])
        for _ in 0..<random.below(6) {
            text += random.pick([".", ".", "-", "_", "+", "", "", "~", ".."]) + random.pick([number(), "1", random.pick(words)])
        }
        return text
    }

    mutating func dotted(separators: [String]) -> String {
        number() + (0..<random.below(4)).map { _ in random.pick(separators) + number() }.joined()
    }

    mutating func conan() -> String {
        let elements = ["0", "0", "1", "2", "10", "1a", "1b", "9a", "10a", "a", "b", "*", "", "cci", "00", number()]
        func part(_ most: Int, _ generator: inout VersionGenerator) -> String {
            (0...generator.random.below(most)).map { _ in generator.random.pick(elements) }.joined(separator: ".")
        }
        var text = "1" + part(4, &self)
        if random.chance(oneIn: 3) { text += "-" + part(2, &self) }
        if random.chance(oneIn: 4) { text += "+" + part(2, &self) }
        return text
    }

    mutating func libversion() -> String {
        let words = ["a", "b", "alpha", "beta", "rc", "pre1", "post", "patch", "pl", "errata", "Z", "0", "0", "00"]
        return random.pick(["0", "1", "2"]) + mixed([".", ".", "-", "", "_"] + words, most: 5)
    }

    mutating func intdot() -> String { dotted(separators: [".", ".", ".."]) + random.pick(["", "", ".", "alpha", "-1", ".0.0"]) }

    mutating func datetime() -> String {
        let days = [
            "2024-01-01", "2023-12-31", "2024-02-29", "2000-03-01", "1900-02-28", "0000-01-01", "9999-12-31", "0004-02-29"
        ]
        let times = ["00:00:00", "23:59:59", "12:30:01", "23:59:60", "19:00:00", "00:30:00"]
        return random.pick(days) + random.pick(["T", "t"]) + random.pick(times)
            + random.pick(["", "", ".0", ".5", ".123", ".1230", ".05"])
            + random.pick(["Z", "z", "+00:00", "-00:00", "+02:00", "-05:00", "+23:59", "-00:30"])
    }

    /// Whitespace only inside: around a version it is not part of it.
    mutating func lexicographic() -> String {
        let letters = ["a", "A", "\u{E9}", "e\u{301}", "z", "\u{1F600}", "1"]
        return random.pick(letters) + mixed(["a", "\u{1}", "b", " a", "\u{E9}"], most: 3) + random.pick(letters)
    }

    mutating func rootDebian() -> String {
        dpkg() + random.pick(["", "+root.io.1", ".root.io.1", ".root.io.2", "+root.io.10", ".root.io.", "~root.io.3"])
    }

    private mutating func mixed(_ parts: [String], most: Int) -> String {
        (0..<random.below(most + 1)).map { _ in random.chance(oneIn: 3) ? number() : random.pick(parts) }.joined()
    }

    private mutating func suffixed(_ words: [String]) -> String {
        var text = number() + (0..<random.below(4)).map { _ in "." + random.pick([number(), "0", "06", "060", "0600"]) }.joined()
        if random.chance(oneIn: 4) { text += random.pick(["a", "b", "z"]) }
        for _ in 0..<random.pick([0, 0, 1, 1, 2]) { text += "_" + random.pick(words) + random.pick(["", "0", "1", "2", "10"]) }
        return text
    }
}
