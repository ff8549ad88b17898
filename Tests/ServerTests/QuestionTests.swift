import BlindQuestion
import CivilTime
import Clearinghouse
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSONText
import NIOCore
import Sealing
import TestKit
import Testing

@testable import Server

@Suite struct QuestionTests {
    private static let finding: JSONValue = [
        "title": "x", "repository": "https://git.example/tide/libtide", "weakness": "CWE-122",
        "location": ["file": "src/tide.c", "function": "f"]
    ]

    @Test func `a question over HTTP, from the commitment to both sides' agreement`() async throws {
        try await TestClearinghouse.open { desk in
            let (holder, asker) = (try await desk.member("lab-a", "finder"), try await desk.member("lab-b", "finder"))
            #expect(try await desk.get("/v1/questions/epoch").status == 409, "there is none before somebody lodges")
            #expect(try await desk.post("/v1/findings", Self.finding, as: holder).status == 201)
            let bytes = Self.finding.bytes()
            let salt = try #require(CommitmentSalt(bytes: Array(repeating: 4, count: 32)))
            let commitment = try #require(QuestionCommitment.commitment(to: bytes, salt: salt)).digest.hex
            let lodged = try await desk.post("/v1/questions/commitments", ["commitment": .string(commitment)], as: asker)
            #expect(lodged.status == 201)
            while try await desk.house.rooms.questions.maintain() {}
            let epoch = try await desk.get("/v1/questions/epoch")
            #expect(try epoch.json["findings"]?.integer == 1)
            let key = try EvaluationPublicKey(parsing: #require(Hexadecimal.decode(try epoch.text("publicKey"))))
            let keys = try #require(try FindingReader.submission(in: bytes).report.coarseKeys.first)
            let question = try BlindedQuestion(keys, random: { Array(repeating: 1, count: $0) })
            func asking(_ elements: [String]) -> JSONValue {
                ["commitment": .string(commitment), "epoch": 1, "elements": .array(elements.map { .string($0) })]
            }
            let elements = question.elements.map { Hexadecimal.encode($0.bytes) }
            var spoilt = elements
            spoilt[3] = "00"
            let refused = try await desk.post("/v1/questions", asking(spoilt), as: asker)
            #expect(refused.status == 400)
            #expect(try refused.text("place") == "/elements/3")
            let answer = try await desk.post("/v1/questions", asking(elements), as: asker)
            let evaluations = try answer.list("evaluations").map {
                try Evaluation(parsing: #require($0.string.flatMap(Hexadecimal.decode)))
            }
            let tags = try question.tags(from: evaluations, under: key, epoch: 1)
            let published = try await desk.get("/v1/questions/epochs/1/tags", as: asker)
            let list = try TagList(parsing: published.bytes)
            let tag = try #require(tags.first(where: list.contains))
            let etag = try #require(published.headers[.eTag])
            let same = try await desk.send(.get, "/v1/questions/epochs/1/tags", as: asker, headers: ["If-None-Match": etag])
            #expect(same.status == 304)
            #expect(same.bytes.isEmpty)
            let opened = try await desk.post(
                "/v1/questions/openings",
                [
                    "commitment": .string(commitment), "salt": .string(Hexadecimal.encode(salt.bytes)),
                    "finding": .string(Base64.encode(bytes)), "epoch": 1, "tag": .string(tag.hex)
                ], as: asker)
            #expect(opened.status == 200, "\(opened.text)")
            let identifier = try opened.text("case")
            for token in [asker, holder] {
                #expect(try await desk.get("/v1/questions", as: token).list("cases").count == 1)
                #expect(try await desk.post("/v1/questions/cases/\(identifier)/agreement", [:], as: token).status == 200)
            }
            let sides = try #require(try await desk.get("/v1/questions", as: holder).list("cases").first)["sides"]?.array ?? []
            #expect(sides.compactMap { $0["member"]?.string } == ["lab-a", "lab-b"])
            let page = try await desk.send(.get, "/questions", headers: ["Cookie": "breakwater_token=\(holder)"])
            #expect(page.status == 200)
            #expect(page.text.contains("lab-b holds the same"))
            #expect(page.text.contains("100 questions are left today"))
            let nobody = try await desk.send(.get, "/questions")
            #expect(nobody.status == 401)
            #expect(try await desk.post("/v1/questions/epoch", [:], as: asker).status == 403)
            #expect(try await desk.post("/v1/questions/epoch", [:], as: desk.house.adminToken).json["epoch"]?.integer == 2)
            let late = try await desk.get("/v1/questions/epochs/1/tags", as: asker)
            #expect(late.status == 409)
            #expect(try late.text("detail").contains("epoch 2"))
        }
    }

    @Test func `a spent budget is answered by 429 and the moment of the next question`() async throws {
        try await TestClearinghouse.open { desk in
            let asker = try await desk.member("lab-b", "finder")
            let element = Hexadecimal.encode(try BlindedInput([1]).element.bytes)
            var last: Reply?
            for number in 0...QuestionLimits.questionsADay {
                let commitment = JSONValue.string(Digest(hashing: "\(number)").hex)
                _ = try await desk.post("/v1/questions/commitments", ["commitment": commitment], as: asker)
                last = try await desk.post(
                    "/v1/questions",
                    ["commitment": commitment, "epoch": 1, "elements": .array(Array(repeating: .string(element), count: 5))],
                    as: asker)
            }
            #expect(last?.status == 429)
            #expect(last?.headers[.retryAfter] == "86400")
            let next = desk.house.clock.now.advanced(by: QuestionLimits.day).description
            #expect(try last?.text("detail").contains(next) == true)
        }
    }

    @Test func `claim-check is as unknown as any path until a federation is configured`() async throws {
        try await TestClearinghouse.open { desk in
            let hash = Digest(hashing: "x").hex
            let unknown = try await desk.client.executeRequest(uri: "/nothing-there", method: .post, headers: [:], body: nil)
            let off = try await desk.client.executeRequest(uri: "/claim-check", method: .post, headers: [:], body: nil)
            #expect(off.status == unknown.status)
            #expect(off.body == unknown.body)
            #expect(off.headers == unknown.headers)
            let federation = try #require(Federation(salt: "s", contact: "desk@example.org"))
            let server = BreakwaterServer(rooms: desk.house.rooms, federation: federation, logLevel: "critical")
            let responder = Application(router: server.router())
            try await responder.test(.router) { client in
                func check(_ body: String, _ method: HTTPRequest.Method = .post) async throws -> TestResponse {
                    try await client.executeRequest(
                        uri: "/claim-check", method: method, headers: [.contentType: "application/json"],
                        body: ByteBuffer(bytes: Array(body.utf8)))
                }
                let early = try await check("{\"hash\":\"\(hash)\"}")
                #expect(early.status == .serviceUnavailable)
                #expect(early.headers[.retryAfter] == "30")
                while try await server.claims?.extend() == true {}
                let miss = try await check("{\"hash\":\"\(hash)\"}")
                #expect(miss.status == .ok)
                #expect(Array(miss.body.readableBytesView) == Array("{\"match\":false}".utf8))
                for body in ["", "{}", "[]", "{\"hash\":1}", "{\"hash\":\"\(hash.uppercased())\"}", "{\"hash\":\"ab\"}"] {
                    #expect(try await check(body).status == .badRequest, "\(body)")
                }
                #expect(try await check("{}", .get).status == .notFound)
                #expect(try await check("{}", .put).status == .notFound)
            }
        }
    }

    @Test func `a peer's claim stands at the finding it is about, for coordinators, and in the list of what came in`()
        async throws
    {
        try await TestClearinghouse.open { desk in
            let lab = try await desk.member("lab-a", "finder")
            let receipt = try await desk.post("/v1/findings", Self.finding, as: lab).json["findings"]?.array?.first
            let finding = try #require(receipt?["finding"]?.string)
            let federation = try #require(Federation(salt: "s", contact: "desk@example.org"))
            let server = BreakwaterServer(rooms: desk.house.rooms, federation: federation, logLevel: "critical")
            while try await server.claims?.extend() == true {}
            try await Application(router: server.router()).test(.router) { client in
                func ask(
                    _ path: String, as token: String, _ method: HTTPRequest.Method = .get, _ body: [UInt8]? = nil
                ) async throws -> JSONValue {
                    let response = try await client.executeRequest(
                        uri: path, method: method,
                        headers: [.authorization: "Bearer \(token)", .contentType: "application/x-ndjson"],
                        body: body.map { ByteBuffer(bytes: $0) })
                    #expect(response.status == .ok, "\(path)")
                    return try JSONValue(parsing: Array(response.body.readableBytesView))
                }
                let admin = desk.house.adminToken
                let claim = try #require(try await ask("/v1/federation/claims", as: admin)["records"]?.array?.first)
                _ = try await ask("/v1/federation/records", as: admin, .post, claim.bytes())
                let shown = try await ask("/v1/findings/\(finding)", as: admin)
                #expect(shown["peers"]?.array?.first?["contact"]?.string == "desk@example.org")
                #expect(try await ask("/v1/findings/\(finding)", as: lab)["peers"] == [])
                let received = try await ask("/v1/federation/received", as: admin)["statements"]?.array?.first
                #expect(received?["findings"] == [.string(finding)])
            }
        }
    }
}
