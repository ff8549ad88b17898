import Journal
import TestKit
import Testing

@testable import JournalPostgres

extension PostgresTests {
    @Suite struct Session {
        @Test func `reads every integral type as an integer`() throws {
            let expressions: [(String, SQLValue)] = [
                ("1", .integer(1)), ("-7::int2", .integer(-7)), ("count(*)", .integer(1)), ("1 = 1", .integer(1)),
                ("sum(0::int8)", .integer(0)), ("sum(20000::int8)", .integer(20_000)),
                ("sum(-123456789::int8)", .integer(-123_456_789)),
                ("sum(9223372036854775807::int8)", .integer(.max)), ("sum((-9223372036854775807 - 1)::int8)", .integer(.min)),
                ("sum(100000000::int8)", .integer(100_000_000)), ("sum(1000200030004::int8)", .integer(1_000_200_030_004)),
                ("NULL", .null), ("'it'", .text("it")), ("'\\x00ff'::bytea", .blob([0, 255]))
            ]
            let link = try serverLink()
            for (expression, expected) in expressions {
                try link.send("SELECT \(expression)")
                #expect(try link.receive().first?.values == [expected], "\(expression)")
            }
        }

        @Test func `refuses what is no 64-bit integer, and stays usable`() throws {
            let link = try serverLink()
            for expression in ["1.5", "9223372036854775808::numeric", "'NaN'::numeric", "0.00001", "now()", "1::float8"] {
                try link.send("SELECT \(expression)")
                #expect(throws: JournalError.self, "\(expression)") { try link.receive() }
            }
            try link.send("SELECT 1")
            #expect(try link.receive().first?.values == [.integer(1)])
        }

        @Test func `binds a value where the statement was first prepared with NULL`() throws {
            let link = try serverLink()
            let values: [SQLValue] = [
                .null, .integer(.min), .text(""), .text("näme"), .null, .blob([]), .blob([0, 1]), .integer(3)
            ]
            for value in values {
                try link.send("SELECT $1", [value])
                #expect(try link.receive().first?.values == [value], "\(value)")
            }
        }

        @Test func `refuses text with U+0000 before anything is sent`() throws {
            let link = try serverLink()
            #expect(throws: JournalError.self) { try link.send("SELECT $1", [.text("a\u{0}b")]) }
            try link.send("SELECT $1", [.blob([0])])
            #expect(try link.receive().first?.values == [.blob([0])])
        }

        @Test func `names the first failure of a pipeline, and runs nothing after it`() throws {
            let link = try serverLink()
            try link.sendUnprepared("CREATE TEMPORARY TABLE kept (number BIGINT PRIMARY KEY)")
            try link.receive()
            try link.send("BEGIN")
            for number in [1, 2, 1, 3] as [Int64] { try link.send("INSERT INTO kept VALUES ($1)", [.integer(number)]) }
            try link.send("SELECT nonsense")
            let error = #expect(throws: JournalError.self) { try link.receive() }
            #expect(error?.reason.contains("23505") == true, "\(error?.reason ?? "")")
            #expect(error?.reason.contains("(number)=(1)") == false, "the reason shows no data")
            #expect(link.isInTransaction && !link.isLost)
            try link.send("ROLLBACK")
            try link.receive()
            // Its preparation was skipped with the rest, so it has to be prepared again.
            try link.send("SELECT nonsense")
            let second = #expect(throws: JournalError.self) { try link.receive() }
            #expect(second?.reason.contains("42703") == true, "\(second?.reason ?? "")")
        }

        @Test func `keeps no more statements prepared than its limit`() throws {
            let link = try serverLink()
            for number in 0...PreparedStatements.maximumCount {
                try link.send("SELECT \(number)")
                try link.receive()
            }
            try link.forgetStatementsIfTooMany()
            try link.sendUnprepared("SELECT count(*) FROM pg_prepared_statements")
            #expect(try link.receive().first?.values == [.integer(0)])
            try link.send("SELECT 1")
            #expect(try link.receive().first?.values == [.integer(1)])
        }

        @Test func `answers more statements than it leaves unanswered`() throws {
            let session = PostgresSession(try serverLink())
            try session.begin(.exclusive)
            try session.define("CREATE TEMPORARY TABLE many (number BIGINT PRIMARY KEY, bytes BYTEA) ON COMMIT DROP")
            for number in 0..<2_000 {
                let bytes = [UInt8](repeating: 1, count: number % 500 == 0 ? 1_000_000 : 10)
                try session.execute("INSERT INTO many VALUES ($1, $2)", [.integer(Int64(number)), .blob(bytes)])
            }
            #expect(
                try session.rows("SELECT count(*), max(length(bytes)) FROM many").first?.values == [
                    .integer(2_000), .integer(1_000_000)
                ])
            try session.commit()
        }

        @Test func `appends in three round trips, however many records and rows`() throws {
            let database = try TestDatabase()
            defer { database.drop() }
            let (link, environment) = (try database.link(), try TestEnvironment(seed: 1))
            let session = PostgresSession(link)
            try session.begin(.exclusive)
            for table in BaseSchema.tables + JournalConformance.projections.flatMap(\.tables) {
                try PostgresSchema.create(table, in: session)
            }
            try session.commit()
            for count in [1, 20] {
                let before = link.state.roundTripCount
                let session = PostgresSession(link)
                try session.begin(.exclusive)
                let run = try AppendRun(
                    in: session, environment: environment.journal, projections: JournalConformance.projections,
                    keys: KeyRing(masterKey: environment.journal.masterKey)
                )
                _ = try run.append(Decision((0..<count).map { _ in counted("a") }))
                try session.commit()
                // The beginning with the lock and the last record; the stream's version; the inserts with the commit.
                #expect(link.state.roundTripCount - before == 3, "\(count) records")
            }
        }

        @Test func `shows no part of a connection string that it can't parse`() throws {
            let error = #expect(throws: JournalError.self) { try PostgresLink("hunter2 host=/tmp") }
            #expect(error?.reason.contains("hunter2") == false)
        }

        @Test func `refuses a database that is not in UTF-8`() async throws {
            try await withDatabase(
                options: "ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'"
            ) { database in
                let error = try await journalError { _ = try await database.journal() }
                #expect(error?.code == .storage && error?.reason.contains("UTF8") == true)
            }
        }

        @Test func `gives long index names their own ends`() {
            let name = String(repeating: "a", count: 70)
            let (first, second) = (PostgresSchema.identifier(name + "_one"), PostgresSchema.identifier(name + "_two"))
            #expect(first != second && first.utf8.count == 63 && second.utf8.count == 63)
            #expect(PostgresSchema.identifier("record_by_stream_version") == "record_by_stream_version")
        }

        private func serverLink() throws -> PostgresLink {
            try PostgresLink(try #require(TestDatabase.serverURL))
        }
    }
}
