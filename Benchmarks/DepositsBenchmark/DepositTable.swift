import CivilTime
import Clearinghouse
import Foundation
import Handling
import JSONText
import Journal
import JournalSQLite
import Sealing

#if POSTGRESQL
    import JournalPostgres
#endif

/// A journal whose tables hold deposited inventories, filled in bulk.
///
/// The rows are those that deposits would give, and are written by the engine as a projection's changes; what is left out are the
/// documents and one record for each. A record of a bulk brings millions of rows, sorted, so that each page of the table is written a
/// few times only, and at places between rows that are there: the pages are as full as deposits would leave them.
struct DepositTable {
    let journal: any Journal

    /// Inventories of one record.
    private static let bulkSize = 2_000

    struct NoPostgreSQL: Error, CustomStringConvertible {
        let description = "this build has no PostgreSQL; build with BREAKWATER_POSTGRESQL=1"
    }

    /// - Parameter database: the path of a SQLite file, or what libpq takes, beginning with `postgresql://`.
    init(_ database: String) async throws {
        let environment = JournalEnvironment(
            now: { Timestamp(millisecondsSinceEpoch: 1_795_000_000_000) }, random: { Array(repeating: 7, count: $0) },
            masterKey: try ContentKey(bytes: Array(repeating: 7, count: ContentKey.byteCount)),
            log: LogIdentity(origin: "benchmark.example", signingKey: try SigningKey(seed: Array(repeating: 9, count: 32)))
        )
        guard database.hasPrefix("postgresql://") else {
            journal = try SQLiteJournal(path: database, environment: environment, projections: [Self.projection])
            return
        }
        #if POSTGRESQL
            journal = try await PostgresJournal(
                connectionString: database, environment: environment, projections: [Self.projection]
            )
        #else
            throw NoPostgreSQL()
        #endif
    }

    private static let projection = Projection("bulk", tables: [InventoryProjection.inventory, InventoryProjection.component]) {
        record, contents in
        let bulk: Bulk? = contents.derived(Digest(hashing: record.stream.text)) { _ in nil }
        return bulk?.changes ?? []
    }

    func inventoryCount() async throws -> Int {
        try await journal.read { Int(try $0.firstRow("SELECT count(*) FROM inventory")?.integer(0) ?? 0) }
    }

    func fill(upTo count: Int, from population: Population) async throws {
        var next = try await inventoryCount()
        while next < count {
            let end = min(count, next + Self.bulkSize)
            let start = ContinuousClock.now
            let bulk = Bulk(inventories: next..<end, of: population)
            let stream = StreamName("bulk", "\(next)")
            try await journal.append([
                RecordDraft(
                    RecordKind("bulk.loaded"), in: stream, by: "benchmark", label: .clear, payload: [:],
                    contents: [Content(Array(stream.text.utf8), derived: bulk)]
                )
            ])
            FileHandle.standardError.write(Data("\(end) inventories, \(ContinuousClock.now - start)\n".utf8))
            next = end
        }
    }
}

/// The rows of several inventories, in the order of the table.
private struct Bulk: Sendable {
    private let inventories: Range<Int>
    private let rows: [ComponentRow]
    private let entries: [(row: Int32, inventory: Int32)]

    init(inventories: Range<Int>, of population: Population) {
        self.inventories = inventories
        rows = population.rows
        var entries: [(row: Int32, inventory: Int32)] = []
        for inventory in inventories {
            for row in population.components(of: inventory) { entries.append((Int32(row), Int32(inventory))) }
        }
        entries.sort { $0 < $1 }
        self.entries = entries
    }

    var changes: [RowChange] {
        inventories.map(Self.header)
            + entries.map { .insert(InventoryProjection.component, rows[Int($0.row)].values(of: Int64($0.inventory))) }
    }

    private static func header(_ inventory: Int) -> RowChange {
        let (number, name) = (SQLValue.integer(Int64(inventory)), SQLValue.text("inventory \(inventory)"))
        return .insert(
            InventoryProjection.inventory,
            [
                name, .text("owner"), name, number, .text("test"), .text(""), .text(""),
                .integer(Int64(Population.componentsPerInventory)), .integer(0), .integer(0), number
            ]
        )
    }
}
