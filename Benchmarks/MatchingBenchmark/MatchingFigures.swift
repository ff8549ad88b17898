import AdvisoryFormats
import JSONText
import Matching
import PackageIdentity

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
        var count = 0
        matcher.find(components) { count += $1.count }
        return count
    }

    /// From the bytes on: each component is asked about where it stands, and decoded where that is not enough.
    private func findAll() throws -> Int {
        try InventoryContent.with(inventory, fileName: "bom.json") { content in
            guard case .outline(let outline) = content else { return 0 }
            var matcher = Matcher(index)
            var places: [MatchPlace] = []
            for component in outline.components {
                if let purl = component.purl?.plainBytes.flatMap({ PlainPurl($0) }) {
                    matcher.find(purl, into: &places)
                } else {
                    for component in Self.decoded(InventoryComponent(component)) { matcher.find(component, into: &places) }
                }
            }
            return places.count
        }
    }

    private static func components(_ bytes: [UInt8]) throws -> [Component] {
        try InventoryDocument(parsing: bytes).components.flatMap(decoded)
    }

    /// What is no package URL is a problem of the inventory, which a report names; no component comes of it.
    private static func decoded(_ component: InventoryComponent) -> [Component] {
        component.purls.compactMap { try? Component(purl: $0) }
    }
}
