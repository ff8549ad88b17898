import HTTPTypes
import JSONText
import Testing

@Suite
struct BulkIntakeTests {
    private static func line(_ number: Int) -> String {
        String(decoding: Walk.report("Bug \(number)", function: "function_\(number)").bytes(), as: UTF8.self)
    }

    @Test
    func `answers a line a line, in order, bad lines included`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let lines = [Self.line(0), "{", "", Self.line(1), "[]", Self.line(0), "{\"title\":\"no place\"}", Self.line(2)]
            let answers = try await desk.postLines("/v1/findings/bulk", lines, as: walk.finder).lines
            #expect(answers.compactMap { $0["line"]?.integer } == [1, 2, 4, 5, 6, 7, 8])
            #expect(answers.compactMap { $0["status"]?.integer } == [201, 400, 201, 400, 201, 400, 201])
            // The repeat within the same body is the same finding.
            #expect(answers[4]["finding"] == answers[0]["finding"])
            for answer in answers where answer["status"]?.integer == 400 {
                #expect(answer["detail"]?.string?.isEmpty == false, "\(answer)")
                #expect(answer["place"]?.string?.contains("byte") == true, "\(answer)")
            }
            #expect(try await desk.get("/v1/findings", as: walk.finder).list("findings").count == 3)
        }
    }

    @Test
    func `resumes after a broken transfer without a second finding`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let lines = (0..<1_200).map(Self.line)
            // The transfer broke after 700 lines, in the middle of the 701st.
            let body = lines.prefix(700).map { $0 + "\n" }.joined() + lines[700].prefix(40)
            let broken = try await desk.send(
                .post, "/v1/findings/bulk", as: walk.finder, bytes: Array(body.utf8), type: "application/x-ndjson")
            let first = try broken.lines
            #expect(first.count == 701)
            #expect(first.last?["status"]?.integer == 400)
            let second = try await desk.postLines("/v1/findings/bulk", lines, as: walk.finder).lines
            #expect(second.count == 1_200)
            #expect(second.allSatisfy { $0["status"]?.integer == 201 })
            for index in 0..<700 { #expect(second[index]["finding"] == first[index]["finding"], "line \(index + 1)") }
            #expect(Set(second.compactMap { $0["finding"]?.string }).count == 1_200)
            let page = try await desk.get("/v1/findings?limit=1000", as: walk.finder)
            #expect(try page.list("findings").count == 1_000)
        }
    }

    @Test
    func `takes lines that end in CRLF and a last line without an end`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let body = Self.line(0) + "\r\n" + Self.line(1)
            let reply = try await desk.send(
                .post, "/v1/findings/bulk", as: walk.finder, bytes: Array(body.utf8), type: "application/x-ndjson")
            #expect(try reply.lines.compactMap { $0["status"]?.integer } == [201, 201])
        }
    }

    @Test
    func `passes over a line that is too long and takes the one behind it`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let long = "{\"title\":\"" + String(repeating: "a", count: 1_100_000) + "\"}"
            let answers = try await desk.postLines("/v1/findings/bulk", [long, Self.line(0)], as: walk.finder).lines
            #expect(answers.compactMap { $0["status"]?.integer } == [413, 201])
        }
    }

    @Test
    func `answers an empty body with no lines`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let reply = try await desk.postLines("/v1/findings/bulk", [], as: walk.finder)
            #expect(reply.status == 200)
            #expect(reply.bytes.isEmpty)
        }
    }

    @Test
    func `refuses the key of one line when another line used it for other bytes`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let lines = ["one", "two"].map { title -> String in
                var report = Walk.report(title, function: title).object ?? JSONObject()
                report["idempotencyKey"] = "same"
                return String(decoding: JSONValue.object(report).bytes(), as: UTF8.self)
            }
            let answers = try await desk.postLines("/v1/findings/bulk", lines, as: walk.finder).lines
            #expect(answers.compactMap { $0["status"]?.integer } == [201, 422])
        }
    }
}
