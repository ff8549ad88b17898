import CivilTime
import Clearinghouse
import Foundation
import Journal
import JournalSQLite
import Sealing
import TestKit
import Testing

@testable import Audit

/// How long an audit takes; run by hand, optimised:
///
///     BREAKWATER_AUDIT_FINDINGS=100000 swift test -c release -Xswiftc -enable-testing --filter AuditSpeedTests
@Suite struct AuditSpeedTests {
    private static let findingCount = ProcessInfo.processInfo.environment["BREAKWATER_AUDIT_FINDINGS"].flatMap { Int($0) }

    @Test(.enabled(if: findingCount != nil, "BREAKWATER_AUDIT_FINDINGS says how many"))
    func `audits a journal of many findings and advisories`() async throws {
        let count = AuditSpeedTests.findingCount ?? 0
        let directory = try DataDirectories.make()
        defer { try? FileManager.default.removeItem(at: directory) }
        try await fill(directory, findings: count, advisories: count * 3 / 10)
        let size = try FileManager.default.attributesOfItem(atPath: directory.appending(path: "journal.db").path)[.size]
        let start = ContinuousClock.now
        let report = try Audit.run(directory: directory.path, projections: Projections.all)
        print("\(ContinuousClock.now - start) for \(count) findings, journal.db has \(size ?? 0) bytes\n\(report.text)")
        let memory = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        print(memory.split(separator: "\n").filter { $0.hasPrefix("VmHWM") }.joined())
        #expect(report.isClean, "\(report.text)")
    }

    private func fill(_ directory: URL, findings: Int, advisories: Int) async throws {
        try DataDirectories.writeKeys(in: directory, masterKey: 7, logSeed: 9, signingSeed: 3, origin: "log.example/test")
        let test = try TestEnvironment(seed: 7)
        let journal = try SQLiteJournal(
            path: directory.appending(path: "journal.db").path, environment: test.journal, projections: Projections.all
        )
        let environment = ClearinghouseEnvironment(
            now: { test.clock.now }, random: { test.random.bytes($0) }, identifierSecret: [5],
            signingKey: try SigningKey(seed: Array(repeating: 3, count: 32)), origin: "log.example/test"
        )
        let membership = Membership(journal: journal, environment: environment)
        try await membership.bootstrap(tokenText: membership.newTokenText())
        let discovery = Discovery(journal: journal, environment: environment)
        let lab = Principal(member: "lab-a", scopes: [.submitFindings])
        for start in stride(from: 0, to: findings, by: 500) {
            _ = try await discovery.submit((start..<min(start + 500, findings)).map(AuditSpeedTests.submission), by: lab)
            _ = try await journal.integrate()
        }
        let distribution = Distribution(journal: journal, environment: environment)
        let desk = Principal(member: Membership.system, scopes: [.importAdvisories])
        for start in stride(from: 0, to: advisories, by: 500) {
            let documents = (start..<min(start + 500, advisories)).map(AuditSpeedTests.document)
            _ = try await distribution.importOSV(documents, from: "ghsa", by: desk)
            _ = try await journal.integrate()
        }
    }

    private static func submission(_ number: Int) -> FindingSubmission {
        let text = "A heap overflow number \(number) in the parser of a format that nobody reads any more"
        let report = FindingReport(
            title: text, package: "pkg:generic/x\(number % 1_000)@1", weakness: "CWE-122", file: "src/a\(number).c",
            function: "f\(number % 7)", startLine: 3, detail: String(repeating: text, count: 3)
        )
        return FindingSubmission(
            report: report, original: Content(Array("{\"title\":\"\(text)\"}".utf8)), idempotencyKey: "k\(number)"
        )
    }

    private static func document(_ number: Int) -> OSVDocument {
        let text = """
            {"schema_version":"1.7.3","id":"GHSA-aaaa-bbbb-\(1_000 + number)","modified":"2026-01-01T00:00:00Z",\
            "summary":"A flaw","details":"\(String(repeating: "Details. ", count: 100))","aliases":["CVE-2026-\(number)"],\
            "affected":[{"package":{"ecosystem":"npm","name":"y\(number)"},"ranges":[{"type":"SEMVER","events":\
            [{"introduced":"0"},{"fixed":"1.2.\(number)"}]}]}]}
            """
        return OSVDocument(name: "a", bytes: Array(text.utf8))
    }
}
