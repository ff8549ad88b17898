extension VersionScheme {
    /// The order of Haskell packages: `Distribution.Types.Version`, numbers between dots, compared in turn; a version comes
    /// before those that go on where it ends (`1.0` before `1.0.0`). Numbers have any length, leading zeros are ignored.
    /// Refused: everything else.
    ///
    /// Key: each number as a number, and `01`.
    public static var hackage: VersionScheme { VersionScheme(.hackage) }

    /// The order of R packages, of CRAN and of Bioconductor: `numeric_version` of R, numbers between dots or hyphens, which
    /// mean the same, compared as in `hackage`: `1.0-1` is `1.0.1`. Refused: everything else.
    ///
    /// The key is that of `hackage`.
    public static var cran: VersionScheme { VersionScheme(.cran) }

    /// The VERS type `intdot`: numbers between dots, up to the first byte that is neither, compared by value. The numbers
    /// that a version lacks are 0 (`1.2` equals `1.2.0`), and so are those between two dots. Refused: what does not begin with
    /// a number.
    ///
    /// Key: the numbers without the zeros at the end, and `01`.
    public static var intdot: VersionScheme { VersionScheme(.intdot) }
}

/// Plain lists of numbers written as keys; see `VersionScheme.hackage`.
enum DottedEncoding {
    static let end: UInt8 = 0x01

    @inline(__always)
    static func encode(
        _ bytes: UnsafeBufferPointer<UInt8>, acceptsHyphen: Bool, _ key: inout KeyWriter
    ) throws(VersionError) {
        var index = 0
        while true {
            let start = index
            index = bytes.endOfDigits(from: start)
            if index == start { throw VersionError(.malformed, at: index, "The version is not numbers between dots.") }
            key.appendNumber(bytes, start, index)
            if index == bytes.count { return key.append(end) }
            guard bytes[index] == UInt8(ascii: ".") || (acceptsHyphen && bytes[index] == UInt8(ascii: "-")) else {
                throw VersionError(.malformed, at: index, "The version is not numbers between dots.")
            }
            index += 1
        }
    }

    static func encodeIntdot(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) throws(VersionError) {
        guard bytes[0].isASCIIDigit else { throw VersionError(.malformed, at: 0, "The version begins with no number.") }
        var index = 0
        var significant = 0
        while true {
            let (start, before) = (index, key.count)
            index = bytes.endOfDigits(from: start)
            key.appendNumber(bytes, start, index)
            if key.count > before + 1 || key.last != KeyWriter.zero { significant = key.count }
            if !bytes.has(UInt8(ascii: "."), at: index) { break }
            index += 1
        }
        key.shorten(to: significant)
        key.append(end)
    }
}
