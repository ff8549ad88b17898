import JSONText
import Testing

@testable import Audit

@Suite struct ReportTests {
    private func report(_ fill: (FindingList) -> Void) -> AuditReport {
        let findings = FindingList()
        fill(findings)
        return AuditReport(findings: findings.findings, unlisted: findings.unlisted, counts: AuditCounts())
    }

    @Test func `lists the first findings of a kind and counts them all`() throws {
        let report = report { list in
            for record in 0..<1_000 { list.add(.recordCommitment, at: "record \(record)", "wrong") }
            list.add(.logTile, at: "tile/0/000", "wrong")
        }
        let rest = Int64(1_000 - FindingList.maximumListed)
        #expect(report.findings.count == FindingList.maximumListed + 1 && report.count(of: .contradiction) == 1_001)
        #expect(report.unlisted == [UnlistedFindings(check: .recordCommitment, grade: .contradiction, count: Int(rest))])
        #expect(report.text.contains("contradiction: record.commitment: \(rest) more\n"))
        #expect(report.text.hasSuffix("NOT CLEAN: 1001 contradictions\n"))
        let json = try JSONValue(parsing: report.json)
        #expect(json["clean"]?.bool == false && json["findings"]?.array?.count == FindingList.maximumListed + 1)
        #expect(json["unlisted"]?.array?.first?["count"]?.integer == rest)
    }

    @Test func `a place that quotes line feeds and escapes stays one harmless line`() {
        let text = report { $0.add(.recordStream, at: "a\nCLEAN\u{1b}[2J", "y") }.text
        #expect(text.contains("at a\u{FFFD}CLEAN\u{FFFD}[2J: y\n"), "\(text)")
    }

    @Test func `information does not make a report unclean, an open question does`() {
        #expect(report { $0.add(.jobLease, at: "x", "y", grade: .information) }.isClean)
        let open = report { $0.add(.contentKey, at: "x", "y", grade: .notCheckable) }
        #expect(!open.isClean && !open.isComplete && !open.hasContradictions)
    }
}
