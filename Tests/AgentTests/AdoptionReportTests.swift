import Agent
import CivilTime
import Client
import JSONText
import Sealing
import Testing

@Suite
struct AdoptionReportTests {
    /// A member that runs things and signs with `key`.
    private static func client(_ house: LiveHouse, _ name: String, _ key: SigningKey) async throws -> ClearinghouseClient {
        _ = try await house.administrator.json(
            .post, "/v1/members",
            [
                "id": .string(name), "name": .string(name), "roles": ["operator"],
                "verificationKey": .string(Hexadecimal.encode(key.verificationKey.bytes))
            ])
        let issued = try await house.administrator.json(
            .post, "/v1/members/\(name)/tokens", ["lifetimeInSeconds": .number(JSONNumber(Int64(3_600)))])
        return ClearinghouseClient(baseURL: house.url, token: try #require(issued["token"]?.string))
    }

    @Test
    func `moves the count up, and down when it is taken back`() async throws {
        try await LiveHouse.open { house in
            try await house.publish([SampleRecord.text("GO-1")])
            let osv = try await house.administrator.bytes(.get, "/v1/advisories/GO-1/osv")
            let key = try house.agent.signingKey { Array(repeating: 4, count: $0) }
            let other = try SigningKey(seed: Array(repeating: 8, count: 32))
            let (hospital, harbour) = (
                try await Self.client(house, "hospital", key), try await Self.client(house, "harbour", other)
            )
            func report(_ status: String, _ key: SigningKey, to client: ClearinghouseClient) async throws -> Int64 {
                let time = Timestamp(millisecondsSinceEpoch: 1_795_000_000_000)
                return try await AdoptionReport(advisory: "GO-1", osv: osv, status: status, at: time, signedBy: key)
                    .send(to: client)
            }
            #expect(try await report("done", key, to: hospital) == 1)
            #expect(try await report("done", key, to: hospital) == 1)
            #expect(try await report("done", other, to: harbour) == 2)
            #expect(try await report("not-done", key, to: hospital) == 1)
            let refused = await #expect(throws: ClientProblem.self) { try await report("done", key, to: harbour) }
            #expect(refused?.status == 403)
        }
    }
}
