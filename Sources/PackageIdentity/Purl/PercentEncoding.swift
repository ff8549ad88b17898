/// Percent-encoding as the purl specification narrows it (clause 5.4): only letters, digits, `.`, `-`, `_`, `~` and `:`
/// stand for themselves. VERS encodes versions in the same way.
package enum PercentEncoding {
    static func decode(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, acceptsRawText: Bool
    ) throws(PurlError) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < range.upperBound,
                    let high = hexValue(bytes[index + 1]), let low = hexValue(bytes[index + 2])
                else { throw PurlError(.encoding, at: index, "A '%' is followed by two hexadecimal digits.") }
                decoded.append(high << 4 | low)
                index += 3
                continue
            }
            if !acceptsRawText, byte <= 0x20 || byte >= 0x7F {
                throw PurlError(.encoding, at: index, "A purl is printable ASCII; other characters are percent-encoded.")
            }
            decoded.append(byte)
            index += 1
        }
        guard let text = try? UTF8Span(validating: decoded.span) else {
            throw PurlError(.encoding, at: range.lowerBound, "The percent-decoded bytes are not UTF-8.")
        }
        return String(copying: text)
    }

    /// The text with every other character as `%` and two digits a byte.
    package static func encode(_ text: String) -> String {
        var output: [UInt8] = []
        append(text, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    static func append(_ text: String, to output: inout [UInt8], keepingSlashes: Bool = false) {
        // Most names and versions stand for themselves and are copied at once.
        if text.utf8.allSatisfy(isUnreserved) { return output.append(contentsOf: text.utf8) }
        for byte in text.utf8 {
            if isUnreserved(byte) || (keepingSlashes && byte == UInt8(ascii: "/")) {
                output.append(byte)
            } else {
                output.append(UInt8(ascii: "%"))
                output.append(hexDigit(byte >> 4))
                output.append(hexDigit(byte & 0xF))
            }
        }
    }

    static func isUnreserved(_ byte: UInt8) -> Bool {
        if byte.isASCIILetter || byte.isASCIIDigit { return true }
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ":"): return true
        default: return false
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        if byte.isASCIIDigit { return byte - 0x30 }
        let letter = byte | 0x20
        return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : nil
    }
}
