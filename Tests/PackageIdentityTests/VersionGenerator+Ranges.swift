import TestSupport

/// Native ranges, and the versions that lie close to their ends.
extension VersionGenerator {
    private mutating func digit() -> String { random.pick(["0", "0", "1", "1", "2", "3"]) }

    private mutating func numbers(_ counts: [Int]) -> String {
        (0..<random.pick(counts)).map { _ in digit() }.joined(separator: ".")
    }

    /// One term, or two of which one is no exact version.
    private mutating func joined(
        _ separators: [String], _ term: (inout VersionGenerator) -> String, _ open: (inout VersionGenerator) -> String
    ) -> String {
        random.chance(oneIn: 3) ? term(&self) + random.pick(separators) + open(&self) : term(&self)
    }

    /// Few numbers, so that most versions are relatives.
    mutating func pythonVersion() -> String {
        var text = random.pick(["", "", "", "1!", "v"]) + numbers([1, 2, 2])
        if random.chance(oneIn: 3) { text += random.pick(["a", "b", "rc", ".a", "-beta."]) + digit() }
        if random.chance(oneIn: 4) { text += random.pick([".post", "-", "post"]) + digit() }
        if random.chance(oneIn: 4) { text += ".dev" + digit() }
        return text + (random.chance(oneIn: 4) ? "+" + random.pick(["abc", "1", "1.x", "Ubuntu-2"]) : "")
    }

    mutating func pythonRange(of versions: [String]) -> String {
        func open(_ generator: inout VersionGenerator) -> String {
            let version = String(generator.random.pick(versions).prefix { $0 != "+" })
            if generator.random.chance(oneIn: 6) {
                return "~=" + generator.numbers([2, 3]) + generator.random.pick(["", "a1", ".post1"])
            }
            return generator.random.pick(["<", "<=", ">", ">=", "!="]) + version
        }
        return joined(
            [",", ", "],
            { generator in
                switch generator.random.below(6) {
                case 0: generator.random.pick(["==", "!="]) + generator.numbers([1, 2, 3]) + ".*"
                case 1: generator.random.pick(["==", "!=", "==="]) + generator.random.pick(versions)
                default: open(&generator)
                }
            }, open)
    }

    mutating func nodeVersion() -> String {
        let build = random.chance(oneIn: 10) ? "+b.1" : ""
        return random.pick(["", "", "", "v"]) + numbers([3]) + preRelease() + build
    }

    private mutating func preRelease() -> String {
        random.chance(oneIn: 3) ? "-" + random.pick(["0", "1", "alpha", "alpha.1", "beta", "rc.2", "x"]) : ""
    }

    mutating func nodeRange() -> String {
        func partial(_ generator: inout VersionGenerator) -> String {
            generator.random.pick([
                generator.numbers([1]), generator.numbers([2]),
                generator.numbers([1, 2]) + generator.random.pick([".x", ".*", ".X"]),
                generator.nodeVersion(), generator.nodeVersion(), "*"
            ])
        }
        func open(_ generator: inout VersionGenerator) -> String {
            generator.random.pick(["<", "<=", ">", ">=", "^", "~", "~>", "< ", "^ "]) + partial(&generator)
        }
        func term(_ generator: inout VersionGenerator) -> String {
            generator.random.chance(oneIn: 4) ? generator.random.pick(["", "="]) + partial(&generator) : open(&generator)
        }
        let alternatives = (0..<random.pick([1, 1, 2])).map { _ in
            random.chance(oneIn: 6) ? partial(&self) + " - " + partial(&self) : joined([" "], term, open)
        }
        return alternatives.joined(separator: " || ")
    }

    mutating func composerVersion() -> String {
        if random.chance(oneIn: 16) {
            return random.pick([
                "2020-09-14", "20200914", "2020.09.14", "2020-09-14-1", "20200914-beta1", "2020.09", "1.x-dev", "1.2.x-dev",
                "v1.x-dev"
            ])
        }
        let words = ["alpha", "a", "beta", "b", "RC", "rc", "p", "pl", "patch", "stable", "ALPHA"]
        var text = random.pick(["", "", "", "v"]) + numbers([1, 2, 2, 3, 3, 4])
        if random.chance(oneIn: 2) {
            text += random.pick(["-", "", ".", "_"]) + random.pick(words) + random.pick(["", "1", "2", ".1", "-2", "1.2"])
        }
        return text + random.pick(["", "", "", "", "-dev", ".dev"]) + (random.chance(oneIn: 16) ? "+b1" : "")
    }

    mutating func composerRange() -> String {
        func open(_ generator: inout VersionGenerator) -> String {
            let flag = generator.random.chance(oneIn: 8) ? generator.random.pick(["@dev", "@beta", "@stable", "@RC"]) : ""
            return generator.random.pick(["<", "<", "<=", ">", ">=", ">=", "!=", "<>", "^", "~"]) + generator.composerVersion()
                + flag
        }
        func term(_ generator: inout VersionGenerator) -> String {
            switch generator.random.below(8) {
            case 0: generator.numbers([1, 2, 3]) + " - " + generator.numbers([1, 2, 3, 4])
            case 1: generator.numbers([1, 2, 3]) + generator.random.pick([".*", ".x"])
            case 2: generator.random.pick(["", "=", "=="]) + generator.composerVersion()
            default: open(&generator)
            }
        }
        return (0..<random.pick([1, 1, 2])).map { _ in joined([" ", ",", ", "], term, open) }.joined(
            separator: random.pick([" || ", " | "]))
    }

    mutating func gemVersion() -> String {
        let word = random.chance(oneIn: 3) ? random.pick([".a", ".beta1", ".rc.1", "a", "-1", ".A", ".0.b", ".pre.A.B"]) : ""
        return numbers([1, 2, 2, 3]) + word
    }

    mutating func gemRange() -> String {
        func open(_ generator: inout VersionGenerator) -> String {
            generator.random.pick(["!=", "<", "<=", ">", ">=", "~>", "~>"]) + " " + generator.gemVersion()
        }
        return joined([", "], { $0.random.chance(oneIn: 6) ? "= " + $0.gemVersion() : open(&$0) }, open)
    }
}
