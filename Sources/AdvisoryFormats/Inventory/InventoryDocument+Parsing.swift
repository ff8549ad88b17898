public import JSONText
import XMLText

extension InventoryDocument {
    /// Reads an inventory in any format that is known, told by its content and not by a file's name.
    ///
    /// A byte order mark at the start is passed over. Offsets count from the first byte given, mark included.
    /// - Parameter validating: whether CycloneDX is held to all rules of its version's schema, too; what it breaks are the
    ///   document's `violations`. SPDX 2 as JSON is held to what the schema of 2.3 requires, which makes `warnings`. That takes a
    ///   second pass, which an inventory that is only matched can do without.
    /// - Throws: `FormatRefusal` with every violation found, in byte order, where nothing useful can be read; the format is
    ///   `inventory` where it is none that is known.
    public init(
        parsing bytes: [UInt8], limits: JSONLimits = .standard, validating: Bool = false
    ) throws(FormatRefusal) {
        self = try bytes.withUnsafeBufferPointer { (bytes) throws(FormatRefusal) in
            var document = InventoryDocument(try InventoryContent(bytes, limits: limits))
            if validating { document.noteSchemaViolations(in: bytes, limits: limits) }
            return document
        }
    }

    private mutating func noteSchemaViolations(in bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
        let markLength = InventoryContent.markLength(bytes)
        let text = UnsafeBufferPointer(rebasing: bytes[markLength...])
        switch format {
        case .cycloneDXJSON: noteSchemaViolations(asJSON: text, limits: limits)
        case .cycloneDXXML: noteSchemaViolations(asXML: text, limits: XMLLimits(maximumBytes: limits.maximumBytes))
        case .spdxJSON: warnings = ShapeChecker.violations(in: text, of: SPDXRules.json, limits: limits)
        default: return
        }
        warnings = warnings.map { $0.moved(by: markLength) }
        violations = violations.map { $0.moved(by: markLength) }
    }

    /// The number behind the point of a CycloneDX version.
    private var edition: Int? { specVersion.flatMap { $0.hasPrefix("1.") ? Int($0.dropFirst(2)) : nil } }

    private mutating func noteSchemaViolations(asJSON bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
        guard let edition, let schema = CycloneDXRules.shapes(edition: edition) else { return }
        violations = ShapeChecker.violations(in: bytes, of: schema, limits: limits)
    }

    private mutating func noteSchemaViolations(asXML bytes: UnsafeBufferPointer<UInt8>, limits: XMLLimits) {
        guard let edition, let schema = CycloneDXRules.elements(edition: edition) else { return }
        violations = ElementChecker.violations(
            in: bytes, of: schema, namespace: CycloneDXXMLReader.namespacePrefix + "1.\(edition)",
            extensions: CycloneDXRules.extensions, identifier: "bom-ref", limits: limits
        )
    }

    /// The document at its place in bytes that have a prefix before it.
    func moved(by length: Int) -> InventoryDocument {
        guard length > 0 else { return self }
        var document = self
        for index in document.subjects.indices { document.subjects[index].byteOffset += length }
        for index in document.components.indices { document.components[index].byteOffset += length }
        document.problems = problems.map { $0.moved(by: length) }
        return document
    }
}
