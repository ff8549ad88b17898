import AdvisoryFormats
import Foundation
import Journal
import Matching
import TestKit
import TestSupport
import Testing

@testable import Clearinghouse

@Suite struct InventoryScanTests {
    /// `BREAKWATER_SEED` repeats a run that failed.
    private static let seed =
        ProcessInfo.processInfo.environment["BREAKWATER_SEED"].flatMap { UInt64($0) } ?? .random(in: 0 ... .max)

    @Test func `a scan for an advisory finds what matching every component finds, whatever the advisory says`() async throws {
        let house = try House()
        let advisories = RandomAdvisories.some(300, seed: Self.seed)
        let tally = try await InventoryConformance.check(
            advisories, on: house.journal, environment: house.environment, seed: Self.seed
        )
        #expect(tally.affected > 500 && tally.undecided > 500 && tally.unconcerned > 500, "\(tally), seed \(Self.seed)")
        try await house.expectProvable("seed \(Self.seed)")
    }

    @Test func `a run of the table is one search of its key, bounded at both ends, and nothing is sorted`() async throws {
        let house = try House()
        let key: [SQLValue] = [
            .text("name"), .text("PyPI"), .blob([1]), .text(""), .integer(-1), .text("PyPI"), .blob([2]), .integer(9)
        ]
        let plan = try await house.journal.read {
            try $0.rows("EXPLAIN QUERY PLAN " + AdvisoryScan.sql, key).map { try $0.text(3) }
        }
        let bounds = "(ecosystem,version_key,version,inventory)>(?,?,?,?) AND (ecosystem,version_key)<(?,?)"
        #expect(plan == ["SEARCH inventory_component USING PRIMARY KEY (name=? AND \(bounds))"])
    }

    @Test(.enabled(if: SharedSuite.has("osv-corpus")), arguments: ["pypa", "almalinux", "go", "bitnami", "oss-fuzz", "rustsec"])
    func `it does for advisories of the corpus`(source: String) async throws {
        let house = try House()
        var chance = SeededGenerator(seed: Self.seed)
        let lines = try SharedSuite.unpacked("osv-corpus/\(source).jsonl.zst").split(separator: UInt8(ascii: "\n"))
        // Seven records of PyPA are no valid OSV (OSVCorpusTests).
        let advisories = (0..<120).compactMap { _ in
            (try? OSVRecord(parsing: Array(chance.pick(lines)))).map { IndexedAdvisory($0) }
        }
        let once = Dictionary(advisories.map { ($0.id, $0) }) { first, _ in first }.values.sorted { $0.id < $1.id }
        let tally = try await InventoryConformance.check(
            once, on: house.journal, environment: house.environment, seed: Self.seed
        )
        #expect(tally.affected > 100, "\(source): \(tally), seed \(Self.seed)")
    }
}
