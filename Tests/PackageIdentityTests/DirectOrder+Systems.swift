import Foundation

// MARK: FreeBSD
extension DirectOrder {
    /// Component by component in both versions at once, as pkg goes.
    static func freebsd(_ left: String, _ right: String) -> Int {
        let (a, b) = (FreeBSDVersion(left), FreeBSDVersion(right))
        let epochs = numbers(a.epoch[...], b.epoch[...])
        if epochs != 0 { return epochs }
        var (x, y) = (a.components[...], b.components[...])
        while !x.isEmpty || !y.isEmpty {
            let (isBlocked, isOtherBlocked) = (x.first.map(\.isPlus) ?? true, y.first.map(\.isPlus) ?? true)
            let first = isBlocked ? FreeBSDVersion.Component.zero : x.removeFirst()
            let other = isOtherBlocked ? FreeBSDVersion.Component.zero : y.removeFirst()
            if isBlocked && isOtherBlocked {
                x = x.dropFirst()
                y = y.dropFirst()
                continue
            }
            let difference = FreeBSDVersion.compare(first, other)
            if difference != 0 { return difference }
        }
        return numbers(a.revision[...], b.revision[...])
    }

    private struct FreeBSDVersion {
        struct Component {
            /// `*`, nothing, or digits.
            var number = "0"
            var letter = 0
            /// Nothing, or digits.
            var level = "0"
            var isPlus = false
            static let zero = Component()
        }

        var components: [Component] = []
        var epoch = ""
        var revision = ""

        init(_ version: String) {
            var text = version.replacingOccurrences(
                of: "-RELEASE-p(?=[0-9]+$)", with: "_", options: [.regularExpression, .caseInsensitive])
            text = text.replacingOccurrences(of: "-RELEASE$", with: "", options: [.regularExpression, .caseInsensitive])
            func digits(_ part: Substring) -> String { String(part.prefix(while: DirectOrder.isDigit)) }
            var end = text.endIndex
            if let mark = text.lastIndex(of: "_") {
                revision = digits(text[text.index(after: mark)...])
                end = mark
            }
            let tail = end < text.endIndex ? text[text.index(after: end)...] : text[...]
            if let mark = tail.lastIndex(of: ",") {
                epoch = digits(text[text.index(after: mark)...])
                end = min(end, mark)
            }
            var rest = text[..<end]
            while !rest.isEmpty { components.append(Self.component(&rest)) }
        }

        private static func component(_ rest: inout Substring) -> Component {
            if rest.hasPrefix("+") {
                rest = rest.dropFirst()
                return Component(isPlus: true)
            }
            func read(_ isPart: (Character) -> Bool) -> String {
                let part = rest.prefix(while: isPart)
                rest = rest.dropFirst(part.count)
                return String(part)
            }
            var component = Component(number: read(DirectOrder.isDigit))
            if component.number.isEmpty, rest.hasPrefix("*") { component.number = read { $0 != "+" } }
            let word = rest.prefix(while: DirectOrder.isLatin).lowercased()
            if let stage = ["pl": 0, "alpha": 1, "beta": 2, "pre": 16, "rc": 18, "snap": 19][word] {
                if component.number.isEmpty {
                    component.letter = stage
                    _ = read(DirectOrder.isLatin)
                    component.level = read(DirectOrder.isDigit)
                }
            } else if let first = word.utf8.first {
                component.letter = Int(first) - 0x60
                _ = read(DirectOrder.isLatin)
                component.level = read(DirectOrder.isDigit)
            }
            _ = read { !DirectOrder.isDigit($0) && !DirectOrder.isLatin($0) && $0 != "+" && $0 != "*" }
            return component
        }

        static func compare(_ x: Component, _ y: Component) -> Int {
            func rank(_ text: String) -> Int { text.hasPrefix("*") ? 0 : text.isEmpty ? 1 : 2 }
            func parts(_ x: String, _ y: String) -> Int {
                rank(x) != rank(y) ? rank(x) - rank(y) : rank(x) < 2 ? 0 : numbers(x[...], y[...])
            }
            let first = parts(x.number, y.number)
            if first != 0 { return first }
            return x.letter != y.letter ? x.letter - y.letter : parts(x.level, y.level)
        }
    }
}

// MARK: Linux, Android and Perl
extension DirectOrder {
    static func linux(_ left: String, _ right: String) -> Int {
        let (a, b) = (kernel(left), kernel(right))
        let releases = padded(a.numbers, b.numbers)
        if releases != 0 { return releases }
        if a.candidate.rank != b.candidate.rank { return a.candidate.rank - b.candidate.rank }
        let candidates = numbers(a.candidate.number[...], b.candidate.number[...])
        return candidates != 0 ? candidates : lists(runs(a.rest), runs(b.rest), run)
    }

    private static func kernel(_ version: String) -> (
        numbers: [Substring], candidate: (rank: Int, number: String), rest: Substring
    ) {
        let text = version.lowercased().hasPrefix("v") ? version.dropFirst() : version[...]
        let numbers = text.prefix { isDigit($0) || $0 == "." }
        // A dot that no number follows belongs to the rest, where it separates.
        let rest = text.dropFirst(numbers.count)
        for (rank, word) in ["-test", "-pre", "-rc"].enumerated() where rest.lowercased().hasPrefix(word) && numbers.last != "." {
            let number = rest.dropFirst(word.count).prefix(while: isDigit)
            if !number.isEmpty {
                return (numbers.split(separator: "."), (rank, String(number)), rest.dropFirst(word.count + number.count))
            }
        }
        return (numbers.split(separator: "."), (3, ""), rest)
    }

    static func android(_ left: String, _ right: String) -> Int {
        let (a, b) = (branch(left), branch(right))
        let branches = lists(trimmed(runs(a.name)), trimmed(runs(b.name)), run)
        return branches != 0 ? branches : padded(a.level.split(separator: "-"), b.level.split(separator: "-"))
    }

    private static func branch(_ version: String) -> (name: Substring, level: Substring) {
        if version.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) != nil { return ("", version[...]) }
        let parts = version.split(separator: ":", omittingEmptySubsequences: false)
        return (parts[0], parts.count > 1 ? parts[1] : "")
    }

    /// Without the zeros before words and at the end.
    private static func trimmed(_ runs: [Substring]) -> [Substring] {
        var kept: [Substring] = []
        for run in runs.reversed() {
            let isZero = isNumber(run) && run.allSatisfy { $0 == "0" }
            if isZero, kept.last.map({ !isNumber($0) }) ?? true { continue }
            kept.append(run)
        }
        return kept.reversed()
    }

    static func perl(_ left: String, _ right: String) -> Int {
        let (a, b) = (perlNumbers(left), perlNumbers(right))
        let difference = padded(a.numbers.map { $0[...] }, b.numbers.map { $0[...] })
        return difference != 0 ? difference : (a.isTrial ? 0 : 1) - (b.isTrial ? 0 : 1)
    }

    private static func perlNumbers(_ version: String) -> (numbers: [String], isTrial: Bool) {
        let isTrial = version.lowercased().hasSuffix("-trial")
        let text = version.prefix(version.count - (isTrial ? 6 : 0)).filter { $0 != "_" }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if text.hasPrefix("v") || parts.count > 2 { return (parts.map { String($0.drop { $0 == "v" }) }, isTrial) }
        var digits = parts.count > 1 ? parts[1] : ""
        while digits.count % 3 != 0 { digits += "0" }
        let groups = stride(from: 0, to: digits.count, by: 3).map { String(digits.dropFirst($0).prefix(3)) }
        return ([parts[0]] + groups, isTrial)
    }

    /// Lists of numbers, the shorter one filled up with zeros.
    private static func padded(_ left: [Substring], _ right: [Substring]) -> Int {
        for index in 0..<max(left.count, right.count) {
            let difference = numbers(index < left.count ? left[index] : "0", index < right.count ? right[index] : "0")
            if difference != 0 { return difference }
        }
        return 0
    }

    /// Runs of digits and of letters, without what separates them.
    private static func runs(_ text: Substring) -> [Substring] {
        var (result, rest) = ([Substring](), text)
        while let first = rest.first {
            let run = isDigit(first) ? rest.prefix(while: isDigit) : rest.prefix(while: isLatin)
            rest = rest.dropFirst(max(1, run.count))
            if !run.isEmpty { result.append(run) }
        }
        return result
    }

    /// Digits by value and before letters, which compare in lowercase.
    private static func run(_ x: Substring, _ y: Substring) -> Int {
        switch (isNumber(x), isNumber(y)) {
        case (true, true): numbers(x, y)
        case (false, false): Self.text(x.lowercased(), y.lowercased())
        case (let isNumber, _): isNumber ? -1 : 1
        }
    }
}
