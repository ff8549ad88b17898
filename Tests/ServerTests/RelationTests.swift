import CivilTime
import HTTPTypes
import JSONText
import TestKit
import Testing

@Suite
struct RelationTests {
    /// One bug, told in the same words by two labs, without a place.
    private static func told(package: String = Walk.package) -> JSONValue {
        [
            "title": "Levels are written behind the buffer", "package": .string(package),
            "description": """
            When a forged frame announces more levels than the header allows, the expansion loop copies each run behind the end \
            of the allocated plane and corrupts neighbouring chunks of the arena until the decoder aborts.
            """
        ]
    }

    private struct Scene {
        let walk: Walk
        let other: String
        let (older, younger): (JSONValue, JSONValue)
        let relation: String

        init(_ desk: Desk) async throws {
            walk = try await Walk(desk)
            other = try await desk.member("lab-b", "finder")
            older = try await walk.submit(RelationTests.told(), key: "a")
            younger = try await walk.submit(RelationTests.told(), as: other, key: "b")
            try await desk.correlateAll()
            relation = try #require(
                try await desk.get("/v1/relations", as: walk.coordinator).list("relations").first?["id"]?.string)
        }

        func text(_ receipt: JSONValue, _ name: String) throws -> String { try #require(receipt[name]?.string) }
    }

    @Test
    func `tells what joined two findings, signal by signal, by relation, finding and vulnerability`() async throws {
        try await TestClearinghouse.open { desk in
            let scene = try await Scene(desk)
            let read = try await desk.get("/v1/relations/\(scene.relation)", as: scene.walk.coordinator).json
            #expect(read["kind"]?.string == "duplicate" && read["state"]?.string == "found" && read["waits"]?.bool == false)
            #expect((read["score"]?.number?.double ?? 0) >= 0.5 && (read["score"]?.number?.double ?? 2) <= 1)
            #expect(read["signals"]?.array?.contains { $0["signal"]?.string == "sameText" } == true)
            let (finding, home) = (try scene.text(scene.younger, "finding"), try scene.text(scene.older, "vulnerability"))
            for path in ["/v1/findings/\(finding)/relations", "/v1/vulnerabilities/\(home)/relations"] {
                #expect(try await desk.get(path, as: scene.walk.coordinator).list("relations").first == read, "\(path)")
            }
            let seen = try await desk.get("/v1/vulnerabilities/\(home)", as: scene.walk.coordinator).json
            #expect(seen["finderCount"]?.integer == 2 && seen["findings"]?.array?.count == 2)
            let listed = try await desk.get("/v1/findings", as: scene.other).list("findings")
            #expect(listed.map { $0["finderCount"]?.integer } == [2] && listed.first?["vulnerability"]?.string == home)
        }
    }

    @Test
    func `undoes and restores a relation, each once and for a reason`() async throws {
        try await TestClearinghouse.open { desk in
            let scene = try await Scene(desk)
            let (coordinator, path) = (scene.walk.coordinator, "/v1/relations/\(scene.relation)")
            let finding = try scene.text(scene.younger, "finding")
            #expect(try await desk.post("\(path)/undo", [:], as: coordinator).status == 400)
            #expect(try await desk.post("\(path)/undo", ["reason": ""], as: coordinator).status == 400)
            #expect(try await desk.post("\(path)/restore", ["reason": "x"], as: coordinator).status == 409)
            let undone = try await desk.post("\(path)/undo", ["reason": "another buffer"], as: coordinator)
            #expect(try undone.text("state") == "undone" && undone.text("reason") == "another buffer")
            let alone = try await desk.get("/v1/findings/\(finding)", as: scene.other)
            #expect(try alone.json["vulnerability"] == scene.younger["vulnerability"])
            #expect(try await desk.post("\(path)/undo", ["reason": "x"], as: coordinator).status == 409)
            try await desk.correlateAll()
            #expect(try await desk.get(path, as: coordinator).text("state") == "undone")
            #expect(try await desk.post("\(path)/restore", ["reason": "it is"], as: coordinator).text("state") == "restored")
            let back = try await desk.get("/v1/findings/\(finding)", as: scene.other)
            #expect(try back.json["vulnerability"] == scene.older["vulnerability"])
            #expect(try await desk.post("/v1/relations/rel0/undo", ["reason": "x"], as: coordinator).status == 404)
        }
    }

    @Test
    func `lists what waits for a person`() async throws {
        try await TestClearinghouse.open { desk in
            let scene = try await Scene(desk)
            _ = try await scene.walk.submit(Self.told(package: "pkg:npm/wave"), key: "c")
            try await desk.correlateAll()
            let waiting = try await desk.get("/v1/relations?waiting=true", as: scene.walk.coordinator).list("relations")
            #expect(waiting.count == 1 && waiting.first?["waits"]?.bool == true)
            #expect(waiting.first?["obstacle"]?.string?.contains("package") == true)
            #expect(try await desk.get("/v1/relations", as: scene.walk.coordinator).list("relations").count == 2)
            let page = try await desk.page("/relations", as: scene.walk.coordinator).text
            let relation = try #require(waiting.first?["id"]?.string)
            #expect(page.contains("breakwater relation undo \(relation)") && page.contains("no package in common"))
            #expect(!page.contains("breakwater relation undo \(scene.relation)"), "what moved waits for nobody")
            #expect(try await desk.page("/findings", as: scene.walk.coordinator).text.contains("href=\"/relations\""))
            #expect(try await desk.page("/relations", as: scene.other).status == 403)
            #expect(try await !desk.page("/findings", as: scene.other).text.contains("href=\"/relations\""))
            #expect(try await desk.get("/v1/relations?waiting=perhaps", as: scene.walk.coordinator).status == 400)
        }
    }

    @Test
    func `shows coordinators the relations of a vulnerability with the command, and finders none`() async throws {
        try await TestClearinghouse.open { desk in
            let scene = try await Scene(desk)
            let path = "/vulnerabilities/\(try scene.text(scene.older, "vulnerability"))"
            let page = try await desk.page(path, as: scene.walk.coordinator).text
            #expect(page.contains("breakwater relation undo \(scene.relation)") && page.contains("sameText +5.46"))
            #expect(page.contains("2 organisations, independently"))
            for finder in [scene.walk.finder, scene.other] {
                let own = try await desk.page(path, as: finder).text
                #expect(!own.contains(scene.relation) && !own.contains("sameText"))
            }
            #expect(try await desk.page("/findings", as: scene.other).text.contains("found by 2 independently"))
        }
    }

    @Test
    func `a case takes the policy's embargo, asks why it should be longer, and tells the coordinator of a collision`()
        async throws
    {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let vulnerability = try await walk.submitted().vulnerability
            func open(_ members: [(String, JSONValue)]) async throws -> Reply {
                let body = [("vulnerability", .string(vulnerability)), ("vendor", "libtide"), ("title", "t")] + members
                return try await desk.post("/v1/cases", .object(JSONObject(body)), as: walk.coordinator)
            }
            let late = JSONValue.string(desk.house.clock.now.advanced(byDays: 91).description)
            let refused = try await open([("embargoUntil", late)])
            #expect(try refused.status == 400 && refused.text("place") == "/longerBecause")
            let opened = try await open([])
            #expect(try opened.text("embargoUntil") == desk.house.clock.now.advanced(byDays: 90).description)
            #expect(try opened.json["finderCount"]?.integer == 1 && opened.json["embargoSuggestion"]?.isNull == true)
            let other = try await desk.member("lab-b", "finder")
            _ = try await walk.submit(Walk.report("Out-of-bounds write"), as: other)
            let path = "/v1/cases/\(try opened.text("id"))"
            let seen = try await desk.get(path, as: walk.coordinator).json
            #expect(seen["embargoSuggestion"]?["finders"]?.integer == 2)
            let suggested = desk.house.clock.now.advanced(byDays: 60).description
            #expect(seen["embargoSuggestion"]?["embargoUntil"]?.string == suggested)
            #expect(try await desk.get(path, as: walk.vendor).json["embargoSuggestion"]?.isNull == true)
            let page = "/cases/\(try opened.text("id"))"
            #expect(try await desk.page(page, as: walk.coordinator).text.contains("--until \(suggested)"))
            #expect(try await !desk.page(page, as: walk.vendor).text.contains("policy suggests"))
        }
    }
}
