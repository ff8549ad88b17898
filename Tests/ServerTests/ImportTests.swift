import JSONText
import Testing

@Suite
struct ImportTests {
    static func record(_ identifier: String, modified: String = "2026-01-02T03:04:05Z", summary: String = "a bug") -> String {
        let record: JSONValue = [
            "id": .string(identifier), "modified": .string(modified), "summary": .string(summary),
            "affected": [
                [
                    "package": ["ecosystem": "npm", "name": "left-pad"],
                    "ranges": [["type": "SEMVER", "events": [["introduced": "0"], ["fixed": "1.3.0"]]]]
                ]
            ],
            "references": [["type": "WEB", "url": "https://example.org/advisory"]]
        ]
        return String(decoding: record.bytes(), as: UTF8.self)
    }

    @Test
    func `imports OSV records, and names every refused line with its reason`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let lines = [
                Self.record("GHSA-aaaa-bbbb-cccc"), "", "{", Self.record("NOPE-1"), Self.record("GHSA-aaaa-bbbb-dddd"),
                "{\"id\":\"GHSA-1\"}"
            ]
            let reply = try await desk.postLines("/v1/advisories/import?source=ghsa", lines, as: walk.coordinator)
            #expect(try reply.json["new"]?.integer == 2)
            let refused = try reply.list("refused")
            #expect(refused.compactMap { $0["name"]?.string } == ["ghsa line 3", "NOPE-1 (ghsa line 4)", "GHSA-1 (ghsa line 6)"])
            #expect(refused.allSatisfy { $0["reason"]?.string?.isEmpty == false })
            #expect(try await desk.get("/v1/advisories?source=ghsa").list("advisories").count == 2)
            #expect(try await desk.get("/v1/advisories?source=other").list("advisories").isEmpty)
        }
    }

    @Test
    func `keeps the bytes as they came`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let odd =
                " { \"modified\":\"2026-01-02T03:04:05Z\", \"id\" : \"GHSA-aaaa-bbbb-cccc\", \"database_specific\":{\"x\":1.50} }"
            let imported = try await desk.postLines("/v1/advisories/import", [odd], as: walk.coordinator)
            #expect(try imported.json["new"]?.integer == 1, "\(imported.text)")
            #expect(try await desk.get("/v1/advisories/GHSA-aaaa-bbbb-cccc/osv").text == odd)
        }
    }

    @Test
    func `tells new, changed, unchanged and outdated records apart`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            func load(_ lines: [String]) async throws -> [Int64?] {
                let json = try await desk.postLines("/v1/advisories/import?source=s", lines, as: walk.coordinator).json
                return ["new", "changed", "unchanged", "older"].map { json[$0]?.integer }
            }
            let (first, second) = (Self.record("GO-1"), Self.record("GO-1", modified: "2026-02-02T00:00:00Z", summary: "worse"))
            #expect(try await load([first]) == [1, 0, 0, 0])
            #expect(try await load([first]) == [0, 0, 1, 0])
            #expect(try await load([second]) == [0, 1, 0, 0])
            #expect(try await load([first]) == [0, 0, 0, 1])
            #expect(try await desk.get("/v1/advisories/GO-1/osv").json["summary"]?.string == "worse")
        }
    }

    @Test
    func `counts empty lines as nothing however many records there are`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let lines = (0..<1_100).flatMap { [Self.record("GO-\($0)"), ""] }
            let reply = try await desk.postLines("/v1/advisories/import", lines, as: walk.coordinator)
            #expect(try reply.json["new"]?.integer == 1_100)
            #expect(try reply.list("refused").isEmpty)
        }
    }

    @Test
    func `finds advisories whose identifiers need encoding in a path`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            _ = try await desk.postLines(
                "/v1/advisories/import", [Self.record("x_a/b c?d%e"), Self.record("RHSA-2026:1234")], as: walk.coordinator)
            #expect(try await desk.get("/v1/advisories/x_a%2Fb%20c%3Fd%25e/osv").status == 200)
            #expect(try await desk.get("/advisories/x_a%2Fb%20c%3Fd%25e").status == 200)
            #expect(try await desk.get("/v1/advisories/RHSA-2026:1234/osv").status == 200)
            for broken in ["%", "%0", "%zz", "%ff", "%00"] {
                #expect(try await desk.get("/v1/advisories/\(broken)/osv").status == 400, "\(broken)")
            }
        }
    }

    @Test
    func `answers unknown advisories, and documents an advisory does not have, with 404`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            _ = try await desk.postLines("/v1/advisories/import", [Self.record("GO-1")], as: walk.coordinator)
            for path in ["GO-2/osv", "GO-2/csaf", "GO-1/csaf", "GO-2/adoption"] {
                #expect(try await desk.get("/v1/advisories/\(path)").status == 404, "\(path)")
            }
        }
    }
}
