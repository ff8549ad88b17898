/// Decimal numbers as all C2SP texts write them: ASCII digits, no sign, no leading zero except in `0`.
enum ASCIIDecimal {
    /// The number that the digits write, or nil if they are not its one form or it does not fit.
    static func parse(_ digits: some Collection<UInt8>) -> UInt64? {
        guard let first = digits.first, first != 0x30 || digits.count == 1 else { return nil }
        var value: UInt64 = 0
        for digit in digits {
            guard let next = append(digit, to: value) else { return nil }
            value = next
        }
        return value
    }

    /// Ten times the number plus the digit, or nil if it is not a digit or the result does not fit.
    static func append(_ digit: UInt8, to value: UInt64) -> UInt64? {
        guard (0x30...0x39).contains(digit) else { return nil }
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, carry) = product.addingReportingOverflow(UInt64(digit - 0x30))
        return overflow || carry ? nil : sum
    }
}
