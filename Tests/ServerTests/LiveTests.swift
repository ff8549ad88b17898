import Client
import HTTPTypes
import HummingbirdTesting
import JSONText
import NIOCore
import Testing

@Suite
struct LiveTests {
    @Test
    func `serves over a socket, with the workers bringing the log up to the journal by themselves`() async throws {
        try await TestClearinghouse.openLive { house, port in
            let client = TestClient(host: "127.0.0.1", port: port)
            client.connect()
            let member = JSONValue.object(JSONObject([("id", "lab-a"), ("name", "Lab A"), ("roles", ["finder"])]))
            let registered = try await client.execute(
                .init(
                    "/v1/members", method: .post,
                    headers: [.authorization: "Bearer \(house.adminToken)", .contentType: "application/json"],
                    body: ByteBuffer(bytes: member.bytes())
                )
            )
            #expect(registered.status == .created)
            var (records, logged): (Int64, Int64) = (1, 0)
            for _ in 0..<200 where logged < records {
                let health = try await client.get("/v1/health")
                let json = try JSONValue(parsing: Array((health.body ?? ByteBuffer()).readableBytesView))
                (records, logged) = (json["records"]?.integer ?? 1, json["logged"]?.integer ?? 0)
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(logged == records)
            #expect(try await client.get("/").status == .ok)
            try await client.shutdown()
        }
    }

    // Where it does not, it waits for ever; beside other tests that take all cores, it waits long.
    @Test(.timeLimit(.minutes(10)))
    func `answers a line of a bulk transfer before the next one is sent`() async throws {
        try await TestClearinghouse.openLive { house, port in
            let address = "http://127.0.0.1:\(port)"
            let administrator = ClearinghouseClient(baseURL: address, token: house.adminToken)
            _ = try await administrator.json(
                .post, "/v1/members", ["id": "lab-a", "name": "Lab A", "roles": ["finder"]]
            )
            let issued = try await administrator.json(.post, "/v1/members/lab-a/tokens", [:])
            let finder = ClearinghouseClient(baseURL: address, token: issued["token"]?.string)
            let (lines, feed) = AsyncStream.makeStream(of: [UInt8].self)
            func line(_ number: Int) -> [UInt8] { Walk.report("Bug", function: "f\(number)").bytes() + [UInt8(ascii: "\n")] }
            feed.yield(line(0))
            var findings: [String] = []
            try await finder.forEachLine(.post, "/v1/findings/bulk", body: lines) { answer in
                findings.append(try #require(try JSONValue(parsing: Array(answer))["finding"]?.string))
                if findings.count < 3 { feed.yield(line(findings.count)) } else { feed.finish() }
            }
            #expect(Set(findings).count == 3)
        }
    }
}
