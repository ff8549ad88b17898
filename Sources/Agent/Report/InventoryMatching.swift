package import Matching
import PackageIdentity

/// Asks an index about the components of inventories, and gives what concerns them one by one: a report that keeps nothing of it needs
/// the memory of the inventories, however much they match.
package struct InventoryMatching: Sendable {
    /// What was said by others of what is affected.
    let vex: VEXCollection
    /// Advisories that are asked.
    let advisoryCount: Int
    private let index: AdvisoryIndex
    private let signals: Signals
    private var groups: [String: (names: [String], signals: VulnerabilitySignals)] = [:]

    package init(against index: AdvisoryIndex, vex: VEXCollection = .none, signals: Signals = .none) {
        self.index = index
        self.vex = vex
        self.signals = signals
        advisoryCount = index.advisoryCount
    }

    /// Gives each advisory that concerns a component, in the order of the inventory.
    mutating func forEachEntry(
        of inventory: Inventory, numbered source: Int, _ body: (MatchReport.Entry) throws -> Void
    ) rethrows {
        var matcher = Matcher(index)
        let context = vex.context(of: inventory)
        for (number, component) in inventory.components.enumerated() {
            for match in matcher.matches(component) {
                let group = group(match.advisory)
                let statement = vex.statement(
                    about: match, names: group.names, in: component, numbered: number, of: context)
                try body(
                    MatchReport.Entry(
                        source: source, component: component, match: match, names: group.names, signals: group.signals,
                        statement: statement
                    )
                )
            }
        }
    }

    /// Gives each advisory that concerns a component of any of them, in their order.
    mutating func forEachEntry(
        of inventories: [Inventory], _ body: (MatchReport.Entry) throws -> Void
    ) rethrows {
        for (number, inventory) in inventories.enumerated() { try forEachEntry(of: inventory, numbered: number, body) }
    }

    private mutating func group(_ advisory: String) -> (names: [String], signals: VulnerabilitySignals) {
        if let group = groups[advisory] { return group }
        let names = index.aliasGroup(of: advisory)
        let group = (names: names, signals: signals.about(names))
        groups[advisory] = group
        return group
    }

    /// Components of the inventories whose ecosystem and release the index knows no advisory of, by ecosystem, most first.
    func unknownToIndex(of sources: [MatchReport.Source]) -> [(ecosystem: Ecosystem, count: Int)] {
        var counts: [Ecosystem: Int] = [:]
        for source in sources { counts.merge(source.comparability.ecosystems, uniquingKeysWith: +) }
        return counts.filter { !index.knows($0.key) }.map { ($0.key, $0.value) }
            .sorted { ($1.count, $0.ecosystem.description) < ($0.count, $1.ecosystem.description) }
    }
}
