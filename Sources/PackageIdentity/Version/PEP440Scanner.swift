/// Reads the pieces of a PEP 440 version from left to right, as the pattern in appendix B of the PEP matches them.
///
/// The pattern never needs to go back: every optional piece is recognised by its word, and a separator that belongs to no
/// word is left for the next piece.
struct PEP440Scanner {
    let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    @inline(__always)
    var isAtEnd: Bool { index == bytes.count }

    @inline(__always)
    private func byte(at position: Int) -> UInt8 { position < bytes.count ? bytes[position] : 0 }

    @inline(__always)
    mutating func skip(_ expected: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == expected else { return false }
        index += 1
        return true
    }

    mutating func skipLetterV() { if byte(at: 0) | 0x20 == UInt8(ascii: "v") { index = 1 } }

    @inline(__always)
    mutating func skipSeparator() -> Bool {
        guard Self.isSeparator(byte(at: index)) else { return false }
        index += 1
        return true
    }

    @inline(__always)
    mutating func readDigits() -> Range<Int>? {
        let start = index
        while index < bytes.count, bytes[index].isASCIIDigit { index += 1 }
        return index > start ? start..<index : nil
    }

    /// A dot and digits; a dot before anything else stays.
    @inline(__always)
    mutating func readDottedDigits() -> Range<Int>? {
        guard byte(at: index) == UInt8(ascii: "."), byte(at: index + 1).isASCIIDigit else { return nil }
        index += 1
        return readDigits()
    }

    /// The marker of a pre-release in the key and its digits, which are empty for an implicit 0.
    mutating func readPreRelease() -> (marker: UInt8, digits: Range<Int>)? {
        let start = afterSeparator()
        guard let (marker, length) = preReleaseWord(at: start) else { return nil }
        index = start + length
        return (marker, readNumberAfterWord())
    }

    /// The digits of a post-release: `-1`, or a word and an optional number.
    mutating func readPostRelease() -> Range<Int>? {
        if byte(at: index) == UInt8(ascii: "-"), byte(at: index + 1).isASCIIDigit {
            index += 1
            return readDigits()
        }
        let start = afterSeparator()
        guard byte(at: start) | 0x20 == UInt8(ascii: "p") || byte(at: start) | 0x20 == UInt8(ascii: "r") else { return nil }
        let length = matches("post", at: start) ? 4 : matches("rev", at: start) ? 3 : matches("r", at: start) ? 1 : 0
        if length == 0 { return nil }
        index = start + length
        return readNumberAfterWord()
    }

    mutating func readDevelopment() -> Range<Int>? {
        let start = afterSeparator()
        guard matches("dev", at: start) else { return nil }
        index = start + 3
        return readNumberAfterWord()
    }

    /// A run of letters and digits; nil when there is none.
    mutating func readLocalSegment() -> (range: Range<Int>, isNumber: Bool)? {
        let start = index
        var isNumber = true
        while index < bytes.count {
            if bytes[index].isASCIILetter { isNumber = false } else if !bytes[index].isASCIIDigit { break }
            index += 1
        }
        return index > start ? (start..<index, isNumber) : nil
    }

    @inline(__always)
    func write(_ digits: Range<Int>, _ key: inout KeyWriter) {
        if digits.isEmpty { key.append(KeyWriter.zero) } else { key.appendNumber(bytes, digits.lowerBound, digits.upperBound) }
    }

    // MARK: words

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    @inline(__always)
    private func afterSeparator() -> Int { Self.isSeparator(byte(at: index)) ? index + 1 : index }

    /// The pattern takes a separator after a word even where no number follows it.
    private mutating func readNumberAfterWord() -> Range<Int> {
        index = afterSeparator()
        return readDigits() ?? index..<index
    }

    @inline(__always)
    private func preReleaseWord(at start: Int) -> (marker: UInt8, length: Int)? {
        switch byte(at: start) | 0x20 {
        case UInt8(ascii: "a"): (0x03, matches("alpha", at: start) ? 5 : 1)
        case UInt8(ascii: "b"): (0x04, matches("beta", at: start) ? 4 : 1)
        case UInt8(ascii: "c"): (0x05, 1)
        case UInt8(ascii: "r"): matches("rc", at: start) ? (0x05, 2) : nil
        case UInt8(ascii: "p"): matches("preview", at: start) ? (0x05, 7) : matches("pre", at: start) ? (0x05, 3) : nil
        default: nil
        }
    }

    /// Whether the word, which is in lowercase, stands at `start` in any case.
    @inline(__always)
    private func matches(_ word: StaticString, at start: Int) -> Bool {
        if start + word.utf8CodeUnitCount > bytes.count { return false }
        for offset in 0..<word.utf8CodeUnitCount where bytes[start + offset] | 0x20 != word.utf8Start[offset] { return false }
        return true
    }
}
