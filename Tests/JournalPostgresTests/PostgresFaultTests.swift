import Journal
import TestKit
import Testing

@testable import JournalPostgres

extension PostgresTests {
    @Suite struct Faults {
        @Test func `loses no acknowledged append when its connections are killed in the middle`() async throws {
            try await withDatabase { database in
                let (journal, _) = try await database.journal()
                let load = AppendLoad(journal)
                let server = try #require(TestDatabase.serverURL)
                let name = try database.link().databaseName
                try await load.run(width: 16) {
                    for round in 0..<40 {
                        await load.waitForAppends(round % 7 + 1)
                        try Faults.killConnections(to: name, on: server)
                    }
                    await load.waitForAppends(20)
                }
                try await load.audit()
            }
        }

        @Test(.enabled(if: ThrowawayServer.isAvailable, "SKIPPED: PostgreSQL 15 is missing in /usr/lib/postgresql/15/bin"))
        func `loses no acknowledged append when the server crashes`() async throws {
            let server = try ThrowawayServer()
            defer { server.remove() }
            let database = try TestDatabase(on: server.connectionString)
            let (journal, _) = try await database.journal()
            let load = AppendLoad(journal)
            try await load.run(width: 16) {
                for round in 0..<6 {
                    await load.waitForAppends(round * 17 + 1)
                    try server.crash()
                    try server.restart()
                }
                await load.waitForAppends(20)
            }
            try await load.audit()
        }

        @Test func `notices before use that an idle connection was closed`() async throws {
            try await withDatabase { database in
                let (journal, _) = try await database.journal()
                try await journal.append([counted("a")])
                _ = try await journal.read { try $0.recordCount() }
                try Faults.killConnections(
                    to: try database.link().databaseName, on: try #require(TestDatabase.serverURL)
                )
                #expect(try await journal.append([counted("a")]).first?.sequence == 1)
                #expect(try await journal.read { try $0.recordCount() } == 2)
            }
        }

        @Test func `fails an append whose connection is lost before the commit, and writes nothing of it`() async throws {
            try await withDatabase { database in
                let (journal, _) = try await database.journal()
                let name = try database.link().databaseName
                let server = try #require(TestDatabase.serverURL)
                let error = try await journalError {
                    _ = try await journal.append { snapshot in
                        _ = try snapshot.recordCount()
                        try Faults.killConnections(to: name, on: server)
                        return Decision([counted("a")])
                    }
                }
                #expect(error?.code == .storage && error?.reason.contains("unknown") == false, "\(error?.reason ?? "")")
                #expect(try await journal.append([counted("b")]).first?.sequence == 0)
            }
        }

        @Test(.enabled(if: ThrowawayServer.isAvailable, "SKIPPED: PostgreSQL 15 is missing in /usr/lib/postgresql/15/bin"))
        func `acknowledges nothing that a synchronous standby did not confirm`() async throws {
            let server = try ThrowawayServer()
            defer { server.remove() }
            let database = try TestDatabase(on: server.connectionString)
            let (journal, _) = try await database.journal()
            let admin = try PostgresLink(server.connectionString)
            try admin.answer("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
            try admin.answer("SELECT pg_reload_conf()")
            while try admin.answer("SHOW synchronous_standby_names").first?.text(0) != "nobody" {}
            async let error = journalError { try await journal.append([counted("a")]) }
            let cancel = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
            while try admin.answer(cancel).isEmpty {}
            #expect(try await error?.reason.contains("unknown") == true)
        }

        @Test(.enabled(if: ThrowawayServer.isAvailable, "SKIPPED: PostgreSQL 15 is missing in /usr/lib/postgresql/15/bin"))
        func `reads nothing from a standby`() async throws {
            let server = try ThrowawayServer()
            defer { server.remove() }
            let database = try TestDatabase(on: server.connectionString)
            let (journal, _) = try await database.journal()
            try await journal.append([counted("a")])
            try server.becomeStandby()
            let error = try await journalError { _ = try await journal.read { try $0.recordCount() } }
            #expect(error?.code == .storage && error?.reason.contains("hot standby") == true, "\(error?.reason ?? "")")
        }

        @Test func `says storage while the server is away`() async throws {
            let error = try await journalError {
                _ = try await PostgresJournal(
                    connectionString: "host=/nonexistent password=hunter2", environment: TestEnvironment(seed: 1).journal,
                    projections: []
                )
            }
            #expect(error?.code == .storage && error?.reason.contains("hunter2") == false)
        }

        /// Ends the connections of a database from outside, and waits until they are gone.
        private static func killConnections(to database: String, on server: String) throws {
            try TestDatabase.run(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '\(database)'", on: server
            )
        }
    }
}

extension PostgresLink {
    fileprivate var databaseName: String {
        get throws { try answer("SELECT current_database()").first?.text(0) ?? "" }
    }

    @discardableResult
    fileprivate func answer(_ sql: String) throws -> [SQLRow] {
        try sendUnprepared(sql)
        return try receive()
    }
}
