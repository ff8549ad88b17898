import AdvisoryFormats
import JSONText
import TestSupport
import Testing

@testable import Clearinghouse

/// The forms in which scrutineer exchanges findings.
@Suite struct ScrutineerTests {
    private static let folder = "ai-findings/scrutineer/internal/ingest/testdata/"

    private static let bundle = #"""
        {"repository": "https://github.com/example/widget", "commit": "deadbeef", "tool": "pentest-2026q2", "findings": [
          {"title": "Path traversal", "cwe": "CWE-22", "severity": "Critical", "location": "src/download.js:88:4",
           "description": "It is joined.", "patch": "--- a\n+++ b", "commit": "c0ffee1", "sub_path": "services/api",
           "vid": "VID-1", "boundary": "Public.", "cvss_vector": "", "notes": [{"body": "n"}],
           "references": [{"url": "https://example.org/a"}]},
          {"title": "No words for it", "severity": "dreadful", "cvss_vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
           "location": 7},
          {"description": "nameless"}, 3]}
        """#

    private static let csv = """
        "Severity","Status","Category","Repository","Name","Description","File path","Line","CWE","Finding URL"
        "MEDIUM","Open","Path traversal","example/widget","Traversal","Two
        lines with ""quotes"".","url.rb","97","CWE-022","https://scanner.example/finding/abc"
        "HIGH","Dismissed","Injection","example/widget","Skipped","x","x.rb","1","",""
        "CRITICAL","Open","Injection","https://example.org/other","","Query.","","","",""

        """

    private static let markdown = """
        # Path traversal in download URL

        ## Details
        Components are not encoded again.
        ```
        # no heading
        ```

        ## Location
        [download_url.rb:97](https://forge.example/example/widget/blob/main/download_url.rb#L97)

        ## Impact
        Another repository is fetched.

        ---
        **Severity:** MEDIUM
        **Status:** Open
        **CWE:** CWE-22
        **Repository:** example/other
        **Branch:** main

        ---

        # Second

        ## Details
        No host is checked.

        ---
        **Severity:** LOW
        **Status:** Dismissed
        **Repository:** example/widget
        """

    private static func batch(_ text: String, _ format: FindingFormat) throws -> FindingReader.Batch {
        #expect(FindingFormat(guessing: Array(text.utf8)) == format)
        return try FindingReader.batch(in: Array(text.utf8), as: format)
    }

    @Test func `a bundle's findings have their own commit before the bundle's, and what has no place is kept`() throws {
        let batch = try Self.batch(Self.bundle, .scrutineer)
        #expect(batch.submissions.count == 2)
        let first = try #require(batch.submissions.first).report
        #expect(first.title == "Path traversal" && first.repository == "https://github.com/example/widget")
        #expect(first.commit == "c0ffee1" && first.weakness == "CWE-22" && first.severity == "critical")
        #expect(first.file == "services/api/src/download.js" && first.startLine == 88)
        #expect(first.detail == "It is joined.\n\n## Suggested patch\n--- a\n+++ b\n\n## Boundary\nPublic.")
        #expect(first.provenance?["harness"]?.string == "pentest-2026q2" && first.references == ["https://example.org/a"])
        #expect(first.further?["scrutineer/vid"]?.string == "VID-1" && first.further?["scrutineer/notes"]?.array?.count == 1)
        #expect(first.doubts.isEmpty)
        let second = try #require(batch.submissions.last).report
        #expect(second.severity == "critical" && second.commit == "deadbeef" && second.file == nil, "the vector rates it")
        for place in ["/findings/1: the severity", "/findings/1/location:", "/findings/2: left out", "/findings/3: left out"] {
            #expect(batch.leftOut.contains { $0.hasPrefix(place) }, "\(place) is not among \(batch.leftOut)")
        }
    }

    @Test func `a bundle's diff is the finding's patch, and its first sink that has a name its sink`() throws {
        let diff =
            "--- a/src/download.js\n+++ b/src/download.js\n@@\n- const p = join(root, name)\n+ const p = join(root, base(name))\n"
        let cases = [
            (diff, diff, "It is joined."),
            ("Like this:\n" + diff, diff, "It is joined.\n\n## Suggested patch\nLike this:\n" + diff)
        ]
        for (text, patch, detail) in cases {
            let bundle: JSONValue = [
                "repository": "https://github.com/example/widget",
                "findings": [["title": "T", "description": "It is joined.", "patch": .string(text), "sinks": "join, read"]]
            ]
            let report = try #require(
                FindingReader.batch(in: bundle.bytes(), as: .scrutineer).submissions.first
            ).report
            #expect(report.patch == patch && report.detail == detail && report.sink == "join")
            #expect(report.further?["scrutineer/sinks"]?.string == "join, read")
        }
        let numbered = #"{"repository": "https://github.com/example/widget", "findings": [{"title": "T", "sinks": "S1, S2"}]}"#
        #expect(try Self.batch(numbered, .scrutineer).submissions.first?.report.sink == nil)
    }

    @Test func `the rows of a CSV export that are open are findings, each in its repository`() throws {
        let batch = try Self.batch(Self.csv, .csv)
        let reports = batch.submissions.map(\.report)
        #expect(reports.map(\.title) == ["Traversal", "Injection"])
        #expect(reports.map(\.repository) == ["https://github.com/example/widget", "https://example.org/other"])
        #expect(reports.map(\.severity) == ["medium", "critical"] && reports.map(\.weakness) == ["CWE-22", nil])
        #expect(reports.map(\.file) == ["url.rb", nil] && reports.first?.startLine == 97)
        #expect(
            reports.first?.detail == "Two\nlines with \"quotes\"."
                && reports.first?.provenance?["harness"]?.string == "scanner.example")
        #expect(batch.leftOut == ["line 4: left out: its status is Dismissed"])
    }

    @Test func `each heading of a Markdown export is a finding, and other Markdown is free text`() throws {
        let batch = try Self.batch(Self.markdown, .markdown)
        let report = try #require(batch.submissions.first).report
        #expect(batch.submissions.count == 1 && report.title == "Path traversal in download URL" && report.doubts.isEmpty)
        #expect(report.repository == "https://forge.example/example/widget" && report.weakness == "CWE-22")
        #expect(report.file == "download_url.rb" && report.startLine == 97 && report.severity == "medium")
        #expect(report.detail.contains("# no heading") && report.detail.hasSuffix("## Impact\nAnother repository is fetched."))
        #expect(report.further?["scrutineer/Branch"]?.string == "main")
        let free = try Self.batch("# A title\n\n## Details\nRepository: https://example.org/r\n", .markdown)
        #expect(free.submissions.count == 1 && free.submissions.first?.report.doubts.isEmpty == false)
    }

    @Test func `what is said beside a document counts before what stands in it`() throws {
        for (text, format) in [(Self.bundle, FindingFormat.scrutineer), (Self.csv, .csv), (Self.markdown, .markdown)] {
            let batch = try FindingReader.batch(
                in: Array(text.utf8), as: format, package: "pkg:npm/widget", repository: "https://example.org/own")
            #expect(batch.submissions.allSatisfy { $0.report.package == "pkg:npm/widget" }, "\(format)")
            #expect(batch.submissions.allSatisfy { $0.report.repository == "https://example.org/own" }, "\(format)")
        }
    }

    @Test func `refuses with the place what is no such document`() {
        for (text, format, place) in [
            ("{", FindingFormat.scrutineer, "byte 1"), ("{}", .scrutineer, "/findings, byte 0"),
            (#"{"findings":[]}"#, .scrutineer, "/findings"), ("Severity,Name\n", .csv, "line 1, byte 0"),
            ("Severity,Repository,Name,Description\nlow,a/b,\"x\"y,z\n", .csv, "line 2, byte 48"),
            ("Severity,Repository,Name,Description\n", .csv, "line 1")
        ] {
            let refusal = #expect(throws: Refusal.self) { try FindingReader.batch(in: Array(text.utf8), as: format) }
            #expect(refusal?.code == .malformed && refusal?.place == place, "\(text): \(refusal as Any)")
        }
    }

    @Test(.enabled(if: SharedSuite.has(folder + "minimal.json"), "scrutineer's samples lie beside the project"))
    func `scrutineer's own samples are read whole`() throws {
        for (name, format, titles) in [
            ("minimal.json", FindingFormat.scrutineer, ["Path traversal in download endpoint"]),
            (
                "findings.csv", .csv,
                ["Path traversal in download URL", "Second-order SSRF via hypermedia link", "SQL injection in search"]
            ), ("findings.md", .markdown, ["Path traversal in download URL", "Second-order SSRF via hypermedia link"])
        ] {
            let bytes = try SharedSuite.bytes(Self.folder + name)
            #expect(FindingFormat(guessing: bytes) == format, "\(name)")
            let batch = try FindingReader.batch(in: bytes, as: format)
            #expect(batch.submissions.map(\.report.title) == titles, "\(name)")
            #expect(batch.submissions.allSatisfy { $0.report.file != nil && $0.report.repository != nil }, "\(name)")
        }
    }

    @Test func `every prefix and every mutation of a bundle is refused or read`() {
        Mutations.check(Self.bundle, as: .scrutineer)
    }
    @Test func `every prefix and every mutation of an export is refused or read`() { Mutations.check(Self.csv, as: .csv) }
    @Test func `every prefix and every mutation of a text is refused or read`() { Mutations.check(Self.markdown, as: .markdown) }
}
