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
    private static let isThere =
        (files + NativeCorpus.files + [answers]).allSatisfy(SharedSuite.has) && Program.isInstalled("zstd")

    /// The corpus as an index has it, and when each advisory was published (seconds since 1970).
    private struct Corpus {
        var advisories: [IndexedAdvisory] = []
        var published: [String: Int64] = [:]

        init() throws {
            for file in files {
                for line in try SharedSuite.unpacked(file).split(separator: UInt8(ascii: "\n")) {
                    guard let record = try? OSVRecord(parsing: line) else { continue }
                    advisories.append(IndexedAdvisory(record))
                    published[record.id] = record.published?.secondsSince1970
                }
            }
            for advisory in try NativeCorpus.advisories() {
                advisories.append(advisory)
                published[advisory.id] = advisory.modified
            }
        }

        /// Which packages the corpus knows under an identifier or an alias: ecosystem and name as an index has them.
        var packages: [String: Set<[String]>] {
            advisories.reduce(into: [:]) { packages, advisory in
                let about = advisory.affected.map { [$0.ecosystem.name, $0.name] }
                for name in advisory.aliases + [advisory.id] { packages[name, default: []].formUnion(about) }
            }
        }

        /// When the cassettes were recorded, by what their answers hold.
        func recordings(_ cases: [[String: Any]]) -> [String: Recording] {
            var dates: [String: Int64] = [:]
            for advisory in advisories {
                for name in advisory.aliases + [advisory.id] {
                    dates[name] = min(dates[name] ?? .max, published[advisory.id] ?? .max)
                }
            }
            return cases.reduce(into: [:]) { recordings, test in
                for name in test["expected_ids"] as? [String] ?? [] {
                    recordings[test["from"] as? String ?? "", default: Recording()].note(name, published: dates[name])
                }
            }
        }
    }

    /// When a cassette was recorded at the earliest: not before the last advisory that it holds was published. Go's records have
    /// no date in the corpus, and rising numbers instead.
    private struct Recording {
        var date = Int64.min
        var goNumber: [Int] = []

        mutating func note(_ name: String, published: Int64?) {
            if let published, published < .max { date = max(date, published) }
            if let number = Self.goNumber(name), goNumber.lexicographicallyPrecedes(number) { goNumber = number }
        }

        func isBefore(_ advisory: String, published: Int64?) -> Bool {
            if let number = Self.goNumber(advisory) { return goNumber.lexicographicallyPrecedes(number) }
            return published.map { $0 > date } ?? false
        }

        private static func goNumber(_ name: String) -> [Int]? {
            name.hasPrefix("GO-") ? name.dropFirst(3).split(separator: "-").compactMap { Int($0) } : nil
        }
    }

    private struct Tally: CustomStringConvertible {
        var asked = 0
        var found = 0
        /// Expected names of commits: which commits an advisory's range holds, only the repository knows.
        var ofCommits = 0
        /// Expected names of which the corpus says something else about the package.
        var otherwise = 0
        /// Expected names that the corpus has for other packages only: name and package.
        var elsewhere: [String] = []
        /// Advisories that we find and the answer does not have: published after the recording, and others.
        var later = 0
        var others: Set<String> = []
        var description: String {
            "\(asked) questions, \(found) expected advisories found, \(ofCommits) asked by commit, \(otherwise) the corpus says "
                + "something else of, \(elsewhere.count) it has for other packages only; more found than recorded: \(later) published later, \(others.count) others"
        }
    }

    @Test(.enabled(if: isThere, "the corpus, the recorded answers or zstd is missing"))
    func `hold nothing that the corpus says of a package and that is not found`() throws {
        let corpus = try Corpus()
        let packages = corpus.packages
        var matcher = Matcher(try AdvisoryIndex(of: corpus.advisories))
        let document = try #require(SharedSuite.json(Self.answers) as? [String: Any])
        let cases = try #require(document["cases"] as? [[String: Any]])
        let recordings = corpus.recordings(cases)
        var tally = Tally()
        for test in cases {
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
            let subject = "\(component.ecosystem) \(component.name) \(component.version ?? "")"
            let affected = matcher.matches(component).filter { $0.verdict == .affected }
            let recorded = Set(test["expected_ids"] as? [String] ?? [])
            for match in affected where recorded.isDisjoint(with: match.aliases + [match.advisory]) {
                let recording = recordings[test["from"] as? String ?? ""] ?? Recording()
                if recording.isBefore(match.advisory, published: corpus.published[match.advisory]) {
                    tally.later += 1
                } else {
                    tally.others.insert("\(subject) \(match.advisory)")
                }
            }
            for name in expected {
                if affected.contains(where: { $0.advisory == name || $0.aliases.contains(name) }) {
                    tally.found += 1
                } else if packages[name]?.contains([component.ecosystem.name, component.name]) != true {
                    tally.elsewhere.append("\(subject) \(name)")
                } else {
                    #expect(KnownAnswers.undecided["\(subject) \(name)"] != nil, "\(subject) \(name) is missing")
                    tally.otherwise += 1
                }
            }
        }
        print("osv.dev: \(tally)")
        let others = tally.others.subtracting(KnownAnswers.explained.keys)
        #expect(others.isEmpty, "found and not recorded: \(others.sorted())")
        #expect(Set(KnownAnswers.explained.keys).isSubset(of: tally.others))
        let elsewhere = Set(tally.elsewhere).subtracting(KnownAnswers.elsewhere.keys)
        #expect(elsewhere.isEmpty, "known for other packages only: \(elsewhere.sorted())")
        #expect(Set(KnownAnswers.elsewhere.keys).isSubset(of: tally.elsewhere))
        #expect(tally.asked == 971 && tally.found == 432 && tally.ofCommits == 9 && tally.otherwise == 3)
        #expect(tally.later == 35)
    }
}
