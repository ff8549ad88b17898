public import JSONText

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
        let found = InventorySchema.violations(in: bytes, as: format, specVersion, limits: limits)
        if format == .spdxJSON { warnings = found } else { violations = found }
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
