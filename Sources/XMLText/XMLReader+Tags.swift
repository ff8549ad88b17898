// Start and end tags (XML 1.0 section 3.1).
extension XMLReader {
    /// An attribute whose namespace is not resolved yet: declarations may stand behind it.
    private struct RawAttribute {
        let name: QualifiedName
        let value: XMLCharacters
    }

    mutating func readStartTag() throws(XMLError) -> XMLElement {
        let start = position
        position += 1
        let name = try readQualifiedName()
        let bindingCount = bindings.count
        try noteOpen(Open(name: name.range, bindingCount: bindingCount), at: start)
        let raw = try readAttributes(of: name)
        try checkDeclarations(since: bindingCount, at: start)
        return XMLElement(
            name: try resolve(name, isAttribute: false), attributes: try resolved(raw), byteOffset: start
        )
    }

    /// Reads attributes and the end of the tag.
    private mutating func readAttributes(of element: QualifiedName) throws(XMLError) -> [RawAttribute] {
        var attributes: [RawAttribute] = []
        var count = 0
        while true {
            let isSeparated = skipSpace()
            guard position < bytes.count else {
                throw failure(.unexpectedEnd, "the document ends inside <\(text(in: element.range))>", at: position)
            }
            if bytes[position] == UInt8(ascii: ">") {
                position += 1
                return attributes
            }
            if bytes[position] == UInt8(ascii: "/") {
                try expect("/>")
                endIsPending = true
                return attributes
            }
            guard isSeparated else { throw failure(.badMarkup, "white space is missing before an attribute", at: position) }
            count += 1
            guard count <= limits.maximumAttributes else {
                throw failure(.tooMany, "more than \(limits.maximumAttributes) attributes", at: position)
            }
            let name = try readQualifiedName()
            _ = skipSpace()
            try expect("=")
            _ = skipSpace()
            let value = try readValue()
            if try !declare(name, value) { attributes.append(RawAttribute(name: name, value: value)) }
        }
    }

    private func checkDeclarations(since first: Int, at offset: Int) throws(XMLError) {
        guard bindings.count > first + 1 else { return }
        var seen: Set<String> = []
        for binding in bindings[first...] where !seen.insert(binding.prefix).inserted {
            throw failure(.duplicateAttribute, "the prefix \"\(binding.prefix)\" is declared twice", at: offset)
        }
    }

    private func resolved(_ raw: [RawAttribute]) throws(XMLError) -> [XMLAttribute] {
        if raw.isEmpty { return [] }
        var attributes: [XMLAttribute] = []
        attributes.reserveCapacity(raw.count)
        for attribute in raw {
            let name = try resolve(attribute.name, isAttribute: true)
            let offset = attribute.name.range.lowerBound
            // Few attributes: comparing each with each is quicker than a table.
            guard !attributes.contains(where: { $0.name == name }) else {
                throw failure(.duplicateAttribute, "the attribute \"\(text(in: attribute.name.range))\" stands twice", at: offset)
            }
            attributes.append(XMLAttribute(name: name, value: attribute.value, byteOffset: offset))
        }
        return attributes
    }

    /// Reads a quoted value (`AttValue`).
    mutating func readValue() throws(XMLError) -> XMLCharacters {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'") else {
            throw failure(.badMarkup, "an attribute's value needs quotation marks", at: position)
        }
        let quote = bytes[position]
        position += 1
        let start = position
        var isPlain = true
        while position < bytes.count, bytes[position] != quote {
            let byte = bytes[position]
            if byte == UInt8(ascii: "<") { throw failure(.badCharacter, "\"<\" in an attribute's value", at: position) }
            if byte == UInt8(ascii: "&") || byte < 0x20 { isPlain = false }
            try passCharacter()
        }
        guard position < bytes.count else { throw failure(.unexpectedEnd, "the document ends inside a value", at: position) }
        let value = XMLCharacters(
            bytes: UnsafeBufferPointer(rebasing: bytes[start..<position]), kind: .value, isPlain: isPlain, byteOffset: start
        )
        position += 1
        return value
    }

    mutating func readEndTag() throws(XMLError) -> XMLEvent {
        let start = position
        position += 2
        let name = try readQualifiedName().range
        guard let element = open.last else {
            throw failure(.mismatchedTag, "</\(text(in: name))> closes nothing", at: start)
        }
        guard bytes[name].elementsEqual(bytes[element.name]) else {
            throw failure(.mismatchedTag, "</\(text(in: name))> where <\(text(in: element.name))> is open", at: start)
        }
        _ = skipSpace()
        try expect(">")
        return closeElement(at: start)
    }
}
