import TestKit
import Testing

extension PostgresTests {
    @Suite struct Conformance {
        @Test(arguments: JournalConformance.all.map(\.name))
        func `PostgreSQL keeps the journal's promise:`(promise: String) async throws {
            let check = try #require(JournalConformance.all.first { $0.name == promise })
            try await withDatabase { database in
                let subject = try await JournalConformance.Subject(environment: try TestEnvironment(seed: 1)) {
                    try await database.journal($0)
                }
                try await JournalConformance.run(check, on: subject)
            }
        }
    }
}
