/// The tokens of a text, collected in one pass over its bytes.
///
/// Addresses are kept apart (they are references) and identifiers left out (`IdentifierScreen`).
struct TextTokens {
    var words: [UInt32] = []
    var symbols: [UInt32] = []
    var versions: [UInt32] = []
    var shingles: [UInt32] = []
    var addresses: [ArraySlice<UInt8>] = []
    /// Over all words in their order, without versions.
    var whole = TokenHash(.word)
    var wordCount = 0

    /// Longer texts tell nothing more by their end, and one hostile record must not cost as much as thousands.
    static let maximumBytes = 16_384
    static let maximumWords = 800
    static let maximumSymbols = 200

    private var last: (UInt32, UInt32) = (0, 0)

    mutating func read(_ text: String) { read(Array(text.utf8.prefix(Self.maximumBytes))) }

    mutating func read(_ bytes: [UInt8]) {
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            guard byte.isWord else {
                at += 1
                continue
            }
            if byte | 0x20 == UInt8(ascii: "h"), let end = Self.addressEnd(bytes, at) {
                addresses.append(bytes[at..<end])
                at = end
                continue
            }
            let end = Self.runEnd(bytes, at)
            readRun(bytes, at..<end)
            at = end
        }
    }

    /// The end of `http://…` or `https://…`.
    private static func addressEnd(_ bytes: [UInt8], _ start: Int) -> Int? {
        let rest = bytes[start..<min(bytes.count, start + 8)]
        guard rest.hasPrefix("http://") || rest.hasPrefix("https://") else { return nil }
        var end = start
        while end < bytes.count, bytes[end] > 0x20, !Self.closing.contains(bytes[end]) { end += 1 }
        while end > start, bytes[end - 1] == UInt8(ascii: ".") || bytes[end - 1] == UInt8(ascii: ",") { end -= 1 }
        return end
    }

    private static let closing: [UInt8] = Array(")]>\"'`".utf8)

    /// A run of words joined by `-`, `.`, `/`, `:` or `$`: the whole may be an identifier, a version or a name of code.
    private static func runEnd(_ bytes: [UInt8], _ start: Int) -> Int {
        var end = start
        while end < bytes.count {
            if bytes[end].isWord { end += 1; continue }
            let next = end + 1
            guard isJoiner(bytes[end]), next < bytes.count else { break }
            if bytes[next].isWord { end += 1; continue }
            // `::` and `->` join too.
            guard next + 1 < bytes.count, bytes[next + 1].isWord, isPair(bytes[end], bytes[next]) else { break }
            end += 2
        }
        return end
    }

    private static func isJoiner(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":")
            || byte == UInt8(ascii: "$")
    }

    private static func isPair(_ a: UInt8, _ b: UInt8) -> Bool {
        a == UInt8(ascii: ":") && b == a || a == UInt8(ascii: "-") && b == UInt8(ascii: ">")
    }

    private mutating func readRun(_ bytes: [UInt8], _ run: Range<Int>) {
        // The dots and slashes part an identifier from what stands around it.
        if Self.holdsIdentifier(bytes[run]) { return }
        if bytes[run.lowerBound].isDigit || bytes[run.lowerBound] | 0x20 == UInt8(ascii: "v"),
            let version = VersionToken.hash(bytes[run], isBound: false)
        {
            versions.append(version)
            return
        }
        let isCalled =
            run.upperBound + 1 < bytes.count && bytes[run.upperBound] == UInt8(ascii: "(")
            && bytes[run.upperBound + 1] == UInt8(ascii: ")")
        var part = run.lowerBound
        while part < run.upperBound {
            guard bytes[part].isWord else { part += 1; continue }
            var end = part
            while end < run.upperBound, bytes[end].isWord { end += 1 }
            readWord(bytes[part..<end])
            part = end
        }
        if isCalled || SymbolToken.looksLikeCode(bytes[run]) { SymbolToken.append(bytes[run], to: &symbols) }
    }

    private static func holdsIdentifier(_ run: ArraySlice<UInt8>) -> Bool {
        guard run.count >= 6, run.contains(where: { $0.isDigit || $0 == UInt8(ascii: "-") }) else { return false }
        var start = run.startIndex
        for at in run.indices where run[at] == UInt8(ascii: "/") || run[at] == UInt8(ascii: ".") {
            if IdentifierScreen.isIdentifier(run[start..<at]) { return true }
            start = at + 1
        }
        return IdentifierScreen.isIdentifier(run[start...])
    }

    private mutating func readWord(_ word: ArraySlice<UInt8>) {
        let hash = TokenHash.lowercased(word, .word)
        wordCount += 1
        guard wordCount <= Self.maximumWords else { return }
        for shift: UInt32 in [0, 8, 16, 24] { whole.add(UInt8(truncatingIfNeeded: hash >> shift)) }
        if word.count > 1 { words.append(hash) }
        if wordCount > 2 {
            shingles.append(TokenHash.mixed(UInt64(last.0) << 32 ^ UInt64(last.1) &* 0x9E37_79B9 ^ UInt64(hash) << 17))
        }
        last = (last.1, hash)
    }
}

/// Names of code in running text.
enum SymbolToken {
    /// `snake_case`, `camelCase`, `a::b`, `a->b`, `path/file.c`; a path or dotted name only with a letter at the end.
    static func looksLikeCode(_ run: ArraySlice<UInt8>) -> Bool {
        guard run.count >= 4 else { return false }
        var previous: UInt8 = 0
        for (place, byte) in run.enumerated() {
            if byte == UInt8(ascii: "_"), place > 0 { return true }
            if byte.isUppercaseLetter, previous >= UInt8(ascii: "a"), previous <= UInt8(ascii: "z") { return true }
            if byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">") { return true }
            if byte == UInt8(ascii: ":"), previous == byte { return true }
            if byte == UInt8(ascii: "."), previous.isLetter {
                let suffix = run.dropFirst(place + 1)
                if suffix.count <= 4, suffix.allSatisfy(\.isLetter), !suffix.isEmpty { return true }
            }
            previous = byte
        }
        return false
    }

    /// The whole name and its parts of four letters or more, in lower case.
    static func append(_ run: ArraySlice<UInt8>, to symbols: inout [UInt32]) {
        guard symbols.count < TextTokens.maximumSymbols else { return }
        symbols.append(TokenHash.lowercased(run, .symbol))
        for part in run.split(whereSeparator: { !$0.isWord }) where part.count > 3 && part.count < run.count {
            symbols.append(TokenHash.lowercased(part, .symbol))
        }
    }
}

/// Versions by their numbers: `v1.2.0` is `1.2`, and what stands behind the numbers doesn't count.
enum VersionToken {
    /// Versions of texts and bounds have one hash, so that one record's bound meets the other's text.
    /// - Parameter isBound: whether it is known to be a version; in a text a number alone may be anything.
    static func hash(_ text: ArraySlice<UInt8>, isBound: Bool) -> UInt32? {
        var rest = text.trimmed
        if let first = rest.first, first | 0x20 == UInt8(ascii: "v") { rest = rest.dropFirst() }
        guard rest.first?.isDigit == true else { return nil }
        let numbers = rest.prefix { $0.isDigit || $0 == UInt8(ascii: ".") }
        var parts = numbers.split(separator: UInt8(ascii: "."))
        guard parts.count > 1 || isBound, parts.first.map({ $0.count < 12 }) == true else { return nil }
        while parts.count > 2, parts[parts.count - 1].allSatisfy({ $0 == UInt8(ascii: "0") }) { parts.removeLast() }
        // Zero alone is no bound.
        guard !(parts.count == 1 && parts[0].allSatisfy { $0 == UInt8(ascii: "0") }) else { return nil }
        var hash = TokenHash(.fixedVersion)
        for part in parts {
            hash.add(part)
            hash.add(UInt8(ascii: "."))
        }
        return hash.value
    }
}
