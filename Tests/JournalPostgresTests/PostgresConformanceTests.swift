import JournalPostgres
import TestKit
import Testing

extension PostgresTests {
    @Suite struct Conformance {
        @Test(arguments: JournalConformance.all.map(\.name))
        func `PostgreSQL keeps the journal's promise:`(promise: String) async throws {
            let check = try #require(JournalConformance.all.first { $0.name == promise })
            try await withDatabase { database in
                let (environment, address) = (try TestEnvironment(seed: 1), database.connectionString)
                let subject = try await JournalConformance.Subject(environment: environment) { projections in
                    try await PostgresJournal(
                        connectionString: address, environment: environment.journal, projections: projections
                    )
                }
                try await JournalConformance.run(check, on: subject)
            }
        }
    }
}
