extension JSONReader {
    /// Reads a string and decodes its escapes.
    ///
    /// - Throws: `.wrongType`, or `.badString` at a control character, bad escape or lone surrogate.
    public mutating func readString() throws(JSONError) -> String {
        String(try readStringToken())
    }

    /// Reads a string without decoding or copying it.
    ///
    /// - Throws: `.wrongType`, or `.badString` at a control character, bad escape or lone surrogate.
    public mutating func readStringToken() throws(JSONError) -> JSONStringToken {
        skipWhitespace()
        guard position < count, base[position] == UInt8(ascii: "\"") else { throw wrongKind("a string") }
        return try scanString()
    }

    /// Checks the string at `position`, which is at its opening quotation mark, and moves behind it.
    @inline(__always)
    mutating func scanString() throws(JSONError) -> JSONStringToken {
        let opening = position
        position = endOfPlainRun(from: opening + 1)
        var hasEscapes = false
        if position >= count || base[position] != UInt8(ascii: "\"") {
            hasEscapes = try scanSpecialBytes()
        }
        let length = position - opening - 1
        position += 1
        return JSONStringToken(start: base + opening + 1, length: length, hasEscapes: hasEscapes, byteOffset: opening)
    }

    /// Passes escapes until the closing quotation mark; true when there was one, which is the only way to get here
    /// without an error.
    @inline(never)
    private mutating func scanSpecialBytes() throws(JSONError) -> Bool {
        while true {
            let byte = try currentByte()
            if byte == UInt8(ascii: "\"") { return true }
            guard byte == UInt8(ascii: "\\") else {
                throw failure(.badString, "control character \(nameOfByte(at: position)) in a string")
            }
            try scanEscape()
            position = endOfPlainRun(from: position)
        }
    }

    private mutating func scanEscape() throws(JSONError) {
        let backslash = position
        position += 1
        let byte = try currentByte()
        position += 1
        if StringEscapes.simple(byte) != nil { return }
        guard byte == UInt8(ascii: "u") else {
            throw failure(.badString, "unknown escape \(nameOfByte(at: backslash + 1))", at: backslash + 1)
        }
        let unit = try scanCodeUnit()
        guard unit & 0xF800 == 0xD800 else { return }
        // RFC 8259 section 8.2: a surrogate that is not half of a pair stands for no character.
        guard unit & 0xFC00 == 0xD800, try scanLowSurrogate() else {
            throw failure(.badString, "lone surrogate", at: backslash)
        }
    }

    private mutating func scanLowSurrogate() throws(JSONError) -> Bool {
        guard try currentByte() == UInt8(ascii: "\\") else { return false }
        position += 1
        guard try currentByte() == UInt8(ascii: "u") else { return false }
        position += 1
        return try scanCodeUnit() & 0xFC00 == 0xDC00
    }

    private mutating func scanCodeUnit() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = StringEscapes.hexValue(try currentByte()) else {
                throw failure(.badString, "\(nameOfByte(at: position)) is not a hexadecimal digit")
            }
            value = value << 4 | digit
            position += 1
        }
        return value
    }

    @inline(__always)
    func endOfPlainRun(from start: Int) -> Int {
        StringEscapes.endOfPlainRun(UnsafeBufferPointer(start: base, count: count), from: start)
    }
}
