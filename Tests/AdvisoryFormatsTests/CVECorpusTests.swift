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
}
