import Foundation

// MARK: libversion
extension DirectOrder {
    /// Components with their ranks, the shorter list padded with zeros.
    static func libversion(_ left: String, _ right: String) -> Int {
        let (a, b) = (libversionComponents(left), libversionComponents(right))
        let zero = (rank: 1, text: "0"[...])
        for index in 0..<max(a.count, b.count) {
            let x = index < a.count ? a[index] : zero
            let y = index < b.count ? b[index] : zero
            let isWord = x.rank != 1 && x.rank != 3
            let difference = x.rank != y.rank ? x.rank - y.rank : isWord ? text(x.text, y.text) : numbers(x.text, y.text)
            if difference != 0 { return difference }
        }
        return 0
    }

    /// 0 before a release, 1 zero, 2 after a release, 3 another number, 4 a letter behind a number.
    private static func libversionComponents(_ version: String) -> [(rank: Int, text: Substring)] {
        var components: [(rank: Int, text: Substring)] = []
        let text = version.lowercased()
        var rest = text[...]
        var followsNumber = false
        func isLetter(_ character: Character) -> Bool { ("a"..."z").contains(character) }
        while let first = rest.first {
            let run = rest.prefix { isDigit(first) ? isDigit($0) : isLetter(first) && isLetter($0) }
            rest = rest.dropFirst(max(1, run.count))
            if isDigit(first) {
                components.append((run.allSatisfy { $0 == "0" } ? 1 : 3, run))
            } else if !run.isEmpty {
                let isAfter = run.hasPrefix("post") || ["patch", "pl", "errata"].contains(run)
                let isBefore = run.hasPrefix("pre") || ["alpha", "beta", "rc"].contains(run)
                let isSuffix = followsNumber && !(rest.first.map(isDigit) ?? false)
                components.append((isAfter ? 2 : isBefore || !isSuffix ? 0 : 4, run.prefix(1)))
            }
            followsNumber = isDigit(first)
        }
        return components
    }

    static func intdot(_ left: String, _ right: String) -> Int {
        func labels(_ version: String) -> [Substring] {
            version.prefix { isDigit($0) || $0 == "." }.split(separator: ".", omittingEmptySubsequences: false)
        }
        let (a, b) = (labels(left), labels(right))
        for index in 0..<max(a.count, b.count) {
            let difference = numbers(index < a.count ? a[index] : "", index < b.count ? b[index] : "")
            if difference != 0 { return difference }
        }
        return 0
    }
}

// MARK: OpenSSL
extension DirectOrder {
    /// The version as a list of lists: numbers, letters, and the marks with a last one for the release between them.
    static func openssl(_ left: String, _ right: String) -> Int {
        let (a, b) = (OpenSSLParts(left), OpenSSLParts(right))
        let steps = [
            lists(a.numbers, b.numbers, numbers), text(a.letters, b.letters),
            lists(a.marks, b.marks) { x, y in
                if x.rank != y.rank { return x.rank - y.rank }
                let words = text(x.word, y.word)
                return words != 0 ? words : numbers(x.number, y.number)
            }
        ]
        // Letters come after further numbers, and those after none of both.
        if a.numbers.count != b.numbers.count, zip(a.numbers, b.numbers).allSatisfy({ numbers($0, $1) == 0 }) {
            let shorter = a.numbers.count < b.numbers.count ? a : b
            let sign = a.numbers.count < b.numbers.count ? 1 : -1
            return shorter.letters.isEmpty ? -sign : sign
        }
        return steps.first { $0 != 0 } ?? 0
    }

    private struct OpenSSLParts {
        var numbers: [Substring]
        var letters: String
        /// Development 0, a candidate 1, the release 2, another word 3.
        var marks: [(rank: Int, word: String, number: Substring)]

        init(_ version: String) {
            let parts = version.lowercased().split(separator: "+", omittingEmptySubsequences: false)[0]
                .split(separator: "-", omittingEmptySubsequences: false)
            let digits = parts[0].prefix { DirectOrder.isDigit($0) || $0 == "." }
            numbers = digits.split(separator: ".")
            while numbers.count < 3 { numbers.append("0") }
            letters = String(parts[0].dropFirst(digits.count))
            marks = parts.dropFirst().map { part in
                let word = String(part.prefix { $0.isLetter })
                let rank = word == "dev" ? 0 : ["alpha", "beta", "pre", "rc"].contains(word) ? 1 : 3
                return (rank, word, part.drop { !DirectOrder.isDigit($0) })
            }
            marks.append((2, "", ""))
        }
    }
}

// MARK: moments
extension DirectOrder {
    /// Days are counted one year after the other.
    static func datetime(_ left: String, _ right: String) -> Int {
        let (a, b) = (moment(left), moment(right))
        if a.second != b.second { return a.second - b.second }
        if a.isLeap != b.isLeap { return a.isLeap ? 1 : -1 }
        let width = max(a.fraction.count, b.fraction.count)
        func padded(_ digits: Substring) -> String { digits + String(repeating: "0", count: width - digits.count) }
        return text(padded(a.fraction), padded(b.fraction))
    }

    private static func moment(_ text: String) -> (second: Int, isLeap: Bool, fraction: Substring) {
        let parts = text.split { !isDigit($0) }
        let values = parts.map { Int($0) ?? 0 }
        let hasFraction = text.contains(".")
        let offset = hasFraction ? 7 : 6
        var minutes = 0
        if values.count > offset { minutes = values[offset] * 60 + values[offset + 1] }
        if text.dropFirst(10).contains("-") { minutes = -minutes }
        func isLong(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
        var days = values[2]
        for year in 0..<values[0] { days += isLong(year) ? 366 : 365 }
        let months = [31, isLong(values[0]) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        days += months.prefix(values[1] - 1).reduce(0, +)
        let second = ((days * 24 + values[3]) * 60 + values[4] - minutes) * 60 + min(values[5], 59)
        return (second, values[5] == 60, hasFraction ? parts[6] : "")
    }
}
