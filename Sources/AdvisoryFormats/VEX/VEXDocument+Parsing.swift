public import JSONText

extension VEXDocument {
    /// Reads the statements of a document in any format that is known, told by its content.
    /// - Throws: `FormatRefusal` with every violation found, in byte order; the format is `VEX` where it is none that is known.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(FormatRefusal) {
        self = try bytes.withUnsafeBufferPointer { (bytes) throws(FormatRefusal) in
            switch try Self.marker(in: bytes, limits: limits) {
            case .openVEX: try OpenVEXReader.parse(bytes, limits: limits)
            case .csaf: VEXDocument(try CSAFReader.parse(bytes, limits: limits))
            case .cycloneDX: try CycloneDXVEXReader.parse(bytes, limits: limits)
            default:
                throw FormatRefusal(
                    format: "VEX",
                    violations: [
                        FormatViolation(
                            code: .missingMember, pointer: "", byteOffset: 0,
                            reason: "neither @context (OpenVEX) nor document (CSAF) nor bomFormat (CycloneDX) says what it is"
                        )
                    ]
                )
            }
        }
    }

    /// What the members of the root say that the document is.
    private static func marker(
        in bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits
    ) throws(FormatRefusal) -> VEXFormat? {
        do throws(JSONError) {
            return try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in
                guard try reader.peek() == .object else { return nil }
                var marker: VEXFormat?
                try reader.readObject { (reader, key) throws(JSONError) in
                    switch key {
                    case "@context": marker = .openVEX
                    case "bomFormat": marker = .cycloneDX
                    case "document": marker = .csaf
                    default: break
                    }
                    try reader.skipValue()
                }
                return marker
            }
        } catch {
            throw FormatRefusal(format: "VEX", violations: [FormatViolation(error, in: bytes)])
        }
    }
}

extension DocumentReading {
    /// Reads an RFC 3339 timestamp; a violation where the text is none.
    mutating func writtenTimestamp(_ reader: inout JSONReader) throws(JSONError) -> WrittenTimestamp? {
        guard let token = try token(&reader) else { return nil }
        let timestamp = WrittenTimestamp(token.string)
        if timestamp == nil { log.add(.badValue, at: token.byteOffset, "not an RFC 3339 timestamp") }
        return timestamp
    }

    /// Reads an array of what the step reads; elements it gives nothing for are left out.
    mutating func list<Element>(
        _ reader: inout JSONReader, _ element: (inout Self, inout JSONReader) throws(JSONError) -> Element?
    ) throws(JSONError) -> [Element] {
        var list: [Element] = []
        guard try isKind(.array, &reader) else { return [] }
        try reader.readArray { (reader) throws(JSONError) in
            if let element = try element(&self, &reader) { list.append(element) }
        }
        return list
    }
}
