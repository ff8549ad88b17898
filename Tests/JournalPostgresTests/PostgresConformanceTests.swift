import JournalPostgres
import TestKit
import Testing

extension PostgresTests {
    @Suite struct Conformance {
        @Test(arguments: JournalConformance.all.map(\.name))
        func `PostgreSQL keeps the journal's promise:`(promise: String) async throws {
            let check = try #require(JournalConformance.all.first { $0.name == promise })
            try await withDatabase { database in
                let address = database.connectionString
                let subject = try await JournalConformance.Subject(environment: try TestEnvironment(seed: 1)) {
                    try await PostgresJournal(connectionString: address, environment: $0, projections: $1)
                }
                try await JournalConformance.run(check, on: subject)
            }
        }
    }
}
