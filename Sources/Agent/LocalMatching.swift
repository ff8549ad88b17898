package import AdvisoryFormats
package import Matching

/// One component and one advisory that concerns it.
package struct LocalMatch: Sendable {
    package let inventory: String
    package let component: Component
    package let match: Match
    package let advisory: OSVRecord
}

/// Matching inventories against the verified feed, here and nowhere else.
package struct LocalMatching: Sendable {
    private let advisories: [String: OSVRecord]
    private let index: AdvisoryIndex

    /// Lines that are no advisory: what was being written when a pull was killed. The next pull brings it again.
    package let damagedLineCount: Int

    package var advisoryCount: Int { advisories.count }

    /// - Parameter lines: OSV documents, one a line; a later line replaces an earlier one with the same id.
    package init(advisoryLines lines: [UInt8]) {
        var advisories: [String: OSVRecord] = [:]
        var damagedLineCount = 0
        for line in lines.split(separator: UInt8(ascii: "\n")) {
            // Lines were verified and parsed before they were kept; a line that fails now was damaged on disk.
            if let record = try? OSVRecord(parsing: line) {
                advisories[record.id] = record
            } else {
                damagedLineCount += 1
            }
        }
        self.damagedLineCount = damagedLineCount
        self.advisories = advisories
        index = AdvisoryIndex(advisories.values.flatMap(AffectedPackage.all))
    }

    package func matches(_ inventory: Inventory) -> [LocalMatch] {
        inventory.components.flatMap { component in
            index.match(component).compactMap { match in
                advisories[match.advisory].map {
                    LocalMatch(inventory: inventory.source, component: component, match: match, advisory: $0)
                }
            }
        }
    }
}
