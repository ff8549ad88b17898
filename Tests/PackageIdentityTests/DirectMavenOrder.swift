/// The version order specification of the POM reference, on lists of tokens. Which side of the plain version a continuation
/// is on is asked first; that is what makes an order of it, see `VersionScheme.maven`.
enum DirectMavenOrder {
    static func compare(_ left: String, _ right: String) -> Int {
        let (a, b) = (tokens(left.lowercased()), tokens(right.lowercased()))
        let firsts = values(a[0].value, b[0].value)
        return firsts != 0 ? firsts : continuations(a[1...], b[1...])
    }

    private struct Token {
        var isAfterHyphen: Bool
        var value: String
        var isNumber: Bool { DirectOrder.isNumber(value) }
        var isZero: Bool { isNumber && value.allSatisfy { $0 == "0" } }

        /// `.qualifier` < `-qualifier` < `-number` < `.number`.
        var rank: Int { isNumber ? (isAfterHyphen ? 2 : 3) : (isAfterHyphen ? 1 : 0) }
        /// Where the token alone puts its version compared with one that ends before it.
        var side: Int {
            if isZero { return isAfterHyphen ? 1 : 0 }
            return isNumber ? 1 : DirectMavenOrder.place(value) - 5
        }
    }

    private static func continuations(_ left: ArraySlice<Token>, _ right: ArraySlice<Token>) -> Int {
        let sides = (side(left), side(right))
        if sides.0 != sides.1 { return sides.0 - sides.1 }
        guard let x = left.first, let y = right.first else { return 0 }
        let difference = x.rank != y.rank ? x.rank - y.rank : values(x.value, y.value)
        return difference != 0 ? difference : continuations(left.dropFirst(), right.dropFirst())
    }

    private static func side(_ tokens: ArraySlice<Token>) -> Int { tokens.first { $0.side != 0 }?.side.signum() ?? 0 }

    private static func values(_ x: String, _ y: String) -> Int {
        switch (DirectOrder.isNumber(x), DirectOrder.isNumber(y)) {
        case (true, true): DirectOrder.numbers(x[...], y[...])
        case (false, false): place(x) != place(y) ? place(x) - place(y) : place(x) == 7 ? DirectOrder.text(x, y) : 0
        case (let isNumber, _): isNumber ? 1 : -1
        }
    }

    static func place(_ qualifier: String) -> Int {
        ["alpha", "beta", "milestone", "rc", "snapshot", "", "sp"].firstIndex(of: qualifier) ?? 7
    }

    private static let aliases = ["cr": "rc", "ga": "", "final": "", "release": ""]
    private static let shorthands = ["a": "alpha", "b": "beta", "m": "milestone"]

    private static func tokens(_ version: String) -> [Token] {
        var tokens: [Token] = []
        var isAfterHyphen = false
        for part in pieces(version) {
            var runs: [String] = []
            for character in part {
                if let last = runs.last?.last, DirectOrder.isDigit(last) == DirectOrder.isDigit(character) {
                    runs[runs.count - 1].append(character)
                } else {
                    runs.append(String(character))
                }
            }
            for (index, run) in (runs.isEmpty ? ["0"] : runs).enumerated() {
                let word = index + 1 < runs.count ? shorthands[run] ?? run : run
                tokens.append(Token(isAfterHyphen: index > 0 || isAfterHyphen, value: aliases[word] ?? word))
            }
            isAfterHyphen = part.endIndex < version.endIndex && version[part.endIndex] == "-"
        }
        return trimmed(tokens)
    }

    private static func pieces(_ version: String) -> [Substring] {
        version.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "-" }
    }

    /// Without the zeros and empty qualifiers at the end and before each hyphen that stays; the first token stays.
    private static func trimmed(_ tokens: [Token]) -> [Token] {
        var kept: [Token] = []
        for token in tokens.dropFirst().reversed() {
            let isNull = token.isZero || token.value.isEmpty
            if isNull, kept.last?.isAfterHyphen ?? true { continue }
            kept.append(token)
        }
        return [tokens[0]] + kept.reversed()
    }
}
