// The declaration, comments and processing instructions (XML 1.0 sections 2.5, 2.6 and 2.8).
extension XMLReader {
    /// Passes `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` where it stands.
    mutating func readDeclaration() throws(XMLError) {
        guard has("<?xml", at: position), position + 5 < bytes.count, XMLCharacterClass.isSpace(bytes[position + 5]) else {
            return
        }
        position += 5
        guard let version = try readPseudoAttribute("version") else {
            throw failure(.badMarkup, "the XML declaration names no version", at: position)
        }
        // Section 2.8: a processor of 1.0 reads whatever calls itself 1.x as 1.0.
        let digits = version.utf8.dropFirst(2)
        guard version.hasPrefix("1."), !digits.isEmpty, digits.allSatisfy({ $0 &- 0x30 <= 9 }) else {
            throw failure(.badMarkup, "the XML declaration names no version that is read", at: position)
        }
        if let encoding = try readPseudoAttribute("encoding"), encoding.lowercased() != "utf-8" {
            throw failure(.unsupportedEncoding, "the encoding \"\(encoding.prefix(64))\"; only UTF-8 is read", at: position)
        }
        if let standalone = try readPseudoAttribute("standalone"), standalone != "yes", standalone != "no" {
            throw failure(.badMarkup, "standalone is neither yes nor no", at: position)
        }
        _ = skipSpace()
        try expect("?>")
    }

    private mutating func readPseudoAttribute(_ name: StaticString) throws(XMLError) -> String? {
        let start = position
        guard skipSpace(), has(name, at: position) else {
            position = start
            return nil
        }
        position += name.utf8CodeUnitCount
        _ = skipSpace()
        try expect("=")
        _ = skipSpace()
        return try readValue().string
    }

    /// Passes a comment, returns a CDATA section, and refuses every declaration.
    mutating func readDeclarationOrSection() throws(XMLError) -> XMLCharacters? {
        if has("<![CDATA[", at: position) { return try readSection() }
        if has("<!DOCTYPE", at: position) {
            throw failure(.documentType, "a document type declaration, which is not read from strangers", at: position)
        }
        guard has("<!--", at: position) else { throw failure(.badMarkup, "neither a comment nor a CDATA section", at: position) }
        position += 4
        while !has("--", at: position) {
            guard position < bytes.count else {
                throw failure(.unexpectedEnd, "the document ends inside a comment", at: position)
            }
            try passPlain()
        }
        guard has("-->", at: position) else { throw failure(.badMarkup, "\"--\" in a comment", at: position) }
        position += 3
        return nil
    }

    mutating func skipInstruction() throws(XMLError) {
        let start = position
        position += 2
        let target = try readSimpleName()
        if String(decoding: bytes[target], as: UTF8.self).lowercased() == "xml" {
            throw failure(.badMarkup, "an XML declaration that is not at the start", at: start)
        }
        if has("?>", at: position) { return position += 2 }
        guard skipSpace() else { throw failure(.badMarkup, "white space is missing behind an instruction's name", at: position) }
        while !has("?>", at: position) {
            guard position < bytes.count else {
                throw failure(.unexpectedEnd, "the document ends inside a processing instruction", at: position)
            }
            try passPlain()
        }
        position += 2
    }

    /// Passes one character where an ampersand is nothing special.
    private mutating func passPlain() throws(XMLError) {
        if bytes[position] == UInt8(ascii: "&") { position += 1 } else { try passCharacter() }
    }
}
