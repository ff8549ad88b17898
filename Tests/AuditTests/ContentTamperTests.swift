import Clearinghouse
import Foundation
import Handling
import JSONText
import Journal
import JournalSQLite
import Sealing
import TestKit
import Testing

@testable import Audit

@Suite struct ContentTamperTests {
    @Test func `names the content whose bytes were changed, in the clear and sealed`() async throws {
        let copy = try await AuditFixture.shared.value.copy()
        let clear = try copy.text("SELECT hex(digest) FROM content WHERE sealed_under = '' LIMIT 1").lowercased()
        try copy.flip("bytes", in: "content", where: "hex(digest) = upper('\(clear)')", byte: 20)
        let sealed = try copy.text("SELECT hex(digest) FROM content WHERE sealed_under = 'member/lab-a' LIMIT 1").lowercased()
        try copy.flip("bytes", in: "content", where: "hex(digest) = upper('\(sealed)')", byte: 70)
        let report = try copy.audit()
        #expect(report.findings(.contentDigest).map(\.place) == ["content \(clear)"], "\(report.text)")
        #expect(report.findings(.contentSealing).map(\.place) == ["content \(sealed) under member/lab-a"], "\(report.text)")
    }

    @Test func `names the record and the place that refer to a content which was dropped`() async throws {
        let copy = try await AuditFixture.shared.value.copy()
        let references: [(kind: String, pointer: String)] = [
            ("advisory.published", "/csaf"), ("advisory.published", "/osv"), ("advisory.imported", "/osv"),
            ("fix.attached", "/patch"), ("finding.submitted", "/original"), ("reproducer.attached", "/manifest"),
            ("reproducer.attached", "/files/0/sha256"), ("validation.requested", "/reproducer"),
            ("validation.requested", "/patch")
        ]
        try copy.execute("DELETE FROM content")
        let report = try copy.audit()
        for (kind, pointer) in references {
            let sequences = Set(report.findings(.contentMissing, at: pointer).map(\.place))
            let expected = try copy.text("SELECT group_concat(sequence) FROM record WHERE kind = '\(kind)'").split(separator: ",")
            #expect(expected.contains { sequences.contains("record \($0), \(pointer)") }, "\(kind) \(pointer): \(report.text)")
        }
    }

    @Test func `names a content that no record refers to`() async throws {
        let copy = try await AuditFixture.shared.value.copy()
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        try copy.execute("INSERT INTO content VALUES (x'\(digest)', '', CAST('abc' AS BLOB))")
        let report = try copy.audit()
        #expect(report.findings.map(\.place).contains("content \(digest)"), "\(report.text)")
        #expect(report.contradicted == [.contentOrphan], "\(report.text)")
    }

    @Test func `names a content under a key that never was, and a key the master key does not unwrap`() async throws {
        let copy = try await AuditFixture.shared.value.copy()
        try copy.execute("INSERT INTO content VALUES (zeroblob(32), 'case/none', zeroblob(99))")
        try copy.flip("wrapped", in: "content_key", where: "name = 'member/lab-a'", byte: 50)
        let report = try copy.audit()
        #expect(report.findings(.contentSealing, at: "under case/none").count == 1, "\(report.text)")
        #expect(report.findings(.contentKey).map(\.place) == ["content_key member/lab-a"], "\(report.text)")
        #expect(!report.isComplete, "what it sealed was not looked at: \(report.text)")
    }

    @Test func `a destroyed key leaves a clean journal`() async throws {
        let directory = try DataDirectories.make()
        defer { try? FileManager.default.removeItem(at: directory) }
        try DataDirectories.writeKeys(in: directory, masterKey: 7, logSeed: 9, signingSeed: 3, origin: "log.example/test")
        let test = try TestEnvironment(seed: 8)
        let journal = try SQLiteJournal(
            path: directory.appending(path: "journal.db").path, environment: test.journal,
            projections: JournalConformance.projections
        )
        let note = Content(Array("a note".utf8))
        try await journal.append([
            RecordDraft(
                CounterProjection.counted, in: StreamName("counter", "a"), by: "lab-a", label: .green,
                payload: ["note": .string(note.digest.hex)], contents: [note], sealedUnder: ContentKeyName("member/lab-a")
            )
        ])
        try await journal.destroy(ContentKeyName("member/lab-a"))
        let after = try Audit.run(directory: directory.path, projections: JournalConformance.projections)
        #expect(after.isClean && after.counts.destroyedRecords == 1, "\(after.text)")
    }

    @Test func `a content that a record of an unknown kind may refer to is no orphan, and the kind is named`() async throws {
        let directory = try DataDirectories.make()
        defer { try? FileManager.default.removeItem(at: directory) }
        let test = try TestEnvironment(seed: 9)
        try DataDirectories.writeKeys(in: directory, masterKey: 7, logSeed: 9, signingSeed: 3, origin: "log.example/test")
        let journal = try SQLiteJournal(
            path: directory.appending(path: "journal.db").path, environment: test.journal, projections: []
        )
        let content = Content([1, 2, 3])
        try await journal.append([
            RecordDraft(
                RecordKind("novelty.introduced"), in: StreamName("novelty", "a"), by: "lab-a", label: .green,
                payload: ["deep": [["x": .string(content.digest.hex)]]], contents: [content]
            )
        ])
        let report = try Audit.run(directory: directory.path, projections: [])
        #expect(report.isClean, "\(report.text)")
        #expect(report.findings(.contentMissing, at: "novelty.introduced").map(\.grade) == [.information], "\(report.text)")
    }
}
