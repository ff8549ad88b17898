import CivilTime
import Clearinghouse
import HTTPTypes
import Hummingbird
import JSONText
import Sealing

/// Files of findings: declared, sent chunk by chunk, completed, downloaded.
enum AttachmentEndpoints {
    static let all = [declare, list, read, receive, complete, download]

    private static let attachment = Schema.object([
        ("id", Schema.text), ("finding", Schema.text), ("name", Schema.text), ("mediaType", Schema.text),
        ("size", Schema.integer), ("sha256", Schema.text), ("chunkSize", Schema.integer), ("offset", Schema.integer),
        ("state", Schema.choice(StoredAttachment.Phase.allCases.map(\.rawValue))), ("expires", Schema.optionalText)
    ])

    private static let declare = Endpoint(
        .post, "/v1/findings/{finding}/attachments", "declareAttachment",
        "Declare a file of one's own finding, up to 1 GiB; the same file again is answered with the offset to go on at",
        access: .member(.submitFindings),
        body: .init(
            mediaTypes: ["application/json"],
            schema: Schema.object([
                ("name", Schema.text), ("size", Schema.integer), ("sha256", Schema.text), ("mediaType?", Schema.text)
            ]), maximumByteCount: BodyLimit.command
        ),
        answers: [.json(201, "The attachment, with the offset of its next chunk", attachment)]
    ) { call in
        let body = try await call.json()
        let declaration = try AttachmentDeclaration(
            finding: try call.parameter("finding"), name: try body.text("name"),
            mediaType: try body.optionalText("mediaType") ?? "application/octet-stream",
            sizeInBytes: try body.integer("size"), sha256: try body.text("sha256")
        )
        return answer(try await call.rooms.attachments.declare(declaration, by: try call.caller()), call, status: 201)
    }

    private static let list = Endpoint(
        .get, "/v1/findings/{finding}/attachments", "listAttachments", "The files of a finding, in the order they were declared",
        access: .member(.readFindings),
        answers: [.json(200, "All of them", Schema.object([("attachments", Schema.list(attachment))]))]
    ) { call in
        let found = try await call.rooms.attachments.attachments(of: try call.parameter("finding"), for: try call.caller())
        return Answer.json(["attachments": .array(found.map { json($0, call) })])
    }

    private static let read = Endpoint(
        .get, "/v1/attachments/{attachment}", "readAttachment",
        "One file; the header Upload-Offset, also of a HEAD, says where its next chunk goes", access: .member(.readFindings),
        answers: [.json(200, "The attachment", attachment)]
    ) { call in
        answer(try await call.rooms.attachments.attachment(try call.parameter("attachment"), for: try call.caller()), call)
    }

    private static let receive = Endpoint(
        .put, "/v1/attachments/{attachment}/chunks/{offset}", "sendAttachmentChunk",
        "Send the chunk at an offset: chunkSize bytes, the last one what is left. Bytes sent before cost nothing; a wrong offset is answered with 409 and the right one",
        access: .member(.submitFindings),
        query: [
            .init(
                name: "Content-Digest", meaning: "sha-256 of the chunk (RFC 9530); a chunk that arrived damaged is refused",
                isInteger: false, isHeader: true)
        ],
        body: .init(
            mediaTypes: ["application/octet-stream"], schema: Schema.text,
            maximumByteCount: Int(AttachmentLimits.chunkByteCount)
        ),
        answers: [.json(200, "The attachment; the chunk is durable", attachment)]
    ) { call in
        let text = try call.parameter("offset")
        guard let offset = Int64(text), offset >= 0 else {
            throw Refusal(.malformed, "an offset is a number of bytes", place: "path parameter offset")
        }
        let taken = try await call.rooms.attachments.receive(
            try await call.bytes(), at: offset, of: try call.parameter("attachment"),
            digest: try call.header("Content-Digest").flatMap(ContentDigest.init)?.sha256, by: try call.caller()
        )
        switch taken {
        case .taken(let attachment): return answer(attachment, call)
        case .wrongOffset(let right):
            return Problem.response(
                409, "wrong-offset", "the next chunk goes to \(right)", [("offset", .number(JSONNumber(right)))]
            )
        }
    }

    private static let complete = Endpoint(
        .post, "/v1/attachments/{attachment}/completion", "completeAttachment",
        "End an upload: every byte is read once more and the whole held to the declared SHA-256",
        access: .member(.submitFindings), answers: [.json(200, "The attachment, complete", attachment)]
    ) { call in
        answer(try await call.rooms.attachments.complete(try call.parameter("attachment"), by: try call.caller()), call)
    }

    private static let download = Endpoint(
        .get, "/v1/attachments/{attachment}/content", "downloadAttachment",
        "The bytes of a complete file, for whoever may see its finding; a Range of bytes is honoured",
        access: .member(.readFindings),
        query: [.init(name: "Range", meaning: "one range of bytes (RFC 9110 §14.2)", isInteger: false, isHeader: true)],
        answers: [
            .init(status: 200, meaning: "All bytes", mediaType: "application/octet-stream", schema: Schema.text),
            .init(status: 206, meaning: "The bytes asked for", mediaType: "application/octet-stream", schema: Schema.text)
        ]
    ) { call in
        try await AttachmentDownload(call: call).response()
    }
}

extension AttachmentEndpoints {
    private static func answer(_ attachment: StoredAttachment, _ call: Call, status: Int = 200) -> Response {
        var response = Answer.json(json(attachment, call), status: status)
        if let name = HTTPField.Name("Upload-Offset") { response.headers[name] = String(attachment.receivedByteCount) }
        return response
    }

    private static func json(_ attachment: StoredAttachment, _ call: Call) -> JSONValue {
        [
            "id": .string(attachment.identifier), "finding": .string(attachment.finding), "name": .string(attachment.name),
            "mediaType": .string(attachment.mediaType), "size": .number(JSONNumber(attachment.sizeInBytes)),
            "sha256": .string(attachment.digest.hex), "chunkSize": .number(JSONNumber(attachment.chunkByteCount)),
            "offset": .number(JSONNumber(attachment.receivedByteCount)),
            "state": .string(attachment.phase(at: call.rooms.environment.now()).rawValue),
            "expires": attachment.expires.map { .string($0.description) } ?? .null
        ]
    }
}
