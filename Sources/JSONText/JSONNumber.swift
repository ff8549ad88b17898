/// A JSON number, kept as the text it was written with.
///
/// Numbers are compared as RFC 8785 prints them, that is as IEEE 754 doubles: `1`, `1.0` and `10e-1` are equal, and so
/// are integers beyond 2^53 that round to the same double. Numbers outside the range of a double compare by digits.
public struct JSONNumber: Sendable, Hashable, CustomStringConvertible {
    /// The number as it was written.
    public let text: String

    /// Wraps text that a reader has checked against the grammar.
    init(checkedText text: String) {
        self.text = text
    }

    /// An integer.
    public init(_ value: Int64) {
        text = String(value)
    }

    /// A finite double in its shortest form, or nil for infinities and NaN, which JSON cannot express.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        text = ECMAScriptNumber.text(of: value)
    }

    /// The value when written as an integer (no fraction, no exponent) that fits 64 bits.
    public var integer: Int64? {
        var copy = text
        return copy.withUTF8 { Self.integer($0) }
    }

    /// The nearest double, or nil when it would not be finite.
    public var double: Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    public var description: String { text }

    public static func == (a: JSONNumber, b: JSONNumber) -> Bool {
        a.text == b.text || a.canonicalText == b.canonicalText
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(canonicalText) }

    /// The integer written by bytes that already satisfy the grammar of a JSON number.
    static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        var value: Int64 = 0
        var isNegative = false
        for (index, byte) in bytes.enumerated() {
            if index == 0, byte == UInt8(ascii: "-") {
                isNegative = true
                continue
            }
            guard byte &- 0x30 <= 9 else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            // Counting downwards lets the smallest integer through, which has no positive counterpart.
            let (sum, overflow2) = product.subtractingReportingOverflow(Int64(byte &- 0x30))
            if overflow || overflow2 { return nil }
            value = sum
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }
}
