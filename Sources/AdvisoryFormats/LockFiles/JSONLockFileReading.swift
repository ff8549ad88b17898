import JSONText

/// A reader of a lock file that is one JSON object. What is wrong with a single entry becomes a problem of the inventory.
protocol JSONLockFileReading: DocumentReading where Document == InventoryDocument {
    static var file: InventoryFile { get }
    var inventory: LockFileInventory { get set }
    /// Reads one member of the root, or leaves it to be skipped.
    mutating func member(_ key: JSONKey, _ reader: inout JSONReader) throws(JSONError)
    /// Called behind the last member.
    mutating func finish(at start: Int)
}

extension JSONLockFileReading {
    static var formatName: String { file.rawValue }

    var log: ViolationLog {
        get { inventory.log }
        _modify { yield &inventory.log }
    }

    mutating func finish(at start: Int) {}

    mutating func document(_ reader: inout JSONReader) throws(JSONError) -> InventoryDocument? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        try reader.readObject { (reader, key) throws(JSONError) in try member(key, &reader) }
        finish(at: start)
        return inventory.document
    }

    /// - Throws: `FormatRefusal` where the bytes are no JSON or no object.
    static func inventory(_ bytes: [UInt8]) throws(FormatRefusal) -> InventoryDocument {
        var bytes = bytes
        // A byte order mark, which editors leave behind, becomes white space, so that offsets stay.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.replaceSubrange(..<3, with: [0x20, 0x20, 0x20]) }
        return try bytes.withUnsafeBufferPointer { (bytes) throws(FormatRefusal) in
            let (document, violations) = read(bytes, limits: .standard)
            guard var document else { throw FormatRefusal(format: formatName, violations: violations) }
            document.problems = violations
            return document
        }
    }

    /// Reads an object whose members are all of one kind; anything else is noted and passed.
    mutating func members(
        _ reader: inout JSONReader,
        _ body: (inout Self, inout JSONReader, JSONKey) throws(JSONError) -> Void
    ) throws(JSONError) {
        guard try isKind(.object, &reader) else { return }
        try reader.readObject { (reader, key) throws(JSONError) in try body(&self, &reader, key) }
    }

    /// Reads an array whose elements are objects; `body` gets the offset of each, and its members one by one.
    mutating func elements(
        _ reader: inout JSONReader, _ body: (inout Self, inout JSONReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        guard try isKind(.array, &reader) else { return }
        try reader.readArray { (reader) throws(JSONError) in try body(&self, &reader) }
    }

    /// A string, or nil where `null` stands in its place.
    mutating func optionalString(_ reader: inout JSONReader) throws(JSONError) -> String? {
        guard try reader.peek() == .null else { return try string(&reader) }
        try reader.readNull()
        return nil
    }
}
