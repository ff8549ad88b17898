import Foundation

// MARK: Alpine and Gentoo
extension DirectOrder {
    /// The tokens of apk-tools in the order of their kinds: of two that differ the later kind is less, but for the suffixes
    /// of pre-releases.
    private enum ApkToken: Equatable {
        case first(Substring), number(Substring), letter(Substring), suffix(Int), suffixNumber(Substring), hash(Substring)
        case revision(Substring), end, invalid(String)

        var kind: Int {
            switch self {
            case .first: 0
            case .number: 1
            case .letter: 2
            case .suffix(let rank): rank < 0 ? 99 : 3
            case .suffixNumber: 4
            case .hash: 5
            case .revision: 6
            case .end: 7
            case .invalid: 8
            }
        }
    }

    private static let suffixes = [
        "alpha": -4, "beta": -3, "pre": -2, "rc": -1, "cvs": 1, "svn": 2, "git": 3, "hg": 4, "p": 5
    ]

    static func apk(_ left: String, _ right: String) -> Int {
        lists(apkTokens(left), apkTokens(right)) { x, y in
            switch (x, y) {
            case (.first(let a), .first(let b)), (.suffixNumber(let a), .suffixNumber(let b)),
                (.revision(let a), .revision(let b)):
                numbers(a, b)
            case (.number(let a), .number(let b)): a.hasPrefix("0") || b.hasPrefix("0") ? text(a, b) : numbers(a, b)
            case (.letter(let a), .letter(let b)), (.hash(let a), .hash(let b)): text(a, b)
            case (.suffix(let a), .suffix(let b)): a - b
            case (.invalid(let a), .invalid(let b)): text(a, b)
            default: y.kind - x.kind
            }
        }
    }

    private static func apkTokens(_ version: String) -> [ApkToken] {
        var rest = version[...]
        func digits() -> Substring { rest.prefix(while: isDigit) }
        var tokens: [ApkToken] = [.first(digits())]
        if digits().isEmpty { return [.invalid(version)] }
        rest = rest.dropFirst(digits().count)
        while rest.first == ".", let next = rest.dropFirst().first, isDigit(next) {
            rest = rest.dropFirst()
            tokens.append(.number(digits()))
            rest = rest.dropFirst(digits().count)
        }
        if let letter = rest.first, ("a"..."z").contains(letter) {
            tokens.append(.letter(rest.prefix(1)))
            rest = rest.dropFirst()
        }
        while rest.first == "_" {
            let word = rest.dropFirst().prefix { ("a"..."z").contains($0) }
            guard let rank = suffixes[String(word)] else { break }
            tokens.append(.suffix(rank))
            rest = rest.dropFirst(1 + word.count)
            if !digits().isEmpty { tokens.append(.suffixNumber(digits())) }
            rest = rest.dropFirst(digits().count)
        }
        if rest.first == "~" {
            let hash = rest.dropFirst().prefix { "0123456789abcdef".contains($0) }
            if hash.isEmpty { return tokens + [.invalid(String(rest))] }
            tokens.append(.hash(hash))
            rest = rest.dropFirst(1 + hash.count)
        }
        if rest.isEmpty { return tokens + [.end] }
        guard rest.hasPrefix("-") else { return tokens + [.invalid(String(rest))] }
        guard let revision = rest.wholeMatch(of: /-r(\d+|(?=-|$))(.*)/) else { return tokens + [.invalid("")] }
        return tokens + [.revision(revision.1), revision.2.isEmpty ? .end : .invalid("")]
    }

    /// PMS, algorithm 3.1 and those that it calls.
    static func gentoo(_ left: String, _ right: String) -> Int {
        let (a, b) = (Ebuild(left), Ebuild(right))
        let firsts = numbers(a.numbers[0], b.numbers[0])
        if firsts != 0 { return firsts }
        for (x, y) in zip(a.numbers.dropFirst(), b.numbers.dropFirst()) {
            func stripped(_ text: Substring) -> String { String(String(text).reversed().drop { $0 == "0" }.reversed()) }
            let hasZero = x.hasPrefix("0") || y.hasPrefix("0")
            let difference = hasZero ? text(stripped(x), stripped(y)) : numbers(x, y)
            if difference != 0 { return difference }
        }
        if a.numbers.count != b.numbers.count { return a.numbers.count - b.numbers.count }
        if a.letter != b.letter { return text(a.letter, b.letter) }
        for index in 0..<max(a.suffixes.count, b.suffixes.count) {
            if index >= a.suffixes.count { return -b.suffixes[index].rank }
            if index >= b.suffixes.count { return a.suffixes[index].rank }
            let (x, y) = (a.suffixes[index], b.suffixes[index])
            let difference = x.rank != y.rank ? x.rank - y.rank : numbers(x.number, y.number)
            if difference != 0 { return difference }
        }
        return numbers(a.revision, b.revision)
    }

    private struct Ebuild {
        var numbers: [Substring]
        var letter: Substring = ""
        var suffixes: [(rank: Int, number: Substring)]
        var revision: Substring = ""

        init(_ version: String) {
            var rest = version[...]
            if let range = rest.range(of: "-r") {
                revision = rest[range.upperBound...]
                rest = rest[..<range.lowerBound]
            }
            let parts = rest.split(separator: "_")
            suffixes = parts.dropFirst().map { part in
                let word = part.prefix { !DirectOrder.isDigit($0) }
                return (DirectOrder.suffixes[String(word)] ?? 0, part.dropFirst(word.count))
            }
            numbers = parts[0].split(separator: ".")
            guard let last = numbers.last, let end = last.last, !DirectOrder.isDigit(end) else { return }
            letter = last.suffix(1)
            numbers[numbers.count - 1] = last.dropLast()
        }
    }
}
