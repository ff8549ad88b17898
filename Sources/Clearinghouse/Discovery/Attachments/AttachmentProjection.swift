import CivilTime
import JSONText
import Journal

/// Attachments and their chunks as tables.
enum AttachmentProjection {
    static let attachment = TableSchema(
        "attachment",
        columns: [
            .text("id"), .text("finding"), .text("member"), .text("name"), .text("media_type"), .integer("size"),
            .text("digest"), .integer("chunk_size"), .integer("received"), .integer("touched"),
            // Bytes of attempts that failed.
            .integer("wasted"),
            .integer("completed").optional, .integer("sequence")
        ],
        primaryKey: ["id"],
        indexes: [["finding", "sequence"], ["member"]]
    )

    static let chunk = TableSchema(
        "attachment_chunk",
        columns: [.text("attachment"), .integer("position"), .integer("size"), .text("digest")],
        primaryKey: ["attachment", "position"]
    )

    static let projection = Projection("attachments", tables: [attachment, chunk]) { record, _ in
        guard let payload = record.payload, let identifier = payload["attachment"]?.string else { return [] }
        switch record.kind {
        case AttachmentRecords.declared: return declared(identifier, payload, record)
        case AttachmentRecords.received: return received(identifier, payload, record)
        case AttachmentRecords.completed:
            return [
                .update(
                    attachment, key: [.text(identifier)],
                    set: [.init("completed", .integer(record.time.millisecondsSinceEpoch))]
                )
            ]
        case AttachmentRecords.failed:
            return [
                .delete(chunk, keyPrefix: [.text(identifier)]),
                .update(
                    attachment, key: [.text(identifier)],
                    set: [
                        .init("received", .integer(0)), .init("wasted", .integer(payload["wasted"]?.integer ?? 0)),
                        .init("touched", .integer(record.time.millisecondsSinceEpoch))
                    ]
                )
            ]
        default: return []
        }
    }

    /// A second declaration only moves the time, whatever had arrived.
    private static func declared(_ identifier: String, _ payload: JSONValue, _ record: JournalRecord) -> [RowChange] {
        guard
            let finding = payload["finding"]?.string, let member = payload["member"]?.string,
            let name = payload["name"]?.string, let mediaType = payload["mediaType"]?.string,
            let size = payload["size"]?.integer, let digest = payload["sha256"]?.string,
            let chunkSize = payload["chunkSize"]?.integer
        else { return [] }
        let time = SQLValue.integer(record.time.millisecondsSinceEpoch)
        return [
            .insertIfAbsent(
                attachment,
                [
                    .text(identifier), .text(finding), .text(member), .text(name), .text(mediaType), .integer(size),
                    .text(digest), .integer(chunkSize), .integer(0), time, .integer(0), .null, .integer(record.sequence)
                ]
            ),
            .update(attachment, key: [.text(identifier)], set: [.init("touched", time)])
        ]
    }

    private static func received(_ identifier: String, _ payload: JSONValue, _ record: JournalRecord) -> [RowChange] {
        guard
            let offset = payload["offset"]?.integer, let size = payload["size"]?.integer,
            let digest = payload["chunk"]?.string
        else { return [] }
        return [
            .insert(chunk, [.text(identifier), .integer(offset), .integer(size), .text(digest)]),
            .update(
                attachment, key: [.text(identifier)],
                set: [
                    .init("received", .integer(offset + size)),
                    .init("touched", .integer(record.time.millisecondsSinceEpoch))
                ]
            )
        ]
    }
}
