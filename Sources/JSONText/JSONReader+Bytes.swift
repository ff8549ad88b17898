// The steps every value shares: white space, expected bytes, and the errors about them.
extension JSONReader {
    @inline(__always)
    mutating func skipWhitespace() {
        while position < count {
            let byte = base[position]
            // The four bytes of RFC 8259 section 2; everything above a space ends the run at once.
            guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position += 1
        }
    }

    /// The next byte, or an error at the end of the document.
    @inline(__always)
    func currentByte() throws(JSONError) -> UInt8 {
        guard position < count else { throw endOfDocument() }
        return base[position]
    }

    /// Consumes `byte` or says what stands there instead.
    @inline(__always)
    mutating func expect(_ byte: UInt8, _ meaning: StaticString) throws(JSONError) {
        guard position < count, base[position] == byte else { throw mismatch(meaning) }
        position += 1
    }

    @inline(never)
    func endOfDocument() -> JSONError {
        JSONError(code: .unexpectedEnd, byteOffset: count, reason: "document ends inside a value")
    }

    @inline(never)
    func mismatch(_ meaning: StaticString) -> JSONError {
        guard position < count else { return endOfDocument() }
        return JSONError(
            code: .unexpectedByte, byteOffset: position,
            reason: "unexpected \(nameOfByte(at: position)) instead of \(meaning)"
        )
    }

    /// The error for a value of another kind than the caller asked for; a byte that starts no value is named instead.
    @inline(never)
    mutating func wrongKind(_ wanted: StaticString) -> JSONError {
        do throws(JSONError) {
            let kind = try peek()
            return JSONError(
                code: .wrongType, byteOffset: position, reason: "expected \(wanted), found \(kind.rawValue)"
            )
        } catch {
            return error
        }
    }

    /// A byte for people: printable ASCII as itself, others in hexadecimal.
    func nameOfByte(at offset: Int) -> String {
        let byte = base[offset]
        if byte > 0x20, byte < 0x7F { return "'\(Character(Unicode.Scalar(byte)))'" }
        let digits = String(byte, radix: 16, uppercase: true)
        return "byte 0x\(digits.utf8.count == 1 ? "0" : "")\(digits)"
    }
}
