import AdvisoryFormats
import JSONText
import Runners
import Testing

@testable import Clearinghouse

/// Who found it, from the log of a run to the finding's report.
@Suite struct ProvenanceTests {
    @Test func `what our own runners' logs say of the model and its harness is kept, and the path as it is called`() throws {
        let model = ModelProvenance(model: "m-1", harnessVersion: "3", promptPolicyHash: "sha256:ab")
        let found = RunnerFinding(rule: "R", level: .warning, message: "x", path: "src/a file%.c", line: 4)
        let log = SARIFLog(
            driver: RunnerDriver(name: "agent", model: model), target: .init(repository: "https://example.org/r"), run: "n1",
            result: UnitResult(version: "m-1-2026", findings: [found]), leftOut: [])
        let report = try #require(try FindingReader.batch(in: log.json.bytes(), as: .sarif).submissions.first?.report)
        let said = try #require(report.provenance)
        #expect(said["model"]?.string == "m-1" && said["version"]?.string == "m-1-2026")
        #expect(said["harness"]?.string?.hasPrefix("agent") == true && said["harnessVersion"]?.string == "3")
        #expect(said["promptPolicyHash"]?.string == "sha256:ab" && said["humanReviewed"]?.bool == false)
        #expect(report.file == "src/a file%.c" && report.startLine == 4)
    }

    @Test func `a tool without a model has a version of its own, and no model's`() throws {
        let found = RunnerFinding(rule: "R", level: .warning, message: "x", path: "a.c", line: 4)
        let log = SARIFLog(
            driver: RunnerDriver(name: "cppcheck"), target: .init(repository: "https://example.org/r"), run: "n1",
            result: UnitResult(version: "2.13", findings: [found]), leftOut: [])
        let report = try #require(try FindingReader.batch(in: log.json.bytes(), as: .sarif).submissions.first?.report)
        #expect(report.provenance?["harness"]?.string == "cppcheck" && report.provenance?["harnessVersion"]?.string == "2.13")
        #expect(report.provenance?["version"] == nil && report.provenance?["model"] == nil)
    }

    @Test func `what a finding has no place for is kept, also through the journal`() throws {
        let line = #"""
            {"title":"T","package":"pkg:npm/a","discoveredAt":"2026-05-01T10:00:00Z","ticket":7,
             "location":{"file":"a.c","endLine":9},"provenance":{"harness":"h","harnessVersion":"2"}}
            """#
        let report = try FindingReader.submission(in: Array(line.utf8)).report
        #expect(report.discoveredAt == "2026-05-01T10:00:00Z" && report.further?["ticket"]?.integer == 7)
        #expect(report.further?["location"]?["endLine"]?.integer == 9 && report.provenance?["harnessVersion"]?.string == "2")
        #expect(FindingReport(json: report.json) == report)
        let log = #"""
            {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T"}},"results":[{"ruleId":"R1","message":{"text":"x"}}]}]}
            """#
        let result = try #require(
            try FindingReader.batch(in: Array(log.utf8), as: .sarif, repository: "https://example.org/r").submissions.first)
        #expect(result.report.further?["sarif/ruleId"]?.string == "R1")
    }
}
