extension VersionScheme {
    /// The order of Debian packages: `[epoch:]upstream[-revision]`, deb-version(7).
    ///
    /// A missing epoch is 0, a missing revision equals the revision `0`, numbers have any length. In a part, runs of
    /// non-digits and runs of digits alternate: of non-digits `~` sorts before the end of the part, the end before letters,
    /// letters before everything else; runs of digits compare by value, and no digits are 0.
    ///
    /// Refused, as dpkg refuses it: an epoch that is not a number, an empty upstream version or revision, spaces, control
    /// characters and characters outside ASCII. Accepted, where dpkg only warns: other punctuation, a part that begins with
    /// no digit.
    ///
    /// Key: the epoch as a number; the upstream version; the revision. A part is, for each run of non-digits and the digits
    /// after it, one byte per character (`01` for `~`, the ASCII code for a letter, the ASCII code + `80` for the rest) and
    /// the digits as a number; then `02`. A number (lead `10` to `3D`) thus sorts after `~` and before every letter,
    /// exactly like the end of the run that it stands for, and so does `02` where the part ends.
    public static var dpkg: VersionScheme { VersionScheme(.dpkg) }
}

/// dpkg versions written as keys; see `VersionScheme.dpkg`.
enum DpkgEncoding {
    static let tilde: UInt8 = 0x01
    static let end: UInt8 = 0x02

    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) throws(VersionError) {
        var start = 0
        while start < bytes.count, bytes[start].isASCIIDigit { start += 1 }
        let hasEpoch = start < bytes.count && bytes[start] == UInt8(ascii: ":")
        if hasEpoch {
            if start == 0 { throw VersionError(.malformed, at: 0, "The epoch is empty.") }
            key.appendNumber(bytes, 0, start)
            start += 1
        } else {
            key.append(KeyWriter.zero)
            start = 0
        }
        var hyphen = bytes.count
        while hyphen > start, bytes[hyphen - 1] != UInt8(ascii: "-") { hyphen -= 1 }
        // Behind the last hyphen stands the revision; without one, everything is upstream.
        let end = hyphen > start ? hyphen - 1 : bytes.count
        if start >= end { throw VersionError(.malformed, at: start, "The upstream version is empty.") }
        if hyphen == bytes.count { throw VersionError(.malformed, at: end, "The revision is empty.") }
        try appendPart(bytes, start, end, acceptsColon: hasEpoch, &key)
        try appendPart(bytes, max(hyphen, end), bytes.count, acceptsColon: hasEpoch, &key)
    }

    /// An empty part is written like the part `0`.
    ///
    /// A character takes one byte, a number at most one more than its digits, and the end two: so one look at the room for all
    /// is enough, and the place stays in a register. Comparing Debian versions is half of what matching a system does.
    @inline(__always)
    static func appendPart(
        _ bytes: UnsafeBufferPointer<UInt8>, _ first: Int, _ last: Int, acceptsColon: Bool, _ key: inout KeyWriter
    ) throws(VersionError) {
        let room = 2 * (last - first) + 8
        guard let output = key.memory(forMore: room) else { return }
        var place = key.count
        var index = first
        repeat {
            while index < last, !bytes[index].isASCIIDigit {
                output[place] = try character(bytes, index, acceptsColon: acceptsColon)
                place &+= 1
                index &+= 1
            }
            let start = index
            var value: UInt64 = 0
            while index < last, bytes[index].isASCIIDigit {
                value = value &* 10 &+ UInt64(bytes[index] &- 0x30)
                index &+= 1
            }
            // As many digits as a word always holds; no digits are the number 0.
            if index &- start <= 19 {
                place = KeyWriter.write(value, output, place, .max)
            } else {
                key.advance(to: place)
                key.appendNumber(bytes, start, index)
                place = key.count
            }
        } while index < last
        output[place] = end
        key.advance(to: place &+ 1)
    }

    @inline(__always)
    private static func character(
        _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, acceptsColon: Bool
    ) throws(VersionError) -> UInt8 {
        let byte = bytes[index]
        if byte.isASCIILetter { return byte }
        if byte &- 0x21 > 0x5D {
            throw VersionError(.malformed, at: index, "A version is printable ASCII without spaces.")
        }
        if byte == UInt8(ascii: ":"), !acceptsColon {
            throw VersionError(.malformed, at: index, "The epoch is not a number.")
        }
        return byte == UInt8(ascii: "~") ? tilde : byte | 0x80
    }
}
