import AdvisoryFormats
import Journal
import Matching

/// An advisory that concerns an inventory, and what of it.
package struct AdvisoryMatches: Sendable {
    package let advisory: String
    /// Where its latest record stands in the journal.
    package let sequence: Int64
    package let matches: BoundedMatches
}

/// What an advisory means for components of one inventory: the first of them, and how many there are beyond.
package struct BoundedMatches: Sendable {
    package private(set) var first: [ComponentMatch] = []
    package private(set) var omittedCount = 0

    /// More of one advisory and one inventory tell nobody more: its owner has the list. An inventory may name a hundred thousand
    /// versions of one package.
    private static let limit = 1_000

    /// - Parameter match: is asked for only while there is room.
    mutating func add(_ match: @autoclosure () -> ComponentMatch) {
        if first.count < Self.limit { first.append(match()) } else { omittedCount += 1 }
    }

    /// How many there are.
    var count: Int { first.count + omittedCount }
}

/// A page of advisories, in the order in which they were recorded.
package struct AdvisoryMatchPage: Sendable {
    package fileprivate(set) var advisories: [AdvisoryMatches] = []
    /// Everything recorded up to here was looked at: the cursor of the next page, and of the next day.
    package fileprivate(set) var next: Int64
    /// False where more was recorded already.
    package fileprivate(set) var isComplete = false
}

extension Inventories {
    /// The advisories whose latest record lies after `sequence` and that concern an inventory: how its owner learns of a new one.
    ///
    /// An advisory that changed comes again, because it may mean something else now; withdrawn ones concern nothing. One call looks
    /// at a thousand advisories at most, so a page may be empty and not the last.
    /// - Parameter sequence: `next` of the page before; -1 for all there ever were.
    /// - Throws: `notFound` for an inventory that is not the caller's.
    package func matches(
        of identifierOrName: String, since sequence: Int64, limit: Int, for principal: Principal
    ) async throws -> AdvisoryMatchPage {
        try principal.require(.readInventories)
        return try await journal.read { snapshot in
            let inventory = try snapshot.inventory(identifierOrName, of: principal)
            let question = InventoryQuestion(components: try snapshot.components(of: inventory).components)
            return try question.page(since: sequence, limit: limit, in: snapshot)
        }
    }

    /// The caller's inventories, latest first.
    package func inventories(before sequence: Int64, limit: Int64, for principal: Principal) async throws -> [StoredInventory] {
        try principal.require(.readInventories)
        return try await journal.read { snapshot in
            try snapshot.rows(
                """
                SELECT \(StoredInventory.columns) FROM inventory WHERE member = $1 AND sequence < $2
                ORDER BY sequence DESC LIMIT $3
                """,
                [.text(principal.member), .integer(sequence), .integer(limit)]
            ).map(StoredInventory.init(row:))
        }
    }
}

/// One inventory, asked of the advisories as they were recorded.
private struct InventoryQuestion {
    let components: [Component]
    private let names: Set<String>

    /// Advisories looked at by one call.
    private static let pageSize: Int64 = 1_000
    /// Documents held at once.
    private static let batchSize = 50
    /// A page ends with the advisories that bring it to as many matches: what it holds, and what finding them costs.
    private static let matchLimit = 20_000

    init(components: [Component]) {
        self.components = components
        names = Set(components.map(\.name))
    }

    func page(since sequence: Int64, limit: Int, in snapshot: JournalSnapshot) throws -> AdvisoryMatchPage {
        let rows = try snapshot.rows(
            "SELECT sequence, id, osv FROM advisory WHERE sequence > $1 ORDER BY sequence LIMIT $2",
            [.integer(sequence), .integer(Self.pageSize)]
        )
        var page = AdvisoryMatchPage(next: sequence)
        guard let last = try rows.last?.integer(0) else {
            page.isComplete = true
            return page
        }
        let concerned = try sequences(after: sequence, through: last, in: snapshot)
        let candidates = try rows.filter { concerned.contains(try $0.integer(0)) }
        var matchCount = 0
        for start in stride(from: 0, to: candidates.count, by: Self.batchSize) {
            for found in try matches(candidates[start..<min(start + Self.batchSize, candidates.count)], in: snapshot) {
                page.advisories.append(found)
                page.next = found.sequence
                matchCount += found.matches.count
                if page.advisories.count == limit || matchCount >= Self.matchLimit { return page }
            }
        }
        page.next = last
        page.isComplete = rows.count < Int(Self.pageSize)
        return page
    }

    /// Those that name a package which the inventory lists, in whatever ecosystem: few documents are worth reading.
    private func sequences(after first: Int64, through last: Int64, in snapshot: JournalSnapshot) throws -> Set<Int64> {
        let rows = try snapshot.rows(
            """
            SELECT a.sequence, r.name FROM advisory a JOIN affected_range r ON r.advisory = a.id
            WHERE a.sequence > $1 AND a.sequence <= $2
            """,
            [.integer(first), .integer(last)]
        )
        return try rows.reduce(into: []) { found, row in
            if names.contains(try row.text(1)) { found.insert(try row.integer(0)) }
        }
    }

    private func matches(_ candidates: ArraySlice<SQLRow>, in snapshot: JournalSnapshot) throws -> [AdvisoryMatches] {
        let records = try candidates.map { try snapshot.osvRecord($0.text(1), digest: $0.text(2)).record }
        let index = try AdvisoryIndex(of: records.map { IndexedAdvisory($0) })
        var matcher = Matcher(index)
        var found: [String: BoundedMatches] = [:]
        matcher.find(components) { number, places in
            let component = components[number]
            for place in places {
                found[index.identifier(at: place), default: BoundedMatches()].add(
                    ComponentMatch(component: component, match: index.match(at: place, of: component))
                )
            }
        }
        return try candidates.compactMap { row in
            let advisory = try row.text(1)
            return try found[advisory].map {
                AdvisoryMatches(advisory: advisory, sequence: try row.integer(0), matches: $0)
            }
        }
    }
}
