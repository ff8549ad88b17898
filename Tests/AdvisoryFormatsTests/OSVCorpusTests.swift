import AdvisoryFormats
import Foundation
import TestSupport
import Testing

@Suite struct OSVCorpusTests {
    private static let databases = [
        "almalinux", "bitnami", "go", "haskell", "julia", "oss-fuzz", "pypa", "rustsec"
    ]

    @Test(.enabled(if: SharedSuite.has("osv-corpus"), "the OSV corpus lies beside the project"))
    func `accepts the real records and refuses exactly the seven that break the schema`() throws {
        var count = 0
        var refused: [String] = []
        for database in Self.databases {
            for line in FindingLines(try SharedSuite.unpacked("osv-corpus/\(database).jsonl.zst")) {
                count += 1
                do throws(FormatRefusal) {
                    let record = try OSVRecord(parsing: line.bytes)
                    let written = try record.bytes()
                    let again = try OSVRecord(parsing: written)
                    #expect(again == record, "\(record.id) does not read back")
                } catch {
                    let violation = error.violations[0]
                    #expect(violation.code == .badValue)
                    refused.append("\(database) \(violation.pointer)")
                }
            }
        }
        #expect(count == 27_046)
        #expect(refused == [String](repeating: "pypa /affected/0/ranges/0/events/1", count: 7))
    }

    @Test(.enabled(if: SharedSuite.has("osv-schema/tools"), "the OSV schema's test data lies beside the project"))
    func `judges the linter's and converters' records as the schema does`() throws {
        let files =
            try SharedSuite.files(below: "osv-schema/tools/osv-linter/testdata", suffix: ".json")
            + SharedSuite.files(below: "osv-schema/tools/ghsa/testdata", suffix: ".osv.json")
            + SharedSuite.files(below: "osv-schema/tools/redhat/testdata/OSV", suffix: ".json")
        #expect(files.count == 24)
        for file in files {
            let violations = OSVRecord.violations(in: try SharedSuite.bytes(file))
            // A range without an introduced event is the one linter rule that is in the schema too.
            let isBroken = file.contains("nointroduced")
            #expect(violations.isEmpty != isBroken, "\(file): \(violations)")
        }
    }
}
