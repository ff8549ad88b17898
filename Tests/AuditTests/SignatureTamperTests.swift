import Foundation
import Testing

@testable import Audit

@Suite struct SignatureTamperTests {
    @Test func `names the advisory and the verdicts when another key signed them`() async throws {
        let fixture = try await AuditFixture.shared.value
        let copy = try fixture.copy()
        try Data(String(repeating: "a", count: 64).utf8).write(to: copy.directory.appending(path: "keys/signing.seed"))
        let report = try copy.audit()
        #expect(report.contradicted == [.advisorySignature, .verdictSignature], "\(report.text)")
        #expect(report.findings(.advisorySignature, at: "advisory \(fixture.advisory)").count == 1, "\(report.text)")
        #expect(report.findings(.verdictSignature, at: "validation \(fixture.validation)").count == 1, "\(report.text)")
    }

    @Test func `names the advisory whose statement is about other documents`() async throws {
        let copy = try await AuditFixture.shared.value.copy()
        let record = "kind = 'advisory.published'"
        let payload = try copy.text("SELECT CAST(payload AS TEXT) FROM record WHERE \(record)")
        // The two documents change places: both digests exist, and neither is the one that was signed under its name.
        let csaf = try #require(payload.firstMatch(of: /"csaf":"([0-9a-f]{64})"/)?.1)
        let osv = try #require(payload.firstMatch(of: /"osv":"([0-9a-f]{64})"/)?.1)
        let swapped = payload.replacing(csaf, with: "@").replacing(osv, with: csaf).replacing("@", with: osv)
        try copy.execute("UPDATE record SET payload = CAST('\(swapped)' AS BLOB) WHERE \(record)")
        let report = try copy.audit()
        #expect(report.findings(.advisorySignature).contains { $0.detail.contains("subjects") }, "\(report.text)")
    }

    @Test func `names the verdict whose outcome is not the signed one`() async throws {
        let copy = try await AuditFixture.shared.value.copy()
        let record = try copy.integer("SELECT min(sequence) FROM record WHERE kind = 'validation.concluded'")
        try copy.rewriteSealed(record) { $0.replacing(#""outcome":"reproduced""#, with: #""outcome":"flaky""#) }
        let report = try copy.audit()
        #expect(
            report.findings(.verdictSignature, at: "record \(record),").map(\.detail) == [
                "the signed outcome is not the recorded one"
            ])
    }

    @Test func `names the verdict that nobody asked for and the one without an envelope`() async throws {
        let copy = try await AuditFixture.shared.value.copy()
        let first = try copy.integer("SELECT min(sequence) FROM record WHERE kind = 'validation.requested'")
        try copy.execute("UPDATE record SET kind = 'validation.forgotten' WHERE sequence = \(first)")
        let last = try copy.integer("SELECT max(sequence) FROM record WHERE kind = 'validation.concluded'")
        try copy.rewriteSealed(last) { _ in #"{"validation":"r"}"# }
        let details = try copy.audit().findings(.verdictSignature).map(\.detail)
        #expect(details == ["no record asked for this verdict", "it carries no signed statement"])
    }
}
