import Foundation
import Journal
import JournalSQLite
import Synchronization
import TestKit
import Testing

private final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func increment() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

@Suite struct CommitQueueTests {
    @Test func `tells every append that the database is gone, and does not ask for each`() async throws {
        let (started, asked) = (Counter(), Counter())
        let queue = CommitQueue { _ in
            // The first keeps the others waiting, so that they come in few groups.
            while started.value < 200 { await Task.yield() }
            for _ in 0..<200 { await Task.yield() }
            let count = asked.increment()
            let error = JournalError(.storage, "gone")
            // A group that failed is tried again one by one, until the first of them finds the database gone.
            return count.isMultiple(of: 2) ? .rolledBack(error) : .lost(error)
        }
        let failures = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    _ = started.increment()
                    return (try? await queue.append { _ in Decision([]) }) == nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(failures == 200)
        #expect(asked.value < 50)
    }

    @Test func `SQLite: an append that contradicts the tables takes no other with it`() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "breakwater-queue-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let journal = try SQLiteJournal(
            path: directory.appending(path: "journal.db").path, environment: TestEnvironment(seed: 1).journal,
            projections: JournalConformance.projections
        )
        try await contradictionTakesNoOtherWithIt(in: journal)
    }
}

extension PostgresTests {
    @Suite struct Groups {
        @Test func `PostgreSQL: an append that contradicts the tables takes no other with it`() async throws {
            try await withDatabase { database in
                try await contradictionTakesNoOtherWithIt(in: try await database.journal().journal)
            }
        }
    }
}

/// 80 appends at once, every fourth of which can't be written: all others are, each as it was acknowledged.
private func contradictionTakesNoOtherWithIt(in journal: some Journal) async throws {
    try await journal.append([contradicting("first")])
    let outcomes = await withTaskGroup(of: (Int, Result<[RecordReceipt], any Error>).self) { group in
        for index in 0..<80 {
            group.addTask {
                let drafts = [counted("n\(index)")] + (index.isMultiple(of: 4) ? [contradicting("\(index)")] : [])
                do { return (index, .success(try await journal.append(drafts))) } catch { return (index, .failure(error)) }
            }
        }
        return await group.reduce(into: []) { $0.append($1) }
    }
    for (index, outcome) in outcomes {
        switch outcome {
        case .success: #expect(!index.isMultiple(of: 4), "append \(index) contradicts")
        case .failure(let error):
            #expect(index.isMultiple(of: 4), "append \(index) is innocent: \(error)")
            #expect((error as? JournalError)?.code == .storage)
        }
    }
    let acknowledged = outcomes.flatMap { (try? $0.1.get()) ?? [] }.sorted { $0.sequence < $1.sequence }
    let records = try await journal.read { try $0.records(from: 1, limit: 1_000) }
    #expect(records.map(\.sequence) == Array(1...60))
    #expect(records.map(\.commitment) == acknowledged.map(\.commitment))
}
