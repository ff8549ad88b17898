extension JSONNumber {
    /// Integers of up to 53 bits are exact in a double, so their digits are already the canonical form.
    private static let exactIntegers: ClosedRange<Int64> = -(1 << 53)...(1 << 53)

    /// The form RFC 8785 section 3.2.2.3 prescribes: the shortest decimal that reads back as the same double.
    ///
    /// RFC 8785 has no form for numbers beyond the range of a double; their exact digits are printed in the same shape,
    /// so that the result is still JSON and still one text for one number.
    public var canonicalText: String {
        if let integer, Self.exactIntegers.contains(integer) { return integer == 0 ? "0" : String(integer) }
        if let double { return ECMAScriptNumber.text(of: double) }
        return DecimalDigits(text).map { ECMAScriptNumber.text(of: $0) } ?? text
    }
}

/// `Number::toString` of ECMAScript (ECMA-262 section 6.1.6.1.20, radix 10), which RFC 8785 refers to.
enum ECMAScriptNumber {
    /// The shortest text of a finite double. The standard library prints the shortest digits too, in another shape.
    static func text(of value: Double) -> String {
        if value == 0 { return "0" }
        return DecimalDigits(value.description).map { text(of: $0) } ?? value.description
    }

    /// The digits in the shape ECMAScript gives them: `k` digits, of which the decimal point stands before number `n`.
    static func text(of number: DecimalDigits) -> String {
        let digits = number.digits
        let k = digits.count
        let n = number.pointPosition
        let sign = number.isNegative ? "-" : ""
        if digits.isEmpty { return "0" }
        if k <= n, n <= 21 { return sign + string(digits) + zeros(n - k) }
        if 0 < n, n <= 21 { return sign + string(digits[..<n]) + "." + string(digits[n...]) }
        if -6 < n, n <= 0 { return sign + "0." + zeros(-n) + string(digits[...]) }
        let exponent = n - 1
        let mantissa = k == 1 ? string(digits) : string(digits[..<1]) + "." + string(digits[1...])
        return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + String(abs(exponent))
    }

    private static func string(_ digits: [UInt8]) -> String { string(digits[...]) }

    private static func string(_ digits: ArraySlice<UInt8>) -> String {
        var text = ""
        for digit in digits { text.unicodeScalars.append(Unicode.Scalar(digit)) }
        return text
    }

    private static func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }
}

/// The significant digits of a decimal number: 0.d1d2d3… × 10^pointPosition, without zeros at either end.
struct DecimalDigits {
    var isNegative = false
    var digits: [UInt8] = []
    var pointPosition = 0

    /// Reads a decimal number like `-12.5e+7`; nil when the exponent does not fit an `Int`.
    init?(_ text: String) {
        var exponent = 0
        var exponentIsNegative = false
        var seenPoint = false
        var seenExponent = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "-") where seenExponent: exponentIsNegative = true
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): seenPoint = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): seenExponent = true
            case UInt8(ascii: "0")...UInt8(ascii: "9") where seenExponent:
                let (product, overflow) = exponent.multipliedReportingOverflow(by: 10)
                let (sum, overflow2) = product.addingReportingOverflow(Int(byte &- 0x30))
                if overflow || overflow2 { return nil }
                exponent = sum
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if byte != UInt8(ascii: "0") || !digits.isEmpty {
                    digits.append(byte)
                    if !seenPoint { pointPosition += 1 }
                } else if seenPoint {
                    pointPosition -= 1
                }
            default: break
            }
        }
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        let (position, overflow) = pointPosition.addingReportingOverflow(exponentIsNegative ? -exponent : exponent)
        if overflow { return nil }
        pointPosition = digits.isEmpty ? 0 : position
    }
}
