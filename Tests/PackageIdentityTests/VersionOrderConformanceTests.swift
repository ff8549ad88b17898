import Foundation
import PackageIdentity
import TestSupport
import Testing

/// The version fixtures of OSV-Scanner and the comparison tests of univers and vers-spec.
@Suite struct `Version order conformance` {
    @Test(.enabled(if: SharedSuite.has("osv-semantic"), "shared/suites/osv-semantic is missing"))
    func `orders every pair of the semver fixture`() throws {
        for scheme in [VersionScheme.semver, .npm, .crates, .golang] {
            try judge("semver-versions.txt", scheme, atLeast: 55)
        }
    }

    @Test(.enabled(if: SharedSuite.has("osv-semantic"), "shared/suites/osv-semantic is missing"))
    func `orders every pair of the Python fixtures`() throws {
        try judge("pypi-versions.txt", .pep440, atLeast: 20)
        try judge("pypi-versions-generated.txt", .pep440, atLeast: 8_000)
    }

    @Test(.enabled(if: SharedSuite.has("osv-semantic"), "shared/suites/osv-semantic is missing"))
    func `orders every pair of the Debian fixtures`() throws {
        try judge("debian-versions.txt", .dpkg, atLeast: 20)
        try judge("debian-versions-generated.txt", .dpkg, atLeast: 9_000)
    }

    @Test(.enabled(if: SharedSuite.has("univers"), "shared/suites/univers is missing"))
    func `agrees with every comparison of univers for these schemes`() throws {
        let folder = "univers/tests/data/schema"
        let judged = try SharedSuite.files(in: folder).filter { $0.hasSuffix(".json") }.reduce(0) { try $0 + judgeJSON($1) }
        #expect(judged >= 16)
    }

    /// vers-spec has no comparison for these schemes today; its containment tests of Python ranges need their order.
    @Test(.enabled(if: SharedSuite.has("vers-spec/tests"), "shared/suites/vers-spec is missing"))
    func `agrees with every comparison and containment of vers-spec for these schemes`() throws {
        for file in SharedSuite.files(in: "vers-spec/tests") where file.hasSuffix(".json") { _ = try judgeJSON(file) }
        #expect(try judgeContainment("vers-spec/tests/pypi_range_containment_test.json") == 10)
    }

    private func judge(_ name: String, _ scheme: VersionScheme, atLeast minimum: Int) throws {
        var judged = 0
        for line in try SharedSuite.lines("osv-semantic/semantic/testdata/" + name) {
            let words = line.split(separator: " ").map(String.init)
            if line.hasPrefix("#") || line.hasPrefix("//") || words.isEmpty { continue }
            try #require(words.count == 3, "\(name): \(line)")
            let left = try key(words[0], scheme, line)
            let right = try key(words[2], scheme, line)
            #expect(relation(left, right) == words[1], "\(name) as \(scheme): \(line), but \(left) and \(right)")
            judged += 1
        }
        print("\(name) as \(scheme): \(judged) judged")
        #expect(judged >= minimum, "\(name) was read only in part")
    }

    private static let schemes: [String: VersionScheme] = [
        "deb": .dpkg, "pypi": .pep440, "npm": .npm, "golang": .golang, "cargo": .crates, "semver": .semver
    ]

    /// Judges the comparison and equality tests of one file; returns how many there were for schemes known here.
    private func judgeJSON(_ file: String) throws -> Int {
        let document = try SharedSuite.json(file)
        let tests = document as? [[String: Any]] ?? (document as? [String: Any])?["tests"] as? [[String: Any]] ?? []
        var judged = 0
        for test in tests {
            guard let input = test["input"] as? [String: Any], let versions = input["versions"] as? [String],
                let scheme = Self.schemes[input["input_scheme"] as? String ?? ""]
            else { continue }
            let keys = try versions.map { try key($0, scheme, file) }
            switch test["test_type"] as? String {
            case "comparison":
                let expected = try #require(test["expected_output"] as? [String])
                #expect(try keys.sorted() == expected.map { try key($0, scheme, file) }, "\(file): \(versions)")
            case "equality":
                #expect((keys[0] == keys[1]) == (test["expected_output"] as? Bool), "\(file): \(versions)")
            default: continue
            }
            judged += 1
        }
        return judged
    }

    /// `vers:pypi/<constraints>` in its simplest evaluation: versions, then the intervals between comparators.
    private func judgeContainment(_ file: String) throws -> Int {
        let document = try #require(SharedSuite.json(file) as? [String: Any])
        var judged = 0
        for test in try #require(document["tests"] as? [[String: Any]]) {
            let input = try #require(test["input"] as? [String: String])
            let version = try VersionKey(encoding: #require(input["version"]), in: .pep440)
            let vers = try #require(input["vers"])
            let contains = try VersIntervals(vers, .pep440).contains(version)
            #expect(contains == (test["expected_output"] as? Bool), "\(vers) and \(input["version"] ?? "")")
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

/// Just enough of VERS to judge keys: constraints sorted by version, contained when the nearest comparators allow it.
private struct VersIntervals {
    private var constraints: [(comparator: String, key: VersionKey)] = []

    init(_ vers: String, _ scheme: VersionScheme) throws {
        for part in vers.split(separator: "/", maxSplits: 1)[1].split(separator: "|") {
            let comparator = String(part.prefix { "<>=!".contains($0) })
            try constraints.append((comparator, VersionKey(encoding: String(part.dropFirst(comparator.count)), in: scheme)))
        }
        constraints.sort { $0.key < $1.key }
    }

    func contains(_ version: VersionKey) -> Bool {
        for (comparator, key) in constraints where key == version {
            return comparator.isEmpty || comparator.hasSuffix("=") && comparator != "!="
        }
        let bounds = constraints.filter { $0.comparator.hasPrefix("<") || $0.comparator.hasPrefix(">") }
        let below = bounds.last { $0.key < version }
        let above = bounds.first { version < $0.key }
        if let below { return below.comparator.hasPrefix(">") && (above?.comparator.hasPrefix("<") ?? true) }
        return above?.comparator.hasPrefix("<") ?? false
    }
}
