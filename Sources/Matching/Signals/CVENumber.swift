/// A CVE identifier as one number, in the order of year and sequence number.
package struct CVENumber: BitwiseCopyable, Hashable, Comparable, Sendable {
    /// The year above, the sequence number in the lower 48 bits.
    let value: UInt64

    private static let numberBits: UInt64 = 48

    /// Nil where the text is no CVE identifier, or one that is not written as the CVE Program writes it: with zeros in front of a number
    /// of more than four digits, or a number beyond 2^48 (real ones have seven digits).
    package init?(_ text: String) {
        var text = text
        guard let value = text.withUTF8({ Self.value(of: $0) }) else { return nil }
        self.value = value
    }

    private static func value(of text: UnsafeBufferPointer<UInt8>) -> UInt64? {
        guard text.count >= 13, text.starts(with: "CVE-".utf8), text[8] == UInt8(ascii: "-"),
            text.count == 13 || text[9] != UInt8(ascii: "0"), let year = decimal(text[4..<8]), let number = decimal(text[9...]),
            number < 1 << numberBits
        else { return nil }
        return year << numberBits | number
    }

    private static func decimal(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64? {
        var value: UInt64 = 0
        for digit in digits {
            guard digit &- 0x30 <= 9, value < 1 << numberBits else { return nil }
            value = value * 10 + UInt64(digit - 0x30)
        }
        return value
    }

    package static func < (left: CVENumber, right: CVENumber) -> Bool { left.value < right.value }
}
