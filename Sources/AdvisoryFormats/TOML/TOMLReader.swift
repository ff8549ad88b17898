/// Reads a TOML 1.0 document strictly: what the grammar or the rules about tables forbid is refused with its place.
struct TOMLReader {
    /// Arrays and inline tables that may be open at once: the reader recurses.
    static let maximumDepth = 100

    let bytes: [UInt8]
    var position: Int
    var document = TOMLDocument()
    /// The table that the last header opened.
    private var current = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// - Throws: `TextFault` at the first thing that is wrong.
    static func parse(_ bytes: [UInt8]) throws(TextFault) -> TOMLDocument {
        try TextCheck.check(bytes)
        var reader = TOMLReader(bytes)
        while try reader.passBlankLines() {
            if reader.byte == UInt8(ascii: "[") { try reader.header() } else { try reader.member(of: reader.current, depth: 0) }
            try reader.endLine()
        }
        return reader.document
    }

    /// The byte at the position; 0, which TOML forbids everywhere, at the end.
    var byte: UInt8 { position < bytes.count ? bytes[position] : 0 }

    func fault(_ reason: String, at offset: Int? = nil) -> TextFault { TextFault(reason, at: offset ?? position) }

    mutating func take(_ expected: UInt8) -> Bool {
        guard byte == expected, position < bytes.count else { return false }
        position += 1
        return true
    }

    mutating func passBlanks() {
        while byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { position += 1 }
    }

    /// Passes blanks, comments and line ends; false at the end of the document.
    mutating func passBlankLines() throws(TextFault) -> Bool {
        while true {
            passBlanks()
            if byte == UInt8(ascii: "#") { try passComment() }
            if try !takeLineEnd() { return position < bytes.count }
        }
    }

    private mutating func passComment() throws(TextFault) {
        while position < bytes.count, byte != UInt8(ascii: "\n") {
            if Self.isForbiddenControl(byte), !(byte == UInt8(ascii: "\r") && isBeforeLineFeed) {
                throw fault("a control character in a comment")
            }
            position += 1
        }
    }

    private var isBeforeLineFeed: Bool { position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "\n") }

    mutating func takeLineEnd() throws(TextFault) -> Bool {
        if byte == UInt8(ascii: "\r") {
            guard isBeforeLineFeed else { throw fault("a carriage return without a line feed") }
            position += 1
        }
        return take(UInt8(ascii: "\n"))
    }

    private mutating func endLine() throws(TextFault) {
        passBlanks()
        if byte == UInt8(ascii: "#") { try passComment() }
        if try !takeLineEnd(), position < bytes.count { throw fault("text behind the end of a header or a value") }
    }

    static func isForbiddenControl(_ byte: UInt8) -> Bool { (byte < 0x20 && byte != 0x09) || byte == 0x7F }
}

// MARK: keys and tables
extension TOMLReader {
    /// `[a.b]` or `[[a.b]]`.
    private mutating func header() throws(TextFault) {
        let start = position
        position += 1
        let isElement = take(UInt8(ascii: "["))
        let path = try keyPath()
        guard take(UInt8(ascii: "]")), !isElement || take(UInt8(ascii: "]")) else { throw fault("a header is not closed") }
        var table = 0
        for key in path.dropLast() { table = try step(into: key, of: table, at: start) }
        let name = path[path.count - 1]
        switch (document.tables[table].members[name], isElement) {
        case (nil, false): current = add(name, to: table, .header, at: start)
        case (nil, true):
            document.tableArrays.append([])
            document.tables[table].members[name] = .tableArray(document.tableArrays.count - 1)
            current = addElement(to: document.tableArrays.count - 1, at: start)
        case (.tableArray(let array), true): current = addElement(to: array, at: start)
        case (.table(let place), false) where document.tables[place].origin == .implied:
            document.tables[place].origin = .header
            current = place
        default: throw fault("\"\(name)\" is defined twice", at: start)
        }
    }

    private mutating func step(into key: String, of table: Int, at offset: Int) throws(TextFault) -> Int {
        switch document.tables[table].members[key] {
        case nil: return add(key, to: table, .implied, at: offset)
        case .table(let place) where document.tables[place].origin != .inline: return place
        case .tableArray(let array): return document.tableArrays[array][document.tableArrays[array].count - 1]
        default: throw fault("\"\(key)\" is no table that a header may add to", at: offset)
        }
    }

    private mutating func add(_ key: String, to table: Int, _ origin: TOMLDocument.Origin, at offset: Int) -> Int {
        document.tables.append(TOMLDocument.Table(origin: origin, byteOffset: offset))
        document.tables[table].members[key] = .table(document.tables.count - 1)
        return document.tables.count - 1
    }

    private mutating func addElement(to array: Int, at offset: Int) -> Int {
        document.tables.append(TOMLDocument.Table(origin: .header, byteOffset: offset))
        document.tableArrays[array].append(document.tables.count - 1)
        return document.tables.count - 1
    }

    /// `a.b = value`.
    mutating func member(of table: Int, depth: Int) throws(TextFault) {
        let start = position
        let path = try keyPath()
        guard take(UInt8(ascii: "=")) else { throw fault("a key is followed by '='") }
        passBlanks()
        var table = table
        for key in path.dropLast() {
            switch document.tables[table].members[key] {
            case nil: table = add(key, to: table, .dotted, at: start)
            case .table(let place) where document.tables[place].origin == .dotted: table = place
            default: throw fault("\"\(key)\" is no table that a dotted key may add to", at: start)
            }
        }
        let value = try value(depth: depth)
        let name = path[path.count - 1]
        guard document.tables[table].members.updateValue(value, forKey: name) == nil else {
            throw fault("\"\(name)\" is defined twice", at: start)
        }
    }

    /// Keys with dots between them, and the blanks around each.
    private mutating func keyPath() throws(TextFault) -> [String] {
        var path: [String] = []
        repeat {
            passBlanks()
            path.append(try key())
            passBlanks()
        } while take(UInt8(ascii: "."))
        return path
    }

    private mutating func key() throws(TextFault) -> String {
        if byte == UInt8(ascii: "\"") { return try basicString() }
        if byte == UInt8(ascii: "'") { return try literalString() }
        let start = position
        while Self.isBareKey(byte) { position += 1 }
        guard position > start else { throw fault("a key is missing") }
        return bytes[start..<position].text
    }

    private static func isBareKey(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
}
