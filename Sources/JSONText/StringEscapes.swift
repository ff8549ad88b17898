/// The escapes of RFC 8259 section 7: checking them while scanning, and decoding text that was checked.
enum StringEscapes {
    /// Value of a hexadecimal digit, or nil.
    @inline(__always)
    static func hexValue(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte - 0x30)
        case 0x41...0x46: UInt32(byte - 0x41 + 10)
        case 0x61...0x66: UInt32(byte - 0x61 + 10)
        default: nil
        }
    }

    /// The byte a two-character escape stands for, or nil for `u` and everything unknown.
    @inline(__always)
    static func simple(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    /// Appends the decoded text of bytes whose escapes were already checked by the reader.
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) {
        var index = 0
        var runStart = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "\\") else {
                index += 1
                continue
            }
            output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[runStart..<index]))
            index += 1
            if let byte = simple(bytes[index]) {
                output.append(byte)
                index += 1
            } else {
                appendScalar(bytes, at: &index, into: &output)
            }
            runStart = index
        }
        output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[runStart...]))
    }

    /// Decodes `uXXXX`, joined with a following `\uXXXX` when it is a high surrogate; `index` is at the `u`.
    private static func appendScalar(
        _ bytes: UnsafeBufferPointer<UInt8>, at index: inout Int, into output: inout [UInt8]
    ) {
        var value = codeUnit(bytes, at: index + 1)
        index += 5
        if value & 0xFC00 == 0xD800 {
            let low = codeUnit(bytes, at: index + 2)
            value = 0x10000 + ((value - 0xD800) << 10) + (low & 0x3FF)
            index += 6
        }
        guard let scalar = Unicode.Scalar(value) else { return }  // not reached: the reader refused lone surrogates
        output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    private static func codeUnit(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt32 {
        var value: UInt32 = 0
        for digit in bytes[index..<(index + 4)] { value = value << 4 | (hexValue(digit) ?? 0) }
        return value
    }
}

extension StringEscapes {
    private static let hexDigits: StaticString = "0123456789abcdef"

    /// Appends a quoted string with the fewest escapes (RFC 8785 section 3.2.2.2): the quotation mark, the backslash
    /// and control characters.
    static func appendQuoted(_ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        var runStart = 0
        while true {
            let special = endOfPlainRun(text, from: runStart)
            output.append(contentsOf: UnsafeBufferPointer(rebasing: text[runStart..<special]))
            if special == text.count { break }
            appendEscape(text[special], to: &output)
            runStart = special + 1
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func appendEscape(_ byte: UInt8, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): output.append(byte)
        case 0x08: output.append(UInt8(ascii: "b"))
        case 0x09: output.append(UInt8(ascii: "t"))
        case 0x0A: output.append(UInt8(ascii: "n"))
        case 0x0C: output.append(UInt8(ascii: "f"))
        case 0x0D: output.append(UInt8(ascii: "r"))
        default:
            for digit in [UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0")] { output.append(digit) }
            output.append(hexDigits.utf8Start[Int(byte >> 4)])
            output.append(hexDigits.utf8Start[Int(byte & 15)])
        }
    }

    /// Offset of the first quotation mark, backslash or control character from `start`, eight bytes at a time.
    ///
    /// The subtraction can report a false byte only behind a true one, and the lowest one is taken.
    @inline(__always)
    static func endOfPlainRun(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let raw = UnsafeRawBufferPointer(text)
        var index = start
        while index + 8 <= raw.count {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            let found =
                (((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | ((word &- ones &* 0x20) & ~word))
                & (ones &* 0x80)
            if found != 0 { return index + found.trailingZeroBitCount >> 3 }
            index += 8
        }
        while index < raw.count {
            let byte = raw[index]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { return index }
            index += 1
        }
        return raw.count
    }
}
