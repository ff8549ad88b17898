extension VersionScheme {
    /// The order of Packagist as constraints and advisories ask it: Composer brings a version to four numbers before it compares
    /// (`VersionParser::normalize` of https://github.com/composer/semver), so that `1.0`, `1.0.0` and `1.0.0.0` are one version.
    ///
    /// Read are the versions that Composer reads: a `v` in front; up to four numbers, the first of at most five digits; `stable`,
    /// `alpha` or `a`, `beta` or `b`, `RC`, `patch`, `pl` or `p` with numbers, and `dev`, in any case and behind any separator;
    /// dates (`2020-09-14`, `20200914.1`), which are not filled up; branches by number (`1.x-dev`, after every release of 1); and
    /// build metadata behind a `+`, which is dropped. Any other text behind the numbers, which Composer refuses, is ordered
    /// element by element as in `composer`.
    ///
    /// Refused: what does not begin with a number. Composer never lets a branch (`dev-master`) satisfy a comparison; where it
    /// lies nobody knows.
    ///
    /// Key: that of `composer`, of the version so spelled.
    public static var composerNormalized: VersionScheme { VersionScheme(.composerNormalized) }
}

/// Versions of Packagist, normalised and written as keys; see `VersionScheme.composerNormalized`.
enum ComposerNormalization {
    private static let numbers = 4
    /// What Composer writes for an `x` in the number of a branch.
    private static let anyNumber: UInt64 = 9_999_999

    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) throws(VersionError) {
        let start = bytes[0] | 0x20 == UInt8(ascii: "v") ? 1 : 0
        guard bytes.hasDigit(at: start) else {
            throw VersionError(.malformed, at: start, "A branch has no place among the versions of Composer.")
        }
        let end = bytes.firstIndex(of: UInt8(ascii: "+")) ?? bytes.count
        encode(UnsafeBufferPointer(rebasing: bytes[start..<end]), to: &key)
    }

    private static func encode(_ text: UnsafeBufferPointer<UInt8>, to key: inout KeyWriter) {
        let (core, count) = endOfCore(text)
        if text.endOfDigits(from: 0) <= 5, let modifier = ComposerModifier(text, at: core) {
            writeCore(text, core, count, &key)
            return modifier.write(text, &key)
        }
        if let end = ComposerDate.end(text) {
            writeCore(text, end, numbers, &key)
            return ComposerModifier(text, at: end)?.write(text, &key) ?? key.append(ComposerEncoding.end)
        }
        if writeBranch(text, &key) { return }
        writeCore(text, core, count, &key)
        ComposerEncoding.appendElements(text, from: core, &key)
    }

    /// Where up to four numbers between dots end, and how many there are.
    @inline(__always)
    private static func endOfCore(_ text: UnsafeBufferPointer<UInt8>) -> (end: Int, count: Int) {
        var end = text.endOfDigits(from: 0)
        var count = 1
        while count < numbers, text.has(UInt8(ascii: "."), at: end), text.hasDigit(at: end + 1) {
            end = text.endOfDigits(from: end + 1)
            count += 1
        }
        return (end, count)
    }

    /// Writes the numbers before `end`, whatever separates them, and as many zeros as `count` lacks.
    @inline(__always)
    private static func writeCore(_ text: UnsafeBufferPointer<UInt8>, _ end: Int, _ count: Int, _ key: inout KeyWriter) {
        var index = 0
        while index < end {
            let last = text.endOfDigits(from: index)
            if last > index { key.appendNumber(text, index, last) }
            index = last + 1
        }
        var missing = max(0, numbers - count)
        key.append(KeyWriter.zero, times: &missing)
    }

    /// `1.x-dev`: the branch of that number, in development. False, with nothing written, where the text is none.
    private static func writeBranch(_ text: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) -> Bool {
        var end = text.count - 3
        guard end > 0, text.isWord("dev", end, text.count, ignoringCase: true) else { return false }
        if text[end - 1] == UInt8(ascii: ".") || text[end - 1] == UInt8(ascii: "-") { end -= 1 }
        let start = key.count
        var (index, count) = (0, 0)
        while count < numbers, index < end {
            let last = text.endOfDigits(from: index)
            if last > index {
                key.appendNumber(text, index, last)
                index = last
            } else if count > 0, text[index] | 0x20 == UInt8(ascii: "x") || text[index] == UInt8(ascii: "*") {
                key.appendNumber(anyNumber)
                index += 1
            } else {
                break
            }
            count += 1
            guard index < end, text[index] == UInt8(ascii: ".") else { break }
            index += 1
        }
        if index < end || text[end - 1] == UInt8(ascii: ".") {
            key.shorten(to: start)
            return false
        }
        while count < numbers {
            key.appendNumber(anyNumber)
            count += 1
        }
        key.append(ComposerEncoding.development)
        key.append(ComposerEncoding.end)
        return true
    }
}

/// Where the numbers of a date end, which Composer takes as they are: four digits, up to six pairs of digits, up to two
/// numbers of at most three digits, each with or without a dot, colon or hyphen in front.
private enum ComposerDate {
    /// Nil where the text is no date, or something other than a modifier follows.
    static func end(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        for index in 0..<4 where !text.hasDigit(at: index) { return nil }
        return end(text, 4, pairs: 0, rests: 0)
    }

    /// Tries the longest numbers first; at most six pairs and two rests are tried in three lengths.
    private static func end(_ text: UnsafeBufferPointer<UInt8>, _ index: Int, pairs: Int, rests: Int) -> Int? {
        let start = index < text.count && isSeparator(text[index]) ? index + 1 : index
        let digits = min(3, text.endOfDigits(from: min(start, text.count)) - start)
        if rests == 0, pairs < 6, digits >= 2, let found = end(text, start + 2, pairs: pairs + 1, rests: 0) { return found }
        if pairs == 0 { return nil }
        if rests < 2, digits > 0 {
            for length in (1...digits).reversed() {
                if let found = end(text, start + length, pairs: pairs, rests: rests + 1) { return found }
            }
        }
        return ComposerModifier(text, at: index) == nil ? nil : index
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-")
    }
}
