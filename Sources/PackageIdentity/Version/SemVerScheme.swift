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

/// What the relatives of SemVer do differently.
struct SemVerDialect {
    /// How many numbers a version has; missing ones are 0.
    var numbers = 3
    /// Whether identifiers compare in lowercase.
    var isCaseless = false
    /// Whether an empty identifier is one, and sorts before the others.
    var hasEmptyIdentifiers = false

    static let semver = SemVerDialect()
}

/// SemVer and its relatives, read leniently and written as keys; see `VersionScheme.semver`.
enum SemVerEncoding {
    static let text: UInt8 = 0x3E
    static let release: UInt8 = 0xFF
    static let end: UInt8 = 0x00
    static let emptyIdentifier: UInt8 = 0x01

    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) throws(VersionError) {
        _ = try encode(bytes, from: firstAfterLetterV(bytes), .semver, &key)
    }

    static func encodeNPM(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) throws(VersionError) {
        var first = 0
        while first < bytes.count, isLoosePrefix(bytes[first]) { first += 1 }
        _ = try encode(bytes, from: first, .semver, &key)
    }

    @inline(__always)
    static func firstAfterLetterV(_ bytes: UnsafeBufferPointer<UInt8>) -> Int { bytes[0] | 0x20 == UInt8(ascii: "v") ? 1 : 0 }

    private static func isLoosePrefix(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "=") || byte | 0x20 == UInt8(ascii: "v") || byte <= 0x20
    }

    /// Writes the key without build metadata and gives the position of its `+`, or the end.
    @inline(__always)
    static func encode(
        _ bytes: UnsafeBufferPointer<UInt8>, from first: Int, _ dialect: SemVerDialect, _ key: inout KeyWriter
    ) throws(VersionError) -> Int {
        guard first < bytes.count, bytes[first].isASCIIDigit else {
            throw VersionError(.malformed, at: first, "A semantic version begins with a number.")
        }
        let core = readCore(bytes, from: first, numbers: dialect.numbers, &key)
        var start = core.end
        if start < bytes.count, bytes[start] == UInt8(ascii: "-") { start += 1 }
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "+") { end += 1 }
        let isEmpty = start == end && !(dialect.hasEmptyIdentifiers && start > core.end)
        if isEmpty, core.extras == core.end {
            key.append(release)
            return end
        }
        appendIdentifiers(bytes, start, end, dialect, &key)
        if core.extras < core.end { appendExtras(bytes, core.extras, core.end, &key) }
        key.append(Self.end)
        return end
    }

    /// Writes as many numbers as the dialect has; `extras` is where a further one begins, or `end`, where the numbers end.
    @inline(__always)
    private static func readCore(
        _ bytes: UnsafeBufferPointer<UInt8>, from first: Int, numbers: Int, _ key: inout KeyWriter
    ) -> (extras: Int, end: Int) {
        var index = first
        var written = 0
        var extras = -1
        while index < bytes.count {
            let start = index
            while index < bytes.count, bytes[index].isASCIIDigit { index += 1 }
            if index > start {
                if written < numbers { key.appendNumber(bytes, start, index) } else if extras < 0 { extras = start }
                written += 1
            } else if bytes[index] == UInt8(ascii: ".") {
                index += 1
            } else {
                break
            }
        }
        while written < numbers {
            key.append(KeyWriter.zero)
            written += 1
        }
        return (extras < 0 ? index : extras, index)
    }

    @inline(__always)
    static func appendIdentifiers(
        _ bytes: UnsafeBufferPointer<UInt8>, _ first: Int, _ last: Int, _ dialect: SemVerDialect, _ key: inout KeyWriter
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
            } else if dialect.hasEmptyIdentifiers, end == start {
                key.append(emptyIdentifier)
            } else {
                key.append(text)
                key.appendText(bytes, start, end, lowercased: dialect.isCaseless)
            }
            if end == last { return }
            start = end + 1
        }
    }

    /// Writes the numbers after the last that the dialect has, which stand between dots.
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
