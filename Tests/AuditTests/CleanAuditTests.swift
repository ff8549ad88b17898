import CivilTime
import Clearinghouse
import Foundation
import Journal
import JournalSQLite
import TestKit
import Testing

@testable import Audit

@Suite struct CleanAuditTests {
    @Test func `a directory that a clearinghouse wrote is clean, and everything in it was looked at`() async throws {
        let report = try await AuditFixture.shared.value.copy().audit()
        #expect(report.isClean, "\(report.text)")
        #expect(report.findings.map(\.check) == [.jobLease], "only what finished jobs left behind: \(report.text)")
        #expect(report.counts.records > 30 && report.counts.sealedRecords >= 8, "\(report.counts)")
        #expect(
            report.counts.checkpoints == 3 && report.counts.tiles == 1 && report.counts.recordsBehind == 3, "\(report.counts)")
        #expect(report.counts.advisoryStatements == 1 && report.counts.verdicts == 2, "\(report.counts)")
        #expect(report.counts.jobs == 1 && report.counts.contents >= 10, "\(report.counts)")
        #expect(report.text.hasSuffix("CLEAN: the journal, its log and every table agree\n"))
    }

    @Test func `every table the clearinghouse declares has rows, so that comparing them means something`() async throws {
        let copy = try await AuditFixture.shared.value.copy()
        for table in Set(Projections.all.flatMap(\.tables).map(\.name)) {
            #expect(try copy.integer("SELECT count(*) FROM \(table)") > 0, "\(table)")
        }
    }

    @Test func `audits beside a server that has the journal open and its last commits only in the write-ahead log`() async throws
    {
        let fixture = try await AuditFixture.shared.value
        let log = fixture.directory.appending(path: "journal.db-wal").path
        let size = try #require(try FileManager.default.attributesOfItem(atPath: log)[.size] as? Int)
        #expect(size > 0)
        let report = try Audit.run(directory: fixture.directory.path, projections: Projections.all)
        #expect(report.isClean, "\(report.text)")
        let fromWhole = try fixture.copy().audit()
        #expect(report.counts == fromWhole.counts)
    }

    @Test func `audits what a killed server left: database and write-ahead log without shared memory`() async throws {
        let fixture = try await AuditFixture.shared.value
        let copy = try DataDirectories.make()
        defer { try? FileManager.default.removeItem(at: copy) }
        for name in ["journal.db", "journal.db-wal", "keys"] {
            try FileManager.default.copyItem(at: fixture.directory.appending(path: name), to: copy.appending(path: name))
        }
        let before = try Data(contentsOf: copy.appending(path: "journal.db"))
        let report = try Audit.run(directory: copy.path, projections: Projections.all)
        #expect(report.isClean, "\(report.text)")
        #expect(try Data(contentsOf: copy.appending(path: "journal.db")) == before, "the audit wrote")
    }

    @Test func `an empty journal is clean`() async throws {
        let directory = try DataDirectories.make()
        defer { try? FileManager.default.removeItem(at: directory) }
        let environment = try TestEnvironment(seed: 1)
        _ = try SQLiteJournal(
            path: directory.appending(path: "journal.db").path, environment: environment.journal, projections: Projections.all
        )
        let report = try Audit.run(directory: directory.path, projections: Projections.all)
        #expect(report.isClean && report.counts.records == 0, "\(report.text)")
    }

    @Test func `a directory without a journal, and a journal that is no database, can't be audited`() throws {
        let directory = try DataDirectories.make()
        defer { try? FileManager.default.removeItem(at: directory) }
        #expect(throws: AuditError.self) { try Audit.run(directory: directory.path, projections: []) }
        do {
            _ = try Audit.run(directory: directory.path, projections: [])
        } catch {
            #expect(error.code == .noJournal)
        }
        try Data(repeating: 0x41, count: 5_000).write(to: directory.appending(path: "journal.db"))
        do {
            _ = try Audit.run(directory: directory.path, projections: [])
            Issue.record("it was read")
        } catch {
            #expect(error.code == .unreadable)
        }
    }
}
