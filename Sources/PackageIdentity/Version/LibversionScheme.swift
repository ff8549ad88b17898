extension VersionScheme {
    /// An order for versions of no ecosystem, the VERS type `generic`: the algorithm of libversion
    /// (https://github.com/repology/libversion/blob/master/doc/ALGORITHM.md), which Repology compares distributions with. VERS
    /// leaves its own algorithm open and names this one as the model.
    ///
    /// A version is its numbers and its words; everything else separates. Element by element, in rising order: a word that
    /// announces a release (`alpha`, `beta`, `rc`, `pre…` and every unknown one), zero, which is also how every version ends
    /// (`1.0` equals `1`), a word that follows a release (`post…`, `patch`, `pl`, `errata`), a number above zero, and an
    /// unknown word that directly follows a number and is not followed by one (`1.0a`). Words of one kind compare by their first
    /// letter, in any case; numbers by value, at any length.
    ///
    /// Nothing but the empty string is refused; what has no letter or digit is 0.
    ///
    /// Key: for each element `01` and the letter, `04` for a zero, `05` and the letter, a number, `3E` and the letter; `03` at
    /// the end. Zeros before the end vanish, and zeros before a word that announces are `02`.
    public static var libversion: VersionScheme { VersionScheme(.libversion) }
}

/// Versions in the manner of libversion written as keys; see `VersionScheme.libversion`.
enum LibversionEncoding {
    static let before: UInt8 = 0x01
    static let zeroBelowEnd: UInt8 = 0x02
    static let end: UInt8 = 0x03
    static let zero: UInt8 = 0x04
    static let after: UInt8 = 0x05
    static let letterSuffix: UInt8 = 0x3E

    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) {
        var zeros = 0
        var index = 0
        while index < bytes.count {
            let start = index
            if bytes[index].isASCIIDigit {
                index = bytes.endOfDigits(from: start)
                if bytes.isZero(start, index) {
                    zeros += 1
                    continue
                }
                key.append(zero, times: &zeros)
                key.appendNumber(bytes, start, index)
            } else if bytes[index].isASCIILetter {
                index = bytes.endOfLetters(from: start)
                let isSuffix = start > 0 && bytes[start - 1].isASCIIDigit && !bytes.hasDigit(at: index)
                let marker = marker(bytes, start, index, isSuffix: isSuffix)
                key.append(marker == before ? zeroBelowEnd : zero, times: &zeros)
                key.append(marker)
                key.append(bytes[start] | 0x20)
            } else {
                index += 1
            }
        }
        key.append(end)
    }

    @inline(__always)
    private static func marker(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, isSuffix: Bool) -> UInt8 {
        func isWord(_ word: StaticString) -> Bool { bytes.isWord(word, start, end, ignoringCase: true) }
        func begins(_ word: StaticString) -> Bool {
            end - start >= word.utf8CodeUnitCount
                && bytes.isWord(word, start, start + word.utf8CodeUnitCount, ignoringCase: true)
        }
        if begins("post") || isWord("patch") || isWord("pl") || isWord("errata") { return after }
        if !isSuffix || isWord("alpha") || isWord("beta") || isWord("rc") || begins("pre") { return before }
        return letterSuffix
    }
}
