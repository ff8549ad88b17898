import Agent
import JSONText

/// Reports for programs as one text, for tests that read them.
extension InventoryMatching {
    func json(of inventories: [Inventory]) throws -> JSONValue {
        var (matching, text): (Self, [UInt8]) = (self, [])
        matching.writeJSON(of: inventories) { text += $0 }
        return try JSONValue(parsing: text)
    }

    func sarif(of inventories: [Inventory]) -> [UInt8] {
        var (matching, text): (Self, [UInt8]) = (self, [])
        matching.writeSARIF(of: inventories) { text += $0 }
        return text
    }

    func cycloneDX(of inventories: [Inventory]) -> [UInt8] {
        var (matching, text): (Self, [UInt8]) = (self, [])
        matching.writeCycloneDX(of: inventories) { text += $0 }
        return text
    }
}
