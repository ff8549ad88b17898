import Handling
import JSONText
import Journal
import Sealing

/// The facts about attachments, sealed like the finding they belong to: under the finder's key, also once a case is open
/// (docs/decisions/0018).
enum AttachmentRecords {
    static let declared = RecordKind("attachment.declared")
    static let received = RecordKind("attachment.received")
    static let completed = RecordKind("attachment.completed")
    static let failed = RecordKind("attachment.failed")

    static func stream(_ attachment: String) -> StreamName { StreamName("attachment", attachment) }

    /// Also once more for an upload that was given up; what had arrived of it stays.
    static func declared(
        _ declaration: AttachmentDeclaration, as attachment: String, chunkByteCount: Int64, by member: String
    ) throws -> RecordDraft {
        try draft(
            declared, attachment, of: member,
            [
                ("chunkSize", .number(JSONNumber(chunkByteCount))), ("finding", .string(declaration.finding)),
                ("mediaType", .string(declaration.mediaType)), ("member", .string(member)),
                ("name", .string(declaration.name)), ("sha256", .string(declaration.digest.hex)),
                ("size", .number(JSONNumber(declaration.sizeInBytes)))
            ]
        )
    }

    static func received(_ chunk: Content, at offset: Int64, of attachment: StoredAttachment) throws -> RecordDraft {
        try draft(
            received, attachment.identifier, of: attachment.member,
            [
                ("chunk", .string(chunk.digest.hex)), ("offset", .number(JSONNumber(offset))),
                ("size", .number(JSONNumber(Int64(chunk.bytes.count))))
            ], contents: [chunk]
        )
    }

    static func completed(_ attachment: StoredAttachment) throws -> RecordDraft {
        try draft(
            completed, attachment.identifier, of: attachment.member, [("sha256", .string(attachment.digest.hex))]
        )
    }

    /// What arrived is not what was declared: none of it counts any more, and the same file is sent anew.
    static func failed(_ attachment: StoredAttachment, found: Digest) throws -> RecordDraft {
        try draft(
            failed, attachment.identifier, of: attachment.member,
            [
                ("sha256", .string(found.hex)),
                ("wasted", .number(JSONNumber(attachment.wastedByteCount + attachment.receivedByteCount)))
            ])
    }

    private static func draft(
        _ kind: RecordKind, _ attachment: String, of member: String, _ members: [(String, JSONValue)],
        contents: [Content] = []
    ) throws -> RecordDraft {
        RecordDraft(
            kind, in: stream(attachment), by: member, label: try Labels.member(member),
            payload: .object(JSONObject([("attachment", .string(attachment))] + members)), contents: contents,
            sealedUnder: DiscoveryRecords.contentKey(of: member)
        )
    }
}
