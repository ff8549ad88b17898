import JSONText
import Journal
import Testing

@testable import Clearinghouse

/// What a tool's fingerprints join across scans: results of linters name no weakness.
@Suite struct PartialFingerprintTests {
    private struct Result {
        var rule = "no-eval"
        var file = "src/a.js"
        var line: Int64 = 3
        var partial: [String: String] = [:]
        var whole: [String: String] = [:]

        var json: JSONValue {
            func object(_ map: [String: String]) -> JSONValue {
                .object(JSONObject(map.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
            }
            return [
                "message": ["text": .string("eval is called, line \(line)")], "ruleId": .string(rule),
                "partialFingerprints": object(partial), "fingerprints": object(whole),
                "locations": [
                    [
                        "physicalLocation": [
                            "artifactLocation": ["uri": .string(file)], "region": ["startLine": .number(JSONNumber(line))]
                        ]
                    ]
                ]
            ]
        }
    }

    /// The vulnerabilities of logs of one result each.
    private func vulnerabilities(
        of scans: [Result], tools: [String] = [], package: String = "pkg:npm/tide"
    ) async throws -> [String] {
        let house = try House()
        let lab = try await house.enrol("lab-a", as: .finder)
        var found: [String] = []
        for (number, result) in scans.enumerated() {
            let tool = tools.isEmpty ? "lint" : tools[number]
            let driver: JSONValue = ["name": .string(tool), "version": .string("\(number)")]
            let log: JSONValue = ["version": "2.1.0", "runs": [["tool": ["driver": driver], "results": [result.json]]]]
            let batch = try FindingReader.submissions(inSARIF: log.canonicalBytes(), package: package)
            found += try await house.discovery.submit(batch.submissions, asOne: true, by: lab).map { try $0.get().vulnerability }
        }
        return found
    }

    @Test func `a result without a weakness joins by the partial fingerprint of its rule, wherever the line went`() async throws {
        let base = Result(partial: ["hash/v1": "aa"])
        var moved = base
        moved.line = 90
        #expect(Set(try await vulnerabilities(of: [base, moved])).count == 1)
        var others = [base, base, base]
        others[0].rule = "no-new-func"
        others[1].partial = ["hash/v1": "bb"]
        others[2].file = "src/b.js"
        #expect(Set(try await vulnerabilities(of: [base] + others)).count == 4, "another rule, value or file is another result")
        #expect(Set(try await vulnerabilities(of: [base, moved], tools: ["lint", "other"])).count == 2, "and another tool's")
    }

    @Test func `a whole fingerprint joins wherever the result went, and words are none`() async throws {
        let base = Result(whole: ["id/v1": "aa"])
        var moved = base
        (moved.file, moved.line) = ("lib/b.js", 90)
        #expect(Set(try await vulnerabilities(of: [base, moved])).count == 1)
        (moved.whole, moved.file) = (["matchBasedId/v1": "requires login"], "lib/b.js")
        var words = base
        words.whole = moved.whole
        #expect(Set(try await vulnerabilities(of: [words, moved])).count == 2)
    }

    @Test func `the newest version that both have decides`() async throws {
        let old = Result(partial: ["hash/v1": "aa"])
        let both = Result(line: 4, partial: ["hash/v1": "aa", "hash/v2": "b1"])
        let another = Result(line: 5, partial: ["hash/v1": "aa", "hash/v2": "b2"])
        let new = Result(line: 6, partial: ["hash/v2": "b1"])
        #expect(Set(try await vulnerabilities(of: [old, both])).count == 1, "the old one, where only that is shared")
        #expect(Set(try await vulnerabilities(of: [both, old])).count == 1)
        #expect(Set(try await vulnerabilities(of: [both, another])).count == 2, "not the old one, where the new ones differ")
        #expect(Set(try await vulnerabilities(of: [both, new])).count == 1)
    }
}
