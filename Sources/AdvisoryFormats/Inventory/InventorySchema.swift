public import JSONText
import XMLText

/// The rules of its format that a whole inventory is held to, in a pass of its own over the bytes.
enum InventorySchema {
    /// Where they are broken, in byte order, at most `ViolationLog.maximumCount` places; none where the format or this version of it has
    /// no such rules. A byte order mark at the start is passed over, and counted.
    static func violations(
        in bytes: UnsafeBufferPointer<UInt8>, as format: InventoryFormat, _ specVersion: String?, limits: JSONLimits
    ) -> [FormatViolation] {
        let markLength = InventoryContent.markLength(bytes)
        let text = UnsafeBufferPointer(rebasing: bytes[markLength...])
        let edition = specVersion.flatMap { $0.hasPrefix("1.") ? Int($0.dropFirst(2)) : nil }
        let violations: [FormatViolation]
        switch format {
        case .cycloneDXJSON:
            guard let edition, let schema = CycloneDXRules.shapes(edition: edition) else { return [] }
            violations = ShapeChecker.violations(in: text, of: schema, limits: limits)
        case .cycloneDXXML:
            guard let edition, let schema = CycloneDXRules.elements(edition: edition) else { return [] }
            violations = ElementChecker.violations(
                in: text, of: schema, namespace: CycloneDXXMLReader.namespacePrefix + "1.\(edition)",
                extensions: CycloneDXRules.extensions, identifier: "bom-ref",
                limits: XMLLimits(maximumBytes: limits.maximumBytes)
            )
        case .spdxJSON: violations = ShapeChecker.violations(in: text, of: SPDXRules.json, limits: limits)
        default: violations = []
        }
        return violations.map { $0.moved(by: markLength) }
    }
}

extension InventoryContent {
    /// How many violations are looked for: a document that breaks its schema more often is no better known by more of them.
    public static let maximumViolationCount = ViolationLog.maximumCount

    /// Where a CycloneDX document breaks the schema of its version, as `InventoryDocument.violations` has it. That takes a second pass
    /// over the bytes, which are those that the inventory was read from.
    public func violations(in bytes: [UInt8], limits: JSONLimits = .standard) -> [FormatViolation] {
        // What SPDX documents lack makes none of them invalid.
        guard format != .spdxJSON else { return [] }
        return bytes.withUnsafeBufferPointer { InventorySchema.violations(in: $0, as: format, specVersion, limits: limits) }
    }
}
