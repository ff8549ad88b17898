import AdvisoryFormats
import Foundation
import TestSupport
import Testing

@Suite struct CVECorpusTests {
    private static let path = "vulnrichment/vulnrichment.jsonl.zst"

    @Test(.enabled(if: SharedSuite.has(path), "the CVE records lie beside the project"))
    func `gives the verdict of the official schema on every record of the corpus`() throws {
        let expected = try #require(SharedSuite.json("vulnrichment/schema-invalid-5.1.1.json") as? [String])
        let bytes = try SharedSuite.unpacked(Self.path)
        var invalid: Set<String> = []
        var count = (valid: 0, decisions: 0, known: 0)
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            do throws(FormatRefusal) {
                let record = try CVERecord(parsing: line)
                count.valid += 1
                let others = record.adp.flatMap(\.metrics).compactMap(\.other)
                count.decisions += others.count { $0.ssvc?.points.count == 3 }
                count.known += others.count { $0.kev != nil }
            } catch {
                let id = String(decoding: line, as: UTF8.self).firstMatch(of: /"cveId":"(CVE-[0-9-]+)"/)?.1 ?? "?"
                invalid.insert(String(id))
                #expect(expected.contains(String(id)), "\(id): \(error)")
            }
        }
        print("vulnrichment: \(count.valid) valid, \(invalid.count) invalid, \(count.decisions) SSVC, \(count.known) KEV")
        #expect(invalid == Set(expected) && count.valid == 43_962)
        // 44,026 decisions and 224 entries of the catalogue without those of the invalid records.
        #expect(count.decisions == 43_858 && count.known == 223)
    }

    /// Fixtures of the CVE services that the schema refuses: the same text twice, no text in English, a reserved identifier.
    private static let invalidFixtures = [
        "cna_descriptions-multipleIdenticalEntries.json", "cna_descriptions-multipleSameLangsNoEn.json",
        "CVE-2017-5833_reserved.json"
    ]

    @Test(.enabled(if: SharedSuite.has("cve"), "the fixtures of the CVE services lie beside the project"))
    func `judges the record fixtures of the CVE services as their names say`() throws {
        let paths = try SharedSuite.files(below: "cve/cve-services/test-http", suffix: ".json")
        let records = paths.filter { $0.contains("/CVE-") }
        #expect(records.count >= 8)
        for path in records {
            let violations = CVERecord.violations(in: try SharedSuite.bytes(path))
            #expect(violations.isEmpty == !Self.invalidFixtures.contains { path.hasSuffix($0) }, "\(path): \(violations)")
        }
        for path in paths where !path.contains("/CVE-") {
            #expect(!CVERecord.violations(in: try SharedSuite.bytes(path)).isEmpty, "\(path) is a container, no record")
        }
    }
}
