// Names and single characters.
extension XMLReader {
    /// A qualified name: its bytes and where its local part begins.
    struct QualifiedName {
        let range: Range<Int>
        let localStart: Int

        var prefix: Range<Int> { range.lowerBound..<max(range.lowerBound, localStart - 1) }
        var local: Range<Int> { localStart..<range.upperBound }
    }

    mutating func skipSpace() -> Bool {
        let start = position
        while position < bytes.count, XMLCharacterClass.isSpace(bytes[position]) { position += 1 }
        return position > start
    }

    func has(_ text: StaticString, at offset: Int) -> Bool {
        guard offset + text.utf8CodeUnitCount <= bytes.count else { return false }
        for index in 0..<text.utf8CodeUnitCount where bytes[offset + index] != text.utf8Start[index] { return false }
        return true
    }

    mutating func expect(_ text: StaticString) throws(XMLError) {
        guard has(text, at: position) else {
            throw position < bytes.count
                ? failure(.badMarkup, "expected \(text)", at: position)
                : failure(.unexpectedEnd, "the document ends where \(text) is expected", at: position)
        }
        position += text.utf8CodeUnitCount
    }

    /// The scalar at an offset and its length; the bytes are valid UTF-8.
    func scalar(at offset: Int) -> (scalar: Unicode.Scalar, length: Int) {
        let first = bytes[offset]
        if first < 0x80 { return (Unicode.Scalar(first), 1) }
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for byte in bytes[offset + 1..<min(offset + length, bytes.count)] { value = value << 6 | UInt32(byte & 0x3F) }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
    }

    /// Reads a name without a colon (`NCName`).
    mutating func readSimpleName() throws(XMLError) -> Range<Int> {
        let start = position
        guard position < bytes.count else { throw failure(.unexpectedEnd, "the document ends inside markup", at: position) }
        let (first, length) = scalar(at: position)
        guard XMLCharacterClass.startsName(first) else { throw failure(.badName, "no name begins here", at: position) }
        position += length
        while position < bytes.count {
            let byte = bytes[position]
            if (byte | 0x20) &- 0x61 < 26 {
                position += 1
                continue
            }
            let (next, length) = scalar(at: position)
            guard XMLCharacterClass.continuesName(next) else { break }
            position += length
        }
        return start..<position
    }

    /// Reads `prefix:local` or `local` (Namespaces in XML section 4).
    mutating func readQualifiedName() throws(XMLError) -> QualifiedName {
        let first = try readSimpleName()
        guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else {
            return QualifiedName(range: first, localStart: first.lowerBound)
        }
        position += 1
        let local = try readSimpleName()
        return QualifiedName(range: first.lowerBound..<local.upperBound, localStart: local.lowerBound)
    }
}
