import Foundation
import Handling
import JSONText
import Journal
import JournalSQLite
import TestKit
import Testing

/// How large SQLite's log gets: it is copied back beside the writer, and begun anew.
@Suite struct WriteAheadLogTests {
    private static let contentByteCount = 1 << 20
    private static let megabyte = 1 << 20

    private static func withJournal(_ body: (SQLiteJournal, _ log: String) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "breakwater-log-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let file = directory.appending(path: "journal.db").path
        let journal = try SQLiteJournal(path: file, environment: TestEnvironment(seed: 1).journal, projections: [])
        try await body(journal, file + "-wal")
    }

    private static func append(_ number: Int, to journal: SQLiteJournal) async throws {
        var bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: contentByteCount)
        withUnsafeBytes(of: number) { bytes.replaceSubrange(0..<8, with: $0) }
        try await journal.append([
            RecordDraft(
                RecordKind("test.filled"), in: StreamName("fill", "\(number)"), by: "system", label: .clear,
                payload: ["number": .string("\(number)")], contents: [Content(bytes)]
            )
        ])
    }

    private static func size(_ file: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int) ?? 0
    }

    @Test func `stays short where the writer rests between appends`() async throws {
        try await Self.withJournal { journal, log in
            for number in 0..<60 { try await Self.append(number, to: journal) }
            #expect(Self.size(log) < 12 * Self.megabyte)
        }
    }

    @Test func `stays bounded where somebody always waits for the writer`() async throws {
        try await Self.withJournal { journal, log in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<4 {
                    group.addTask { for number in 0..<40 { try await Self.append(worker * 40 + number, to: journal) } }
                }
                try await group.waitForAll()
            }
            // 32 MiB are copied between two transactions, each of which has at most four of the appends.
            #expect(Self.size(log) < 48 * Self.megabyte)
        }
    }

    @Test func `is copied back after a reader let go of the state that it held`() async throws {
        try await Self.withJournal { journal, log in
            let release = DispatchSemaphore(value: 0)
            let (holding, hold) = AsyncStream.makeStream(of: Void.self)
            async let count = journal.read { snapshot in
                let before = try snapshot.recordCount()
                hold.finish()
                release.wait()
                return try (before, snapshot.recordCount())
            }
            for await _ in holding {}
            for number in 0..<60 { try await Self.append(number, to: journal) }
            release.signal()
            let (before, during) = try await count
            #expect(before == during, "a reader sees one state")
            let most = Self.size(log)
            for number in 60..<120 { try await Self.append(number, to: journal) }
            #expect(Self.size(log) < most + 48 * Self.megabyte, "the second half went into a log begun anew")
            #expect(try await journal.read { try $0.recordCount() } == before + 120)
        }
    }
}
