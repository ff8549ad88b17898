package import AdvisoryFormats
import Foundation
package import Matching

/// One component and one advisory that concerns it.
package struct LocalMatch: Sendable {
    package let inventory: String
    package let component: Component
    package let match: Match
    package let advisory: OSVRecord
    /// What is known of how the vulnerability is exploited, under any of its names.
    package let signals: VulnerabilitySignals
    /// The VEX statement that counts for it, without its products; nil where none does.
    package let statement: VEXStatement?

    /// Whether nothing is to be done about it, as the statement says.
    package var isSuppressed: Bool { statement?.status.suppresses ?? false }
}

/// Matching inventories against the verified feed, here and nowhere else.
package struct LocalMatching: Sendable {
    private let index: AdvisoryIndex
    private let vex: VEXCollection
    private let signals: Signals
    private let document: @Sendable (Range<Int>) -> [UInt8]?

    /// Lines that are no advisory: what was being written when a pull was killed. The next pull brings it again.
    package let damagedLineCount: Int

    /// Advisories that are known, also those that were withdrawn.
    package var advisoryCount: Int { index.knownAdvisoryCount }

    /// - Parameter document: gives the bytes at a place of the file that the index was made from.
    package init(
        _ index: AdvisoryIndex, damagedLineCount: Int, vex: VEXCollection = .none, signals: Signals = .none,
        document: @escaping @Sendable (Range<Int>) -> [UInt8]?
    ) {
        self.index = index
        self.vex = vex
        self.signals = signals
        self.damagedLineCount = damagedLineCount
        self.document = document
    }

    /// Over everything that was pulled; the index in the directory is brought up to date first.
    /// - Throws: `storage` where the directory can't be read or written.
    package init(_ directory: AgentDirectory, vex: VEXCollection = .none) throws {
        let lines = directory.advisoriesPath
        let (index, damaged) = try directory.index.upToDate(with: lines)
        let signals = try directory.index.signals()
        self.init(index, damagedLineCount: damaged, vex: vex, signals: signals) { range in
            guard let handle = FileHandle(forReadingAtPath: lines) else { return nil }
            defer { try? handle.close() }
            guard (try? handle.seek(toOffset: UInt64(range.lowerBound))) != nil else { return nil }
            return (try? handle.read(upToCount: range.count)).flatMap { $0 }.map { [UInt8]($0) }
        }
    }

    /// The advisories that concern the components of an inventory, with their documents; in the order of the inventory.
    package func matches(_ inventory: Inventory) -> [LocalMatch] {
        var matcher = Matcher(index)
        var advisories: [String: OSVRecord] = [:]
        var found: [LocalMatch] = []
        let context = vex.context(of: inventory)
        for (number, component) in inventory.components.enumerated() {
            for match in matcher.matches(component) {
                guard let advisory = advisories[match.advisory] ?? record(of: match) else { continue }
                advisories[match.advisory] = advisory
                let names = index.aliasGroup(of: match.advisory)
                found.append(
                    LocalMatch(
                        inventory: inventory.source, component: component, match: match, advisory: advisory,
                        signals: signals.about(names),
                        statement: vex.statement(about: match, names: names, in: component, numbered: number, of: context)
                    )
                )
            }
        }
        return found
    }

    private func record(of match: Match) -> OSVRecord? {
        match.document.flatMap(document).flatMap { try? OSVRecord(parsing: $0) }
    }
}
