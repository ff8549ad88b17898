import Clearinghouse
import Journal
import JournalPostgres
import Sealing
import TestKit
import Testing

extension PostgresTests {
    @Suite struct InventoryScans {
        @Test func `a scan for an advisory finds what matching every component finds`() async throws {
            let seed = UInt64.random(in: 0 ... .max)
            try await withDatabase { database in
                let (journal, test) = try await database.journal(projections: Projections.all)
                let environment = ClearinghouseEnvironment(
                    now: test.journal.now, random: test.journal.random, identifierSecret: Array(repeating: 1, count: 32),
                    signingKey: try SigningKey(seed: Array(repeating: 5, count: 32)), origin: "breakwater.example"
                )
                let tally = try await InventoryConformance.check(
                    RandomAdvisories.some(300, seed: seed), on: journal, environment: environment, seed: seed
                )
                #expect(tally.affected > 500 && tally.undecided > 500 && tally.unconcerned > 500, "\(tally), seed \(seed)")
                let tables = Projections.all.flatMap(\.tables)
                let before = try await journal.read { try TableDump.lines(of: tables, in: $0) }
                _ = try await journal.rebuild()
                let after = try await journal.read { try TableDump.lines(of: tables, in: $0) }
                #expect(before == after, "a rebuild gives the same rows, seed \(seed)")
            }
        }
    }
}
