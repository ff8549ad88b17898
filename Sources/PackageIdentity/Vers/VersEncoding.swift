/// Percent-encoding in the versions of a VERS text.
///
/// Encoded are the characters that mean something in VERS (`> < = ! * | %`), as the specification demands, and those that
/// the path of a URI must not have (RFC 3986, 3.3), because a VERS is a URI. Everything else stands for itself: so there is
/// one spelling of every version, and a superfluous triplet is not canonical. The triplets have uppercase digits.
enum VersEncoding {
    static func standsForItself(_ byte: UInt8) -> Bool {
        if byte.isASCIILetter || byte.isASCIIDigit { return true }
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ":"), UInt8(ascii: "@"),
            UInt8(ascii: "/"), UInt8(ascii: "+"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: ";"):
            return true
        default: return false
        }
    }

    static func append(_ version: String, to output: inout [UInt8]) {
        for byte in version.utf8 {
            if standsForItself(byte) {
                output.append(byte)
            } else {
                output.append(UInt8(ascii: "%"))
                output.append(digit(byte >> 4))
                output.append(digit(byte & 0xF))
            }
        }
    }

    /// Decodes once.
    ///
    /// - Throws: `VersError` with code `encoding` or `comparator` at the byte that is wrong.
    static func decode(_ bytes: ArraySlice<UInt8>, isStrict: Bool) throws(VersError) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%") {
                decoded.append(try triplet(bytes, at: index, isStrict: isStrict))
                index += 3
                continue
            }
            if isStrict ? !standsForItself(byte) : isReserved(byte) {
                throw VersError(.encoding, at: index, "This character must be percent-encoded in a version.")
            }
            decoded.append(byte)
            index += 1
        }
        guard let text = try? UTF8Span(validating: decoded.span) else {
            throw VersError(.encoding, at: bytes.startIndex, "The percent-decoded bytes are not UTF-8.")
        }
        return String(copying: text)
    }

    private static func triplet(_ bytes: ArraySlice<UInt8>, at index: Int, isStrict: Bool) throws(VersError) -> UInt8 {
        guard index + 2 < bytes.endIndex, let high = value(bytes[index + 1]), let low = value(bytes[index + 2]) else {
            throw VersError(.encoding, at: index, "A '%' is followed by two hexadecimal digits.")
        }
        let byte = high << 4 | low
        if isStrict, bytes[index + 1] >= 0x61 || bytes[index + 2] >= 0x61 {
            throw VersError(.encoding, at: index, "The digits of a triplet are uppercase.")
        }
        if isStrict, standsForItself(byte) {
            throw VersError(.encoding, at: index, "This character needs no percent-encoding.")
        }
        return byte
    }

    private static func isReserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "*"): true
        default: false
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }

    private static func value(_ byte: UInt8) -> UInt8? {
        if byte.isASCIIDigit { return byte - 0x30 }
        let letter = byte | 0x20
        return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : nil
    }
}
