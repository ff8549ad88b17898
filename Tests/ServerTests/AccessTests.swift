import CivilTime
import HTTPTypes
import JSONText
import TestKit
import Testing

@Suite
struct AccessTests {
    @Test
    func `refuses a request without a token, and says how to send one`() async throws {
        try await TestClearinghouse.open { desk in
            let reply = try await desk.get("/v1/findings")
            #expect(reply.status == 401)
            #expect(reply.headers[.wwwAuthenticate] == "Bearer")
            #expect(try reply.text("detail").contains("Authorization: Bearer"))
        }
    }

    @Test
    func `refuses tokens that never were, are mistyped or are cut off, all with the same words`() async throws {
        try await TestClearinghouse.open { desk in
            let token = try await desk.member("lab-a", "finder")
            let wrong = ["x", "bw_", "bw__", "bw_t0000_ffff", String(token.dropLast()), token + "0", "bw_'_\"", "bw_\u{E9}_1"]
            var said: Set<String> = []
            for attempt in wrong {
                let reply = try await desk.get("/v1/findings", as: attempt)
                #expect(reply.status == 401, "\(attempt)")
                said.insert(try reply.text("detail"))
            }
            #expect(said.count == 1, "\(said)")
        }
    }

    @Test
    func `takes the scheme in any case`() async throws {
        try await TestClearinghouse.open { desk in
            let token = try await desk.member("lab-a", "finder")
            let reply = try await desk.send(.get, "/v1/findings", headers: ["Authorization": "bearer \(token)"])
            #expect(reply.status == 200)
        }
    }

    @Test
    func `names the scope a token lacks`() async throws {
        try await TestClearinghouse.open { desk in
            let token = try await desk.member("lab-a", "finder", scopes: ["findings:read"])
            let reply = try await desk.post("/v1/findings", Walk.report(), as: token)
            #expect(reply.status == 403)
            #expect(try reply.text("detail").contains("findings:submit"))
        }
    }

    @Test
    func `refuses every operation of a scope to a token of no scopes`() async throws {
        try await TestClearinghouse.open { desk in
            let token = try await desk.member("nobody", "auditor", scopes: [])
            for operation in OperationList.scoped {
                let reply = try await desk.send(operation.method, operation.path, as: token, bytes: Array("{}".utf8))
                #expect(reply.status == 403, "\(operation.method) \(operation.path) answered \(reply.status)")
            }
        }
    }

    @Test
    func `refuses every operation of members without a token`() async throws {
        try await TestClearinghouse.open { desk in
            for operation in OperationList.membersOnly {
                let reply = try await desk.send(operation.method, operation.path, bytes: Array("{}".utf8))
                #expect(reply.status == 401, "\(operation.method) \(operation.path) answered \(reply.status)")
            }
        }
    }

    @Test
    func `refuses a token from the moment it expires`() async throws {
        try await TestClearinghouse.open { desk in
            _ = try await desk.member("lab-a", "finder")
            let token = try await desk.token(of: "lab-a", lifetimeInSeconds: 60)
            desk.house.clock.advance(by: .milliseconds(59_999))
            #expect(try await desk.get("/v1/findings", as: token).status == 200)
            desk.house.clock.advance(by: .milliseconds(1))
            #expect(try await desk.get("/v1/findings", as: token).status == 401)
        }
    }

    @Test
    func `refuses a revoked token, and no other of the same member`() async throws {
        try await TestClearinghouse.open { desk in
            let kept = try await desk.member("lab-a", "finder")
            let issued = try await desk.post("/v1/members/lab-a/tokens", [:], as: desk.house.adminToken)
            let (identifier, token) = (try issued.text("id"), try issued.text("token"))
            // A member may revoke its own token without being an administrator.
            #expect(try await desk.send(.delete, "/v1/members/lab-a/tokens/\(identifier)", as: kept).status == 200)
            #expect(try await desk.get("/v1/findings", as: token).status == 401)
            #expect(try await desk.get("/v1/findings", as: kept).status == 200)
            #expect(try await desk.send(.delete, "/v1/members/lab-a/tokens/\(identifier)", as: kept).status == 404)
        }
    }

    @Test
    func `does not let a member revoke another member's token`() async throws {
        try await TestClearinghouse.open { desk in
            _ = try await desk.member("lab-a", "finder")
            let stranger = try await desk.member("lab-b", "finder")
            let issued = try await desk.post("/v1/members/lab-a/tokens", [:], as: desk.house.adminToken)
            let reply = try await desk.send(.delete, "/v1/members/lab-a/tokens/\(try issued.text("id"))", as: stranger)
            #expect(reply.status == 403)
            #expect(try await desk.get("/v1/findings", as: try issued.text("token")).status == 200)
        }
    }

    @Test
    func `gives a token the usual scopes of its member's roles unless fewer are asked for`() async throws {
        try await TestClearinghouse.open { desk in
            let finder = try await desk.member("lab-a", "finder")
            #expect(try await desk.post("/v1/findings", Walk.report(), as: finder).status == 201)
            #expect(try await desk.post("/v1/cases", [:], as: finder).status == 403)
        }
    }
}

@Suite
struct MemberTests {
    @Test
    func `lets a member leave with the scope for it, and remembers when`() async throws {
        try await TestClearinghouse.open { desk in
            let usual = try await desk.member("lab-a", "finder")
            #expect(try await desk.post("/v1/findings", Walk.report(), as: usual).status == 201)
            let path = "/v1/members/lab-a/withdrawal"
            #expect(try await desk.post(path, ["reason": "r"], as: usual).status == 403)
            let leaving = try await desk.token(of: "lab-a", scopes: ["members:withdraw"])
            #expect(try await desk.post(path, [:], as: leaving).status == 400)
            let left = try await desk.post(path, ["reason": "moved on"], as: leaving)
            #expect(try left.text("withdrawn") == desk.house.clock.now.description)
            #expect(try await desk.get("/v1/findings", as: usual).status == 401)
            #expect(try await desk.get("/v1/findings", as: desk.house.adminToken).list("findings").isEmpty)
        }
    }

    @Test
    func `refuses members and tokens that make no sense, naming the place`() async throws {
        try await TestClearinghouse.open { desk in
            let admin = desk.house.adminToken
            let members: [(JSONValue, Int, String)] = [
                (["id": "Lab A", "name": "Lab", "roles": ["finder"]], 400, "/id"),
                (["id": "lab-a", "name": "", "roles": ["finder"]], 400, "/name"),
                (["id": "lab-a", "name": "Lab", "roles": []], 400, "/roles"),
                (["id": "lab-a", "name": "Lab", "roles": ["king"]], 400, "/roles"),
                (["id": "lab-a", "name": "Lab", "roles": "finder"], 400, "/roles"),
                (["id": 7, "name": "Lab", "roles": ["finder"]], 400, "/id"),
                (["id": "lab-a", "name": "Lab", "roles": ["finder"], "verificationKey": "00"], 400, "/verificationKey")
            ]
            for (body, status, place) in members {
                let reply = try await desk.post("/v1/members", body, as: admin)
                #expect(reply.status == status, "\(body)")
                #expect(try reply.text("place") == place, "\(body)")
            }
            _ = try await desk.member("lab-a", "finder")
            let tokens: [(JSONValue, Int)] = [
                (["lifetimeInSeconds": 0], 400), (["lifetimeInSeconds": 31_622_401], 400), (["lifetimeInSeconds": -1], 400),
                (["lifetimeInSeconds": 9_223_372_036_854_775_807], 400), (["lifetimeInSeconds": "60"], 400),
                (["scopes": ["everything"]], 400)
            ]
            for (body, status) in tokens {
                #expect(try await desk.post("/v1/members/lab-a/tokens", body, as: admin).status == status, "\(body)")
            }
            #expect(try await desk.post("/v1/members/lab-z/tokens", [:], as: admin).status == 404)
        }
    }

    @Test
    func `refuses a member that exists already and keeps the first`() async throws {
        try await TestClearinghouse.open { desk in
            let token = try await desk.member("lab-a", "finder")
            let again = try await desk.post(
                "/v1/members", ["id": "lab-a", "name": "Other", "roles": ["vendor"]], as: desk.house.adminToken)
            #expect(again.status == 409)
            let members = try await desk.get("/v1/members", as: token).list("members")
            #expect(members.first { $0["id"]?.string == "lab-a" }?["name"]?.string == "The lab-a")
        }
    }
}
