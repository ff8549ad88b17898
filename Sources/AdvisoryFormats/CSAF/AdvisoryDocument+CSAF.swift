import JSONText

/// A CSAF 2.0 file that was written, and what of the advisory did not fit.
public struct CSAFFile: Sendable, Hashable {
    /// The document, schema-valid, UTF-8 without a byte order mark.
    public let bytes: [UInt8]
    /// The file name that section 5.1 prescribes for its tracking identifier.
    public let fileName: String
    /// What CSAF 2.0 cannot say, by place in the written document.
    public let misfits: [Misfit]
}

extension AdvisoryDocument {
    /// Writes the advisory as CSAF 2.0 (OASIS Standard).
    ///
    /// The bytes satisfy the JSON schema, formats included, and the mandatory tests of section 6.1, except that nobody
    /// looks up whether a language subtag exists (6.1.12), how a weakness is named that is not in our table (6.1.11), and
    /// whether a score is the vector's (6.1.9): those values are the caller's. TLP 2.0 labels that CSAF 2.0 lacks are never widened: AMBER+STRICT is
    /// written as RED, with the label as text.
    /// - Throws: `FormatRefusal` with every rule broken, by place in the document; nothing is written then.
    public func csaf(pretty: Bool = false) throws(FormatRefusal) -> CSAFFile {
        var writer = CSAFWriter(self, pretty: pretty)
        let bytes = writer.write()
        var violations = bytes.withUnsafeBufferPointer { buffer in
            ShapeChecker.violations(in: buffer, of: CSAFSchema.schema, limits: JSONLimits(maximumBytes: .max))
        }
        violations += CSAFRules.broken(by: self).map { rule in
            let offset = JSONText.byteRange(ofPointer: rule.pointer, in: bytes)?.lowerBound ?? 0
            return FormatViolation(code: .badValue, pointer: rule.pointer, byteOffset: offset, reason: rule.reason)
        }
        guard violations.isEmpty else { throw FormatRefusal(format: "CSAF 2.0", violations: violations) }
        return CSAFFile(bytes: bytes, fileName: Self.csafFileName(forTrackingID: tracking.id), misfits: writer.misfits)
    }

    /// The file name of section 5.1: lower case, every run of other characters than `a-z0-9+-` as one underscore.
    public static func csafFileName(forTrackingID id: String) -> String {
        var name: [UInt8] = []
        var followsUnderscore = false
        for scalar in id.unicodeScalars {
            let byte = scalar.isASCII ? UInt8(scalar.value) : UInt8(ascii: "_")
            let lower = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
            if CSAFSyntax.isAlphanumeric(lower) || lower == UInt8(ascii: "+") || lower == UInt8(ascii: "-") {
                name.append(lower)
                followsUnderscore = false
            } else if !followsUnderscore {
                name.append(UInt8(ascii: "_"))
                followsUnderscore = true
            }
        }
        return String(decoding: name, as: UTF8.self) + ".json"
    }
}
