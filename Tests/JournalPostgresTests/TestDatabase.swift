import Foundation
import Handling
import JSONText
import Journal
import TestKit

@testable import JournalPostgres

/// An empty database on the test server, dropped after its test.
final class TestDatabase: Sendable {
    static let serverURL = ProcessInfo.processInfo.environment["BREAKWATER_POSTGRES_URL"].flatMap { $0.isEmpty ? nil : $0 }

    let connectionString: String
    private let server: String
    private let name = "breakwater_test_\(UUID().uuidString.lowercased().replacing("-", with: "_"))"

    /// - Parameter options: what follows `CREATE DATABASE name`.
    init(on server: String? = TestDatabase.serverURL, options: String = "") throws {
        guard let server else { throw JournalError(.storage, "BREAKWATER_POSTGRES_URL is missing") }
        self.server = server
        connectionString = TestDatabase.connectionString(server, database: name)
        try TestDatabase.run("CREATE DATABASE \(name) \(options)", on: server)
    }

    /// Forcibly: a journal's connections close when their thread gets round to it.
    func drop() {
        _ = try? TestDatabase.run("DROP DATABASE \(name) WITH (FORCE)", on: server)
    }

    /// An empty journal in this database.
    func journal(
        seed: UInt64 = 1, projections: [Projection] = JournalConformance.projections
    ) async throws -> (journal: PostgresJournal, environment: TestEnvironment) {
        let environment = try TestEnvironment(seed: seed)
        return (try await journal(environment.journal, projections: projections), environment)
    }

    func journal(
        _ environment: JournalEnvironment, projections: [Projection] = JournalConformance.projections
    ) async throws -> PostgresJournal {
        try await PostgresJournal(connectionString: connectionString, environment: environment, projections: projections)
    }

    /// A connection beside the journal's.
    func link() throws -> PostgresLink { try PostgresLink(connectionString) }

    @discardableResult
    static func run(_ sql: String, on server: String) throws -> [SQLRow] {
        let link = try PostgresLink(server)
        try link.sendUnprepared(sql)
        return try link.receive()
    }

    private static func connectionString(_ server: String, database: String) -> String {
        guard server.contains("://"), var address = URLComponents(string: server) else {
            // Of keywords given twice libpq takes the last.
            return server + " dbname=" + database
        }
        address.path = "/" + database
        return address.string ?? server
    }
}

func withDatabase<Answer>(
    options: String = "", isolation: isolated (any Actor)? = #isolation, _ body: (TestDatabase) async throws -> Answer
) async throws -> Answer {
    let database = try TestDatabase(options: options)
    defer { database.drop() }
    return try await body(database)
}

func counted(_ name: String) -> RecordDraft {
    RecordDraft(
        CounterProjection.counted, in: StreamName("counter", name), by: "tester", label: .green, payload: ["note": .null]
    )
}

func contradicting(_ name: String) -> RecordDraft {
    RecordDraft(
        CounterProjection.contradicting, in: StreamName("contradiction", name), by: "tester", label: .green, payload: [:]
    )
}

/// The journal error that `body` must throw.
func journalError(_ body: () async throws -> Void) async throws -> JournalError? {
    do {
        try await body()
        return nil
    } catch let error as JournalError {
        return error
    }
}
