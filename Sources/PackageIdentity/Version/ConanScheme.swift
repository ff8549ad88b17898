extension VersionScheme {
    /// The order of Conan packages: `Version` of Conan 2 (https://docs.conan.io/2/tutorial/versioning/version_ranges.html).
    ///
    /// Behind the last `+` stands the build, behind the last `-` before it the pre-release; each is read like a version of its
    /// own. The rest is elements between dots, without the zeros at the end, which compare in turn. A pre-release comes before
    /// its release, no build before every build.
    ///
    /// Elements of digits compare by value and others as text. Where Conan compares the two kinds, as text, its comparison is
    /// no order (`9` < `10` < `1a` < `9`). Here an element is the number that it begins with, then the text behind it: `1` <
    /// `1a` < `9` < `10` < `10a`; what begins with no digit is before or after all numbers as its first byte is. That agrees
    /// with Conan wherever the numbers have equally many digits.
    ///
    /// Nothing but the empty string is refused.
    ///
    /// Key: the elements and `01`. An element is a number, `FE` and a text if anything follows the digits; or `02` or `3E` and a
    /// text, as it is before or after numbers. Then the pre-release, a key of this kind, or `FF`; then the build, `02` and a key
    /// of this kind, or `01`.
    public static var conan: VersionScheme { VersionScheme(.conan) }
}

/// Conan versions written as keys; see `VersionScheme.conan`.
enum ConanEncoding {
    static let end: UInt8 = 0x01
    static let textBeforeNumbers: UInt8 = 0x02
    static let textAfterNumbers: UInt8 = 0x3E
    static let textAfterDigits: UInt8 = 0xFE
    static let noPreRelease: UInt8 = 0xFF
    static let noBuild: UInt8 = 0x01
    static let build: UInt8 = 0x02

    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) {
        append(bytes, 0, bytes.count, &key)
    }

    /// The recursion is three calls deep at most: a build holds no `+`, a pre-release no `-`, and what either of them opens holds
    /// neither.
    private static func append(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ key: inout KeyWriter) {
        let plus = last(UInt8(ascii: "+"), bytes, start, end)
        let hyphen = last(UInt8(ascii: "-"), bytes, start, plus ?? end)
        appendElements(bytes, start, hyphen ?? plus ?? end, &key)
        if let hyphen { append(bytes, hyphen + 1, plus ?? end, &key) } else { key.append(noPreRelease) }
        guard let plus else { return key.append(noBuild) }
        key.append(build)
        append(bytes, plus + 1, end, &key)
    }

    @inline(__always)
    private static func last(_ mark: UInt8, _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
        var index = end
        while index > start {
            index -= 1
            if bytes[index] == mark { return index }
        }
        return nil
    }

    @inline(__always)
    private static func appendElements(_ bytes: UnsafeBufferPointer<UInt8>, _ first: Int, _ last: Int, _ key: inout KeyWriter) {
        var significant = key.count
        var start = first
        while true {
            let before = key.count
            var end = start
            while end < last, bytes[end].isASCIIDigit { end += 1 }
            if end > start { key.appendNumber(bytes, start, end) }
            let digits = end
            while end < last, bytes[end] != UInt8(ascii: ".") { end += 1 }
            if end > digits || end == start {
                let isHigh = end > start && bytes[start] > UInt8(ascii: "9")
                key.append(digits > start ? textAfterDigits : isHigh ? textAfterNumbers : textBeforeNumbers)
                key.appendText(bytes, digits, end)
            }
            if key.count > before + 1 || key.last != KeyWriter.zero { significant = key.count }
            if end >= last { break }
            start = end + 1
        }
        key.shorten(to: significant)
        key.append(Self.end)
    }
}
