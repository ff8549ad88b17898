extension JSONReader {
    /// Reads a number and keeps its text.
    ///
    /// - Throws: `.wrongType`, or `.badNumber` at the byte that breaks the grammar.
    public mutating func readNumber() throws(JSONError) -> JSONNumber {
        let range = try scanNumberToken()
        return JSONNumber(checkedText: String(validUTF8: UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)))
    }

    /// Reads an integer written without fraction or exponent.
    ///
    /// - Throws: `.wrongType`, `.badNumber`, or `.badValue` when the number is no integer or exceeds 64 bits.
    public mutating func readInteger() throws(JSONError) -> Int64 {
        let range = try scanNumberToken()
        guard let value = integer(in: range) else {
            throw failure(.badValue, "expected a 64-bit integer", at: range.lowerBound)
        }
        return value
    }

    /// Reads `true` or `false`.
    public mutating func readBool() throws(JSONError) -> Bool {
        skipWhitespace()
        switch try currentByte() {
        case UInt8(ascii: "t"):
            try scanLiteral("true")
            return true
        case UInt8(ascii: "f"):
            try scanLiteral("false")
            return false
        default: throw wrongKind("a boolean")
        }
    }

    /// Reads `null`.
    public mutating func readNull() throws(JSONError) {
        skipWhitespace()
        guard try currentByte() == UInt8(ascii: "n") else { throw wrongKind("null") }
        try scanLiteral("null")
    }

    @inline(__always)
    mutating func scanLiteral(_ text: StaticString) throws(JSONError) {
        let length = text.utf8CodeUnitCount
        for index in 0..<length {
            guard position + index < count else { throw endOfDocument() }
            if base[position + index] != text.utf8Start[index] {
                position += index
                throw mismatch(text)
            }
        }
        position += length
    }

    private mutating func scanNumberToken() throws(JSONError) -> Range<Int> {
        skipWhitespace()
        let byte = try currentByte()
        guard byte == UInt8(ascii: "-") || isDigit(byte) else { throw wrongKind("a number") }
        let start = position
        try scanNumber()
        return start..<position
    }

    /// The grammar of RFC 8259 section 6, from the first byte of the number to the byte behind it.
    @inline(__always)
    mutating func scanNumber() throws(JSONError) {
        if base[position] == UInt8(ascii: "-") { position += 1 }
        if position < count, base[position] == UInt8(ascii: "0") {
            position += 1
            if position < count, isDigit(base[position]) { throw failure(.badNumber, "number with a leading zero") }
        } else {
            try scanDigits()
        }
        guard position < count else { return }
        if base[position] == UInt8(ascii: ".") {
            position += 1
            try scanDigits()
        }
        guard position < count, base[position] | 0x20 == UInt8(ascii: "e") else { return }
        position += 1
        if position < count, base[position] == UInt8(ascii: "+") || base[position] == UInt8(ascii: "-") {
            position += 1
        }
        try scanDigits()
    }

    @inline(__always)
    private mutating func scanDigits() throws(JSONError) {
        guard position < count else { throw endOfDocument() }
        guard isDigit(base[position]) else {
            throw failure(.badNumber, "\(nameOfByte(at: position)) instead of a digit")
        }
        while position < count, isDigit(base[position]) { position += 1 }
    }

    @inline(__always)
    private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 }

    private func integer(in range: Range<Int>) -> Int64? {
        JSONNumber.integer(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
    }
}
