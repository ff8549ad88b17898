import HTTPTypes
import JSONText
import Sealing
import TestKit
import Testing

@Suite
struct AdoptionTests {
    /// A member who runs things, with the key it signs with.
    private struct Operator {
        let token: String
        let key: SigningKey

        init(_ desk: Desk, _ name: String, seed: UInt8) async throws {
            key = try SigningKey(seed: Array(repeating: seed, count: 32))
            token = try await desk.member(name, "operator", key: Hexadecimal.encode(key.verificationKey.bytes))
        }
    }

    /// A signed report on the stored document of an advisory.
    private static func report(
        _ desk: Desk, _ advisory: String, by key: SigningKey, status: String = "done", digest: Digest? = nil,
        predicateType: String = "https://breakwater.dev/attestation/adoption/v1"
    ) async throws -> [UInt8] {
        let osv = try await desk.get("/v1/advisories/\(advisory)/osv").bytes
        let statement = try InTotoStatement(
            subjects: [.init(name: "\(advisory).osv.json", sha256: digest ?? Digest(hashing: osv))], predicateType: predicateType,
            predicate: JSONObject([("advisory", .string(advisory)), ("status", .string(status))])
        )
        return try DSSEEnvelope(payloadType: InTotoStatement.payloadType, payload: statement.jsonBytes(), signedBy: [key])
            .jsonBytes()
    }

    private static func open(_ test: @escaping @Sendable (Desk, String) async throws -> Void) async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            _ = try await desk.postLines("/v1/advisories/import", [ImportTests.record("GO-1")], as: walk.coordinator)
            try await test(desk, "GO-1")
        }
    }

    @Test
    func `counts every operator once, however often it reports`() async throws {
        try await Self.open { desk, advisory in
            let (first, second) = (try await Operator(desk, "hospital", seed: 20), try await Operator(desk, "harbour", seed: 21))
            func send(_ sender: Operator) async throws -> Int64? {
                let reply = try await desk.send(
                    .post, "/v1/adoption", as: sender.token, bytes: try await Self.report(desk, advisory, by: sender.key))
                #expect(reply.status == 201, "\(reply.text)")
                return try reply.json["done"]?.integer
            }
            #expect(try await send(first) == 1)
            #expect(try await send(first) == 1)
            desk.house.clock.advance(by: .seconds(60))
            #expect(try await send(second) == 2)
            let read = try await desk.get("/v1/advisories/\(advisory)/adoption")
            #expect(try read.json["done"]?.integer == 2)
            #expect(try read.list("curve").count == 2)
        }
    }

    @Test
    func `takes an operator out of the count when it takes its report back`() async throws {
        try await Self.open { desk, advisory in
            let sender = try await Operator(desk, "hospital", seed: 20)
            for (status, done) in [("done", 1), ("not-done", 0), ("mitigated", 0), ("done", 1)] {
                let report = try await Self.report(desk, advisory, by: sender.key, status: status)
                #expect(
                    try await desk.send(.post, "/v1/adoption", as: sender.token, bytes: report).json["done"]?.integer
                        == Int64(done))
            }
        }
    }

    @Test
    func `refuses a report that another key signed, or that a member without a key sent`() async throws {
        try await Self.open { desk, advisory in
            let sender = try await Operator(desk, "hospital", seed: 20)
            let stranger = try SigningKey(seed: Array(repeating: 99, count: 32))
            let foreign = try await Self.report(desk, advisory, by: stranger)
            #expect(try await desk.send(.post, "/v1/adoption", as: sender.token, bytes: foreign).status == 403)
            let keyless = try await desk.member("ferry", "operator")
            let report = try await Self.report(desk, advisory, by: sender.key)
            #expect(try await desk.send(.post, "/v1/adoption", as: keyless, bytes: report).status == 403)
            #expect(try await desk.get("/v1/advisories/\(advisory)/adoption").json["done"]?.integer == 0)
        }
    }

    @Test
    func `refuses a report whose bytes were changed after signing`() async throws {
        try await Self.open { desk, advisory in
            let sender = try await Operator(desk, "hospital", seed: 20)
            let honest = try JSONValue(parsing: try await Self.report(desk, advisory, by: sender.key))
            let forged = try JSONValue(parsing: try await Self.report(desk, advisory, by: sender.key, status: "not-done"))
            var mixed = try #require(honest.object)
            mixed["payload"] = forged["payload"]
            let reply = try await desk.send(.post, "/v1/adoption", as: sender.token, bytes: JSONValue.object(mixed).bytes())
            #expect(reply.status == 403, "\(reply.text)")
        }
    }

    @Test
    func `refuses reports on other versions, unknown advisories, other statements and no envelopes`() async throws {
        try await Self.open { desk, advisory in
            let sender = try await Operator(desk, "hospital", seed: 20)
            func status(_ bytes: [UInt8]) async throws -> Int {
                try await desk.send(.post, "/v1/adoption", as: sender.token, bytes: bytes).status
            }
            #expect(
                try await status(try await Self.report(desk, advisory, by: sender.key, digest: Digest(hashing: "old"))) == 409)
            #expect(try await status(try await Self.report(desk, "GO-2", by: sender.key)) == 404)
            #expect(
                try await status(try await Self.report(desk, advisory, by: sender.key, predicateType: "https://example.org/x"))
                    == 400)
            #expect(try await status(try await Self.report(desk, advisory, by: sender.key, status: "perhaps")) == 400)
            for wrong in ["", "{}", "[]", "{\"payload\":\"\",\"payloadType\":\"x\",\"signatures\":[]}", "\"x\""] {
                #expect(try await status(Array(wrong.utf8)) == 400, "\(wrong)")
            }
        }
    }
}
