extension VersionScheme {
    /// SemVer 2.0.0 precedence (https://semver.org/spec/v2.0.0.html#spec-item-11), build metadata ignored, numbers of any
    /// length, with the lenience that OSV's `SEMVER` data and its reference matcher have.
    ///
    /// Accepted beyond the grammar: a leading `v` or `V`; missing minor and patch numbers, which are 0; leading zeros; empty
    /// components (`1..2` is `1.2`); anything after the numbers as a pre-release, also without its hyphen (`1.2.3beta`);
    /// numbers after the third, which follow as pre-release identifiers (`1.2.3.4` is a build of `1.2.3`, and before it).
    /// Refused: what has no digit in front.
    ///
    /// Key: major, minor and patch as numbers; then `FF` for a release, or the pre-release identifiers, each a number or
    /// `3E` and a text, and a closing `00`. The digits-only identifiers come first (lead below `3E`), a shorter list before
    /// its extension (`00`), a pre-release before its release (`FF`).
    public static var semver: VersionScheme { VersionScheme(.semver) }

    /// The order of npm packages: `semver`, and the prefixes that npm's loose mode skips (`=`, `v`, spaces; `= v1.2.3`).
    public static var npm: VersionScheme { VersionScheme(.npm) }

    /// The order of crates.io: `semver`. Cargo breaks ties by build metadata, advisories do not: two builds are equal here.
    public static var crates: VersionScheme { VersionScheme(.crates) }
}

/// SemVer, read leniently and written as a key; see `VersionScheme.semver`.
enum SemVerEncoding {
    static let text: UInt8 = 0x3E
    static let release: UInt8 = 0xFF
    static let end: UInt8 = 0x00

    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) throws(VersionError) {
        let first = bytes[0] | 0x20 == UInt8(ascii: "v") ? 1 : 0
        try encode(bytes, from: first, &key)
    }

    static func encodeNPM(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) throws(VersionError) {
        var first = 0
        while first < bytes.count, isLoosePrefix(bytes[first]) { first += 1 }
        try encode(bytes, from: first, &key)
    }

    private static func isLoosePrefix(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "=") || byte | 0x20 == UInt8(ascii: "v") || byte <= 0x20
    }

    @inline(__always)
    static func encode(
        _ bytes: UnsafeBufferPointer<UInt8>, from first: Int, _ key: inout KeyWriter
    ) throws(VersionError) {
        guard first < bytes.count, bytes[first].isASCIIDigit else {
            throw VersionError(.malformed, at: first, "A semantic version begins with a number.")
        }
        let core = readCore(bytes, from: first, &key)
        var start = core.end
        if start < bytes.count, bytes[start] == UInt8(ascii: "-") { start += 1 }
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "+") { end += 1 }
        if start == end, core.extras == core.end { return key.append(release) }
        appendIdentifiers(bytes, start, end, &key)
        if core.extras < core.end { appendExtras(bytes, core.extras, core.end, &key) }
        key.append(Self.end)
    }

    /// Writes the first three numbers; `extras` is where a fourth begins, or `end`, where the numbers end.
    @inline(__always)
    private static func readCore(
        _ bytes: UnsafeBufferPointer<UInt8>, from first: Int, _ key: inout KeyWriter
    ) -> (extras: Int, end: Int) {
        var index = first
        var written = 0
        var extras = -1
        while index < bytes.count {
            let start = index
            while index < bytes.count, bytes[index].isASCIIDigit { index += 1 }
            if index > start {
                if written < 3 { key.appendNumber(bytes, start, index) } else if extras < 0 { extras = start }
                written += 1
            } else if bytes[index] == UInt8(ascii: ".") {
                index += 1
            } else {
                break
            }
        }
        while written < 3 {
            key.append(KeyWriter.zero)
            written += 1
        }
        return (extras < 0 ? index : extras, index)
    }

    private static func appendIdentifiers(
        _ bytes: UnsafeBufferPointer<UInt8>, _ first: Int, _ last: Int, _ key: inout KeyWriter
    ) {
        var start = first
        while true {
            var end = start
            var hasOnlyDigits = true
            while end < last, bytes[end] != UInt8(ascii: ".") {
                if !bytes[end].isASCIIDigit { hasOnlyDigits = false }
                end += 1
            }
            if hasOnlyDigits, end > start {
                key.appendNumber(bytes, start, end)
            } else {
                key.append(text)
                key.appendText(bytes, start, end)
            }
            if end == last { return }
            start = end + 1
        }
    }

    /// Writes the numbers after the third, which stand between dots.
    private static func appendExtras(
        _ bytes: UnsafeBufferPointer<UInt8>, _ first: Int, _ last: Int, _ key: inout KeyWriter
    ) {
        var start = first
        while start < last {
            var end = start
            while end < last, bytes[end].isASCIIDigit { end += 1 }
            if end > start { key.appendNumber(bytes, start, end) }
            start = end + 1
        }
    }
}
