import JSONText
import Testing
import TransparencyLog

@Suite
struct FeedTests {
    @Test
    func `gives out records that a client proves from the tiles and the signed checkpoint alone`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let lines = (0..<700).map { ImportTests.record("GO-\($0)") }
            _ = try await desk.postLines("/v1/advisories/import", lines, as: walk.coordinator)
            let advisory = try await walk.published().advisory
            try await desk.integrate()
            let verifier = try await FeedVerifier(desk)
            let head = try await verifier.checkpoint()
            let feed = try await desk.get("/v1/feed").lines
            #expect(feed.count == 701)
            #expect(try feed.last?["osv"]?.string.map { try JSONValue(parsing: $0)["id"]?.string } == advisory)
            // A spread over full and partial tiles, and the one with two documents.
            for index in [0, 1, 254, 255, 256, 500, 699, 700] { try await verifier.verify(feed[index], in: head) }
        }
    }

    @Test
    func `makes a client notice a changed body, document or place`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            _ = try await desk.postLines(
                "/v1/advisories/import", ["GO-1", "GO-2"].map { ImportTests.record($0) }, as: walk.coordinator)
            try await desk.integrate()
            let verifier = try await FeedVerifier(desk)
            let head = try await verifier.checkpoint()
            let honest = try #require(try await desk.get("/v1/feed").lines.first?.object)
            try await verifier.verify(.object(honest), in: head)
            let body = try #require(honest["body"]?.string)
            let changes: [(String, JSONValue)] = [
                ("body", .string(body.replacing("\"version\":1", with: "\"version\":2"))),
                ("osv", .string(ImportTests.record("GO-3"))),
                ("sequence", .number(JSONNumber((honest["sequence"]?.integer ?? 0) + 1))),
                ("salt", .string(String(repeating: "00", count: 32)))
            ]
            for (name, value) in changes {
                var line = honest
                line[name] = value
                let tampered = JSONValue.object(line)
                await #expect(throws: FeedVerifier.Mismatch.self, "\(name) was changed") {
                    try await verifier.verify(tampered, in: head)
                }
            }
        }
    }

    @Test
    func `gives out nothing the log does not prove yet`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            try await desk.integrate()
            _ = try await desk.postLines("/v1/advisories/import", [ImportTests.record("GO-1")], as: walk.coordinator)
            #expect(try await desk.get("/v1/feed").lines.isEmpty)
            try await desk.integrate()
            #expect(try await desk.get("/v1/feed").lines.count == 1)
        }
    }

    @Test
    func `goes on after the sequence a client stopped at`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            _ = try await desk.postLines(
                "/v1/advisories/import", (0..<600).map { ImportTests.record("GO-\($0)") }, as: walk.coordinator)
            try await desk.integrate()
            let all = try await desk.get("/v1/feed").lines.compactMap { $0["sequence"]?.integer }
            #expect(all.count == 600 && all == all.sorted())
            let rest = try await desk.get("/v1/feed?after=\(all[399])").lines.compactMap { $0["sequence"]?.integer }
            #expect(rest == Array(all[400...]))
            #expect(try await desk.get("/v1/feed?after=\(try #require(all.last))").lines.isEmpty)
            for wrong in ["-2", "x", "9223372036854775808"] {
                #expect(try await desk.get("/v1/feed?after=\(wrong)").status == 400)
            }
        }
    }

    @Test
    func `carries the newest revision of an advisory only`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            for (modified, summary) in [("2026-01-01T00:00:00Z", "old"), ("2026-01-02T00:00:00Z", "new")] {
                _ = try await desk.postLines(
                    "/v1/advisories/import", [ImportTests.record("GO-1", modified: modified, summary: summary)],
                    as: walk.coordinator
                )
            }
            try await desk.integrate()
            let feed = try await desk.get("/v1/feed").lines
            #expect(feed.count == 1)
            #expect(feed.first?["osv"]?.string?.contains("new") == true)
        }
    }
}

@Suite
struct LogTests {
    @Test
    func `has no checkpoint before anything was integrated`() async throws {
        try await TestClearinghouse.open { desk in
            // The clearinghouse has recorded itself by now; the log just does not show it yet.
            for path in ["checkpoint", "tile/0/000.p/1", "tile/entries/000.p/1"] {
                let reply = try await desk.get("/log/\(path)")
                #expect(reply.status == 404, "\(path)")
            }
        }
    }

    @Test
    func `grows without rewriting, and keeps partial tiles readable after they grew`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            try await desk.integrate()
            let verifier = try await FeedVerifier(desk)
            let old = try await verifier.checkpoint()
            let partial = "/log/tile/0/000.p/\(old.size)"
            let before = try await desk.get(partial).bytes
            _ = try await desk.postLines(
                "/v1/advisories/import", (0..<300).map { ImportTests.record("GO-\($0)") }, as: walk.coordinator)
            try await desk.integrate()
            let new = try await verifier.checkpoint()
            #expect(new.size > old.size + 299)
            try await verifier.verifyGrowth(from: old, to: new)
            #expect(try await desk.get(partial).bytes == before)
            #expect(try await desk.get("/log/tile/0/000").bytes.prefix(before.count) == before[...])
            #expect(try await desk.get("/log/tile/0/000").bytes.count == 256 * 32)
            #expect(try await desk.get("/log/tile/entries/000").bytes.count == 256 * 34)
            #expect(try await desk.get("/log/tile/1/000.p/1").bytes.count == 32)
        }
    }

    @Test
    func `answers tiles beyond the log with 404, and paths that name none with 400`() async throws {
        try await TestClearinghouse.open { desk in
            try await desk.integrate()
            let size = try await desk.get("/v1/health").json["logged"]?.integer ?? 0
            // The last three are the largest indexes a path can name.
            let absent = [
                "0/000", "0/001", "0/000.p/\(size + 1)", "1/000.p/1", "63/000.p/1", "entries/000", "entries/000.p/\(size + 1)",
                "0/x018/x446/x744/x073/x709/x551/615", "entries/x018/x446/x744/x073/x709/x551/615",
                "entries/x009/x223/x372/x036/x854/x775/807"
            ]
            for path in absent { #expect(try await desk.get("/log/tile/\(path)").status == 404, "\(path)") }
            let malformed = [
                "0", "0/0", "0/00", "0/0000", "64/000", "00/000", "-1/000", "0/000.p/0", "0/000.p/256", "0/000.p/01",
                "0/x000/000",
                "0/x018/x446/x744/x073/x709/x551/616", "entries/abc", "0/000.p", "0/000/000", "data/000"
            ]
            for path in malformed { #expect(try await desk.get("/log/tile/\(path)").status == 400, "\(path)") }
        }
    }

    @Test
    func `shows entries only as far as the checkpoint goes`() async throws {
        try await TestClearinghouse.open { desk in
            try await desk.integrate()
            let size = try #require(try await desk.get("/v1/health").json["logged"]?.integer)
            _ = try await desk.member("lab-a", "finder")
            #expect(try await desk.get("/log/tile/entries/000.p/\(size)").status == 200)
            #expect(try await desk.get("/log/tile/entries/000.p/\(size + 1)").status == 404)
        }
    }
}
