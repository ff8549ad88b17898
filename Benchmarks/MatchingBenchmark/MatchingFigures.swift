import AdvisoryFormats
import Matching

/// What asking an index costs, from components at hand and from the bytes of an inventory, and what opening it costs.
struct MatchingFigures {
    private let segment: String
    private let inventory: [UInt8]
    private let index: AdvisoryIndex
    private let rounds = 15

    init(segment: String, inventory: [UInt8]) throws {
        self.segment = segment
        self.inventory = inventory
        index = AdvisoryIndex([try IndexSegment(mapping: segment)])
    }

    func figures() throws -> [Figure] {
        let components = try Self.components(inventory)
        return [
            Figure("find", count: components.count, rounds: rounds) { find(components) },
            try Figure("find from CycloneDX", count: components.count, rounds: rounds) { try findAll() },
            try Figure("parse CycloneDX", count: components.count, rounds: rounds) {
                try InventoryDocument(parsing: inventory).components.count
            },
            try Figure("open the index", count: index.advisoryCount, rounds: 101) {
                AdvisoryIndex([try IndexSegment(mapping: segment)]).advisoryCount
            }
        ]
    }

    private func find(_ components: [Component]) -> Int {
        var matcher = Matcher(index)
        var places: [MatchPlace] = []
        for component in components { matcher.find(component, into: &places) }
        return places.count
    }

    /// From the bytes on: each component is asked about as it is made.
    private func findAll() throws -> Int {
        var matcher = Matcher(index)
        var places: [MatchPlace] = []
        try Self.forEachComponent(of: inventory) { matcher.find($0, into: &places) }
        return places.count
    }

    private static func components(_ bytes: [UInt8]) throws -> [Component] {
        var components: [Component] = []
        try forEachComponent(of: bytes) { components.append($0) }
        return components
    }

    private static func forEachComponent(of bytes: [UInt8], _ body: (Component) -> Void) throws {
        for component in try InventoryDocument(parsing: bytes).components {
            for text in component.purls {
                // What is no package URL is a problem of the inventory, which a report names; no component comes of it.
                do { body(try Component(purl: text)) } catch { continue }
            }
        }
    }
}
