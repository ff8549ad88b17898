import AdvisoryFormats
import Foundation
import PackageIdentity
import TestSupport
import Testing

@testable import Matching

/// What osv.dev answered when scanners asked it about real packages, against the advisories of the corpus.
@Suite struct `Recorded answers of osv dev` {
    private static let files = [
        "almalinux", "bitnami", "go", "haskell", "julia", "oss-fuzz", "pypa", "rustsec"
    ].map { "osv-corpus/\($0).jsonl.zst" }
    private static let answers = "osv-scanner-matches/querybatch-pairs.json"
    private static let isThere = (files + [answers]).allSatisfy(SharedSuite.has) && Program.isInstalled("zstd")

    /// osv.dev has GHSA-8x94-hmjh-97hq from GitHub with an earlier beginning than PyPA's PYSEC-2022-245, which the corpus has.
    private static let otherRange: Set<String> = ["django 1.11.29 GHSA-8x94-hmjh-97hq", "django 2.2.24 GHSA-8x94-hmjh-97hq"]

    private static func records() throws -> [OSVRecord] {
        try files.flatMap { file in
            try SharedSuite.unpacked(file).split(separator: UInt8(ascii: "\n")).compactMap { try? OSVRecord(parsing: $0) }
        }
    }

    /// Which packages the corpus knows under an identifier or an alias: ecosystem and name as an index has them.
    private static func packages(of records: [OSVRecord]) -> [String: Set<[String]>] {
        records.reduce(into: [:]) { packages, record in
            let about = AffectedPackage.all(of: record).map { [$0.ecosystem.name, $0.name] }
            for name in record.aliases + [record.id] { packages[name, default: []].formUnion(about) }
        }
    }

    private struct Tally: CustomStringConvertible {
        var asked = 0
        var found = 0
        /// Expected names of commits: which commits an advisory's range holds, only the repository knows.
        var ofCommits = 0
        /// Expected names that the corpus has for other packages only.
        var elsewhere = 0
        /// Advisories that we find and the answer does not have.
        var extra = 0
        var description: String {
            "\(asked) questions, \(found) expected advisories found, \(ofCommits) asked by commit, \(elsewhere) the corpus has for "
                + "other packages only, \(extra) more found than recorded"
        }
    }

    @Test(.enabled(if: isThere, "the corpus, the recorded answers or zstd is missing"))
    func `hold nothing that the corpus says of a package and that is not found`() throws {
        let records = try Self.records()
        let packages = Self.packages(of: records)
        var matcher = Matcher(try AdvisoryIndex(of: records.map { IndexedAdvisory($0) }))
        let document = try #require(SharedSuite.json(Self.answers) as? [String: Any])
        var tally = Tally()
        for test in try #require(document["cases"] as? [[String: Any]]) {
            let expected = test["expected_in_staged_corpus"] as? [String] ?? []
            let query = test["query"] as? [String: Any] ?? [:]
            tally.asked += 1
            guard let package = query["package"] as? [String: String] else {
                tally.ofCommits += expected.count
                continue
            }
            let component = Component(
                ecosystem: Ecosystem(package["ecosystem"] ?? ""), name: package["name"] ?? "",
                version: query["version"] as? String
            )
            let affected = matcher.matches(component).filter { $0.verdict == .affected }.map { Set($0.aliases + [$0.advisory]) }
            let recorded = Set(test["expected_ids"] as? [String] ?? [])
            tally.extra += affected.count { $0.isDisjoint(with: recorded) }
            for name in expected {
                let question = "\(component.name) \(component.version ?? "") \(name)"
                if affected.contains(where: { $0.contains(name) }) {
                    tally.found += 1
                } else if packages[name]?.contains([component.ecosystem.name, component.name]) != true {
                    tally.elsewhere += 1
                } else {
                    #expect(Self.otherRange.contains(question), "\(component.ecosystem) \(question) is missing")
                }
            }
        }
        print("osv.dev: \(tally)")
        #expect(tally.asked > 500 && tally.found > 400)
    }
}
