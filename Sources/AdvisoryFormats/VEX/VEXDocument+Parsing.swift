public import JSONText
import XMLText

extension VEXDocument {
    /// Reads the statements of a document in any format that is known, told by its content.
    ///
    /// OpenVEX may stand in an in-toto statement. No signature is checked: an envelope around it (DSSE) is refused, and says so.
    /// - Throws: `FormatRefusal` with every violation found, in byte order; the format is `VEX` where it is none that is known.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(FormatRefusal) {
        self = try bytes.withUnsafeBufferPointer { (bytes) throws(FormatRefusal) in
            if Self.isXML(bytes) {
                return try CycloneDXVEXXMLReader.parse(bytes, limits: XMLLimits(maximumBytes: limits.maximumBytes))
            }
            switch try Self.marker(in: bytes, limits: limits) {
            case .openVEX: return try OpenVEXReader.parse(bytes, limits: limits)
            case .csaf: return VEXDocument(try CSAFReader.parse(bytes, limits: limits))
            case .cycloneDX: return try CycloneDXVEXReader.parse(bytes, limits: limits)
            case .inTotoStatement: return try InTotoVEXReader.parse(bytes, limits: limits)
            case .envelope:
                throw .otherThanVEX(
                    "a DSSE envelope, whose signature is not checked here; check it, and name its payload instead")
            case nil:
                throw .otherThanVEX("neither @context (OpenVEX) nor document (CSAF) nor bomFormat (CycloneDX) says what it is")
            }
        }
    }

    private enum Marker { case openVEX, csaf, cycloneDX, inTotoStatement, envelope }

    /// Whether the text begins as XML does; JSON begins otherwise. A byte order mark at the start is passed over.
    private static func isXML(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let text = bytes[InventoryContent.markLength(bytes)...]
        return text.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "<")
    }

    /// What the members of the root say that the document is.
    private static func marker(
        in bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits
    ) throws(FormatRefusal) -> Marker? {
        do throws(JSONError) {
            return try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in
                guard try reader.peek() == .object else { return nil }
                var marker: Marker?
                try reader.readObject { (reader, key) throws(JSONError) in
                    switch key {
                    case "@context": marker = .openVEX
                    case "bomFormat": marker = .cycloneDX
                    case "document": marker = .csaf
                    case "predicateType": marker = .inTotoStatement
                    case "payloadType": marker = .envelope
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

extension FormatRefusal {
    /// What is no document of VEX, or none that is read.
    static func otherThanVEX(_ reason: String, at pointer: String = "") -> FormatRefusal {
        FormatRefusal(
            format: "VEX", violations: [FormatViolation(code: .missingMember, pointer: pointer, byteOffset: 0, reason: reason)]
        )
    }

    /// Whether the document is whole and yet none of VEX: of a directory such are passed.
    public var isOfOtherThanVEX: Bool {
        format == "VEX" && violations.allSatisfy { $0.code == .missingMember || $0.code == .badValue }
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
