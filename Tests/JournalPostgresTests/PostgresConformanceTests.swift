import TestKit
import Testing

extension PostgresTests {
    @Suite struct Conformance {
        @Test(arguments: JournalConformance.all.map(\.name))
        func `PostgreSQL keeps the journal's promise:`(promise: String) async throws {
            let check = try #require(JournalConformance.all.first { $0.name == promise })
            try await withDatabase { database in
                let (journal, environment) = try await database.journal()
                try await JournalConformance.run(check, on: .init(journal: journal, environment: environment))
            }
        }
    }
}
