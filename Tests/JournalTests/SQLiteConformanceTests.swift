import Foundation
import Journal
import JournalSQLite
import TestKit
import Testing

@Suite struct SQLiteConformanceTests {
    @Test(arguments: JournalConformance.all.map(\.name))
    func `SQLite keeps the journal's promise:`(promise: String) async throws {
        let check = try #require(JournalConformance.all.first { $0.name == promise })
        let directory = FileManager.default.temporaryDirectory.appending(path: "breakwater-journal-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let file = directory.appending(path: "journal.db").path
        let subject = try await JournalConformance.Subject(environment: try TestEnvironment(seed: 1)) {
            try SQLiteJournal(path: file, environment: $0, projections: $1)
        }
        try await JournalConformance.run(check, on: subject)
    }
}
