extension VersionScheme {
    /// The order of Android in OSV's records of its security bulletins (https://source.android.com/docs/security/bulletin): a branch
    /// and a security patch level between which a colon stands, `12L:2023-06-01`. The level `0` is a branch as it was released.
    ///
    /// A branch goes before another whatever the levels are, so that a range within one branch holds nothing of the next. A branch is
    /// numbers and words: numbers compare by value, trailing zeros vanish (`8.1` = `8.1.0`), a word comes after the numbers and
    /// after what ends there (`12` < `12L` < `13`, `16` < `16-qpr2`), words compare as text in lowercase. Parts without a branch, which
    /// the kernel and components of vendors have (`:2023-06-05`), come before all branches, named ones (`SoCVersion:0`) after
    /// all numbers. A level compares number by number; a branch without one has the level 0: nothing says that it was patched. A
    /// date alone is a level without a branch.
    ///
    /// Refused: more than one colon, and anything but letters, digits, `.`, `-`, `_` and spaces in a branch, or numbers between
    /// hyphens in a level.
    ///
    /// Key: the parts of the branch, each a number or `3E` and a text, and `01`; the numbers of the level without trailing zeros, and `01`.
    public static var android: VersionScheme { VersionScheme(.android) }
}

/// Branches and patch levels of Android written as keys; see `VersionScheme.android`.
enum AndroidEncoding {
    private static let text: UInt8 = 0x3E
    private static let end: UInt8 = 0x01

    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) throws(VersionError) {
        let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
        let isLevelAlone = colon == nil && isDate(bytes)
        try appendBranch(bytes, to: isLevelAlone ? 0 : colon ?? bytes.count, &key)
        try appendLevel(bytes, from: isLevelAlone ? 0 : colon.map { $0 + 1 } ?? bytes.count, &key)
    }

    private static func isDate(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.endOfDigits(from: 0) == 4 && bytes.has(UInt8(ascii: "-"), at: 4) && bytes.endOfDigits(from: 5) == 7
            && bytes.has(UInt8(ascii: "-"), at: 7) && bytes.endOfDigits(from: 8) == 10 && bytes.count == 10
    }

    private static func appendBranch(
        _ bytes: UnsafeBufferPointer<UInt8>, to last: Int, _ key: inout KeyWriter
    ) throws(VersionError) {
        var (index, zeros) = (0, 0)
        while index < last {
            let start = index
            if bytes[index].isASCIIDigit {
                index = min(last, bytes.endOfDigits(from: index))
                if bytes.isZero(start, index) {
                    zeros += 1
                } else {
                    key.append(KeyWriter.zero, times: &zeros)
                    key.appendNumber(bytes, start, index)
                }
            } else if bytes[index].isASCIILetter {
                zeros = 0
                index = bytes.endOfLetters(from: index)
                key.append(text)
                key.appendText(bytes, start, index, lowercased: true)
            } else if ".-_ ".utf8.contains(bytes[index]) {
                index += 1
            } else {
                throw VersionError(.malformed, at: index, "A branch of Android is letters and digits.")
            }
        }
        key.append(end)
    }

    private static func appendLevel(
        _ bytes: UnsafeBufferPointer<UInt8>, from first: Int, _ key: inout KeyWriter
    ) throws(VersionError) {
        var (index, zeros) = (first, 0)
        while index < bytes.count {
            let last = bytes.endOfDigits(from: index)
            if last == index { throw VersionError(.malformed, at: index, "A security patch level is a date.") }
            if bytes.isZero(index, last) {
                zeros += 1
            } else {
                key.append(KeyWriter.zero, times: &zeros)
                key.appendNumber(bytes, index, last)
            }
            index = last
            if bytes.has(UInt8(ascii: "-"), at: index), bytes.hasDigit(at: index + 1) { index += 1 }
        }
        key.append(end)
    }
}
