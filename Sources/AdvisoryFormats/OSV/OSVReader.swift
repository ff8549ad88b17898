import JSONText

/// Reads one OSV record: the model and the schema's verdict in one pass over the bytes.
struct OSVReader: DocumentReading {
    static let formatName = "OSV"

    var log = ViolationLog()

    /// Offsets of ratings on affected packages, which a rating of the whole record forbids.
    var affectedSeverityOffsets: [Int] = []

    mutating func document(_ reader: inout JSONReader) throws(JSONError) -> OSVRecord? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var members = Members()
        try reader.readObject { (reader, key) throws(JSONError) in try member(key, &members, &reader) }
        require(members.hasID, "id", at: start)
        require(members.hasModified, "modified", at: start)
        if members.hasSeverity {
            for offset in affectedSeverityOffsets {
                log.add(.wrongType, at: offset, "must be null, because the record itself has a severity")
            }
        }
        guard var record = members.record, let id = members.id, let modified = members.modified else { return nil }
        record.id = id
        record.modified = modified
        return record
    }

    /// What the members of the root have given so far; the two required ones may come last.
    private struct Members {
        var record = WrittenTimestamp(secondsSince1970: 0).map { OSVRecord(id: "", modified: $0) }
        var id: String?
        var modified: WrittenTimestamp?
        var hasID = false
        var hasModified = false
        var hasSeverity = false
    }

    private mutating func member(
        _ key: JSONKey, _ members: inout Members, _ reader: inout JSONReader
    ) throws(JSONError) {
        switch key {
        case "id":
            members.hasID = true
            members.id = try identifier(&reader)
        case "modified":
            members.hasModified = true
            members.modified = try timestamp(&reader)
        case "severity":
            members.hasSeverity = true
            members.record?.severity = try severities(&reader)
        case "schema_version": members.record?.schemaVersion = try string(&reader)
        case "published": members.record?.published = try timestamp(&reader)
        case "withdrawn": members.record?.withdrawn = try timestamp(&reader)
        case "aliases": members.record?.aliases = try isNull(&reader) ? [] : strings(&reader)
        case "related": members.record?.related = try strings(&reader)
        case "upstream": members.record?.upstream = try strings(&reader)
        case "summary": members.record?.summary = try string(&reader)
        case "details": members.record?.details = try string(&reader)
        case "affected": members.record?.affected = try affectedList(&reader)
        case "references": members.record?.references = try references(&reader)
        case "credits": members.record?.credits = try credits(&reader)
        case "database_specific": members.record?.databaseSpecific = try rawObject(&reader)
        default: log.add(.unknownMember, at: key.byteOffset, "member \"\(key.excerpt)\" is not defined here")
        }
    }

    private mutating func identifier(_ reader: inout JSONReader) throws(JSONError) -> String? {
        guard let token = try token(&reader) else { return nil }
        if !token.withDecodedBytes(OSVIdentifier.hasKnownPrefix) {
            log.add(
                .badValue, at: token.byteOffset,
                "identifier without the prefix of a known database; one of no database begins with x_")
        }
        return token.string
    }

    /// `date-time` of RFC 3339, and the schema's pattern, which wants upper case and UTC.
    mutating func timestamp(_ reader: inout JSONReader) throws(JSONError) -> WrittenTimestamp? {
        guard let token = try token(&reader) else { return nil }
        let moment = token.withDecodedBytes { bytes in
            bytes.last == UInt8(ascii: "Z") && bytes.count > 10 && bytes[10] == UInt8(ascii: "T")
                ? RFC3339.parse(bytes) : nil
        }
        guard let moment else {
            log.add(.badValue, at: token.byteOffset, "not a UTC timestamp like 2026-01-31T12:00:00Z")
            return nil
        }
        return WrittenTimestamp(text: token.string, moment)
    }

    /// Consumes `null` where the schema allows it in place of a list.
    mutating func isNull(_ reader: inout JSONReader) throws(JSONError) -> Bool {
        guard try reader.peek() == .null else { return false }
        try reader.readNull()
        return true
    }
}
