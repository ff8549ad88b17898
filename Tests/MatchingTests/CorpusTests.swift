import Foundation
import PackageIdentity
import TestSupport
import Testing

@testable import Matching

/// Real advisories, and what others found when they asked about real packages.
@Suite struct `Advisory corpus` {
    private static let hasCorpus = SharedSuite.has("osv-corpus/pypa.jsonl.zst") && Program.isInstalled("zstd")

    /// PyPA lists every affected version beside the range; the corpus names the listed versions that lie outside. It counts
    /// as outside what follows `fixed 3.1.1, introduced 3.1.1` in PYSEC-2022-236 and PYSEC-2023-72, where the order of events
    /// at one version decides: kept as the advisory has it, it gives what PyPA lists.
    @Test(.enabled(if: hasCorpus, "shared/suites/osv-corpus or zstd is missing"))
    func `finds every version that PyPA lists inside its range, but for the known ones`() throws {
        var (inside, legacy) = (0, 0)
        var (outside, behindTies): (Set<String>, Set<String>) = ([], [])
        let packages = try SharedSuite.records("osv-corpus/pypa.jsonl.zst").map { CorpusRecord($0) }.flatMap { record in
            record.affected.map { (id: record.identifier, package: $0) }
        }
        for (id, package) in packages where !package.ranges.isEmpty {
            for version in package.explicitVersions {
                let key = try VersionKey(encoding: version, in: .pep440)
                let range = package.ranges.first { $0.contains(key) }
                if key.isLegacyPEP440 {
                    legacy += 1
                } else if range == nil {
                    outside.insert(id + " " + version)
                } else {
                    inside += 1
                }
                if let range, package.ranges.contains(where: { $0.upper == .exclusive(range.lower) }) {
                    behindTies.insert(id + " " + version)
                }
            }
        }
        let document = try #require(SharedSuite.json("osv-corpus/pypa-listed-but-outside-range.json") as? [String: [String]])
        let known = Set(document.flatMap { advisory, versions in versions.map { advisory + " " + $0 } })
        #expect(outside == known.subtracting(behindTies) && outside.isSubset(of: known))
        #expect(known.subtracting(outside).count == 5)
        print("PyPA: \(inside) listed versions inside their ranges, \(outside.count) outside, \(legacy) not PEP 440")
        #expect(inside > 100_000 && legacy < inside / 1_000)
    }

    /// osv.dev has GHSA-8x94-hmjh-97hq from GitHub with an earlier beginning than PyPA's PYSEC-2022-245, which the corpus has.
    private static let otherRange: Set<String> = ["django 1.11.29 GHSA-8x94-hmjh-97hq", "django 2.2.24 GHSA-8x94-hmjh-97hq"]

    @Test(
        .enabled(
            if: hasCorpus && SharedSuite.has("osv-scanner-matches/querybatch-pairs.json"), "the recorded answers are missing"))
    func `finds every advisory of the corpus that osv.dev found for a package`() throws {
        let records = try ["pypa", "go", "rustsec"].flatMap { try SharedSuite.records("osv-corpus/\($0).jsonl.zst") }.map {
            CorpusRecord($0)
        }
        let index = try AdvisoryIndex(of: records.map(\.advisory))
        var names: [String: Set<String>] = [:]
        for record in records { names[record.identifier] = Set(record.aliases + [record.identifier]) }
        let document = try #require(SharedSuite.json("osv-scanner-matches/querybatch-pairs.json") as? [String: Any])
        var (asked, expectations) = (0, 0)
        for test in try #require(document["cases"] as? [[String: Any]]) {
            guard let query = test["query"] as? [String: Any], let package = query["package"] as? [String: String],
                let ecosystem = package["ecosystem"], ["PyPI", "Go", "crates.io"].contains(ecosystem),
                let version = query["version"] as? String
            else { continue }
            let component = Component(ecosystem: Ecosystem(ecosystem), name: package["name"] ?? "", version: version)
            let found = index.match(component).filter { $0.verdict == .affected }.reduce(into: Set<String>()) {
                $0.formUnion(names[$1.advisory] ?? [])
            }
            for expected in test["expected_in_staged_corpus"] as? [String] ?? [] {
                if Self.otherRange.contains("\(component.name) \(version) \(expected)") { continue }
                #expect(found.contains(expected), "\(ecosystem) \(component.name) \(version): \(expected) is missing")
                expectations += 1
            }
            asked += 1
        }
        print("osv.dev: \(asked) packages, \(expectations) advisories expected")
        #expect(asked > 50 && expectations > 20)
    }
}
