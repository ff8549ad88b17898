import JSONText

/// Reads OpenVEX from an in-toto statement (https://github.com/in-toto/attestation, `predicateType` of OpenVEX's namespace).
///
/// The products are those of the predicate; `subject` limits nothing. Whoever signed an envelope around the statement is not asked.
struct InTotoVEXReader: ValueReading {
    static let formatName = "VEX"

    var log = ViolationLog()
    private var type: (text: String, excerpt: String)?
    private var predicate: (bytes: [UInt8], offset: Int)?

    /// - Throws: `FormatRefusal` with every violation found; the format is `VEX` where the statement is of another type.
    static func parse(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) throws(FormatRefusal) -> VEXDocument {
        var this = InTotoVEXReader()
        do throws(JSONError) {
            try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in try this.members(&reader) }
        } catch {
            throw FormatRefusal(format: formatName, violations: [FormatViolation(error, in: bytes)])
        }
        return try this.document(limits: limits)
    }

    private mutating func members(_ reader: inout JSONReader) throws(JSONError) {
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "predicateType": type = try token(&reader).map { ($0.string, $0.excerpt) }
            case "predicate":
                let offset = reader.offset
                predicate = (Array(try reader.readRaw()), offset)
            default: try reader.skipValue()
            }
        }
    }

    private func document(limits: JSONLimits) throws(FormatRefusal) -> VEXDocument {
        let namespace = OpenVEXReader.namespace
        guard let type, type.text == namespace || type.text.hasPrefix(namespace + "/"), let predicate else {
            let reason =
                "an in-toto statement of the type \"\(type?.excerpt ?? "")\" or without a predicate; OpenVEX is read in one"
            throw .otherThanVEX(reason, at: "/predicateType")
        }
        do throws(FormatRefusal) {
            var document = try predicate.bytes.withUnsafeBufferPointer { (bytes) throws(FormatRefusal) in
                try OpenVEXReader.parse(bytes, limits: limits)
            }
            document.misfits.append(
                Misfit(pointer: "", reason: "the document stands in an in-toto statement, whose signature was not checked"))
            return document
        } catch {
            let violations = error.violations.map {
                FormatViolation(
                    code: $0.code, pointer: "/predicate" + $0.pointer, byteOffset: $0.byteOffset + predicate.offset,
                    reason: $0.reason)
            }
            throw FormatRefusal(format: error.format, violations: violations)
        }
    }
}
