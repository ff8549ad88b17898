import CivilTime
import HTTPTypes
import JSONText
import TestKit
import Testing

@Suite
struct CaseTests {
    @Test
    func `keeps the end of the embargo to the second, in UTC, whatever offset it was given in`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let vulnerability = try await walk.submitted().vulnerability
            let reply = try await desk.post(
                "/v1/cases",
                [
                    "vulnerability": .string(vulnerability), "vendor": "libtide", "title": "t",
                    "embargoUntil": "2027-02-01T00:30:00+02:00"
                ],
                as: walk.coordinator
            )
            #expect(try reply.text("embargoUntil") == "2027-01-31T22:30:00Z")
        }
    }

    @Test
    func `refuses embargoes that are no moment or in the past`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let vulnerability = try await walk.submitted().vulnerability
            for until in ["2027-02-01", "2027-02-01T00:00:00", "tomorrow", "2027-02-30T00:00:00Z", "1999-01-01T00:00:00Z", ""] {
                let reply = try await desk.post(
                    "/v1/cases",
                    ["vulnerability": .string(vulnerability), "vendor": "libtide", "title": "t", "embargoUntil": .string(until)],
                    as: walk.coordinator
                )
                #expect(reply.status == 400, "\(until)")
                #expect(try reply.text("place") == "/embargoUntil", "\(until)")
            }
        }
    }

    @Test
    func `opens one case a vulnerability, for vulnerabilities and vendors that exist`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let vulnerability = try await walk.submitted().vulnerability
            func open(_ vulnerability: String, _ vendor: String) async throws -> Int {
                try await desk.post(
                    "/v1/cases",
                    [
                        "vulnerability": .string(vulnerability), "vendor": .string(vendor), "title": "t",
                        "embargoUntil": "2027-02-01T00:00:00Z"
                    ],
                    as: walk.coordinator
                ).status
            }
            #expect(try await open("v0", "libtide") == 404)
            #expect(try await open(vulnerability, "nobody") == 404)
            #expect(try await open(vulnerability, "libtide") == 201)
            #expect(try await open(vulnerability, "libtide") == 409)
        }
    }

    @Test
    func `moves an embargo for a reason, and not without one`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let caseIdentifier = try await walk.open(try await walk.submitted().vulnerability)
            func move(_ body: JSONValue) async throws -> Reply {
                try await desk.send(.put, "/v1/cases/\(caseIdentifier)/embargo", as: walk.coordinator, bytes: body.bytes())
            }
            #expect(try await move(["until": "2027-03-01T12:00:00Z", "reason": ""]).status == 400)
            #expect(try await move(["reason": "r"]).status == 400)
            let moved = try await move(["until": "2027-03-01T12:00:00Z", "reason": "the vendor needs a week"])
            #expect(try moved.text("embargoUntil") == "2027-03-01T12:00:00Z")
        }
    }

    @Test
    func `refuses to publish before the deadline without a reason, and publishes from the very millisecond on`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let caseIdentifier = try await walk.open(try await walk.submitted().vulnerability)
            desk.house.clock.advance(by: .seconds(30 * 86_400) - .milliseconds(1))
            let early = try await walk.publish(caseIdentifier)
            #expect(early.status == 409)
            #expect(try early.text("type").hasSuffix("/not-yet"))
            #expect(try early.text("place") == "/earlyBecause")
            desk.house.clock.advance(by: .milliseconds(1))
            #expect(try await walk.publish(caseIdentifier).status == 201)
        }
    }

    @Test
    func `refuses to publish early without a verified fix, and records nothing of it`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let caseIdentifier = try await walk.open(try await walk.submitted().vulnerability)
            _ = try await walk.attachFix(to: caseIdentifier)
            let records = try await desk.get("/v1/health").json["records"]
            let reply = try await walk.publish(caseIdentifier, earlyBecause: "it is everywhere already")
            #expect(reply.status == 409)
            #expect(try await desk.get("/v1/health").json["records"] == records)
            #expect(try await desk.get("/v1/advisories").list("advisories").isEmpty)
        }
    }

    @Test
    func `refuses orders that would not make valid documents, and records nothing of them`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let caseIdentifier = try await walk.open(try await walk.submitted().vulnerability)
            desk.house.clock.advance(by: .seconds(31 * 86_400))
            let wrong: [(String, JSONValue)] = [
                ("ecosystem", "No Such"), ("severity", "very bad"), ("introduced", ""), ("summary", 7), ("summary", ""),
                ("package", "libtide"),
                ("package", "pkg:generic/libtide@1.2.0"), ("weakness", "overflow"), ("automatable", "perhaps"),
                ("technicalImpact", "yes"),
                ("knownExploited", "no idea"), ("earlyBecause", "")
            ]
            for (name, value) in wrong {
                var order = Walk.order().object ?? JSONObject()
                order[name] = value
                let reply = try await desk.post("/v1/cases/\(caseIdentifier)/publication", .object(order), as: walk.coordinator)
                #expect(reply.status == 400, "\(name) \(value): \(reply.text)")
            }
            #expect(try await desk.get("/v1/advisories").list("advisories").isEmpty)
            #expect(try await walk.publish(caseIdentifier).status == 201)
        }
    }

    @Test
    func `publishes OSV and CSAF of one advisory at once, and closes the case`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let (finding, _, caseIdentifier, advisory) = try await walk.published()
            let osv = try await desk.get("/v1/advisories/\(advisory)/osv").json
            #expect(osv["id"]?.string == advisory)
            #expect(osv["credits"]?.array?.first?["name"]?.string == "The lab-a")
            let events = osv["affected"]?.array?.first?["ranges"]?.array?.first?["events"]?.array ?? []
            #expect(events == [["introduced": "1.0.0"], ["fixed": "1.2.1"]])
            let csaf = try await desk.get("/v1/advisories/\(advisory)/csaf").json
            #expect(csaf["document"]?["tracking"]?["id"]?.string == advisory)
            let read = try await desk.get("/v1/cases/\(caseIdentifier)", as: walk.vendor).json
            #expect(read["phase"]?.string == "published")
            #expect(read["advisory"]?.string == advisory)
            #expect(try await walk.publish(caseIdentifier, earlyBecause: "again").status == 409)
            let late = try await desk.post(
                "/v1/cases/\(caseIdentifier)/fixes", ["patch": .string(Walk.patch), "fixedVersion": "2"], as: walk.vendor)
            #expect(late.status == 409)
            // What was reported stays between the finder and the coordinators.
            for document in ["osv", "csaf"] {
                #expect(!(try await desk.get("/v1/advisories/\(advisory)/\(document)").text.contains(finding)))
            }
        }
    }

    @Test
    func `numbers cases and advisories within the year`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let first = try await walk.open(try await walk.submitted().vulnerability)
            let other = try #require(try await walk.submit(Walk.report(function: "tide_seek"))["vulnerability"]?.string)
            let second = try await walk.open(other)
            #expect([first, second] == ["BWC-2026-0001", "BWC-2026-0002"])
        }
    }
}
