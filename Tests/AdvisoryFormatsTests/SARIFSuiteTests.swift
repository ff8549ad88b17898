import AdvisoryFormats
import Foundation
import TestSupport
import Testing

@Suite struct SARIFSuiteTests {
    private struct Entry {
        let path: String
        let verdict: String
        let runs: Int?
        let results: Int?

        init?(_ line: Substring) {
            let fields = line.split(separator: "\t").map(String.init)
            guard fields.count == 5 else { return nil }
            path = fields[0]
            verdict = fields[2]
            runs = Int(fields[3])
            results = Int(fields[4])
        }
    }

    @Test(.enabled(if: SharedSuite.has("sarif/sarif-suite.tar.zst"), "the SARIF suite lies beside the project"))
    func `gives the verdict of the official schema on every log of the suite`() throws {
        let directory = try SharedSuite.unpackedArchive("sarif/sarif-suite.tar.zst")
        defer { try? FileManager.default.removeItem(at: directory) }
        let index = try SharedSuite.text("sarif/INDEX.tsv")
        let entries = index.split(separator: "\n").dropFirst().compactMap(Entry.init)
        #expect(entries.count == 571)
        for entry in entries {
            let file = directory.appendingPathComponent("sarif-suite/\(entry.path)")
            let bytes = [UInt8](try Data(contentsOf: file))
            do throws(FormatRefusal) {
                let report = try SARIFReport(parsing: bytes)
                #expect(entry.verdict == "valid", "\(entry.path)")
                #expect(report.runs.count == entry.runs, "\(entry.path)")
                #expect(report.resultCount == entry.results, "\(entry.path)")
                try checkConversion(of: report, entry.path)
            } catch {
                #expect(verdict(error) == entry.verdict, "\(entry.path): \(error)")
            }
        }
    }

    private func verdict(_ refusal: FormatRefusal) -> String {
        switch refusal.violations.first?.code {
        case .notJSON: "not-json"
        case .unsupportedVersion: "other-version"
        default: "schema-invalid"
        }
    }

    /// Every result becomes a valid finding or is named among what was left out.
    private func checkConversion(of report: SARIFReport, _ path: String) throws(FormatRefusal) {
        let conversion = try report.findings(repository: "https://example.org/r")
        let leftOut = conversion.misfits.count { $0.reason.hasPrefix("left out: the result") }
        #expect(conversion.findings.count + leftOut == report.resultCount, "\(path)")
        for finding in conversion.findings.map(\.document) {
            #expect(throws: Never.self, "\(path): \(finding.title)") { try finding.bytes() }
        }
    }
}
