import AdvisoryFormats
import PackageIdentity
import TestSupport
import Testing

@testable import Matching

/// GitHub's own form of an advisory, judged by the OSV record that OSV's converter makes of it.
@Suite struct `GitHub advisories` {
    private static let folder = "osv-schema/tools/ghsa/testdata"

    /// Where the pair of the converter says something that GitHub's text does not: it drops the end of `<= 1.2.1`.
    private static let known: Set<String> = ["less_than_equals_no_patch 99.0.0"]

    /// Versions at, before and behind every version that is named.
    private func versions(_ names: [String]) -> [String] {
        let neighbours = names.flatMap { name -> [String] in
            var numbers = name.split(separator: ".").compactMap { Int($0) }
            guard numbers.count > 1, let last = numbers.popLast() else { return [] }
            let next = (numbers + [last + 1]).map(String.init).joined(separator: ".")
            let previous = (numbers + [max(0, last - 1)]).map(String.init).joined(separator: ".")
            return [name, next, previous]
        }
        return Set(neighbours + ["0.0.1", "99.0.0"]).sorted()
    }

    @Test(.enabled(if: SharedSuite.has(folder), "the converter's test data is missing"))
    func `affect what the paired OSV record affects`() throws {
        var (pairs, judged) = (0, 0)
        var differences: Set<String> = []
        for file in SharedSuite.files(in: Self.folder) where !file.hasSuffix(".osv.json") {
            let ours = IndexedAdvisory(try GHSAAdvisory(parsing: SharedSuite.bytes(file)))
            let record = try OSVRecord(parsing: SharedSuite.bytes(String(file.dropLast(5)) + ".osv.json"))
            let theirs = IndexedAdvisory(record)
            #expect(ours.id == theirs.id && ours.aliases == theirs.aliases && ours.modified == theirs.modified, "\(file)")
            #expect(ours.isWithdrawn == theirs.isWithdrawn && ours.summary == theirs.summary, "\(file)")
            #expect(Set(ours.affected.map(\.name)) == Set(theirs.affected.map(\.name)), "\(file)")
            pairs += 1
            let named = record.affected.flatMap { $0.versions + $0.ranges.flatMap { $0.events.map(\.version) } }
            for package in theirs.affected {
                for version in versions(named) {
                    let component = Component(ecosystem: package.ecosystem, name: package.name, version: version)
                    let (one, other) = (
                        try AdvisoryIndex(of: [ours]).match(component), try AdvisoryIndex(of: [theirs]).match(component)
                    )
                    judged += 1
                    if one.map(\.verdict) != other.map(\.verdict) {
                        let name = file.split(separator: "/").last.map { String($0.dropLast(5)) } ?? ""
                        differences.insert("\(name) \(version)")
                    }
                }
            }
        }
        print("GHSA: \(pairs) pairs, \(judged) versions judged, differences \(differences.sorted())")
        #expect(pairs == 10 && differences == Self.known)
    }

    @Test func `are read as REST gives them, too`() throws {
        let text = """
            {"ghsa_id":"GHSA-aaaa-bbbb-cccc","cve_id":"CVE-2026-1","summary":"A flaw","updated_at":"2026-01-02T03:04:05Z",
            "withdrawn_at":null,"identifiers":[{"type":"GHSA","value":"GHSA-aaaa-bbbb-cccc"},{"type":"CVE","value":"CVE-2026-1"}],
            "vulnerabilities":[{"package":{"ecosystem":"pip","name":"Example"},"vulnerable_version_range":"<= 1.0",
            "first_patched_version":"1.1","vulnerable_functions":[]}]}
            """
        let advisory = IndexedAdvisory(try GHSAAdvisory(parsing: Array(text.utf8)))
        #expect(advisory.aliases == ["CVE-2026-1"])
        let index = try AdvisoryIndex(of: [advisory])
        let component = Component(ecosystem: Ecosystem("PyPI"), name: "example", version: "1.0.1")
        #expect(index.match(component).map(\.fixedVersion) == ["1.1"])
        let refusal = #expect(throws: FormatRefusal.self) { try GHSAAdvisory(parsing: Array(#"{"ghsa_id": 1}"#.utf8)) }
        #expect(refusal?.violations.map(\.pointer).contains("/ghsa_id") == true)
    }
}
