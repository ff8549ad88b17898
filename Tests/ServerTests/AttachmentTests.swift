import Clearinghouse
import HTTPTypes
import JSONText
import Sealing
import TestKit
import Testing

@testable import Server

@Suite
struct AttachmentTests {
    private static let chunkSize = Int(AttachmentLimits.chunkByteCount)
    private static let file = (0..<(chunkSize + 1_000)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 9) }

    private struct Scene {
        let desk: Desk
        let token: String
        let finding: String

        init(_ desk: Desk) async throws {
            self.desk = desk
            token = try await desk.member("lab-a", "finder")
            let answer = try await desk.post("/v1/findings", Walk.report(), as: token)
            finding = try #require(try answer.list("findings").first?["finding"]?.string)
        }

        func declare(_ bytes: [UInt8], name: String = "d\u{fc}mp.bin") async throws -> Reply {
            try await desk.post(
                "/v1/findings/\(finding)/attachments",
                [
                    "name": .string(name), "size": .number(JSONNumber(Int64(bytes.count))),
                    "sha256": .string(Digest(hashing: bytes).hex)
                ], as: token
            )
        }

        func put(_ bytes: some Sequence<UInt8>, at offset: Int, _ attachment: String) async throws -> Reply {
            try await desk.send(
                .put, "/v1/attachments/\(attachment)/chunks/\(offset)", as: token, bytes: Array(bytes),
                type: "application/octet-stream"
            )
        }

        func whole() async throws -> String {
            let attachment = try await declare(AttachmentTests.file).text("id")
            for offset in stride(from: 0, to: AttachmentTests.file.count, by: AttachmentTests.chunkSize) {
                let bytes = AttachmentTests.file.dropFirst(offset).prefix(AttachmentTests.chunkSize)
                let sent = try await put(bytes, at: offset, attachment)
                #expect(sent.status == 200, "\(sent.text)")
            }
            let completed = try await desk.send(.post, "/v1/attachments/\(attachment)/completion", as: token)
            #expect(completed.status == 200)
            #expect(try completed.text("state") == "complete")
            return attachment
        }
    }

    @Test(arguments: [
        ("sha-256=:AAAA:", 400), ("sha-256=AAAA", 400), ("sha-512=:AAAA:", 200), ("unixsum=:AA==:, sha-256=:%:", 200)
    ])
    func `holds a chunk to the digest that comes along`(field: String, status: Int) async throws {
        try await TestClearinghouse.open { desk in
            let scene = try await Scene(desk)
            let bytes = Array("a small file".utf8)
            let attachment = try await scene.declare(bytes).text("id")
            let header = field.replacing("%", with: Base64.encode(Digest(hashing: bytes).bytes))
            let sent = try await desk.send(
                .put, "/v1/attachments/\(attachment)/chunks/0", as: scene.token, bytes: bytes, type: "application/octet-stream",
                headers: ["Content-Digest": header])
            #expect(sent.status == status, "\(sent.text)")
            let other = try await desk.send(
                .put, "/v1/attachments/\(attachment)/chunks/0", as: scene.token, bytes: bytes, type: "application/octet-stream",
                headers: ["Content-Digest": "sha-256=:\(Base64.encode(Digest(hashing: "other").bytes)):"])
            #expect(try other.status == 400 && other.text("place") == "header Content-Digest")
        }
    }

    @Test
    func `takes a file in chunks, tells the offset by GET and HEAD, and answers a wrong offset with the right one`()
        async throws
    {
        try await TestClearinghouse.open { desk in
            let scene = try await Scene(desk)
            let declared = try await scene.declare(Self.file)
            #expect(declared.status == 201)
            #expect(try declared.json["offset"]?.integer == 0)
            let attachment = try declared.text("id")
            #expect(try await scene.put(Self.file.prefix(Self.chunkSize), at: 0, attachment).status == 200)
            let wrong = try await scene.put(Self.file.prefix(Self.chunkSize), at: 2 * Self.chunkSize, attachment)
            #expect(wrong.status == 409)
            #expect(try wrong.json["offset"]?.integer == Int64(Self.chunkSize))
            #expect(try wrong.text("type").hasSuffix("/wrong-offset"))
            for method in [HTTPRequest.Method.get, .head] {
                let reply = try await desk.send(method, "/v1/attachments/\(attachment)", as: scene.token)
                #expect(reply.headers[try #require(HTTPField.Name("Upload-Offset"))] == String(Self.chunkSize))
            }
            let again = try await scene.declare(Self.file)
            #expect(try again.text("id") == attachment)
            #expect(try again.json["offset"]?.integer == Int64(Self.chunkSize))
            let long = try await scene.put(Self.file, at: 0, attachment)
            #expect(long.status == 413)
            #expect(try long.text("place") == "byte \(Self.chunkSize)")
            #expect(try await scene.put([1], at: -1, attachment).status == 400)
            let early = try await desk.send(.get, "/v1/attachments/\(attachment)/content", as: scene.token)
            #expect(early.status == 409)
        }
    }

    @Test
    func `gives back the whole or a range of bytes, never as what the finder says it is`() async throws {
        try await TestClearinghouse.open { desk in
            let scene = try await Scene(desk)
            let path = "/v1/attachments/\(try await scene.whole())/content"
            let whole = try await desk.get(path, as: scene.token)
            #expect(whole.status == 200 && whole.bytes == Self.file)
            #expect(whole.headers[.contentType] == "application/octet-stream")
            #expect(whole.headers[.contentDisposition] == "attachment; filename*=UTF-8''d%C3%BCmp.bin")
            let (size, border) = (Self.file.count, Self.chunkSize)
            let ranges = [
                ("bytes=0-0", 0..<1), ("bytes=\(border - 2)-\(border + 1)", (border - 2)..<(border + 2)),
                ("bytes=\(border)-", border..<size), ("bytes=-5", (size - 5)..<size),
                ("bytes=5-999999999999", 5..<size), ("bytes=-999999999", 0..<size)
            ]
            for (header, range) in ranges {
                let part = try await desk.send(.get, path, as: scene.token, headers: ["Range": header])
                #expect(part.status == 206 && part.bytes == Array(Self.file[range]), "\(header)")
                #expect(part.headers[.contentRange] == "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)")
            }
            let beyond = try await desk.send(.get, path, as: scene.token, headers: ["Range": "bytes=\(size)-"])
            #expect(beyond.status == 416 && beyond.headers[.contentRange] == "bytes */\(size)")
            let other = try await desk.send(
                .get, path, as: scene.token, headers: ["Range": "bytes=0-0", "If-Range": "\"other\""])
            #expect(other.status == 200 && other.bytes.count == size)
            let stranger = try await desk.member("lab-b", "finder")
            #expect(try await desk.get(path, as: stranger).status == 404)
        }
    }

    @Test(arguments: ["bytes=", "bytes=-", "bytes=2-1", "bytes=0-1,3-4", "lines=0-1", "bytes=a-b", "bytes=1-2-3", "bytes=+1-2"])
    func `a range that is none asks for the whole`(header: String) {
        #expect(ByteRange(header, of: 10) == .whole)
    }

    @Test
    func `the page of a finding lists its files, with their names as text`() async throws {
        try await TestClearinghouse.open { desk in
            let scene = try await Scene(desk)
            _ = try await scene.declare([1, 2, 3], name: "<b>core")
            let page = try await desk.send(
                .get, "/findings/\(scene.finding)", headers: ["Cookie": "breakwater_token=\(scene.token)"])
            #expect(page.text.contains("&lt;b&gt;core") && page.text.contains("3 bytes, 0 of them arrived"), "\(page.text)")
            #expect(page.text.contains("unfinished"))
        }
    }
}
