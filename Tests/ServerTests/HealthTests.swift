import JSONText
import Testing

@Suite
struct HealthTests {
    @Test
    func `tells how far the log is behind the journal`() async throws {
        try await TestClearinghouse.open { desk in
            _ = try await desk.member("lab-a", "finder")
            let behind = try await desk.get("/v1/health").json
            #expect(behind["logged"]?.integer == 0)
            let records = try #require(behind["records"]?.integer)
            #expect(records > 0)
            try await desk.integrate()
            let caught = try await desk.get("/v1/health").json
            #expect(caught["logged"]?.integer == records)
        }
    }

    @Test
    func `names the keys it signs with`() async throws {
        try await TestClearinghouse.open { desk in
            let identity = try await desk.get("/v1/identity").json
            #expect(identity["origin"]?.string == TestClearinghouse.origin)
            #expect(identity["logKey"]?.string?.hasPrefix("log.example/test+") == true)
            #expect(identity["signingKey"]?.string?.utf8.count == 64)
        }
    }
}
