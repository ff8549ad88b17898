import Foundation
import Handling
import JSONText
import Journal
import TestKit
import Testing

@testable import JournalPostgres

extension PostgresTests {
    @Suite struct Behaviour {
        @Test func `orders text by its bytes whatever the database's locale`() async throws {
            try await withDatabase { database in
                let (journal, _) = try await database.journal()
                let names = ["b", "B", "a", "Z", "é", "_", "~", "ab", "aB"]
                try await journal.append(names.map(counted))
                let read = try await journal.read { try $0.rows("SELECT name FROM counter ORDER BY name").map { try $0.text(0) } }
                #expect(read == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
                let count = try await journal.read {
                    try $0.firstRow("SELECT count(*) FROM counter WHERE name < 'a'")?.integer(0)
                }
                #expect(count == 3)
            }
        }

        @Test func `stores U+0000 in payloads, and refuses it in a column of text`() async throws {
            try await withDatabase { database in
                let (journal, _) = try await database.journal()
                try await journal.append([
                    RecordDraft(
                        CounterProjection.requested, in: StreamName("work", "one"), by: "tester", label: .green,
                        payload: ["text": "a\u{0}b"]
                    )
                ])
                let error = try await journalError { try await journal.append([counted("a\u{0}b")]) }
                #expect(error?.code == .storage && error?.reason.contains("U+0000") == true)
                #expect(try await journal.append([counted("c")]).first?.sequence == 1)
                #expect(try await journal.read { try $0.record(at: 0) }?.payload?["text"]?.string == "a\u{0}b")
            }
        }

        @Test func `commits nothing of a decision that caught the failure of its own query`() async throws {
            try await withDatabase { database in
                let (journal, _) = try await database.journal()
                let error = try await journalError {
                    _ = try await journal.append { snapshot in
                        _ = try? snapshot.rows("SELECT nonsense")
                        return Decision([counted("a")])
                    }
                }
                #expect(error?.code == .storage && error?.reason.contains("nonsense") == true, "\(error?.reason ?? "")")
                #expect(try await journal.append([counted("b")]).first?.sequence == 0)
            }
        }

        @Test func `rethrows the decision's own error after a query of it failed`() async throws {
            struct Refused: Error {}
            try await withDatabase { database in
                let (journal, _) = try await database.journal()
                await #expect(throws: Refused.self) {
                    try await journal.append { snapshot -> Decision<Void> in
                        _ = try? snapshot.rows("SELECT nonsense")
                        throw Refused()
                    }
                }
            }
        }

        @Test func `reads one state however much is appended meanwhile`() async throws {
            try await withDatabase { database in
                let (journal, _) = try await database.journal()
                try await journal.append([counted("a")])
                let (hasRead, hasAppended) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
                async let counts = journal.read { snapshot in
                    let before = try snapshot.recordCount()
                    hasRead.signal()
                    hasAppended.wait()
                    return [before, try snapshot.recordCount()]
                }
                await withCheckedContinuation { continuation in
                    DispatchQueue.global().async {
                        hasRead.wait()
                        continuation.resume()
                    }
                }
                try await journal.append([counted("a")])
                hasAppended.signal()
                #expect(try await counts == [1, 1])
            }
        }

        @Test func `writes nothing in a read`() async throws {
            try await withDatabase { database in
                let (journal, _) = try await database.journal()
                let error = try await journalError {
                    _ = try await journal.read { try $0.rows("INSERT INTO counter VALUES ('a', 1, NULL)") }
                }
                #expect(error?.reason.contains("25006") == true)
                #expect(try await journal.read { try $0.rows("SELECT name FROM counter") }.isEmpty)
            }
        }

        @Test func `serves more readers than it has connections`() async throws {
            try await withDatabase { database in
                let (journal, _) = try await database.journal()
                try await journal.append([counted("a")])
                let total = try await withThrowingTaskGroup(of: Int64.self) { group in
                    for _ in 0..<100 { group.addTask { try await journal.read { try $0.recordCount() } } }
                    return try await group.reduce(0, +)
                }
                #expect(total == 100)
            }
        }

        @Test func `decides serially among servers, and gives their records one sequence`() async throws {
            try await withDatabase { database in
                let (first, _) = try await database.journal(seed: 1)
                let (second, _) = try await database.journal(seed: 2)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for index in 0..<200 {
                        let journal = index.isMultiple(of: 2) ? first : second
                        group.addTask {
                            _ = try await journal.append { snapshot in
                                let row = try snapshot.firstRow("SELECT value FROM counter WHERE name = 'shared'")
                                let draft = RecordDraft(
                                    CounterProjection.counted, in: StreamName("counter", "shared"), by: "tester",
                                    label: .green, payload: ["note": .null], expectedVersion: try row?.integer(0) ?? 0
                                )
                                return Decision([draft])
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                let sequences = try await first.read { try $0.records(from: 0, limit: 1_000).map(\.sequence) }
                #expect(sequences == Array(0..<200))
            }
        }

        @Test func `reads and seals nothing under a key that another server destroyed`() async throws {
            try await withDatabase { database in
                let (first, _) = try await database.journal(seed: 1)
                let (second, _) = try await database.journal(seed: 2)
                let key = ContentKeyName("member/lab")
                let draft = RecordDraft(
                    CounterProjection.counted, in: StreamName("counter", "a"), by: "tester", label: .green,
                    payload: ["note": .null], sealedUnder: key
                )
                try await first.append([draft])
                #expect(try await first.read { try $0.record(at: 0) }?.payload != nil)
                try await second.destroy(key)
                #expect(try await first.read { try $0.record(at: 0) }?.payload == nil)
                let error = try await journalError { try await first.append([draft]) }
                #expect(error?.code == .keyDestroyed)
            }
        }

        @Test func `keeps what an earlier start of it wrote`() async throws {
            try await withDatabase { database in
                do {
                    let (journal, _) = try await database.journal()
                    try await journal.append([counted("a"), counted("b")])
                }
                let (journal, _) = try await database.journal(seed: 2)
                #expect(try await journal.append([counted("a")]).map { [$0.sequence, $0.version] } == [[2, 2]])
            }
        }
    }
}
