/// Reads the part of YAML 1.2 (https://yaml.org/spec/1.2.2/) that lock files and advisories are written in: block mappings and sequences by
/// indentation, flow mappings and sequences, plain, quoted and block scalars, comments, one document. Anchors, aliases, tags,
/// directives, further documents and keys that are containers are refused with their place.
struct YAMLReader {
    /// Containers that may be open at once: the reader recurses.
    static let maximumDepth = 100

    let bytes: [UInt8]
    var position: Int
    /// Offset of the first byte of the line at `position`.
    private var lineStart: Int
    private var depth = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        lineStart = position
    }

    /// The document's root; an empty document is an empty scalar.
    /// - Throws: `TextFault` at the first thing that is wrong or not understood.
    static func parse(_ bytes: [UInt8]) throws(TextFault) -> YAMLNode {
        try TextCheck.check(bytes)
        var reader = YAMLReader(bytes)
        guard var column = try reader.nextContent() else { return YAMLNode(content: .scalar(""), byteOffset: 0) }
        if reader.isDocumentMark {
            reader.position += 3
            guard let next = try reader.nextContent() else { return YAMLNode(content: .scalar(""), byteOffset: 0) }
            column = next
        }
        let root = try reader.node(column: column, parent: -1)
        guard try reader.nextContent() == nil else {
            throw reader.fault(reader.isDocumentMark ? "a second document" : "text that belongs to nothing before it")
        }
        return root
    }

    /// The byte at the position; 0 at the end.
    var byte: UInt8 { position < bytes.count ? bytes[position] : 0 }

    func fault(_ reason: String, at offset: Int? = nil) -> TextFault { TextFault(reason, at: offset ?? position) }

    var column: Int { position - lineStart }

    /// A character that ends a token: blank, line end or the end of the text.
    func isSpace(at offset: Int) -> Bool {
        guard offset < bytes.count else { return true }
        let byte = bytes[offset]
        return byte == 0x20 || byte == 0x09 || byte == 0x0A
            || (byte == 0x0D && (offset + 1 == bytes.count || bytes[offset + 1] == 0x0A))
    }

    private var isDocumentMark: Bool { column == 0 && bytes[position...].hasPrefix("---") && isSpace(at: position + 3) }

    mutating func passBlanks() {
        while byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { position += 1 }
    }

    var isAtLineEnd: Bool { position >= bytes.count || byte == 0x0A || (byte == 0x0D && isSpace(at: position)) }

    mutating func passLineEnd() {
        if byte == 0x0D { position += 1 }
        if byte == 0x0A { position += 1 }
        lineStart = position
    }

    /// Passes blanks, comments and line ends up to the next text; its column, or nil at the end of the document.
    mutating func nextContent() throws(TextFault) -> Int? {
        while true {
            let start = position
            passBlanks()
            if byte == UInt8(ascii: "#"), position == lineStart || position > start || isSpace(at: position - 1) {
                position = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
            }
            guard isAtLineEnd else {
                if bytes[lineStart..<position].contains(UInt8(ascii: "\t")),
                    bytes[lineStart..<position].allSatisfy({ $0 <= 0x20 })
                {
                    throw fault("a tab in the indentation")
                }
                return column
            }
            guard position < bytes.count else { return nil }
            passLineEnd()
        }
    }

    /// What stands behind a value on its line: nothing but a comment.
    mutating func endLine() throws(TextFault) {
        let start = position
        passBlanks()
        if isAtLineEnd || (byte == UInt8(ascii: "#") && (position > start || isSpace(at: position - 1))) { return }
        throw fault("text behind the end of a value")
    }
}

// MARK: block containers
extension YAMLReader {
    private mutating func node(column: Int, parent: Int) throws(TextFault) -> YAMLNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw fault("more than \(Self.maximumDepth) containers are open") }
        if isDash { return try sequence(column: column) }
        if isQuestion || startsKey() { return try mapping(column: column) }
        return try inlineValue(parent: parent)
    }

    private var isDash: Bool { byte == UInt8(ascii: "-") && isSpace(at: position + 1) }
    private var isQuestion: Bool { byte == UInt8(ascii: "?") && isSpace(at: position + 1) }

    private mutating func sequence(column: Int) throws(TextFault) -> YAMLNode {
        let start = position
        var elements: [YAMLNode] = []
        while true {
            position += 1
            elements.append(try value(parent: column, isInMapping: false))
            let next = try nextContent()
            guard next == column, isDash else {
                if let next, next > column { throw fault("an indentation that fits nothing before it") }
                return YAMLNode(content: .sequence(elements), byteOffset: start)
            }
        }
    }

    private mutating func mapping(column: Int) throws(TextFault) -> YAMLNode {
        let start = position
        var members: [YAMLNode.Member] = []
        var keys: Set<String> = []
        while true {
            let keyOffset = position
            let key = try key(column: column)
            guard keys.insert(key).inserted else { throw fault("the key \"\(key)\" stands twice in a mapping", at: keyOffset) }
            let value = try value(parent: column, isInMapping: true)
            members.append(YAMLNode.Member(key: key, keyOffset: keyOffset, value: value))
            guard let next = try nextContent(), next >= column else { break }
            guard next == column else { throw fault("an indentation that fits nothing before it") }
            if isDocumentMark { break }
            guard isQuestion || startsKey() else { throw fault("neither a key nor the end of the mapping") }
        }
        return YAMLNode(content: .mapping(members), byteOffset: start)
    }

    /// A key and the colon behind it.
    private mutating func key(column: Int) throws(TextFault) -> String {
        if isQuestion { return try longKey(column: column) }
        let key = try keyText()
        passBlanks()
        guard byte == UInt8(ascii: ":") else { throw fault("a key is followed by ':'") }
        position += 1
        return key
    }

    /// `? key`, and `:` on the next line: how keys of more than 1,024 characters are written.
    private mutating func longKey(column: Int) throws(TextFault) -> String {
        position += 1
        passBlanks()
        let node = try inlineValue(parent: column)
        guard let key = node.scalar else { throw fault("a key that is a container", at: node.byteOffset) }
        guard try nextContent() == column, byte == UInt8(ascii: ":"), isSpace(at: position + 1) else {
            throw fault("a key is followed by ':'")
        }
        position += 1
        return key
    }

    private mutating func keyText() throws(TextFault) -> String {
        if byte == UInt8(ascii: "\"") { return try doubleQuoted() }
        if byte == UInt8(ascii: "'") { return try singleQuoted() }
        try refuseIndicator()
        let start = position
        while !(byte == UInt8(ascii: ":") && isSpace(at: position + 1)) { position += 1 }
        return bytes[start..<position].trimmed().text
    }

    /// Whether a key and its colon begin at the position, all on this line.
    private func startsKey() -> Bool {
        var index = position
        let quote = byte
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            index += 1
            while index < bytes.count, bytes[index] != quote, bytes[index] != 0x0A {
                index += quote == UInt8(ascii: "\"") && bytes[index] == UInt8(ascii: "\\") ? 2 : 1
                // '' inside single quotation marks is one.
                if quote == UInt8(ascii: "'"), index + 1 < bytes.count, bytes[index] == quote, bytes[index + 1] == quote {
                    index += 2
                }
            }
            index += 1
            while index < bytes.count, bytes[index] == 0x20 { index += 1 }
            return index < bytes.count && bytes[index] == UInt8(ascii: ":") && isSpace(at: index + 1)
        }
        if quote == UInt8(ascii: "{") || quote == UInt8(ascii: "[") { return false }
        while index < bytes.count, bytes[index] != 0x0A {
            if bytes[index] == UInt8(ascii: ":"), isSpace(at: index + 1) { return true }
            if bytes[index] == UInt8(ascii: "#"), index > position, isSpace(at: index - 1) { return false }
            index += 1
        }
        return false
    }

    /// What stands behind `key:` or `-`: on the same line, or below it.
    private mutating func value(parent: Int, isInMapping: Bool) throws(TextFault) -> YAMLNode {
        let start = position
        passBlanks()
        if !isAtLineEnd, byte != UInt8(ascii: "#") || position == start {
            guard position > start else { throw fault("a blank is missing before the value") }
            // `- key: value` and `- - value`; a mapping's value begins a block on the next line only.
            return try isInMapping ? inlineValue(parent: parent) : node(column: column, parent: parent)
        }
        guard let next = try nextContent() else { return YAMLNode(content: .scalar(""), byteOffset: start) }
        if next > parent { return try node(column: next, parent: parent) }
        if isInMapping, next == parent, isDash { return try node(column: next, parent: parent - 1) }
        return YAMLNode(content: .scalar(""), byteOffset: start)
    }
}
