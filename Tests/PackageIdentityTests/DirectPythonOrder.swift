import Foundation

/// PEP 440 by the pattern of its appendix B and a comparison of tuples, and setuptools' order for everything else.
struct DirectPythonOrder {
    private let pattern: NSRegularExpression

    init() throws {
        pattern = try NSRegularExpression(
            pattern: #"""
                ^v?(?:(?<epoch>[0-9]+)!)?(?<release>[0-9]+(?:\.[0-9]+)*)
                (?:[-_.]?(?<prel>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<pren>[0-9]+)?)?
                (?<post>-(?<postn1>[0-9]+)|[-_.]?(?:post|rev|r)[-_.]?(?<postn2>[0-9]+)?)?
                (?<dev>[-_.]?dev[-_.]?(?<devn>[0-9]+)?)?
                (?:\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?$
                """#,
            options: [.caseInsensitive, .allowCommentsAndWhitespace]
        )
    }

    func callAsFunction(_ left: String, _ right: String) -> Int {
        switch (modern(left), modern(right)) {
        case (nil, nil): DirectOrder.lists(Self.legacy(left), Self.legacy(right)) { DirectOrder.text($0, $1) }
        case (nil, _): -1
        case (_, nil): 1
        case (let a?, let b?): Self.compare(a, b)
        }
    }

    func isModern(_ version: String) -> Bool { modern(version) != nil }

    private struct Modern {
        var epoch, release: [Substring]
        /// -2 for a development release of nothing else, -1 for alpha, 0 for beta, 1 for candidate, 2 for none.
        var phase: Int
        var phaseNumber: Substring
        var post, development: Substring?
        var local: [Substring]
    }

    private static func compare(_ a: Modern, _ b: Modern) -> Int {
        func optional(_ x: Substring?, _ y: Substring?, nilIs sign: Int) -> Int {
            guard let x else { return y == nil ? 0 : sign }
            guard let y else { return -sign }
            return DirectOrder.numbers(x, y)
        }
        let steps = [
            DirectOrder.lists(a.epoch, b.epoch, DirectOrder.numbers),
            DirectOrder.lists(a.release, b.release, DirectOrder.numbers),
            a.phase - b.phase, DirectOrder.numbers(a.phaseNumber, b.phaseNumber), optional(a.post, b.post, nilIs: -1),
            optional(a.development, b.development, nilIs: 1), DirectOrder.lists(a.local, b.local, localSegments)
        ]
        return steps.first { $0 != 0 } ?? 0
    }

    private static func localSegments(_ x: Substring, _ y: Substring) -> Int {
        switch (DirectOrder.isNumber(x), DirectOrder.isNumber(y)) {
        case (true, true): DirectOrder.numbers(x, y)
        case (false, false): DirectOrder.text(x.lowercased(), y.lowercased())
        case (true, false): 1
        case (false, true): -1
        }
    }

    private func modern(_ version: String) -> Modern? {
        guard let match = pattern.firstMatch(in: version, range: NSRange(version.startIndex..., in: version)) else { return nil }
        func group(_ name: String) -> Substring? { Range(match.range(withName: name), in: version).map { version[$0] } }
        var release = group("release")?.split(separator: ".") ?? []
        while let last = release.last, last.allSatisfy({ $0 == "0" }) { release.removeLast() }
        let post = group("post").map { _ in group("postn1") ?? group("postn2") ?? "0" }
        let development = group("dev").map { _ in group("devn") ?? "0" }
        var phase = 2
        if let word = group("prel")?.lowercased() { phase = word.hasPrefix("a") ? -1 : word.hasPrefix("b") ? 0 : 1 }
        if phase == 2, post == nil, development != nil { phase = -2 }
        return Modern(
            epoch: [group("epoch") ?? "0"], release: release, phase: phase, phaseNumber: group("pren") ?? "0", post: post,
            development: development, local: group("local")?.split { "-_.".contains($0) } ?? []
        )
    }

    static func legacy(_ version: String) -> [String] {
        var cut: [String] = []
        for character in version.lowercased() {
            func kind(_ c: Character) -> Int {
                c == "." ? 0 : c == "-" ? 1 : DirectOrder.isNumber(String(c)) ? 2 : ("a"..."z").contains(c) ? 3 : 4
            }
            if let last = cut.last?.last, kind(last) == kind(character), kind(character) > 1 {
                cut[cut.count - 1].append(character)
            } else {
                cut.append(String(character))
            }
        }
        let renamed = ["pre": "c", "preview": "c", "-": "final-", "rc": "c", "dev": "@"]
        var parts: [String] = []
        for part in cut.map({ renamed[$0] ?? $0 }) + ["final"] where part != "." {
            if DirectOrder.isNumber(part) {
                parts.append(String(repeating: "0", count: max(0, 8 - part.count)) + part)
                continue
            }
            let word = "*" + part
            if word.utf8.lexicographicallyPrecedes("*final".utf8) { while parts.last == "*final-" { parts.removeLast() } }
            while parts.last == "00000000" { parts.removeLast() }
            parts.append(word)
        }
        return parts
    }
}
