extension VersionScheme {
    /// The order of Alpine Linux packages and its relatives, as apk-tools 3 compares them (apk-package(5), "Package metadata"):
    /// `number{.number}{letter}{_suffix{number}}{~hash}{-rN}`.
    ///
    /// The first number compares by value. Of the others one that begins with `0` compares as text, and comes before those
    /// that do not: `1.02` before `1.1`. Of two versions that agree so far, in rising order: one goes on with `_alpha`,
    /// `_beta`, `_pre` or `_rc`, or with what is no version, or ends, or has a revision, a hash, the number of a suffix,
    /// `_cvs`, `_svn`, `_git`, `_hg` or `_p`, a letter, a further number. Numbers have any length.
    ///
    /// Nothing but the empty string is refused. From where a text follows the grammar no longer it is read as text to its
    /// end, and behind the hyphen of a revision as nothing but "goes on": `1-r0-1` equals `1-r0-2`, and `1-rc1` equals `1-2`. `-r`
    /// without a number is revision 0. apk 3 calls all versions equal that stop following the grammar at the same place.
    ///
    /// Key: the first number; each further number as a number, or `10`, the digits behind the leading `0` and `00`; `0F` and
    /// the letter; `01` to `04` and `0A` to `0E` for the suffixes in the order above, with `09` and a number for their numbers;
    /// `08` and a text for the hash; `07` and a number for the revision; `06` at the end, or where the grammar ends `05`, with
    /// a text if that is before a hyphen.
    public static var apk: VersionScheme { VersionScheme(.apk) }
}

/// Alpine versions written as keys; see `VersionScheme.apk`.
enum ApkEncoding {
    static let invalid: UInt8 = 0x05
    static let end: UInt8 = 0x06
    static let revision: UInt8 = 0x07
    static let hash: UInt8 = 0x08
    static let suffixNumber: UInt8 = 0x09
    static let letter: UInt8 = 0x0F

    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) {
        var index = bytes.endOfDigits(from: 0)
        if index == 0 { return appendInvalid(bytes, from: 0, &key) }
        key.appendNumber(bytes, 0, index)
        while bytes.has(UInt8(ascii: "."), at: index), bytes.hasDigit(at: index + 1) {
            let start = index + 1
            index = bytes.endOfDigits(from: start)
            appendComponent(bytes, start, index, &key)
        }
        if index < bytes.count, bytes[index] &- 0x61 < 26 {
            key.append(letter)
            key.append(bytes[index])
            index += 1
        }
        while bytes.has(UInt8(ascii: "_"), at: index), let suffix = suffix(bytes, at: index + 1) {
            key.append(suffix.marker)
            index = bytes.endOfDigits(from: suffix.end)
            if index > suffix.end {
                key.append(suffixNumber)
                key.appendNumber(bytes, suffix.end, index)
            }
        }
        appendHashAndRevision(bytes, from: index, &key)
    }

    @inline(__always)
    private static func appendHashAndRevision(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ key: inout KeyWriter) {
        var index = start
        if bytes.has(UInt8(ascii: "~"), at: index) {
            var end = index + 1
            while end < bytes.count, bytes[end].isASCIIDigit || bytes[end] &- 0x61 < 6 { end += 1 }
            if end == index + 1 { return appendInvalid(bytes, from: index, &key) }
            key.append(hash)
            key.appendText(bytes, index + 1, end)
            index = end
        }
        if index == bytes.count { return key.append(end) }
        guard bytes[index] == UInt8(ascii: "-") else { return appendInvalid(bytes, from: index, &key) }
        appendRevision(bytes, from: index + 1, &key)
    }

    @inline(__always)
    private static func appendRevision(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ key: inout KeyWriter) {
        let last = bytes.endOfDigits(from: min(start + 1, bytes.count))
        let isAtEnd = last == bytes.count
        // `-rc1` is no revision, and `-r-1` one without a number.
        guard bytes.has(UInt8(ascii: "r"), at: start), isAtEnd || last > start + 1 || bytes[last] == UInt8(ascii: "-") else {
            return key.append(invalid)
        }
        key.append(revision)
        key.appendNumber(bytes, start + 1, last)
        key.append(isAtEnd ? end : invalid)
    }

    private static func appendInvalid(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ key: inout KeyWriter) {
        key.append(invalid)
        key.appendText(bytes, start, bytes.count)
    }

    /// A number after a dot: by value, or as text below all those when it begins with `0`.
    @inline(__always)
    static func appendComponent(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ key: inout KeyWriter) {
        if bytes[start] != UInt8(ascii: "0") { return key.appendNumber(bytes, start, end) }
        key.append(KeyWriter.zero)
        var index = start + 1
        while index < end {
            key.append(bytes[index])
            index += 1
        }
        key.append(0x00)
    }

    /// The suffix whose word is the run of lowercase letters at `start`, with its marker in the key; nil where it is none.
    @inline(__always)
    static func suffix(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> (marker: UInt8, end: Int)? {
        var end = start
        while end < bytes.count, bytes[end] &- 0x61 < 26 { end += 1 }
        guard end > start, let (word, marker) = word(bytes[start], isLong: end > start + 1) else { return nil }
        return bytes.isWord(word, start, end) ? (marker, end) : nil
    }

    /// The only suffix that begins with a letter; `p` begins two.
    private static func word(_ first: UInt8, isLong: Bool) -> (StaticString, UInt8)? {
        switch first {
        case UInt8(ascii: "a"): ("alpha", 0x01)
        case UInt8(ascii: "b"): ("beta", 0x02)
        case UInt8(ascii: "p"): isLong ? ("pre", 0x03) : ("p", post)
        case UInt8(ascii: "r"): ("rc", 0x04)
        case UInt8(ascii: "c"): ("cvs", 0x0A)
        case UInt8(ascii: "s"): ("svn", 0x0B)
        case UInt8(ascii: "g"): ("git", 0x0C)
        case UInt8(ascii: "h"): ("hg", 0x0D)
        default: nil
        }
    }

    static let post: UInt8 = 0x0E
}
