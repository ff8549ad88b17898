import JSONText

/// Reads the catalogue as JSON, by the rules of its schema; members beyond those it defines are passed.
struct KEVReader: DocumentReading {
    static let formatName = "KEV"

    var log = ViolationLog()

    mutating func document(_ reader: inout JSONReader) throws(JSONError) -> KEVCatalogue? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var catalogue = KEVCatalogue()
        var found: Set<String> = []
        try reader.readObject { (reader, key) throws(JSONError) in
            found.insert(key.string)
            switch key {
            case "catalogVersion": catalogue.version = try string(&reader)
            case "dateReleased": catalogue.released = try timestamp(&reader)
            case "count": try integer(&reader)
            case "vulnerabilities":
                guard try isKind(.array, &reader) else { return }
                try reader.readArray { (reader) throws(JSONError) in
                    if let entry = try entry(&reader) { catalogue.entries.append(entry) }
                }
            default: try reader.skipValue()
            }
        }
        for name in ["catalogVersion", "dateReleased", "count", "vulnerabilities"] as [StaticString] {
            require(found.contains(name.description), name, at: start)
        }
        return catalogue
    }

    private mutating func integer(_ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.number, &reader) else { return }
        let offset = reader.offset
        let number = try reader.readNumber()
        if number.integer == nil, number.double.map({ $0.rounded() == $0 }) != true {
            log.add(.wrongType, at: offset, "not an integer")
        }
    }

    private mutating func timestamp(_ reader: inout JSONReader) throws(JSONError) -> WrittenTimestamp? {
        let offset = reader.offset
        guard let text = try string(&reader) else { return nil }
        let timestamp = WrittenTimestamp(text)
        if timestamp == nil { log.add(.badValue, at: offset, "not an RFC 3339 timestamp") }
        return timestamp
    }

    private static let required: [StaticString] = [
        "cveID", "vendorProject", "product", "vulnerabilityName", "dateAdded", "shortDescription", "requiredAction", "dueDate"
    ]

    private mutating func entry(_ reader: inout JSONReader) throws(JSONError) -> KEVEntry? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var fields = KEVFields()
        var found: Set<String> = []
        try reader.readObject { (reader, key) throws(JSONError) in
            found.insert(key.string)
            if key == "cwes" {
                try weaknesses(&fields, &reader)
            } else if let name = KEVFields.names.first(where: { key == $0 }) {
                guard let token = try token(&reader) else { return }
                if let reason = fields.set(name.description, token.string) { log.add(.badValue, at: token.byteOffset, reason) }
            } else {
                try reader.skipValue()
            }
        }
        for name in Self.required { require(found.contains(name.description), name, at: start) }
        return fields.entry
    }

    private mutating func weaknesses(_ fields: inout KEVFields, _ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.array, &reader) else { return }
        try reader.readArray { (reader) throws(JSONError) in
            guard let token = try token(&reader) else { return }
            if let reason = fields.add(weakness: token.string) { log.add(.badValue, at: token.byteOffset, reason) }
        }
    }
}
