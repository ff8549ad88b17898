extension VersionScheme {
    /// The order in which single versions of Packagist are compared: `version_compare` of PHP, after the `v` or `V` in front that
    /// Composer drops. Constraints ask another one: Composer brings versions to four numbers first (`composerNormalized`).
    ///
    /// A version is its numbers and its words; dots, hyphens, underscores, plus signs and the change between digits and others
    /// separate them. Element by element, in rising order: an unknown word (all are equal), `dev`, `alpha` or `a`, `beta` or
    /// `b`, `RC` or `rc`, the end, a number, `pl` or `p`. A word is known by its beginning, in exactly this case. Nothing is
    /// padded: `1.0` comes before `1.0.0`. Numbers have any length (PHP stops counting at 2⁶³).
    ///
    /// Nothing but the empty string is refused. Where PHP's own comparison is no order, this is one: a `#`, which PHP calls
    /// equal to every number and, at the end, to nothing, is nothing; a separator at the very end sorts below everything that
    /// could follow.
    ///
    /// Key: for each element `02` for an unknown word, `03` `dev`, `04` `alpha`, `05` `beta`, `06` `RC`, a number, `3E` for `p`;
    /// `07` at the end, or `01` when a separator ends the version.
    public static var composer: VersionScheme { VersionScheme(.composer) }
}

/// Versions of Packagist written as keys; see `VersionScheme.composer`.
enum ComposerEncoding {
    static let separatorAtEnd: UInt8 = 0x01
    static let unknownWord: UInt8 = 0x02
    static let development: UInt8 = 0x03
    static let end: UInt8 = 0x07
    static let patch: UInt8 = 0x3E

    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) {
        var index = bytes[0] | 0x20 == UInt8(ascii: "v") && bytes.count > 1 ? 1 : 0
        // PHP copies the first byte before it looks at any: a mark there is an element.
        if !isAlphanumeric(bytes[index]), bytes[index] != UInt8(ascii: "#") {
            key.append(unknownWord)
            index = endOfFirstElement(bytes, index)
        }
        appendElements(bytes, from: index, &key)
    }

    /// Writes the elements from `start` on and the end of the key.
    @inline(__always)
    static func appendElements(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ key: inout KeyWriter) {
        var index = start
        var endsWithSeparator = false
        while index < bytes.count {
            let (start, byte) = (index, bytes[index])
            endsWithSeparator = false
            if byte.isASCIIDigit {
                index = bytes.endOfDigits(from: start)
                key.appendNumber(bytes, start, index)
            } else if byte.isASCIILetter {
                index = endOfWord(bytes, start)
                key.append(marker(bytes, start, index))
            } else if byte == UInt8(ascii: "#") {
                index = endOfWord(bytes, start + 1)
            } else if start > 0, bytes[start - 1].isASCIIDigit, !isSeparator(byte) {
                // After a digit PHP keeps any other byte as the beginning of a word.
                index = endOfWord(bytes, start + 1)
                key.append(unknownWord)
            } else {
                index += 1
                endsWithSeparator = true
            }
        }
        key.append(endsWithSeparator ? separatorAtEnd : end)
    }

    /// Letters belong to a mark in front of them, digits and everything behind a dot do not.
    private static func endOfFirstElement(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        bytes[start] == UInt8(ascii: ".") ? start + 1 : endOfWord(bytes, start + 1)
    }

    @inline(__always)
    private static func endOfWord(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int { bytes.endOfLetters(from: start) }

    @inline(__always)
    private static func isAlphanumeric(_ byte: UInt8) -> Bool { byte.isASCIIDigit || byte.isASCIILetter }

    @inline(__always)
    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "+")
    }

    @inline(__always)
    private static func marker(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> UInt8 {
        switch bytes[start] {
        case UInt8(ascii: "a"): 0x04
        case UInt8(ascii: "b"): 0x05
        case UInt8(ascii: "p"): patch
        case UInt8(ascii: "d"): end - start >= 3 && bytes.isWord("dev", start, start + 3) ? development : unknownWord
        case UInt8(ascii: "r"): bytes.has(UInt8(ascii: "c"), at: start + 1) ? 0x06 : unknownWord
        case UInt8(ascii: "R"): bytes.has(UInt8(ascii: "C"), at: start + 1) ? 0x06 : unknownWord
        default: unknownWord
        }
    }
}
