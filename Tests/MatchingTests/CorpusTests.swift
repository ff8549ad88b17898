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
}
