import JSONText
import Journal
import Testing

@testable import Clearinghouse

/// What makes a result of a later SARIF log the same finding again.
@Suite struct RepeatedScanTests {
    private static let guid = "22222222-2222-4222-8222-222222222222"
    private static let other = "44444444-4444-4444-8444-444444444444"

    /// One result; two with the same text in the same function are the same problem.
    private static func result(
        _ text: String = "overflow", function: String = "f", line: Int64 = 7, id identity: (String, String)? = nil
    ) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("message", ["text": .string(text)]), ("ruleId", "CWE-122"),
            (
                "locations",
                [
                    [
                        "physicalLocation": [
                            "artifactLocation": ["uri": "src/tide.c"], "region": ["startLine": .number(JSONNumber(line))]
                        ],
                        "logicalLocations": [["name": .string(function)]]
                    ]
                ]
            )
        ]
        if let identity { members.append((identity.0, .string(identity.1))) }
        return .object(JSONObject(members))
    }

    /// A log of one scan; another version of the tool makes other bytes of the same results.
    private static func log(_ results: [JSONValue], tool: String = "1") -> [UInt8] {
        let driver: JSONValue = ["name": "kelp", "version": .string(tool)]
        let log: JSONValue = ["version": "2.1.0", "runs": [["tool": ["driver": driver], "results": .array(results)]]]
        return log.canonicalBytes()
    }

    private func submit(
        _ bytes: [UInt8], key: String? = nil, package: String = "pkg:generic/libtide@1.2.0", to house: House, by lab: Principal
    ) async throws -> [FindingReceipt] {
        let batch = try FindingReader.submissions(inSARIF: bytes, package: package, idempotencyKey: key)
        return try await house.discovery.submit(batch.submissions, asOne: true, under: batch.key, by: lab).map { try $0.get() }
    }

    private func scene() async throws -> (house: House, lab: Principal) {
        let house = try House()
        return (house, try await house.enrol("lab-a", as: .finder))
    }

    @Test(arguments: ["guid", "correlationGuid"])
    func `a later scan gives the findings of the first, and records nothing`(member: String) async throws {
        let (house, lab) = try await scene()
        let results = [
            Self.result("a", function: "f", id: (member, Self.guid)), Self.result("b", function: "g", id: (member, Self.other))
        ]
        let first = try await submit(Self.log(results), to: house, by: lab)
        #expect(first.allSatisfy { !$0.isRepeat } && Set(first.map(\.finding)).count == 2)
        let before = try await house.recordCount()
        #expect(try await submit(Self.log(results), to: house, by: lab) == first.map(\.asRepeat), "the same log")
        let moved = [
            Self.result("b", function: "g", line: 99, id: (member, Self.other)),
            Self.result("a", function: "f", line: 8, id: (member, Self.guid.uppercased()))
        ]
        let later = try await submit(
            Self.log(moved, tool: "2"), package: "pkg:generic/libtide@1.3.0", to: house, by: lab
        )
        #expect(later == first.reversed().map(\.asRepeat), "another log, another version, in another order, lines moved")
        #expect(try await house.recordCount() == before)
        try await house.expectProvable()
    }

    @Test func `the same log about another package is another question, and loses no run of it`() async throws {
        let (house, lab) = try await scene()
        let driver: JSONValue = ["driver": ["name": "kelp"]]
        let named: JSONValue = [
            "tool": driver, "results": [Self.result("b", function: "g")],
            "versionControlProvenance": [["repositoryUri": "https://example.org/b"]]
        ]
        let log: JSONValue = [
            "version": "2.1.0", "runs": [["tool": driver, "results": [Self.result("a", function: "f")]], named]
        ]
        let without = try FindingReader.submissions(inSARIF: log.canonicalBytes(), package: nil)
        #expect(without.submissions.map(\.report.title) == ["b"] && !without.leftOut.isEmpty)
        _ = try await house.discovery.submit(without.submissions, asOne: true, by: lab)
        let all = try await submit(log.canonicalBytes(), to: house, by: lab)
        #expect(all.count == 2 && all.allSatisfy { !$0.isRepeat }, "the run that was left out is taken now")
        let corrected = try await submit(log.canonicalBytes(), package: "pkg:generic/libtide@1.3.0", to: house, by: lab)
        #expect(Set(corrected.map(\.finding)).isDisjoint(with: all.map(\.finding)), "a corrected package is not lost")
        _ = try await submit(log.canonicalBytes(), key: "k", to: house, by: lab)
        try await house.expectRefusal(.idempotencyKeyReused, at: "header Idempotency-Key") {
            _ = try await submit(log.canonicalBytes(), key: "k", package: "pkg:generic/other@1", to: house, by: lab)
        }
    }

    @Test func `refuses a guid that comes back for another problem, with its place, and records nothing of the log`() async throws
    {
        let changes: [(String, JSONValue)] = [
            ("text", Self.result("another text", id: ("guid", Self.guid))),
            ("function", Self.result(function: "g", id: ("guid", Self.guid)))
        ]
        for (what, changed) in changes {
            let (house, lab) = try await scene()
            _ = try await submit(Self.log([Self.result(id: ("guid", Self.guid))]), to: house, by: lab)
            try await house.expectRefusal(.idempotencyKeyReused, at: "/runs/0/results/1/guid", "\(what)") {
                _ = try await submit(Self.log([Self.result("new"), changed]), to: house, by: lab)
            }
            // Within one log too.
            let (empty, finder) = try await scene()
            try await empty.expectRefusal(.idempotencyKeyReused, at: "/runs/0/results/1/guid", "\(what)") {
                _ = try await submit(Self.log([Self.result(id: ("guid", Self.guid)), changed]), to: empty, by: finder)
            }
        }
    }

    @Test func `a log with guids that was handed in under the wrong package is handed in again under the right one`() async throws
    {
        let (house, lab) = try await scene()
        let log = Self.log([Self.result(id: ("guid", Self.guid))])
        let wrong = try await submit(log, to: house, by: lab)
        let right = try await submit(log, package: "pkg:generic/libebb@1", to: house, by: lab)
        #expect(!right[0].isRepeat && right[0].finding != wrong[0].finding)
        #expect(
            try await submit(log, package: "pkg:generic/libebb@2", to: house, by: lab) == right.map(\.asRepeat),
            "its next version")
        #expect(try await submit(log, to: house, by: lab) == wrong.map(\.asRepeat))
    }

    @Test func `a log whose problems are in no known package or repository is refused, and one without problems is not`() throws {
        let lost = #expect(throws: Refusal.self) { try FindingReader.submissions(inSARIF: Self.log([Self.result()])) }
        #expect(lost?.code == .malformed && lost?.place == "/runs/0" && lost?.reason.contains("1 results are left out") == true)
        #expect(try FindingReader.submissions(inSARIF: Self.log([])).submissions.isEmpty)
        let strange = #expect(throws: Refusal.self) {
            try FindingReader.submissions(inSARIF: Self.log([Self.result()]), repository: "not a URI")
        }
        #expect(strange?.place == "query parameter repository")
    }

    @Test func `results that share a correlationGuid and say different things are different findings`() async throws {
        let (house, lab) = try await scene()
        let shared = ("correlationGuid", Self.guid)
        let first = try await submit(
            Self.log([Self.result("a", id: shared), Self.result("b", function: "g", id: shared)]), to: house, by: lab
        )
        #expect(Set(first.map(\.finding)).count == 2)
        let later = try await submit(
            Self.log([Self.result("c", function: "h", id: shared), Self.result("a", id: shared)], tool: "2"), to: house, by: lab
        )
        #expect(!later[0].isRepeat && later[1] == first[0].asRepeat)
        let twice = try await submit(
            Self.log([Self.result("d", id: shared), Self.result("d", line: 9, id: shared)]), to: house, by: lab
        )
        #expect(twice[1] == twice[0].asRepeat, "one problem at two lines of one function")
    }

    @Test func `results without an identifier are the same only in the same log`() async throws {
        let (house, lab) = try await scene()
        let first = try await submit(Self.log([Self.result()]), to: house, by: lab)
        #expect(try await submit(Self.log([Self.result()]), to: house, by: lab) == first.map(\.asRepeat))
        let later = try await submit(Self.log([Self.result()], tool: "2"), to: house, by: lab)
        #expect(later[0].finding != first[0].finding && later[0].vulnerability == first[0].vulnerability)
    }

    @Test func `a key beside a log belongs to its bytes, whatever identifiers its results have`() async throws {
        let (house, lab) = try await scene()
        let log = Self.log([Self.result(id: ("guid", Self.guid))])
        let first = try await submit(log, key: "monday", to: house, by: lab)
        let before = try await house.recordCount()
        #expect(try await submit(log, key: "monday", to: house, by: lab) == first.map(\.asRepeat))
        #expect(try await house.recordCount() == before)
        for results in [[Self.result(id: ("guid", Self.guid))], [Self.result("new")], []] {
            try await house.expectRefusal(.idempotencyKeyReused, at: "header Idempotency-Key") {
                _ = try await submit(Self.log(results, tool: "2"), key: "monday", to: house, by: lab)
            }
        }
        let tuesday = try await submit(
            Self.log([Self.result(id: ("guid", Self.guid))], tool: "2"), key: "tuesday", to: house, by: lab
        )
        #expect(tuesday == first.map(\.asRepeat), "the next scan's key, the same finding")
        let other = try await house.enrol("lab-b", as: .finder)
        #expect(try await submit(Self.log([Self.result("theirs")]), key: "monday", to: house, by: other)[0].isRepeat == false)
        try await house.expectProvable()
    }

    @Test func `a key used for a log is refused for a single finding, and the other way round`() async throws {
        let (house, lab) = try await scene()
        let line = Array(#"{"title": "T", "package": "pkg:npm/a@1"}"#.utf8)
        func hand(_ key: String) async throws {
            let batch = try FindingReader.batch(in: line, idempotencyKey: key)
            for answer in try await house.discovery.submit(batch.submissions, asOne: true, under: batch.key, by: lab) {
                _ = try answer.get()
            }
        }
        _ = try await submit(Self.log([Self.result()]), key: "k1", to: house, by: lab)
        try await house.expectRefusal(.idempotencyKeyReused) { try await hand("k1") }
        try await hand("k2")
        try await hand("k2")
        try await house.expectRefusal(.idempotencyKeyReused) {
            _ = try await submit(Self.log([Self.result()]), key: "k2", to: house, by: lab)
        }
    }
}
