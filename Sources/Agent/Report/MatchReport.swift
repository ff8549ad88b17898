package import AdvisoryFormats
package import Matching
import PackageIdentity

/// What matching inventories gave: one entry for a component and an advisory, in the order of the inventories.
package struct MatchReport: Sendable {
    /// One inventory that was looked at.
    package struct Source: Sendable {
        package let name: String
        package let componentCount: Int
        /// Entries that could not be compared, in words.
        package let problems: [String]
        /// How much of it can be compared with advisories.
        package let comparability: Comparability
        /// Where it breaks its schema; nil where it keeps to it, or has none.
        package let invalidity: String?
        /// Why it could not be read at all; nil where it was.
        package let failure: String?

        init(_ inventory: Inventory) {
            name = inventory.source
            componentCount = inventory.componentCount
            problems = inventory.problems
            comparability = inventory.comparability
            invalidity = inventory.invalidity
            failure = inventory.failure
        }

        /// The same as a sentence that stands alone.
        var invalidityWithName: String? { invalidity.map { "\(name): \($0)" } }
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
    private var matching: InventoryMatching

    /// Advisories that were asked.
    package var advisoryCount: Int { matching.advisoryCount }
    /// What was said by others of what is affected.
    package var vex: VEXCollection { matching.vex }

    package init(_ matching: InventoryMatching) { self.matching = matching }

    package init(against index: AdvisoryIndex, vex: VEXCollection = .none, signals: Signals = .none) {
        self.init(InventoryMatching(against: index, vex: vex, signals: signals))
    }

    /// Matches an inventory and takes in what was found.
    package mutating func add(_ inventory: Inventory) {
        let source = sources.count
        sources.append(Source(inventory))
        matching.forEachEntry(of: inventory, numbered: source) { entries.append($0) }
    }

    /// Entries that say "affected" and are not suppressed.
    package var affected: [Entry] { entries.filter(\.isAffected) }
    /// Entries that can't be decided and are not suppressed.
    package var undecided: [Entry] { entries.filter(\.isUndecided) }
    /// Entries of either kind that a VEX statement suppresses.
    package var suppressed: [Entry] { entries.filter(\.isSuppressed) }
    /// How many there are of them.
    package var counts: MatchCounts {
        var counts = MatchCounts()
        for entry in entries { counts.add(entry) }
        return counts
    }

    /// Components of the inventories whose ecosystem and release the index knows no advisory of, by ecosystem, most first.
    var unknownToIndex: [(ecosystem: Ecosystem, count: Int)] { matching.unknownToIndex(of: sources) }
}

extension MatchReport.Entry {
    package var isAffected: Bool { match.verdict == .affected && !isSuppressed }
    package var isUndecided: Bool { match.verdict != .affected && !isSuppressed }
}

/// How many entries say what.
package struct MatchCounts: Sendable, Hashable {
    package private(set) var affected = 0
    package private(set) var undecided = 0

    mutating func add(_ entry: MatchReport.Entry) {
        affected += entry.isAffected ? 1 : 0
        undecided += entry.isUndecided ? 1 : 0
    }
}
