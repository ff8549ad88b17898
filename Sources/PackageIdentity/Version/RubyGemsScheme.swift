extension VersionScheme {
    /// The order of Ruby gems: `Gem::Version` (https://docs.ruby-lang.org/en/master/Gem/Version.html).
    ///
    /// A version is its numbers and its words of letters, whatever separates them; a hyphen counts as the word `pre`. Zeros
    /// before the first word and at the end vanish. Element by element a word sorts before a number, words compare bytewise,
    /// numbers by value and at any length, and a version that ends goes on with zeros.
    ///
    /// Refused, as RubyGems refuses it: what is not `number{.letters-or-digits}`, and behind a hyphen parts of letters, digits
    /// and hyphens between dots. Accepted beyond that: letters right behind the first number (`1beta`).
    ///
    /// Key: for each element `02` and a text, or a number, where a zero that is followed by a word (with only zeros between) is
    /// `03`: it sorts below the end, `04`, since the word does.
    public static var rubygems: VersionScheme { VersionScheme(.rubygems) }
}

extension VersionKey {
    /// Of a key of scheme `rubygems`: before all versions that go on with a word, however many follow it.
    var beforePreReleasesOfGem: VersionKey { VersionKey(bytes: bytes.dropLast() + [RubyGemsEncoding.word]) }
}

/// Versions of gems written as keys; see `VersionScheme.rubygems`.
enum RubyGemsEncoding {
    static let word: UInt8 = 0x02
    static let zeroBeforeWord: UInt8 = 0x03
    static let end: UInt8 = 0x04

    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) throws(VersionError) {
        try check(bytes)
        // Zeros wait for what follows: nothing, and they vanish; a number or a word, and they take its side of the end.
        var zeros = 0
        var hasWord = false
        var index = 0
        while index < bytes.count {
            let start = index
            if bytes[index].isASCIIDigit {
                index = bytes.endOfDigits(from: index)
                if bytes.isZero(start, index) {
                    zeros += 1
                } else {
                    key.append(KeyWriter.zero, times: &zeros)
                    key.appendNumber(bytes, start, index)
                }
            } else if bytes[index] == UInt8(ascii: ".") {
                index += 1
            } else {
                if hasWord { key.append(zeroBeforeWord, times: &zeros) }
                zeros = 0
                hasWord = true
                index = appendWord(bytes, from: index, &key)
            }
        }
        key.append(end)
    }

    @inline(__always)
    private static func appendWord(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ key: inout KeyWriter) -> Int {
        key.append(word)
        let end = bytes.endOfLetters(from: start)
        if end > start {
            key.appendText(bytes, start, end)
            return end
        }
        key.append(UInt8(ascii: "p"))
        key.append(UInt8(ascii: "r"))
        key.append(UInt8(ascii: "e"))
        key.append(0x00)
        return start + 1
    }

    /// The pattern of `Gem::Version`, byte by byte.
    @inline(__always)
    private static func check(_ bytes: UnsafeBufferPointer<UInt8>) throws(VersionError) {
        var index = bytes.endOfDigits(from: 0)
        if index == 0 { throw VersionError(.malformed, at: 0, "A gem's version begins with a number.") }
        var hasHyphen = false
        var isSegmentEmpty = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "."), !isSegmentEmpty {
                isSegmentEmpty = true
            } else if byte == UInt8(ascii: "-"), hasHyphen || !isSegmentEmpty {
                isSegmentEmpty = !hasHyphen
                hasHyphen = true
            } else if byte.isASCIIDigit || byte.isASCIILetter {
                isSegmentEmpty = false
            } else {
                throw VersionError(.malformed, at: index, "A gem's version is letters and digits between dots.")
            }
            index += 1
        }
        if isSegmentEmpty { throw VersionError(.malformed, at: index, "The last part of the version is empty.") }
    }
}
