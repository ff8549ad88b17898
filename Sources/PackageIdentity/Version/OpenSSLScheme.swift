extension VersionScheme {
    /// The order of OpenSSL's releases: up to 1.1.1 `1.0.2`, `1.0.2a`, …, `1.0.2z`, `1.0.2za`; since 3.0.0 SemVer.
    ///
    /// A version is numbers, of which missing ones up to the third are 0, then letters, then any marks. Letters compare as text
    /// in lowercase, after none. A mark is a hyphen, a word and a number. As in OpenSSL's own version numbers
    /// (OPENSSL_VERSION_NUMBER(3)) `-dev` comes first, then `-alpha`, `-beta`, `-pre` and `-rc`, then the release itself; after
    /// that comes what has any other word (`-cvs`, `-fips`). Build metadata (`+quic`) counts for nothing.
    ///
    /// Refused: what does not begin with a number, and whatever is not of that form.
    ///
    /// Key: three or more numbers; the letters as a text; for each mark `02`, or `05` for another word, a text and a number,
    /// with the text of `dev` being empty; `04` at the end.
    public static var openssl: VersionScheme { VersionScheme(.openssl) }
}

/// OpenSSL versions written as keys; see `VersionScheme.openssl`.
enum OpenSSLEncoding {
    static let markBeforeRelease: UInt8 = 0x02
    static let end: UInt8 = 0x04
    static let markAfterRelease: UInt8 = 0x05

    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) throws(VersionError) {
        guard bytes[0].isASCIIDigit else {
            throw VersionError(.malformed, at: 0, "An OpenSSL version begins with a number.")
        }
        var index = bytes.endOfDigits(from: 0)
        key.appendNumber(bytes, 0, index)
        var written = 1
        while bytes.has(UInt8(ascii: "."), at: index), bytes.hasDigit(at: index + 1) {
            let start = index + 1
            index = bytes.endOfDigits(from: start)
            key.appendNumber(bytes, start, index)
            written += 1
        }
        while written < 3 {
            key.append(KeyWriter.zero)
            written += 1
        }
        let letters = index
        index = bytes.endOfLetters(from: letters)
        key.appendText(bytes, letters, index, lowercased: true)
        while bytes.has(UInt8(ascii: "-"), at: index) { index = appendMark(bytes, from: index + 1, &key) }
        if index < bytes.count, bytes[index] != UInt8(ascii: "+") {
            throw VersionError(.malformed, at: index, "The text does not go on like an OpenSSL version.")
        }
        key.append(end)
    }

    @inline(__always)
    private static func appendMark(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ key: inout KeyWriter) -> Int {
        let end = bytes.endOfLetters(from: start)
        func isWord(_ word: StaticString) -> Bool { bytes.isWord(word, start, end, ignoringCase: true) }
        let isDevelopment = isWord("dev")
        let isBefore = isDevelopment || isWord("alpha") || isWord("beta") || isWord("pre") || isWord("rc")
        key.append(isBefore ? markBeforeRelease : markAfterRelease)
        if isDevelopment { key.append(0x00) } else { key.appendText(bytes, start, end, lowercased: true) }
        // SemVer separates the number by a dot (`-beta.1`), OpenSSL by nothing.
        let first = bytes.has(UInt8(ascii: "."), at: end) ? end + 1 : end
        let last = bytes.endOfDigits(from: first)
        key.appendNumber(bytes, first, last)
        return last > first ? last : end
    }
}
