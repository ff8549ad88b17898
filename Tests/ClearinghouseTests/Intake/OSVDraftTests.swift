import AdvisoryFormats
import JSONText
import Testing

@testable import Clearinghouse

@Suite struct OSVDraftTests {
    private static let draft = """
        {"id": "x_lab-1", "modified": "2026-05-01T10:00:00Z", "summary": "Heap overflow in the header reader",
         "details": "A length is read and not checked.\\nMore of it.", "aliases": ["CVE-2026-1"],
         "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
         "affected": [
           {"package": {"ecosystem": "npm", "name": "@tide/reader"}, "versions": ["1.2.0"],
            "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]},
           {"package": {"ecosystem": "Debian:12", "name": "tide"}, "versions": ["1.2-1", "1.2-2"]},
           {"package": {"ecosystem": "Go", "name": "example.org/tide/v2"},
            "ranges": [{"type": "GIT", "repo": "https://example.org/tide", "events": [{"introduced": "0"}]}]}
         ],
         "references": [{"type": "REPORT", "url": "https://example.org/report"}],
         "credits": [{"name": "Ada", "type": "FINDER"}, {"name": "fuzzbot", "type": "TOOL"}],
         "database_specific": {"cwe_ids": ["CWE-122", "CWE-20"],
           "provenance": {"model": "m", "version": "7", "promptPolicyHash": "sha256:ab", "humanReviewed": true}}}
        """

    @Test func `one finding for each affected package, with everything a finding has room for`() throws {
        let batch = try FindingReader.batch(in: Array(Self.draft.utf8), as: .osv)
        let reports = batch.submissions.map(\.report)
        #expect(
            reports.map(\.package) == ["pkg:npm/%40tide/reader@1.2.0", "pkg:deb/debian/tide", "pkg:golang/example.org/tide/v2"]
        )
        #expect(reports.map(\.repository) == [nil, nil, "https://example.org/tide"])
        let first = try #require(reports.first)
        #expect(first.title == "Heap overflow in the header reader" && first.detail.hasSuffix("More of it."))
        #expect(first.severity == "critical" && first.weakness == "CWE-122")
        #expect(first.references == ["https://example.org/report"] && first.credits == ["Ada (finder)", "fuzzbot (tool)"])
        #expect(first.provenance?["model"]?.string == "m" && first.provenance?["harness"]?.string == "fuzzbot")
        #expect(first.provenance?["promptPolicyHash"]?.string == "sha256:ab" && first.provenance?["humanReviewed"]?.bool == true)
        for place in ["/aliases", "/affected/0/ranges", "/affected/1/versions", "/database_specific/cwe_ids"] {
            #expect(batch.leftOut.contains { $0.hasPrefix(place + ":") }, "\(place) is not among \(batch.leftOut)")
        }
    }

    @Test(arguments: [("", nil), (#""id": "","#, nil), (#""id": "DRAFT-1","#, "DRAFT-1"), (#""id": "x_lab-1","#, "x_lab-1")])
    func `a draft has no identifier of a database yet, and the one it has is shown`(member: String, name: String?) async throws {
        let text = Self.draft.replacing(#""id": "x_lab-1","#, with: member)
        let batch = try FindingReader.batch(in: Array(text.utf8), as: .osv)
        #expect(batch.submissions.count == 3)
        #expect(batch.submissions.map(\.report.further?["osv/id"]?.string) == Array(repeating: name, count: 3))
        #expect(FindingFormat(guessing: Array(text.utf8)) == .osv)
        let house = try House()
        let finder = try await house.enrol("kelp", as: .finder)
        func hand() async throws -> [FindingReceipt] {
            try await house.discovery.submit(batch.submissions, asOne: true, by: finder).map { try $0.get() }
        }
        #expect(try await hand().map(\.asRepeat) == hand(), "the same draft is the same findings")
    }

    @Test func `a draft is held to everything but its identifier`() {
        for (text, place) in [
            (#"{"summary": "S", "affected": []}"#, "byte 0"),
            (#"{"id": 7, "modified": "2026-05-01T10:00:00Z"}"#, "/id, byte 7"),
            (#"{"modified": "2026-05-01T10:00:00Z", "summry": "S"}"#, "/summry, byte 37")
        ] {
            let refusal = #expect(throws: Refusal.self) { try FindingReader.batch(in: Array(text.utf8), as: .osv) }
            #expect(refusal?.place == place, "\(text): \(refusal as Any)")
        }
    }

    @Test func `several elements of one package are one finding`() throws {
        let text = """
            {"id": "x_1", "modified": "2026-05-01T10:00:00Z", "summary": "S", "affected": [
              {"package": {"ecosystem": "PyPI", "name": "tide"}, "versions": ["1"]},
              {"package": {"ecosystem": "PyPI", "name": "tide"}, "versions": ["2"]}]}
            """
        let batch = try FindingReader.batch(in: Array(text.utf8), as: .osv)
        #expect(batch.submissions.map(\.report.package) == ["pkg:pypi/tide@1"])
        #expect(batch.leftOut == ["/affected/1: joined to the finding of the same package; its version is left out"])
    }

    @Test func `each repository of one element is a finding of its own`() async throws {
        let text = """
            {"id": "x_1", "modified": "2026-05-01T10:00:00Z", "summary": "S", "affected": [{"ranges": [
              {"type": "GIT", "repo": "https://example.org/a", "events": [{"introduced": "0"}]},
              {"type": "GIT", "repo": "https://example.org/b", "events": [{"introduced": "0"}]}]}]}
            """
        let batch = try FindingReader.batch(in: Array(text.utf8), as: .osv)
        #expect(batch.submissions.map(\.report.repository) == ["https://example.org/a", "https://example.org/b"])
        let house = try House()
        let finder = try await house.enrol("kelp", as: .finder)
        let receipts = try await house.discovery.submit(batch.submissions, asOne: true, by: finder).map { try $0.get() }
        #expect(Set(receipts.map(\.finding)).count == 2 && receipts.allSatisfy { !$0.isRepeat })
    }

    @Test func `details that belong to thousands of packages are refused where they become too much`() {
        let affected = (0..<10_000).map { #"{"package":{"ecosystem":"npm","name":"p\#($0)"}}"# }.joined(separator: ",")
        let details = String(repeating: "x", count: 100_000)
        let text =
            #"{"id":"x_1","modified":"2026-05-01T10:00:00Z","summary":"S","details":"\#(details)","affected":[\#(affected)]}"#
        let refusal = #expect(throws: Refusal.self) { try FindingReader.batch(in: Array(text.utf8), as: .osv) }
        #expect(refusal?.code == .tooLarge && refusal?.place == "/affected/671")
    }

    @Test func `refuses with the place what reports nothing`() {
        for (text, place) in [
            (#"{"id": "x_1", "modified": "2026-05-01T10:00:00Z", "summary": "S"}"#, "/affected"),
            (#"{"id": "x_1", "modified": "2026-05-01T10:00:00Z", "affected": []}"#, "/summary"),
            (#"{"id": "x_1", "modified": "2026-05-01T10:00:00Z", "withdrawn": "2026-05-01T10:00:00Z"}"#, "/withdrawn"),
            (#"{"id": "x_1", "modified": "yesterday", "summary": "S"}"#, "/modified, byte 26")
        ] {
            do {
                _ = try FindingReader.batch(in: Array(text.utf8), as: .osv)
                Issue.record("\(text) was taken")
            } catch {
                #expect(error.code == .malformed && error.place == place, "\(text): \(error)")
            }
        }
    }

    @Test func `what reads a finding back from the journal says the same`() throws {
        for submission in try FindingReader.batch(in: Array(Self.draft.utf8), as: .osv).submissions {
            #expect(FindingReport(json: submission.report.json) == submission.report)
        }
    }

    @Test func `every prefix and every mutation is refused or read`() { Mutations.check(Self.draft, as: .osv) }
}
