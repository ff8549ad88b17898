import HTTPTypes
import Hummingbird
import JSONText
import Logging
import NIOCore
import NIOEmbedded
import Synchronization
import Testing

@testable import Server

@Suite
struct BadDocumentTests {
    /// What is wrong, the bytes, and what the problem has to say beside its place.
    private static let documents: [(String, [UInt8])] = {
        let good = Walk.report().bytes()
        var invalid = good
        invalid[12] = 0xff
        let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        return [
            ("nothing", []),
            ("truncated", Array(good.dropLast(20))),
            ("wrong type", Array("[1,2,3]".utf8)),
            ("wrong member type", Array("{\"title\":7,\"package\":\"pkg:generic/x\"}".utf8)),
            ("200 levels deep", Array(deep.utf8)),
            ("200 levels deep in a member", Array("{\"title\":\"t\",\"package\":\"pkg:generic/x\",\"more\":\(deep)}".utf8)),
            ("not JSON", Array("<finding>overflow</finding>".utf8)),
            (
                "UTF-16 with a mark",
                [0xff, 0xfe] + String(decoding: good, as: UTF8.self).utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
            ),
            ("UTF-16 without", String(decoding: good, as: UTF8.self).utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }),
            ("invalid UTF-8", invalid),
            ("duplicate keys", Array("{\"title\":\"a\",\"title\":\"b\",\"package\":\"pkg:generic/x\"}".utf8)),
            ("two documents", good + good),
            (
                "a number out of all bounds",
                Array("{\"title\":\"t\",\"package\":\"pkg:generic/x\",\"location\":{\"file\":\"a\",\"startLine\":1e999}}".utf8)
            ),
            ("no package URL", Array("{\"title\":\"t\",\"package\":\"libtide\"}".utf8)),
            ("a lone surrogate", Array("{\"title\":\"\\ud800\",\"package\":\"pkg:generic/x\"}".utf8))
        ]
    }()

    @Test
    func `takes only bodies of the kinds its document names, and those that do not say`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            for type in ["image/png", "application/xml", "application/x-www-form-urlencoded; charset=utf-8"] {
                let reply = try await desk.send(.post, "/v1/findings", as: walk.finder, bytes: Walk.report().bytes(), type: type)
                #expect(reply.status == 415, "\(type): \(reply.text)")
                #expect(try reply.text("place") == "header Content-Type")
                #expect(reply.text.contains("application/sarif+json"), "it names what is taken: \(reply.text)")
            }
            #expect(try await desk.get("/v1/findings", as: walk.finder).list("findings").isEmpty)
            for type in ["Application/JSON; charset=utf-8", ""] {
                let reply = try await desk.send(.post, "/v1/findings", as: walk.finder, bytes: Walk.report().bytes(), type: type)
                #expect(reply.status == 201, "\(type): \(reply.text)")
            }
        }
    }

    @Test
    func `answers every bad finding with a problem that names the place, and goes on serving`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            for (name, bytes) in Self.documents {
                let reply = try await desk.send(.post, "/v1/findings", as: walk.finder, bytes: bytes)
                #expect(reply.status == 400, "\(name): \(reply.text)")
                #expect(reply.headers[.contentType] == "application/problem+json", "\(name)")
                #expect(try reply.text("place").contains("byte"), "\(name): \(reply.text)")
                #expect(try await desk.get("/v1/health").status == 200)
            }
            #expect(try await desk.get("/v1/findings", as: walk.finder).list("findings").isEmpty)
            _ = try await walk.submit()
        }
    }

    @Test
    func `answers every bad command with a problem that names byte, line and column`() async throws {
        try await TestClearinghouse.open { desk in
            let bad = Self.documents.filter {
                !["wrong type", "wrong member type", "no package URL", "a number out of all bounds"].contains($0.0)
            }
            for (name, bytes) in bad {
                let reply = try await desk.send(.post, "/v1/members", as: desk.house.adminToken, bytes: bytes)
                #expect(reply.status == 400, "\(name): \(reply.text)")
                for member in ["byteOffset", "line", "column"] {
                    #expect(try reply.json[member]?.integer != nil, "\(name) has no \(member): \(reply.text)")
                }
            }
            let second = try await desk.send(
                .post, "/v1/members", as: desk.house.adminToken, bytes: Array("{\n  \"id\": \"lab-a\",\n  \"name\": oops\n}".utf8)
            )
            #expect(try second.json["line"]?.integer == 3)
            #expect(try second.json["column"]?.integer == 11)
            #expect(try second.text("place") == "/name")
        }
    }

    @Test
    func `takes the bad documents in a bulk as bad lines`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let lines = Self.documents.map(\.1).filter { !$0.isEmpty && !$0.contains(0x0a) }
            let body = lines.flatMap { $0 + [0x0a] } + Walk.report().bytes()
            let answers = try await desk.send(
                .post, "/v1/findings/bulk", as: walk.finder, bytes: body, type: "application/x-ndjson"
            ).lines
            #expect(answers.count == lines.count + 1)
            #expect(answers.dropLast().allSatisfy { $0["status"]?.integer == 400 })
            #expect(answers.last?["status"]?.integer == 201)
        }
    }

    @Test
    func `refuses a declared 100 MB before it reads any of it`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let reply = try await desk.send(
                .post, "/v1/findings", as: walk.finder,
                headers: ["Content-Length": "104857600", "Content-Type": "application/json"])
            #expect(reply.status == 413)
            #expect(try reply.text("place").hasPrefix("byte "))
            _ = try await walk.submit()
        }
    }

    @Test
    func `stops reading a streamed 100 MB at the limit`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let source = EndlessBody(chunkByteCount: 1_048_576, limit: 100)
            let request = Request(
                head: .init(
                    method: .post, scheme: "http", authority: "localhost", path: "/v1/findings",
                    headerFields: [.authorization: "Bearer \(walk.finder)", .contentType: "application/json"]
                ),
                body: RequestBody(asyncSequence: source)
            )
            let responder = BreakwaterServer(rooms: desk.house.rooms, logLevel: "critical").router().buildResponder()
            let context = BasicRequestContext(source: .init(channel: EmbeddedChannel(), logger: Logger(label: "test")))
            let response = try await responder.respond(to: request, context: context)
            #expect(response.status.code == 413)
            #expect(source.readCount == 65)
            _ = try await walk.submit()
        }
    }

    @Test
    func `refuses bodies of the wrong shape for SARIF, cases and reproducers, naming the place`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let finding = try await walk.submitted().finding
            let sarif = try await desk.send(
                .post, "/v1/findings", as: walk.finder, bytes: Array("{\"version\":\"2.1.0\",\"runs\":[{\"results\":[]}]}".utf8),
                type: "application/sarif+json"
            )
            #expect(sarif.status == 400)
            #expect(try sarif.text("place").contains("/runs/0"))
            let opened = try await desk.post("/v1/cases", ["vulnerability": 1], as: walk.coordinator)
            #expect(try opened.text("place") == "/vulnerability")
            let attached = try await desk.send(
                .put, "/v1/findings/\(finding)/reproducer", as: walk.finder, bytes: Array("{}".utf8))
            #expect(try attached.text("place") == "/manifest")
        }
    }
}

/// A body that would go on and counts how much of it was taken.
private final class EndlessBody: AsyncSequence, Sendable {
    private let chunk: ByteBuffer
    private let limit: Int
    private let taken = Mutex(0)

    init(chunkByteCount: Int, limit: Int) {
        chunk = ByteBuffer(repeating: UInt8(ascii: " "), count: chunkByteCount)
        self.limit = limit
    }

    var readCount: Int { taken.withLock { $0 } }

    struct AsyncIterator: AsyncIteratorProtocol {
        let body: EndlessBody

        mutating func next() async throws -> ByteBuffer? {
            let number = body.taken.withLock { taken in
                taken += 1
                return taken
            }
            return number > body.limit ? nil : body.chunk
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(body: self) }
}
