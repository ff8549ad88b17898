import CivilTime
import HTTPTypes
import JSONText
import Logging
import TestKit
import Testing

@testable import Server

@Suite struct LeaseTests {
    private static let claim: JSONValue = [
        "target": "https://github.com/acme/parser@4f2a9c", "subsystem": "src", "bugClass": "memory-safety", "toolFamily": "fuzzer"
    ]

    @Test func `a scan is claimed, kept, released, and then covers its target`() async throws {
        try await TestClearinghouse.open { desk in
            let (one, two) = (try await desk.member("lab-one", "finder"), try await desk.member("lab-two", "finder"))
            let granted = try await desk.post("/v1/leases", Self.claim, as: one)
            try #require(granted.status == 201, "\(granted.text)")
            let (lease, token) = (try granted.text("lease"), try #require(try granted.json["token"]?.integer))
            #expect(try granted.json["target"]?.string == "github.com/acme/parser")
            let held = try await desk.post("/v1/leases", ["target": "pkg:github/acme/parser"], as: two)
            #expect(held.status == 409)
            #expect(try held.json["type"]?.string?.hasSuffix("/held") == true)
            #expect(try held.json["until"]?.string == granted.json["until"]?.string)
            #expect(try held.json["holder"] == nil)
            #expect(held.headers[.retryAfter] == "900")
            let beat = try await desk.post("/v1/leases/\(lease)/heartbeat", ["token": .number(JSONNumber(token))], as: one)
            #expect(beat.status == 200, "\(beat.text)")
            #expect(try await desk.get("/v1/leases/\(lease)", as: two).status == 404)
            let result: JSONValue = [
                "token": .number(JSONNumber(token)), "complete": true, "spent": ["amount": 5, "unit": "core-hours"]
            ]
            let released = try await desk.post("/v1/leases/\(lease)/release", result, as: one)
            #expect(try released.text("state") == "released", "\(released.text)")
            #expect(try released.json["spent"]?["amount"]?.integer == 5)
            let coverage = try await desk.get("/v1/coverage?target=github.com/acme/parser", as: two).json
            #expect(coverage["coverage"]?.array?.first?["findings"]?.integer == 0)
            #expect(coverage["coverage"]?.array?.first?["revision"]?.string == "4f2a9c")
            var again = try #require(Self.claim.object)
            again["skipCoveredSeconds"] = 86_400
            #expect(
                try await desk.post("/v1/leases", .object(again), as: two).json["type"]?.string?.hasSuffix("/covered") == true)
            #expect(try await desk.get("/v1/leases", as: two).json["leases"]?.array?.isEmpty == true)
            let page = try await desk.send(.get, "/leases", headers: ["Cookie": "breakwater_token=\(one)"])
            #expect(page.status == 200 && page.text.contains("released, claimed by lab-one"), "\(page.text)")
        }
    }

    @Test func `a claim repeated under its key tells how its lease stands now`() async throws {
        try await TestClearinghouse.open { desk in
            let lab = try await desk.member("lab", "finder")
            func claim() async throws -> Reply {
                try await desk.send(
                    .post, "/v1/leases", as: lab, bytes: Self.claim.bytes(), headers: ["Idempotency-Key": "k"])
            }
            let first = try await claim()
            #expect(try first.text("state") == "live")
            desk.house.clock.advance(by: .seconds(900))
            let again = try await claim()
            #expect(try again.text("lease") == first.text("lease") && again.text("state") == "expired")
        }
    }

    @Test func `a server notices that the journal's time is ahead of its clock`() async throws {
        try await TestClearinghouse.open { desk in
            _ = try await desk.member("lab", "finder")
            func lead(behind duration: Duration) async throws -> Duration? {
                let now = desk.house.clock.now.advanced(by: .zero - duration)
                return try await ClockWatch(journal: desk.house.journal, now: { now }, logger: Logger(label: "test")).lead()
            }
            #expect(try await lead(behind: .seconds(10)) == nil)
            #expect(try await lead(behind: .seconds(11)) == .seconds(11))
            #expect(try await lead(behind: .seconds(-3_600)) == nil, "an idle journal says nothing of a clock")
        }
    }

    @Test(arguments: ["", "two words", String(repeating: "k", count: 201)])
    func `a key of a claim is held to the rule of keys`(key: String) async throws {
        try await TestClearinghouse.open { desk in
            let answer = try await desk.send(
                .post, "/v1/leases", as: try await desk.member("lab", "finder"), bytes: Self.claim.bytes(),
                headers: ["Idempotency-Key": key])
            #expect(try answer.status == 400 && answer.text("place") == "header Idempotency-Key", "\(answer.text)")
        }
    }

    @Test func `a coordinator ends a lease, with a reason`() async throws {
        try await TestClearinghouse.open { desk in
            let lab = try await desk.member("lab", "finder")
            let lease = try await desk.post("/v1/leases", Self.claim, as: lab).text("lease")
            let path = "/v1/leases/\(lease)/revoke"
            #expect(try await desk.post(path, ["reason": "mine"], as: lab).status == 403)
            #expect(try await desk.post(path, ["reason": ""], as: desk.house.adminToken).status == 400)
            let revoked = try await desk.post(path, ["reason": "the owner asked"], as: desk.house.adminToken)
            #expect(try revoked.text("state") == "revoked", "\(revoked.text)")
            #expect(try await desk.post(path, ["reason": "again"], as: desk.house.adminToken).status == 409)
        }
    }

    @Test func `what a maintainer asks for reaches whoever claims, and the page`() async throws {
        try await TestClearinghouse.open { desk in
            let lab = try await desk.member("lab", "finder")
            let policy: JSONValue = [
                "criticality": 80, "optOut": ["requestedAt": "2026-11-01T00:00:00Z", "reason": "<b>two</b> people"],
                "channel": "security@acme.example"
            ]
            let path = "/v1/targets/https%3A%2F%2Fgithub.com%2Facme%2Fparser"
            #expect(try await desk.send(.put, path, as: lab, bytes: policy.bytes()).status == 403)
            #expect(try await desk.send(.put, path, as: desk.house.adminToken, bytes: policy.bytes()).status == 200)
            let answer = try await desk.post("/v1/leases", Self.claim, as: lab)
            #expect(try answer.json["type"]?.string?.hasSuffix("/opted-out") == true)
            #expect(try answer.json["reason"]?.string == "<b>two</b> people")
            #expect(try await desk.get(path, as: lab).json["channel"]?.string == "security@acme.example")
            #expect(try await desk.get("/v1/coverage/gaps", as: lab).json["gaps"]?.array?.isEmpty == true)
            let page = try await desk.send(.get, "/leases", headers: ["Cookie": "breakwater_token=\(lab)"])
            #expect(page.text.contains("not to be scanned or contacted"))
        }
    }

    @Test func `others are not led to a bug by the ledger`() async throws {
        try await TestClearinghouse.open { desk in
            let (one, two) = (try await desk.member("lab-one", "finder"), try await desk.member("lab-two", "finder"))
            let granted = try await desk.post("/v1/leases", Self.claim, as: one)
            let token = try #require(try granted.json["token"]?.integer)
            let result: JSONValue = ["token": .number(JSONNumber(token)), "complete": true, "findings": 1]
            _ = try await desk.post("/v1/leases/\(try granted.text("lease"))/release", result, as: one)
            let path = "/v1/coverage?target=github.com/acme/parser"
            let own = try #require(try await desk.get(path, as: one).json["coverage"]?.array?.first)
            #expect(own["findings"]?.integer == 1 && own["subsystem"]?.string == "src")
            let grant = try await desk.post("/v1/leases", ["target": "github.com/acme/parser"], as: two)
            for list in [try await desk.get(path, as: two).json["coverage"], try grant.json["coverage"]] {
                let entry = try #require(list?.array?.first?.object)
                #expect(Set(entry.members.map(\.key)) == ["ageSeconds", "searched", "target", "toolFamily"])
            }
            let agent = try await desk.member("hall", "operator")
            #expect(try await desk.get(path, as: agent).status == 403)
            #expect(try await desk.send(.get, "/leases", headers: ["Cookie": "breakwater_token=\(agent)"]).status == 403)
        }
    }

    @Test func `a policy is replaced by who has read it`() async throws {
        try await TestClearinghouse.open { desk in
            let (path, admin) = ("/v1/targets/pkg%3Anpm%2Fa", desk.house.adminToken)
            func put(_ policy: JSONValue, _ tag: String? = nil) async throws -> Reply {
                try await desk.send(
                    .put, path, as: admin, bytes: policy.bytes(), headers: tag.map { ["If-Match": $0] } ?? [:])
            }
            let optOut: JSONValue = ["optOut": ["requestedAt": "2026-11-01T00:00:00Z"]]
            let first = try #require(try await put(optOut).headers[.eTag])
            #expect(try await desk.get(path, as: admin).headers[.eTag] == first)
            #expect(try await put(["criticality": 1]).status == 428)
            #expect(try await put(["criticality": 1], "\"x\"").status == 412)
            let second = try await put(["criticality": 1], first)
            #expect(try second.status == 200 && second.json["optOut"]?["requestedAt"] != nil, "\(second.text)")
            #expect(try await put(["criticality": 2], first).status == 412)
            let lifted = try await put(["optOut": nil], second.headers[.eTag])
            #expect(try lifted.json["optOut"] == nil)
            #expect(try lifted.json["liftedOptOut"]?.string == "2026-11-01T00:00:00Z")
        }
    }

    @Test(
        arguments: [
            (["target": "nonsense"], "/target"), (["target": "pkg:npm/a", "ttlSeconds": 1], "/ttlSeconds"),
            (["target": "pkg:npm/a", "priority": "now"], "/priority"),
            (["target": "pkg:npm/a", "bugClass": "CWE-x"], "/bugClass"),
            (["target": "pkg:npm/a", "subsystem": "../x"], "/subsystem"),
            (["target": "pkg:npm/a", "budget": ["amount": 1]], "/budget"),
            (["target": "pkg:npm/a", "windowEnd": "soon"], "/windowEnd"), (["target": "pkg:npm/a", "colour": 1], "/colour"),
            (["target": "pkg:npm/a@1", "revision": "2"], "/revision"),
            (["target": "pkg:npm/a", "revisionOnly": true], "/revisionOnly")
        ] as [(JSONValue, String)])
    func `a claim that can't be read is refused with its place`(claim: JSONValue, place: String) async throws {
        try await TestClearinghouse.open { desk in
            let answer = try await desk.post("/v1/leases", claim, as: try await desk.member("lab", "finder"))
            #expect(answer.status == 400, "\(answer.text)")
            #expect(try answer.text("place") == place)
        }
    }
}
