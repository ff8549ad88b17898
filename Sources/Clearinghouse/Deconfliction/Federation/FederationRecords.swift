import CivilTime
import Handling
import JSONText
import Journal
import Sealing

/// What other members of a federation said that changes no policy. For coordinators: that a fix did not hold points at a live weakness,
/// and scrutineer sends it to members only.
enum FederationRecords {
    static let received = RecordKind("federation.received")

    static let contentKey = ContentKeyName("federation")

    static func received(
        _ statement: ReceivedStatement.Content, as identifier: String, source: Content, by actor: String
    ) throws -> RecordDraft {
        RecordDraft(
            received, in: StreamName("federation", identifier), by: actor, label: try Labels.desk(),
            payload: .object(
                JSONObject(statement.members + [("id", .string(identifier)), ("source", .string(source.digest.hex))])),
            contents: [source], sealedUnder: contentKey
        )
    }
}

/// Those statements as a table.
enum FederationProjection {
    static let statement = TableSchema(
        "federation_statement",
        columns: [
            .text("id"), .text("statement"), .integer("audited").optional, .integer("received"), .integer("sequence"),
            // What it is held against here: a claim's hash, a certificate's advisory in capital letters.
            .text("subject")
        ],
        primaryKey: ["id"],
        indexes: [["sequence"], ["subject", "sequence"]]
    )

    static let projection = Projection("federation", tables: [statement]) { record, _ in
        guard
            record.kind == FederationRecords.received, let payload = record.payload, let identifier = payload["id"]?.string,
            let content = ReceivedStatement.Content(members: payload)
        else { return [] }
        let text = String(decoding: JSONValue.object(JSONObject(content.members)).canonicalBytes(), as: UTF8.self)
        return [
            .put(
                statement,
                [
                    .text(identifier), .text(text), .optional(content.audited?.millisecondsSinceEpoch),
                    .integer(record.time.millisecondsSinceEpoch), .integer(record.sequence), .text(content.subject)
                ])
        ]
    }
}
