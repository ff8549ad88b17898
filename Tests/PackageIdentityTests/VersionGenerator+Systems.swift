import TestSupport

/// Versions of operating systems and of Perl.
extension VersionGenerator {
    mutating func freebsd() -> String {
        let words = [
            "a", "b", "z", "A", "pl", "alpha", "beta", "Beta", "pre", "rc", "RC", "dev", "d", "p", "r", "rcx", "snap", "s"
        ]
        var text = random.pick(["", "", "", ".", "*"]) + random.pick(["0", "1", "2", "10", "", number()])
        for _ in 0..<random.below(5) {
            text += random.pick([".", ".", ".", "", "", ":", "..", "+", "-"])
            text += random.pick([
                "0", "0", "1", "2", "00", "*", "", random.pick(words), random.pick(words) + random.pick(["0", "1"])
            ])
        }
        if random.chance(oneIn: 8) { text += "-RELEASE" + random.pick(["", "-p1", "-p2"]) }
        if random.chance(oneIn: 3) { text += "_" + random.pick(["", "0", "1", "2", "10"]) }
        if random.chance(oneIn: 3) { text += "," + random.pick(["", "0", "1", "2"]) }
        return text.isEmpty ? "0" : text
    }

    mutating func linux() -> String {
        var text =
            random.pick(["", "", "v"])
            + (0..<random.pick([1, 2, 2, 3, 3, 4])).map { _ in random.pick(["0", "0", "1", "2", "6", number()]) }
            .joined(separator: ".")
        if random.chance(oneIn: 3) {
            text += "-" + random.pick(["rc", "RC", "test", "pre", "rcx"]) + random.pick(["", "0", "1", "2", "10"])
        }
        for _ in 0..<random.pick([0, 0, 0, 1, 2]) {
            text += random.pick(["-", "+", "_", "-."]) + random.pick(["91", "generic", "mm1", "git2", "0", "rc1", "Foo", ""])
        }
        return text
    }

    mutating func android() -> String {
        let branches = [
            "8.0", "8.0.0", "8", "8.1", "8.1.0", "10", "12", "12L", "12l", "12.0L", "13", "14-next", "16", "16-qpr2", "",
            "SoCVersion", "Kernel", number()
        ]
        let levels = ["", ":", ":0", ":2023", ":2023-06-01", ":2023-06-05", ":2023-10-01", ":2023-6-1", ":0-0", ":2022-12-05"]
        let text = random.pick(branches) + random.pick(levels)
        return text.isEmpty ? "2023-06-05" : text
    }

    mutating func perl() -> String {
        let trial = random.pick(["", "", "", "", "-TRIAL", "-Trial"])
        if random.chance(oneIn: 2) {
            return random.pick(["", "0", "1", "2", "01"]) + "."
                + random.pick(["0", "5", "50", "500", "05", "005", "0005", "002003", "02_03", "1", "12345678"])
                + trial
        }
        let parts = (0..<random.pick([1, 2, 3, 4])).map { _ in random.pick(["0", "0", "1", "2", "10", "500", "007", number()]) }
        return (parts.count > 2 && random.chance(oneIn: 2) ? "" : "v") + parts.joined(separator: ".")
            + (parts.count > 1 && random.chance(oneIn: 6) ? "_1" : "") + trial
    }
}
