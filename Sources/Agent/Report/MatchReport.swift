package import AdvisoryFormats
package import Matching

/// What matching inventories gave: one entry for a component and an advisory, in the order of the inventories.
package struct MatchReport: Sendable {
    /// One inventory that was looked at.
    package struct Source: Sendable {
        package let name: String
        package let componentCount: Int
        /// Entries that could not be compared, in words.
        package let problems: [String]
    }

    /// An advisory that concerns a component.
    package struct Entry: Sendable {
        /// The number of the inventory among `sources`.
        package let source: Int
        package let component: Component
        package let match: Match
        /// Every identifier of the vulnerability, over all advisories that name one of them; sorted.
        package let names: [String]
        /// What is known of how the vulnerability is exploited, under any of its names.
        package let signals: VulnerabilitySignals
        /// The VEX statement that counts for it, without its products; nil where none does.
        package let statement: VEXStatement?

        /// Whether nothing is to be done about it, as the statement says.
        package var isSuppressed: Bool { statement?.status.suppresses ?? false }
    }

    package private(set) var sources: [Source] = []
    package private(set) var entries: [Entry] = []
    /// Advisories that were asked.
    package let advisoryCount: Int
    /// What was said by others of what is affected.
    package let vex: VEXCollection

    private let index: AdvisoryIndex
    private let signals: Signals
    private var groups: [String: (names: [String], signals: VulnerabilitySignals)] = [:]

    package init(against index: AdvisoryIndex, vex: VEXCollection = .none, signals: Signals = .none) {
        self.index = index
        self.vex = vex
        self.signals = signals
        advisoryCount = index.advisoryCount
    }

    /// Matches an inventory and takes in what was found.
    package mutating func add(_ inventory: Inventory) {
        let source = sources.count
        sources.append(
            Source(name: inventory.source, componentCount: inventory.componentCount, problems: inventory.problems)
        )
        var matcher = Matcher(index)
        let context = vex.context(of: inventory)
        for component in inventory.components {
            for match in matcher.matches(component) {
                let group = group(match.advisory)
                let statement = vex.statement(about: match, names: group.names, in: component, of: context)
                entries.append(
                    Entry(
                        source: source, component: component, match: match, names: group.names, signals: group.signals,
                        statement: statement
                    )
                )
            }
        }
    }

    private mutating func group(_ advisory: String) -> (names: [String], signals: VulnerabilitySignals) {
        if let group = groups[advisory] { return group }
        let names = index.aliasGroup(of: advisory)
        let group = (names: names, signals: signals.about(names))
        groups[advisory] = group
        return group
    }

    /// Entries that say "affected" and are not suppressed.
    package var affected: [Entry] { entries.filter { $0.match.verdict == .affected && !$0.isSuppressed } }
    /// Entries that can't be decided and are not suppressed.
    package var undecided: [Entry] { entries.filter { $0.match.verdict != .affected && !$0.isSuppressed } }
    /// Entries of either kind that a VEX statement suppresses.
    package var suppressed: [Entry] { entries.filter(\.isSuppressed) }
}
