import Foundation
import PackageIdentity
import TestSupport
import Testing

/// The version fixtures of OSV-Scanner and the comparison tests of univers and vers-spec.
@Suite struct `Version order conformance` {
    /// The fixtures by the first word of their names.
    private static let fixtureSchemes: [String: [VersionScheme]] = [
        "alpine": [.apk], "cran": [.cran], "debian": [.dpkg], "hackage": [.hackage], "maven": [.maven], "nuget": [.nuget],
        "packagist": [.composer], "pub": [.pub], "pypi": [.pep440], "redhat": [.rpm], "rubygems": [.rubygems],
        "semver": [.semver, .npm, .crates, .golang]
    ]

    @Test(.enabled(if: SharedSuite.has("osv-semantic"), "shared/suites/osv-semantic is missing"))
    func `orders every pair of the fixtures of OSV, but for the deviations that are listed`() throws {
        let files = SharedSuite.files(in: "osv-semantic/semantic/testdata")
        #expect(files.count >= 19)
        var deviations = VersionOrderDeviation.all
        var judged = 0
        for file in files {
            let name = try #require(file.split(separator: "/").last)
            let schemes = try #require(Self.fixtureSchemes[String(name.prefix { $0 != "-" })], "\(name) has no scheme")
            for scheme in schemes { judged += try judge(file, scheme, &deviations) }
        }
        print("osv-semantic: \(judged) judged")
        #expect(judged >= 48_000, "the fixtures were read only in part")
        #expect(deviations.isEmpty, "not found any more: \(deviations)")
    }

    @Test(.enabled(if: SharedSuite.has("univers"), "shared/suites/univers is missing"))
    func `agrees with every comparison of univers`() throws {
        let folder = "univers/tests/data/schema"
        let judged = try SharedSuite.files(in: folder).filter { $0.hasSuffix(".json") }.reduce(0) { try $0 + judgeJSON($1) }
        print("univers: \(judged) judged")
        #expect(judged >= 1_923)
    }

    @Test(.enabled(if: SharedSuite.has("vers-spec/tests"), "shared/suites/vers-spec is missing"))
    func `agrees with every comparison of vers-spec`() throws {
        let files = SharedSuite.files(in: "vers-spec/tests").filter { $0.hasSuffix(".json") }
        let judged = try files.reduce(0) { try $0 + judgeJSON($1) }
        print("vers-spec: \(judged) judged")
        #expect(judged >= 1_922)
    }

    /// A pair of the list must have the listed relation, and leaves the list; every other pair that of the fixture.
    private func judge(_ file: String, _ scheme: VersionScheme, _ deviations: inout [VersionOrderDeviation]) throws -> Int {
        var judged = 0
        for line in try SharedSuite.lines(file) {
            if line.hasPrefix("#") || line.hasPrefix("//") { continue }
            let words = line.split(separator: " ").map(String.init)
            if words.isEmpty { continue }
            try #require(words.count == 3, "\(file): \(line)")
            let (left, right) = (try key(words[0], scheme, line), try key(words[2], scheme, line))
            let place = deviations.firstIndex { $0.scheme == scheme && $0.line == line }
            let expected = place.map { deviations.remove(at: $0).relation } ?? words[1]
            if relation(left, right) != expected {
                Issue.record("\(file) as \(scheme): \(line), expected \(expected), but \(left) and \(right)")
            }
            judged += 1
        }
        #expect(judged > 0, "\(file) has no pairs")
        return judged
    }

    /// Judges the comparison and equality tests of one file; returns how many there were.
    private func judgeJSON(_ file: String) throws -> Int {
        let document = try SharedSuite.json(file)
        let tests = document as? [[String: Any]] ?? (document as? [String: Any])?["tests"] as? [[String: Any]] ?? []
        var judged = 0
        for test in tests {
            guard ["comparison", "equality"].contains(test["test_type"] as? String) else { continue }
            let input = try #require(test["input"] as? [String: Any])
            let versions = try #require(input["versions"] as? [String])
            let name = try #require(input["input_scheme"] as? String)
            let scheme = try #require(VersionScheme(versType: name), "\(file): \(name)")
            let keys = try versions.map { try key($0, scheme, file) }
            if test["test_type"] as? String == "comparison" {
                let expected = try #require(test["expected_output"] as? [String])
                #expect(try keys.sorted() == expected.map { try key($0, scheme, file) }, "\(file): \(versions)")
            } else {
                #expect((keys[0] == keys[1]) == (test["expected_output"] as? Bool), "\(file): \(versions)")
            }
            judged += 1
        }
        return judged
    }

    private func key(_ version: String, _ scheme: VersionScheme, _ context: String) throws -> VersionKey {
        do { return try VersionKey(encoding: version, in: scheme) } catch {
            Issue.record("\(context): \(version) was refused: \(error)")
            throw error
        }
    }
}

/// "<", "=" or ">".
func relation(_ left: VersionKey, _ right: VersionKey) -> String { left < right ? "<" : left == right ? "=" : ">" }
