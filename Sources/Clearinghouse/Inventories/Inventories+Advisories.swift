import AdvisoryFormats
import Journal
package import Matching

/// An inventory that an advisory concerns, and what of it.
package struct ConcernedInventory: Sendable {
    package let inventory: StoredInventory
    /// In the order of names and versions; without package URLs, which the inventory's own matches show.
    package let matches: BoundedMatches
}

/// A component and what an advisory means for it.
package struct ComponentMatch: Sendable {
    package let component: Component
    package let match: Match
}

/// How many inventories an advisory concerns: all that anybody but their owners learns.
package struct ConcernedCount: Sendable, Hashable {
    /// That list an affected version.
    package let affected: Int
    /// That list no affected version, and one about which it can't be decided.
    package let undecided: Int
}

extension Inventories {
    /// The caller's inventories that an advisory concerns, in the order of their numbers, with the evidence.
    /// - Parameter osv: the advisory, as `Distribution.osv` gives it.
    /// - Parameter after: inventories up to this number were answered before; -1 for the first page.
    /// - Returns: up to `limit` of them, and where the next page begins; nil after the last.
    package func inventories(
        concernedBy osv: [UInt8], after number: Int64, limit: Int, for principal: Principal
    ) async throws -> (inventories: [ConcernedInventory], next: Int64?) {
        try principal.require(.readInventories)
        let scan = try AdvisoryScan(Self.advisory(osv))
        return try await journal.read { snapshot in
            var scan = scan
            let own = try snapshot.inventories(of: principal.member).filter { $0.number > number }
            // The scan meets the rows of all members: nobody asks for it who has nothing to learn from it.
            if own.isEmpty { return ([], nil) }
            var page = ConcernedPage(of: own, limit: limit)
            try scan.run(in: snapshot) { page.add($0) }
            return (page.inventories, page.next)
        }
    }

    /// How many inventories of all members an advisory concerns, for those who coordinate.
    package func concernedCount(of osv: [UInt8], for principal: Principal) async throws -> ConcernedCount {
        try principal.require(.coordinate)
        let scan = try AdvisoryScan(Self.advisory(osv))
        return try await journal.read { snapshot in
            var (scan, affected, undecided) = (scan, Set<Int64>(), Set<Int64>())
            try scan.run(in: snapshot) { concerned in
                if concerned.match.verdict == .affected {
                    affected.formUnion(concerned.inventories)
                } else {
                    undecided.formUnion(concerned.inventories)
                }
            }
            return ConcernedCount(affected: affected.count, undecided: undecided.subtracting(affected).count)
        }
    }

    static func advisory(_ osv: [UInt8]) throws -> IndexedAdvisory {
        do {
            return IndexedAdvisory(try OSVRecord(parsing: osv))
        } catch {
            throw Refusal(error)
        }
    }
}

/// The first inventories of a scan that meets them in the order of versions: holds twice a page, however many there are, and no
/// page has more than `matchLimit` matches besides those of its last inventory.
private struct ConcernedPage {
    private let own: [Int64: StoredInventory]
    private let limit: Int
    private var found: [Int64: BoundedMatches] = [:]
    private var matchCount = 0
    private static let matchLimit = 20_000
    /// Those behind it are on no page of ours any more.
    private var last = Int64.max

    init(of own: [StoredInventory], limit: Int) {
        self.own = Dictionary(uniqueKeysWithValues: own.map { ($0.number, $0) })
        self.limit = limit
    }

    mutating func add(_ concerned: ConcernedComponents) {
        for number in concerned.inventories where number <= last && own[number] != nil {
            found[number, default: BoundedMatches()].add(
                ComponentMatch(component: concerned.component, match: concerned.match)
            )
            matchCount += 1
        }
        if found.count > 2 * limit || matchCount > 2 * Self.matchLimit { prune() }
    }

    /// One more than the page stays, which says that there is a next one.
    private mutating func prune() {
        let kept = numbers.prefix(pageSize + 1)
        last = kept.last ?? last
        found = found.filter { $0.key <= last }
        matchCount = found.values.reduce(0) { $0 + $1.count }
    }

    private var numbers: [Int64] { found.keys.sorted() }

    /// How many of `numbers` are on the page.
    private var pageSize: Int {
        var count = 0
        for (place, number) in numbers.prefix(limit).enumerated() {
            count += found[number]?.first.count ?? 0
            if count >= Self.matchLimit { return place + 1 }
        }
        return limit
    }

    var inventories: [ConcernedInventory] {
        numbers.prefix(pageSize).compactMap { number in
            own[number].map { ConcernedInventory(inventory: $0, matches: found[number] ?? BoundedMatches()) }
        }
    }

    var next: Int64? {
        let (numbers, size) = (numbers, pageSize)
        return numbers.count > size ? numbers[size - 1] : nil
    }
}
