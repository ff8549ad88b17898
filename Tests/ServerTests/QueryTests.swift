import JSONText
import Matching
import PackageIdentity
import Testing

@testable import Clearinghouse
@testable import Server

/// The questions that clients of OSV.dev ask.
@Suite
struct QueryTests {
    private static func record(
        _ identifier: String, _ ecosystem: String, _ name: String, fixed: String, modified: String = "2026-01-02T03:04:05Z",
        isWithdrawn: Bool = false
    ) -> String {
        var members: [(String, JSONValue)] = [
            ("id", .string(identifier)), ("modified", .string(modified)),
            ("aliases", [.string("CVE-2026-\(identifier)")]),
            (
                "affected",
                [
                    [
                        "package": ["ecosystem": .string(ecosystem), "name": .string(name)],
                        "ranges": [["type": "ECOSYSTEM", "events": [["introduced": "0"], ["fixed": .string(fixed)]]]]
                    ]
                ]
            )
        ]
        if isWithdrawn { members.append(("withdrawn", "2026-01-03T00:00:00Z")) }
        return String(decoding: JSONValue.object(JSONObject(members)).bytes(), as: UTF8.self)
    }

    private static let commit = "1b085e6b351350816a6ad6e2f1a88e519b093382"

    private static let gitRecord = """
        {"id":"OSV-2026-1","modified":"2026-01-02T03:04:05Z","affected":[{"package":{"ecosystem":"OSS-Fuzz","name":"libssh2"},\
        "ranges":[{"type":"GIT","repo":"https://github.com/libssh2/libssh2.git","events":[{"introduced":"\(commit)"}]}],\
        "versions":["libssh2-1.11.0","libssh2-1.11.1"]}]}
        """

    private static let records = [
        record("PYSEC-1", "PyPI", "Jinja2", fixed: "3.1.3"), record("PYSEC-2", "PyPI", "jinja2", fixed: "2.0"),
        record("PYSEC-3", "PyPI", "jinja2", fixed: "9", isWithdrawn: true),
        record("DSA-1", "Debian:12", "curl", fixed: "7.88-2"), record("DSA-2", "Debian:11", "curl", fixed: "7.74-2"), gitRecord
    ]

    private static func open(_ body: @Sendable @escaping (Desk) async throws -> Void) async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let reply = try await desk.postLines("/v1/advisories/import", records, as: walk.coordinator)
            #expect(try reply.json["new"]?.integer == 6, "\(reply.text)")
            try await body(desk)
        }
    }

    private static func package(_ ecosystem: String, _ name: String, _ version: String?) -> JSONValue {
        var members: [(String, JSONValue)] = [("package", ["ecosystem": .string(ecosystem), "name": .string(name)])]
        if let version { members.append(("version", .string(version))) }
        return .object(JSONObject(members))
    }

    private static func identifiers(_ answer: JSONValue) -> [String] {
        answer["vulns"]?.array?.compactMap { $0["id"]?.string } ?? []
    }

    @Test
    func `answers for a version of a package with whole records, to anyone`() async throws {
        try await Self.open { desk in
            let reply = try await desk.post("/v1/query", Self.package("PyPI", "JINJA2", "3.1.2"))
            #expect(try reply.status == 200 && Self.identifiers(reply.json) == ["PYSEC-1"])
            #expect(reply.text == "{\"vulns\":[\(Self.records[0])]}", "byte for byte as it was recorded")
            #expect(try await desk.post("/v1/query", Self.package("PyPI", "jinja2", "3.1.3")).text == "{}")
            #expect(try await desk.post("/v1/query", Self.package("npm", "jinja2", "1.0")).text == "{}")
            let every = try await desk.post("/v1/query", Self.package("PyPI", "jinja2", nil)).json
            #expect(Self.identifiers(every) == ["PYSEC-1", "PYSEC-2"], "without a version everything that stands")
        }
    }

    @Test
    func `knows releases, package URLs, repositories and commits`() async throws {
        try await Self.open { desk in
            let questions: [(JSONValue, [String])] = [
                (Self.package("Debian:12", "curl", "7.70-1"), ["DSA-1"]),
                (Self.package("Debian", "curl", nil), ["DSA-1", "DSA-2"]),
                (["package": ["purl": "pkg:deb/debian/curl@7.70-1?distro=bookworm"]], ["DSA-1"]),
                (["package": ["purl": "pkg:pypi/jinja2"], "version": "1.0"], ["PYSEC-1", "PYSEC-2"]),
                (["package": ["purl": "pkg:golang/stdlib@1.21.4"]], []),
                (Self.package("GIT", "https://github.com/libssh2/libssh2", "1.11.1"), ["OSV-2026-1"]),
                (["package": ["purl": "pkg:github/libssh2/libssh2@libssh2-1.11.0"]], ["OSV-2026-1"]),
                (["commit": .string(Self.commit)], ["OSV-2026-1"]),
                (["commit": .string(Self.commit), "version": ""], ["OSV-2026-1"]),
                (["commit": .string(Self.commit), "version": .null, "package": .null], ["OSV-2026-1"]),
                (["commit": "0000000000000000000000000000000000000000"], [])
            ]
            for (question, expected) in questions {
                let answer = try await desk.post("/v1/query", question)
                #expect(Self.identifiers(try answer.json) == expected, "\(question): \(answer.text)")
            }
        }
    }

    @Test
    func `answers a batch in its order, with identifiers and times`() async throws {
        try await Self.open { desk in
            let questions: JSONValue = [
                "queries": [
                    Self.package("PyPI", "jinja2", "1.0"), Self.package("PyPI", "nothing", "1.0"),
                    Self.package("Debian:11", "curl", "7.70-1")
                ]
            ]
            let results = try await desk.post("/v1/querybatch", questions).list("results")
            #expect(results.map(Self.identifiers) == [["PYSEC-1", "PYSEC-2"], [], ["DSA-2"]])
            #expect(results[0]["vulns"]?.array?.first?["modified"]?.string == "2026-01-02T03:04:05Z")
            #expect(try await desk.post("/v1/querybatch", ["queries": []]).text == "{\"results\":[]}")
        }
    }

    @Test
    func `gives long answers in pages that leave nothing out`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let records = (0..<2_100).map { Self.record("GO-\($0)", "npm", "left-pad", fixed: $0 % 2 == 0 ? "9.0.0" : "1.0.0") }
            _ = try await desk.postLines("/v1/advisories/import", records, as: walk.coordinator)
            var (found, token, pages): ([String], String?, Int) = ([], nil, 0)
            repeat {
                var question: [(String, JSONValue)] =
                    Self.package("npm", "left-pad", "2.0.0").object?.members.map { ($0.key, $0.value) } ?? []
                if let token { question.append(("page_token", .string(token))) }
                let answer = try await desk.post("/v1/query", .object(JSONObject(question))).json
                found += Self.identifiers(answer)
                token = answer["next_page_token"]?.string
                pages += 1
            } while token != nil
            #expect(pages == 2 && found.count == 1_050 && Set(found).count == 1_050)
        }
    }

    @Test
    func `leaves to further pages what a batch has no time for, and nothing out`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let records = (0..<900).map { Self.record("GO-\($0)", "npm", "package-\($0 % 3)", fixed: "9.0.0") }
            _ = try await desk.postLines("/v1/advisories/import", records, as: walk.coordinator)
            let components = (0..<4).map { Component(ecosystem: Ecosystem("npm"), name: "package-\($0)", version: "1.0.0") }
            var open = components.indices.map { (number: $0, question: AdvisoryQuestion(.component(components[$0]))) }
            var (found, batches) = ([[String]](repeating: [], count: 4), 0)
            while !open.isEmpty {
                let answers = try await desk.house.rooms.distribution.advisories(
                    concerning: open.map(\.question), withRecords: false, byteLimit: 60_000
                )
                batches += 1
                var next: [(number: Int, question: AdvisoryQuestion)] = []
                for ((number, _), answer) in zip(open, answers) {
                    found[number] += answer.advisories.map(\.identifier)
                    if let token = answer.next {
                        next.append((number, AdvisoryQuestion(.component(components[number]), after: token)))
                    }
                }
                open = next
            }
            #expect(batches > 3, "one batch has time for some 300 of 900")
            #expect(found.map(\.count) == [300, 300, 300, 0] && Set(found.joined()).count == 900)
        }
    }

    @Test
    func `reads an advisory once for all packages of a batch that it names`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            func affected(_ name: String) -> String {
                #"{"package":{"ecosystem":"npm","name":"\#(name)"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}]}"#
            }
            let padding = String(repeating: "x", count: 2_000)
            let shared = (0..<20).map { number in
                #"{"schema_version":"1.6.0","id":"GO-\#(number)","modified":"2026-01-01T00:00:00Z","details":"\#(padding)","affected":["#
                    + ["a", "b", "c", "d"].map(affected).joined(separator: ",") + "]}"
            }
            let own = ["a", "b", "c", "d"].map {
                #"{"schema_version":"1.6.0","id":"GO-1\#($0)","modified":"2026-01-01T00:00:00Z","affected":[\#(affected($0))]}"#
            }
            _ = try await desk.postLines("/v1/advisories/import", shared + own, as: walk.coordinator)
            let questions = ["a", "b", "c", "d"].map {
                AdvisoryQuestion(.component(Component(ecosystem: Ecosystem("npm"), name: $0, version: "1.0.0")))
            }
            let answers = try await desk.house.rooms.distribution.advisories(
                concerning: questions, withRecords: false, byteLimit: 120_000)
            #expect(answers.map(\.advisories.count) == [21, 21, 21, 21], "all of them hold some 60,000 bytes")
        }
    }

    @Test
    func `says what it can't decide, and why, beside what OSV dev would answer`() async throws {
        try await Self.open { desk in
            let anyRelease = try await desk.post("/v1/query", Self.package("Debian", "curl", "7.80-1")).json
            #expect(Self.identifiers(anyRelease) == ["DSA-1"] && Self.undecided(anyRelease) == ["DSA-1"])
            #expect("\(anyRelease)".contains("release is not known"))
            let unreadable = try await desk.post("/v1/query", Self.package("PyPI", "jinja2", "not a version")).json
            #expect(Self.identifiers(unreadable).isEmpty && Self.undecided(unreadable) == ["PYSEC-1", "PYSEC-2"])
            let whole = Self.package("Debian:12", "curl", "7.80-1")
            #expect(try await desk.post("/v1/query", whole).json["undecided"] == nil)
            #expect(try await desk.post("/v1/query", Self.package("Debian", "curl", nil)).json["undecided"] == nil)
            let commit = String(repeating: "0", count: 40)
            let tagged = try await desk.post("/v1/query", Self.package("GIT", "github.com/libssh2/libssh2", commit)).json
            #expect(Self.identifiers(tagged).isEmpty && Self.undecided(tagged) == ["OSV-2026-1"])
            let asked = try await desk.post("/v1/query", ["commit": .string(commit)]).json
            #expect(
                asked["undecided"]?.array?.first?["reason"]?.string?.contains("repository") == true && Self.undecided(asked) == []
            )
            let batch = try await desk.post("/v1/querybatch", ["queries": [whole, Self.package("PyPI", "jinja2", "x")]]).list(
                "results")
            #expect(batch.map(Self.undecided) == [[], ["PYSEC-1", "PYSEC-2"]])
        }
    }

    private static func undecided(_ answer: JSONValue) -> [String] {
        answer["undecided"]?.array?.compactMap { $0["id"]?.string } ?? []
    }

    @Test
    func `refuses an ecosystem that nobody knows, and a batch that has one`() async throws {
        try await Self.open { desk in
            for name in ["pypi", "Nowhere", "Nowhere:1"] {
                let reply = try await desk.post("/v1/query", Self.package(name, "left-pad", "1.0"))
                #expect(
                    reply.status == 400 && reply.text.contains("Invalid ecosystem") && reply.text.contains("/package/ecosystem"))
            }
            let batch = try await desk.post(
                "/v1/querybatch", ["queries": [Self.package("npm", "x", "1.0.0"), Self.package("Nowhere", "x", "1")]]
            )
            #expect(batch.status == 400 && batch.text.contains("/queries/1/package/ecosystem"), "\(batch.text)")
            #expect(
                try await desk.post("/v1/query", Self.package("Debian:100", "curl", "1")).text == "{}", "a release may be to come"
            )
        }
    }

    @Test
    func `reads an advisory by its identifier and by an alias`() async throws {
        try await Self.open { desk in
            let (own, alias) = (try await desk.get("/v1/vulns/OSV-2026-1"), try await desk.get("/v1/vulns/CVE-2026-PYSEC-1"))
            #expect(own.text == Self.gitRecord && alias.text == Self.records[0])
            let global = try await desk.get("/v1/vulns/GCVE-0-2026-PYSEC-1")
            #expect(global.text == Self.records[0], "authority 0 of GCVE is the CVE Program")
            let nothing = try await desk.get("/v1/vulns/NOPE-1")
            #expect(nothing.status == 404)
        }
    }

    @Test
    func `refuses what is no question, with its place`() async throws {
        try await Self.open { desk in
            let cases: [(JSONValue, String)] = [
                ([:], "/package"), (["package": [:]], "/package"), (["package": ["name": "x"]], "/package"),
                (["package": ["purl": "x"]], "/package/purl"),
                (["package": ["purl": "pkg:pypi/x", "name": "x"]], "/package/purl"),
                (["package": ["purl": "pkg:pypi/x@1"], "version": "2"], "/version"),
                (
                    ["package": ["name": "x", "ecosystem": "npm"], "version": "1", "page_token": "junk"], "/page_token"
                ), (["commit": "abc", "version": "1"], "/commit"), (["commit": "zz"], "/commit"),
                (["commit": "abcdef"], "/commit"), (["commit": "abcdefg"], "/commit"),
                (["commit": .string(String(repeating: "a", count: 65))], "/commit"),
                (["commit": "abcdef0", "version": 1], "/version"),
                (["commit": .string(Self.commit), "package": [:]], "/commit"),
                (["package": ["name": 1, "ecosystem": "npm"]], "/package/name"),
                (["version": true], "/package")
            ]
            for (question, place) in cases {
                let reply = try await desk.post("/v1/query", question)
                #expect(reply.status == 400 && reply.text.contains("\"\(place)\""), "\(reply.text)")
            }
            let batch = try await desk.post("/v1/querybatch", ["queries": [Self.package("npm", "x", "1.0.0"), [:]]])
            #expect(batch.status == 400 && batch.text.contains("/queries/1/package"), "\(batch.text)")
            let many = JSONValue.array(Array(repeating: Self.package("npm", "x", "1.0.0"), count: 1_001))
            #expect(try await desk.post("/v1/querybatch", ["queries": many]).status == 400)
        }
    }
}
