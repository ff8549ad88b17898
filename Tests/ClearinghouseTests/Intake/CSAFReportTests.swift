import AdvisoryFormats
import Foundation
import JSONText
import TestSupport
import Testing

@testable import Clearinghouse

@Suite struct CSAFReportTests {
    private static let report = #"""
        {"$schema": "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json",
         "document": {"category": "csaf_vulnerability_report", "csaf_version": "2.1", "title": "Report",
           "distribution": {"tlp": {"label": "AMBER"}},
           "publisher": {"category": "discoverer", "name": "Lab", "namespace": "https://lab.example"},
           "tracking": {"id": "L-1", "version": "1", "status": "draft", "initial_release_date": "2026-05-01T10:00:00Z",
             "current_release_date": "2026-05-01T10:00:00Z", "generator": {"engine": {"name": "fuzzbot", "version": "3"}},
             "revision_history": [{"date": "2026-05-01T10:00:00Z", "number": "1", "summary": "first"}]}},
         "product_tree": {"full_product_names": [
           {"name": "Tide", "product_id": "P1", "product_identification_helper": {"purls": ["pkg:npm/tide@1.0"]}},
           {"name": "Tide next", "product_id": "P2", "product_identification_helper": {"purls": ["pkg:npm/tide@2.0"]}},
           {"name": "Box", "product_id": "P3"}]},
         "vulnerabilities": [{"title": "Overflow", "ids": [{"system_name": "Lab", "text": "7"}],
           "cwes": [{"id": "CWE-122", "name": "Heap-based Buffer Overflow", "version": "4.13"}],
           "notes": [{"category": "summary", "title": "Vulnerability Summary", "text": "A length is not checked."}],
           "metrics": [{"products": ["P1"], "content": {"cvss_v3": {"version": "3.1",
             "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}}}],
           "references": [{"summary": "more", "url": "https://lab.example/7"}],
           "acknowledgments": [{"names": ["Ada"], "organization": "Lab"}],
           "product_status": {"known_affected": ["P1", "P2", "P3"]}}]}
        """#

    @Test func `a report gives one finding for each affected package, with the identity of its making`() throws {
        let batch = try FindingReader.batch(in: Array(Self.report.utf8), as: .csaf)
        let report = try #require(batch.submissions.first?.report)
        #expect(batch.submissions.count == 1 && report.package == "pkg:npm/tide@1.0" && report.title == "Overflow")
        #expect(report.severity == "critical" && report.weakness == "CWE-122" && report.detail == "A length is not checked.")
        #expect(report.references == ["https://lab.example/7"] && report.credits == ["Ada", "Lab"])
        #expect(report.provenance?["harness"]?.string == "fuzzbot" && report.provenance?["harnessVersion"]?.string == "3")
        #expect(batch.leftOut.contains { $0.contains("\"P2\" is joined") } && batch.leftOut.contains { $0.contains("\"P3\"") })
        #expect(FindingFormat(guessing: Array(Self.report.utf8)) == .csaf)
    }

    @Test func `a rating holds for the products that it names`() throws {
        let text = Self.report.replacing(
            #""name": "Box", "product_id": "P3""#,
            with: """
                "name": "Box", "product_id": "P3", "product_identification_helper": {"purls": ["pkg:npm/box@1"]}
                """
        ).replacing(
            #""metrics": ["#,
            with: #"""
                "metrics": [{"products": ["P3"], "content": {"cvss_v3": {"version": "3.1",
                  "vectorString": "CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N"}}},
                """#)
        let batch = try FindingReader.batch(in: Array(text.utf8), as: .csaf)
        #expect(batch.submissions.map(\.report.package) == ["pkg:npm/tide@1.0", "pkg:npm/box@1"])
        #expect(batch.submissions.map(\.report.severity) == ["critical", "low"])
    }

    @Test func `a note that belongs to thousands of packages is refused where it becomes too much`() throws {
        let products = (4..<10_000).map {
            #"{"name":"N","product_id":"P\#($0)","product_identification_helper":{"purls":["pkg:npm/p\#($0)@1"]}}"#
        }.joined(separator: ",")
        let affected = (4..<10_000).map { #""P\#($0)""# }.joined(separator: ",")
        let text = Self.report.replacing("A length is not checked.", with: String(repeating: "x", count: 100_000))
            .replacing(#"{"name": "Box","#, with: #"\#(products), {"name": "Box","#)
            .replacing(#"["P1", "P2", "P3"]"#, with: "[\(affected)]")
        let refusal = #expect(throws: Refusal.self) { try FindingReader.batch(in: Array(text.utf8), as: .csaf) }
        #expect(refusal?.code == .tooLarge && refusal?.place?.hasPrefix("/vulnerabilities/0/product_status/P") == true)
    }

    @Test func `what a report's label says is told`() throws {
        let batch = try FindingReader.batch(in: Array(Self.report.utf8), as: .csaf)
        #expect(batch.leftOut.contains { $0.hasPrefix("/document/distribution/tlp/label: TLP:AMBER is left out") })
    }

    @Test(arguments: [
        (#""category": "csaf_vulnerability_report""#, #""category": "csaf_vex""#, "/document/category", "4.1"),
        (#""csaf_version": "2.1""#, #""csaf_version": "2.0""#, "/document/csaf_version", "2.1"),
        (#""label": "AMBER""#, #""label": "WHITE""#, "/document/distribution/tlp/label", "schema"),
        (#""title": "Vulnerability Summary""#, #""title": "Summary""#, "/vulnerabilities/0/notes", "6.1.27.20"),
        (#""ids""#, #""x_ids""#, "/vulnerabilities/0", "6.1.27.8"),
        (#""known_affected""#, #""under_investigation""#, "/vulnerabilities/0/product_status", "6.1.27.12"),
        (#""product_id": "P3""#, #""product_id": "P4""#, "/vulnerabilities/0/product_status/known_affected/2", "6.1.1"),
        (#""product_id": "P3""#, #""product_id": "P1""#, "/product_tree", "6.1.2"),
        (#"["P1", "P2", "P3"]}"#, #"["P1"], "fixed": ["P1"]}"#, "/vulnerabilities/0/product_status", "6.1.6")
    ])
    func `a broken rule is refused with its place and number`(old: String, new: String, place: String, test: String) {
        let text = Self.report.replacing(old, with: new, maxReplacements: 1)
        let refusal = #expect(throws: Refusal.self) { try FindingReader.batch(in: Array(text.utf8), as: .csaf) }
        #expect(refusal?.place?.hasPrefix(place + ",") == true && refusal?.reason.contains(test) == true, "\(refusal as Any)")
    }

    @Test func `a broken rule is refused where it stands, or where what is missing would`() throws {
        for (old, new, at) in [
            (#""label": "AMBER""#, #""label": "WHITE""#, #""WHITE""#), (#""title": "Report","#, #""title": "","#, #""","#),
            (#""ids""#, #""x_ids""#, #"{"title": "Overflow""#), (#"["P1", "P2", "P3"]}"#, #"["P1", "P9"]}"#, #""P9""#)
        ] {
            let text = Self.report.replacing(old, with: new, maxReplacements: 1)
            let refusal = #expect(throws: Refusal.self) { try FindingReader.batch(in: Array(text.utf8), as: .csaf) }
            let offset = try #require(text.range(of: at)).lowerBound.utf16Offset(in: text)
            #expect(refusal?.place?.hasSuffix(", byte \(offset)") == true, "\(at) at \(offset): \(refusal?.place ?? "")")
        }
    }

    /// The suite has no report; what it has for the same tests of other profiles is made one.
    @Test(
        .enabled(
            if: SharedSuite.has("csaf-tc/csaf_2.1/test/validator/data/testcases.json"), "the CSAF suite lies beside the project"))
    func `the suite's documents for the tests of a report are judged as it says`() throws {
        let folder = "csaf-tc/csaf_2.1/test/validator/data/"
        let index = try #require(SharedSuite.file(folder + "testcases.json"))
        let tests = try JSONValue(parsing: Array(try Data(contentsOf: index)))["tests"]?.array ?? []
        var judged = 0
        for test in tests {
            let id = test["id"]?.string ?? ""
            guard ["6.1.1", "6.1.2", "6.1.6", "6.1.23", "6.1.27.4", "6.1.27.8", "6.1.27.11", "6.1.27.12"].contains(id) else {
                continue
            }
            for (member, fires) in [("failures", true), ("valid", false)] {
                for name in (test[member]?.array ?? []).compactMap({ $0["name"]?.string }) {
                    let file = try #require(SharedSuite.file(folder + name))
                    let text = try String(contentsOf: file, encoding: .utf8)
                    let category = try #require(try JSONValue(parsing: Array(text.utf8))["document"]?["category"]?.string)
                    let report = text.replacing("\"\(category)\"", with: "\"csaf_vulnerability_report\"", maxReplacements: 1)
                    let numbers = violations(in: report)
                    #expect(numbers.contains(id) == fires, "\(name): \(numbers.sorted())")
                    judged += 1
                }
            }
        }
        #expect(judged > 30)
    }

    private func violations(in text: String) -> Set<String> {
        do throws(FormatRefusal) {
            _ = try FindingConversion(csafReport: Array(text.utf8))
            return []
        } catch {
            return Set(error.violations.compactMap { $0.reason.split(separator: "test ").last?.dropLast() }.map(String.init))
        }
    }

    @Test func `every prefix and every mutation is refused or read`() { Mutations.check(Self.report, as: .csaf) }
}
