import CivilTime
import JSONText
import TestKit
import Testing

@testable import Clearinghouse

/// What a maintainer wants is asked when a case is handed over too.
@Suite struct ReportPacingTests {
    private func opening(_ receipt: FindingReceipt, in house: House, patch: ProposedPatch? = nil) -> CaseOpening {
        CaseOpening(
            vulnerability: receipt.vulnerability, vendor: "acme", title: "Overflow",
            embargoUntil: house.now.advanced(byDays: 30), patch: patch
        )
    }

    private func report(_ number: Int) -> FindingReport {
        var report = Sample.report("overflow \(number)", function: "parse\(number)")
        report.repository = "https://github.com/acme/parser"
        return report
    }

    private func house(_ policy: JSONValue) async throws -> (House, [FindingReceipt]) {
        let house = try House()
        let lab = try await house.enrol("lab", as: .finder)
        _ = try await house.enrol("acme", as: .vendor)
        try await house.govern(ScanTarget("github.com/acme/parser"), try TargetPolicy(json: policy), by: House.desk)
        var receipts: [FindingReceipt] = []
        for number in 0..<3 { receipts.append(try await house.submit(report(number), by: lab)) }
        return (house, receipts)
    }

    @Test func `who opted out gets no case`() async throws {
        let (house, receipts) = try await house(["optOut": ["requestedAt": "2026-11-01T00:00:00Z"]])
        try await house.expectRefusal(.conflict, at: "/vulnerability") {
            _ = try await house.coordination.open(opening(receipts[0], in: house), by: House.desk)
        }
    }

    @Test func `a vendor is told where the maintainer wants the report`() async throws {
        let (house, receipts) = try await house(["channel": "security@acme.example", "channelVerified": "2026-11-01T00:00:00Z"])
        let identifier = try await house.coordination.open(opening(receipts[0], in: house), by: House.desk)
        let vendor = Principal(member: "acme", scopes: Scope.usual(for: .vendor))
        let channels = try await house.coordination.caseSummary(identifier, for: vendor).channels
        #expect(channels.map(\.channel) == ["security@acme.example"])
        #expect(channels.map(\.target) == ["github.com/acme/parser"])
        #expect(channels.first?.verified?.description == "2026-11-01T00:00:00Z")
    }

    @Test func `open cases are limited as the maintainer wants, and a published one makes room`() async throws {
        let (house, receipts) = try await house(["pacing": ["openReports": 2]])
        let first = try await house.coordination.open(opening(receipts[0], in: house), by: House.desk)
        _ = try await house.coordination.open(opening(receipts[1], in: house), by: House.desk)
        try await house.expectRefusal(.notYet, at: "/vulnerability") {
            _ = try await house.coordination.open(opening(receipts[2], in: house), by: House.desk)
        }
        house.wait(.seconds(31 * 86_400))
        _ = try await house.distribution.publish(first, Sample.order, by: House.desk)
        _ = try await house.coordination.open(opening(receipts[2], in: house), by: House.desk)
        try await house.expectProvable()
    }

    @Test func `cases that were opened under another of a target's names count`() async throws {
        let (house, receipts) = try await house(["criticality": 1])
        let lab = Principal(member: "lab", scopes: Scope.usual(for: .finder))
        let packaged = try await house.submit(
            Sample.report("overflow in the package", package: "pkg:npm/acme-parser", function: "other"), by: lab)
        _ = try await house.coordination.open(opening(packaged, in: house), by: House.desk)
        let policy: JSONValue = ["aliases": ["pkg:npm/acme-parser"], "pacing": ["openReports": 1]]
        try await house.govern(ScanTarget("github.com/acme/parser"), TargetPolicy(json: policy), by: House.desk)
        try await house.expectRefusal(.notYet, at: "/vulnerability") {
            _ = try await house.coordination.open(opening(receipts[0], in: house), by: House.desk)
        }
    }

    @Test func `a report waits for the batch window, to the minute`() async throws {
        let window: JSONValue = ["weekday": "Tuesday", "from": "09:00", "until": "10:30"]
        let (house, receipts) = try await house(["pacing": ["windows": [window]]])
        let begins = try BatchWindow(weekday: .tuesday, start: 540, end: 630, at: "").next(from: house.now)
        #expect(begins.date.weekday == .tuesday)
        #expect(begins.description.hasSuffix("T09:00:00Z"))
        house.clock.advance(by: .milliseconds(begins.millisecondsSinceEpoch - house.now.millisecondsSinceEpoch - 1))
        try await house.expectRefusal(.notYet, at: "/vulnerability") {
            _ = try await house.coordination.open(opening(receipts[0], in: house), by: House.desk)
        }
        house.wait(.milliseconds(1))
        _ = try await house.coordination.open(opening(receipts[0], in: house), by: House.desk)
        house.wait(.seconds(90 * 60))
        try await house.expectRefusal(.notYet, at: "/vulnerability") {
            _ = try await house.coordination.open(opening(receipts[1], in: house), by: House.desk)
        }
    }

    @Test func `who wants a patch gets the case with one`() async throws {
        let (house, receipts) = try await house(["pacing": ["requiresPatch": true]])
        try await house.expectRefusal(.conflict, at: "/patch") {
            _ = try await house.coordination.open(opening(receipts[0], in: house), by: House.desk)
        }
        let patch = try ProposedPatch(Array("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n".utf8), fixedVersion: "1.2")
        let identifier = try await house.coordination.open(opening(receipts[0], in: house, patch: patch), by: House.desk)
        let summary = try await house.coordination.caseSummary(identifier, for: House.desk)
        #expect(summary.fixes.map(\.fixedVersion) == ["1.2"])
        try await house.expectProvable()
    }
}
