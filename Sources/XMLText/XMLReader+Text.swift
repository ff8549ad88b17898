// Character data (XML 1.0 sections 2.2, 2.4 and 2.7).
extension XMLReader {
    /// Passes one character or reference and checks it.
    @inline(__always)
    mutating func passCharacter() throws(XMLError) {
        let byte = bytes[position]
        if byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "&") {
            position += 1
        } else {
            try passUnusual(byte)
        }
    }

    private mutating func passUnusual(_ byte: UInt8) throws(XMLError) {
        if byte == UInt8(ascii: "&") {
            guard let reference = XMLReference(bytes, at: position) else {
                throw failure(.badReference, "a reference to no predefined entity and no character", at: position)
            }
            position = reference.end
            return
        }
        let (scalar, length) = scalar(at: position)
        guard XMLCharacterClass.isCharacter(scalar) else {
            let number = String(scalar.value, radix: 16, uppercase: true)
            throw failure(.badCharacter, "U+\(number) is not allowed in XML", at: position)
        }
        position += length
    }

    /// Reads characters up to the next markup; nil outside the root, where only white space may stand.
    mutating func readText() throws(XMLError) -> XMLCharacters? {
        let start = position
        guard !open.isEmpty else {
            _ = skipSpace()
            guard position == bytes.count || bytes[position] == UInt8(ascii: "<") else {
                throw failure(.outsideRoot, "text outside the root element", at: position)
            }
            return nil
        }
        var isPlain = true
        while position < bytes.count, bytes[position] != UInt8(ascii: "<") {
            let byte = bytes[position]
            if byte == UInt8(ascii: "&") || byte == 0x0D { isPlain = false }
            if byte == UInt8(ascii: "]"), has("]]>", at: position) {
                throw failure(.badMarkup, "\"]]>\" in text", at: position)
            }
            try passCharacter()
        }
        return XMLCharacters(
            bytes: UnsafeBufferPointer(rebasing: bytes[start..<position]), kind: .text, isPlain: isPlain, byteOffset: start
        )
    }

    /// Reads a CDATA section behind its opening.
    mutating func readSection() throws(XMLError) -> XMLCharacters {
        guard !open.isEmpty else { throw failure(.outsideRoot, "text outside the root element", at: position) }
        position += 9
        let start = position
        var isPlain = true
        while !has("]]>", at: position) {
            guard position < bytes.count else {
                throw failure(.unexpectedEnd, "the document ends inside a CDATA section", at: position)
            }
            let byte = bytes[position]
            if byte == 0x0D { isPlain = false }
            // No references in here, so an ampersand is itself.
            if byte == UInt8(ascii: "&") { position += 1 } else { try passCharacter() }
        }
        let section = XMLCharacters(
            bytes: UnsafeBufferPointer(rebasing: bytes[start..<position]), kind: .section, isPlain: isPlain, byteOffset: start
        )
        position += 3
        return section
    }
}
