extension VersionScheme {
    /// The order of Gentoo packages, `number{.number}{letter}{_suffix{number}}{-rN}`: section 3.3 of the Package Manager
    /// Specification (https://projects.gentoo.org/pms/8/pms.html#version-comparison).
    ///
    /// The first number compares by value. Of the others one that begins with `0` loses its trailing zeros and compares as
    /// text, and comes before those that begin with another digit. More numbers beat fewer, whatever follows; then a letter
    /// beats none; then suffixes compare in turn, `_alpha`, `_beta`, `_pre`, `_rc`, none, `_p`, with a missing number being 0;
    /// then revisions, with a missing one being 0. Numbers have any length.
    ///
    /// Refused: whatever is not of that form, spelled in lowercase.
    ///
    /// Key: the first number; each further number as a number, or `10`, the digits behind the leading `0` without trailing
    /// zeros and `00`; `0F` and the letter; for each suffix `01` to `04` or `0E` and a number; `06`; the revision as a number.
    public static var gentoo: VersionScheme { VersionScheme(.gentoo) }
}

/// Gentoo versions written as keys; see `VersionScheme.gentoo`. The markers are those of Alpine, whose form came from Gentoo.
enum GentooEncoding {
    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) throws(VersionError) {
        var index = bytes.endOfDigits(from: 0)
        if index == 0 { throw VersionError(.malformed, at: 0, "A Gentoo version begins with a number.") }
        key.appendNumber(bytes, 0, index)
        while bytes.has(UInt8(ascii: "."), at: index), bytes.hasDigit(at: index + 1) {
            let start = index + 1
            index = bytes.endOfDigits(from: start)
            appendComponent(bytes, start, index, &key)
        }
        if index < bytes.count, bytes[index] &- 0x61 < 26 {
            key.append(ApkEncoding.letter)
            key.append(bytes[index])
            index += 1
        }
        while bytes.has(UInt8(ascii: "_"), at: index), let suffix = ApkEncoding.suffix(bytes, at: index + 1) {
            // PMS does not know Alpine's suffixes for snapshots.
            guard suffix.marker < ApkEncoding.invalid || suffix.marker == ApkEncoding.post else { break }
            key.append(suffix.marker)
            index = bytes.endOfDigits(from: suffix.end)
            key.appendNumber(bytes, suffix.end, index)
        }
        key.append(ApkEncoding.end)
        if index == bytes.count { return key.append(KeyWriter.zero) }
        guard bytes[index] == UInt8(ascii: "-"), bytes.has(UInt8(ascii: "r"), at: index + 1) else {
            throw VersionError(.malformed, at: index, "The text does not go on like a Gentoo version.")
        }
        let end = bytes.endOfDigits(from: index + 2)
        if end != bytes.count || end == index + 2 {
            throw VersionError(.malformed, at: index + 2, "A Gentoo revision is a number.")
        }
        key.appendNumber(bytes, index + 2, end)
    }

    @inline(__always)
    private static func appendComponent(
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ key: inout KeyWriter
    ) {
        var end = end
        if bytes[start] == UInt8(ascii: "0") {
            while end > start + 1, bytes[end - 1] == UInt8(ascii: "0") { end -= 1 }
        }
        ApkEncoding.appendComponent(bytes, start, end, &key)
    }
}
