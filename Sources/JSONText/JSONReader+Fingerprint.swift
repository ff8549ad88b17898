extension JSONReader {
    /// A fingerprint of the value in a range that `skipValue` returned: equal values have the same, so values whose
    /// fingerprints differ are different, and only the others need a comparison.
    ///
    /// The order of members, white space and numbers do not count. Nil where a string has escapes, because
    /// equal strings may then be written in several ways, and for a range outside the document.
    public func valueFingerprint(of range: Range<Int>) -> UInt64? {
        guard range.clamped(to: 0..<count) == range else { return nil }
        var sum: UInt64 = 0
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = base[index]
            index += 1
            guard byte == UInt8(ascii: "\"") else {
                sum &+= Self.isOfNumber(byte) ? 0 : UInt64(byte) &* 0x9E37_79B9_7F4A_7C15
                continue
            }
            let end = endOfPlainRun(from: index)
            guard end < range.upperBound, base[end] == UInt8(ascii: "\"") else { return nil }
            sum &+= Self.hash(UnsafeBufferPointer(start: base + index, count: end - index))
            index = end + 1
        }
        return sum
    }

    /// White space, and what numbers are written with.
    private static func isOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    /// Eight bytes a step; the constants are those of SplitMix64.
    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash = UInt64(truncatingIfNeeded: text.count)
        var index = 0
        while index + 8 <= text.count {
            hash ^= UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: index, as: UInt64.self)
            hash = (hash ^ hash >> 31) &* 0xBF58_476D_1CE4_E5B9
            index += 8
        }
        while index < text.count {
            hash = (hash ^ UInt64(text[index])) &* 0x94D0_49BB_1331_11EB
            index += 1
        }
        return (hash ^ hash >> 29) &* 0x9E37_79B9_7F4A_7C15
    }
}
