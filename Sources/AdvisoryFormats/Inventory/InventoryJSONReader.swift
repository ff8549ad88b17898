import JSONText

/// Reads an inventory as JSON, whichever of the formats it turns out to be, in one pass: the names of the root's members differ
/// between the formats, and what says which of them it is may stand behind everything else.
struct InventoryJSONReader {
    private enum Format { case cycloneDX, spdx2, spdx3 }

    private var cycloneDX = CycloneDXReader()
    private var spdx2 = SPDXReader()
    private var spdx3 = SPDX3Reader()
    private var format: Format?
    /// What the document is where it is no inventory.
    private var otherKind: StaticString?

    /// - Throws: `FormatRefusal` where the bytes are no JSON, no inventory, or one that can't be read.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) throws(FormatRefusal) -> InventoryContent {
        var this = InventoryJSONReader()
        do throws(JSONError) {
            try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in try this.root(&reader) }
        } catch {
            throw FormatRefusal(format: "inventory", violations: [FormatViolation(error, in: bytes)])
        }
        return try this.result(in: bytes)
    }

    private mutating func root(_ reader: inout JSONReader) throws(JSONError) {
        let start = reader.offset
        try reader.readObject { (reader, key) throws(JSONError) in
            if try cycloneDX.member(key, &reader) {
                if key == "bomFormat" { format = .cycloneDX }
            } else if try spdx2.member(key, &reader) {
                if key == "spdxVersion" { format = .spdx2 }
            } else if try spdx3.member(key, &reader) {
                if spdx3.isNamed, format == nil { format = .spdx3 }
            } else {
                otherKind = otherKind ?? Self.kind(havingMember: key)
                try reader.skipValue()
            }
        }
        cycloneDX.finish(start)
    }

    /// What is no inventory although it often lies beside one, by a member that nothing else has.
    private static func kind(havingMember key: JSONKey) -> StaticString? {
        switch key {
        case "payloadType": "a DSSE envelope"
        case "predicateType": "an in-toto statement"
        case "document": "a CSAF document"
        case "cveMetadata": "a CVE record"
        case "affected": "an OSV record"
        case "statements": "an OpenVEX document"
        case "runs": "a SARIF log"
        default: nil
        }
    }

    private func result(in bytes: UnsafeBufferPointer<UInt8>) throws(FormatRefusal) -> InventoryContent {
        switch format {
        case .cycloneDX: return .outline(try cycloneDX.result(in: bytes))
        case .spdx2: return .document(try spdx2.result(in: bytes))
        case .spdx3: return .document(try spdx3.result(in: bytes))
        case nil:
            let reason =
                otherKind.map { "\($0), which is no inventory" }
                ?? "neither bomFormat (CycloneDX) nor spdxVersion or @context (SPDX) says what the document is, and its name tells no other format"
            throw .unknownInventory(reason)
        }
    }
}

/// A reader of one format of inventories, which is given the members of the root one by one.
protocol InventoryReading: ValueReading {
    associatedtype Inventory
    var inventory: Inventory { get }
    /// Reads the value of a member of the root; false, with nothing read, where the format reads no such member.
    mutating func member(_ key: JSONKey, _ reader: inout JSONReader) throws(JSONError) -> Bool
}

extension InventoryReading {
    /// The inventory, when nothing kept it from being read.
    func result(in bytes: UnsafeBufferPointer<UInt8>) throws(FormatRefusal) -> Inventory {
        if log.isEmpty { return inventory }
        throw FormatRefusal(format: Self.formatName, violations: log.violations(in: bytes))
    }
}
