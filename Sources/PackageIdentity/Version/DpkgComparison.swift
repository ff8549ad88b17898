/// Debian versions compared where they stand; see `VersionScheme.dpkg` for the order.
///
/// Both are looked through to their end first: what is not plainly a version is left to `DpkgEncoding`, which knows what is
/// wrong and where.
enum DpkgComparison {
    /// Nil where either is no version, is longer than any, or has whitespace around it.
    static func compare(_ left: Span<UInt8>, _ right: Span<UInt8>) -> VersionComparison? {
        left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { right in
                guard let left = DpkgParts(left), let right = DpkgParts(right) else { return nil }
                return compare(left, right)
            }
        }
    }

    private static func compare(_ left: DpkgParts, _ right: DpkgParts) -> VersionComparison {
        var difference = 0
        if left.hasEpoch || right.hasEpoch { difference = compare(left.epoch, right.epoch) }
        if difference == 0 { difference = compare(left.upstream, right.upstream) }
        if difference == 0 { difference = compare(left.revision, right.revision) }
        return difference == 0 ? .equal : difference < 0 ? .before : .after
    }

    /// The order of two parts; negative, zero or positive.
    ///
    /// Runs of non-digits compare by the weight of each character, and where one run has ended by 0; runs of digits by value:
    /// without leading zeros the longer one is greater, and of the same length the first different digit decides.
    @inline(__always)
    private static func compare(_ left: DpkgParts.Part, _ right: DpkgParts.Part) -> Int {
        var (left, right) = (left, right)
        left.skipCommonBeginning(with: &right)
        while !left.isEmpty || !right.isEmpty {
            while true {
                let (one, other) = (left.weight, right.weight)
                if one != other { return one - other }
                if one == 0 { break }
                left.start += 1
                right.start += 1
            }
            left.skipZeros()
            right.skipZeros()
            var difference = 0
            while left.isAtDigit, right.isAtDigit {
                if difference == 0 { difference = Int(left.byte) - Int(right.byte) }
                left.start += 1
                right.start += 1
            }
            if left.isAtDigit { return 1 }
            if right.isAtDigit { return -1 }
            if difference != 0 { return difference }
        }
        return 0
    }
}

/// A Debian version taken apart, its characters known to be ones of a version.
private struct DpkgParts {
    /// A stretch of the version from `start` on; what was compared is cut off in front.
    struct Part {
        let bytes: UnsafePointer<UInt8>
        var start: Int
        let end: Int

        @inline(__always) var isEmpty: Bool { start >= end }
        @inline(__always) var byte: UInt8 { bytes[start] }
        @inline(__always) var isAtDigit: Bool { start < end && byte.isASCIIDigit }

        /// The place of the next character among characters, 0 for a digit and for the end: `~` stands below it, letters and
        /// then everything else above.
        @inline(__always)
        var weight: Int {
            if start >= end || byte.isASCIIDigit { return 0 }
            if byte.isASCIILetter { return Int(byte) }
            return byte == UInt8(ascii: "~") ? -1 : Int(byte) + 0x80
        }

        /// Skips what both begin with, up to the digits of a number that only begins alike: versions of one package differ late.
        @inline(__always)
        mutating func skipCommonBeginning(with other: inout Part) {
            let count = min(end - start, other.end - other.start)
            var length = 0
            while length < count, bytes[start + length] == other.bytes[other.start + length] { length += 1 }
            while length > 0, bytes[start + length - 1].isASCIIDigit { length -= 1 }
            start += length
            other.start += length
        }

        @inline(__always)
        mutating func skipZeros() {
            while start < end, byte == UInt8(ascii: "0") { start += 1 }
        }
    }

    /// Empty, like an epoch of 0, where there is none.
    let epoch: Part
    let upstream: Part
    /// Empty, like the revision 0, where there is none.
    let revision: Part
    var hasEpoch: Bool { epoch.end > 0 }

    @inline(__always)
    init?(_ version: UnsafeBufferPointer<UInt8>) {
        guard let bytes = version.baseAddress else { return nil }
        let count = version.count
        if count > VersionKey.maximumVersionLength { return nil }
        var (colon, hyphen) = (-1, -1)
        var index = 0
        while index < count {
            let byte = bytes[index]
            if byte &- 0x21 > 0x5D { return nil }
            if byte == UInt8(ascii: "-") { hyphen = index }
            if byte == UInt8(ascii: ":"), colon < 0 { colon = index }
            index += 1
        }
        // The first colon ends the epoch, which is digits; a colon elsewhere needs an epoch before it.
        if colon >= 0 { for place in 0..<colon where !bytes[place].isASCIIDigit { return nil } }
        let start = colon + 1
        let end = hyphen < start ? count : hyphen
        if colon == 0 || start >= end || hyphen == count - 1 { return nil }
        epoch = Part(bytes: bytes, start: 0, end: max(colon, 0))
        upstream = Part(bytes: bytes, start: start, end: end)
        revision = Part(bytes: bytes, start: min(end + 1, count), end: count)
    }
}
