import CivilTime
import JSONText
import Journal

/// Relations as tables: each finding in the table its record is sealed for, so that a row names nobody who left.
enum RelationProjection {
    static let relation = TableSchema(
        "relation",
        columns: [
            .text("id"),
            // The finding of the later vulnerability: it is the one that moves.
            .text("finding"), .text("kind"), .integer("score"), .text("signals"), .integer("version"), .text("state"),
            .text("source").optional, .text("via").optional,
            // Why a duplicate moved nothing; a person decides about those.
            .text("obstacle").optional, .text("reason").optional, .integer("found"), .integer("sequence"),
            // 1 where it moved nothing and is not undone.
            .integer("is_open")
        ],
        primaryKey: ["id"],
        indexes: [["finding"], ["sequence"], ["is_open", "sequence"], ["state", "sequence"]]
    )

    static let counterpart = TableSchema(
        "relation_counterpart", columns: [.text("relation"), .text("finding")], primaryKey: ["relation"], indexes: [["finding"]]
    )

    static let projection = Projection("relations", tables: [relation, counterpart]) { record, _ in
        if record.kind == AnonymousReportRecords.withdrawn { return withdrawn(record) }
        guard let payload = record.payload, let identifier = payload["relation"]?.string else { return [] }
        switch record.kind {
        case RelationRecords.found: return found(identifier, payload, record)
        case RelationRecords.counterpartNamed:
            guard let finding = payload["finding"]?.string else { return [] }
            return [.insertIfAbsent(counterpart, [.text(identifier), .text(finding)])]
        case RelationRecords.undone:
            return [
                update(
                    identifier,
                    [
                        .init("state", .text(FindingRelation.State.undone.rawValue)), reason(payload),
                        .init("is_open", .integer(0))
                    ])
            ]
        case RelationRecords.restored: return [update(identifier, restored(payload))]
        default: return []
        }
    }

    /// The relations of what was taken back.
    private static func withdrawn(_ record: JournalRecord) -> [RowChange] {
        (record.payload?["relations"]?.array ?? []).compactMap(\.string).flatMap { identifier -> [RowChange] in
            [.delete(relation, keyPrefix: [.text(identifier)]), .delete(counterpart, keyPrefix: [.text(identifier)])]
        }
    }

    private static func found(_ identifier: String, _ payload: JSONValue, _ record: JournalRecord) -> [RowChange] {
        guard
            let finding = payload["finding"]?.string, let kind = payload["kind"]?.string,
            let score = payload["score"]?.integer, let signals = payload["signals"], let version = payload["version"]?.integer
        else { return [] }
        return [
            .put(
                relation,
                [
                    .text(identifier), .text(finding), .text(kind), .integer(score),
                    .text(String(decoding: signals.canonicalBytes(), as: UTF8.self)), .integer(version),
                    .text(FindingRelation.State.found.rawValue), .optional(payload["move"]?["source"]?.string),
                    .optional(payload["move"]?["via"]?.string), .optional(payload["obstacle"]?.string), .null,
                    .integer(record.time.millisecondsSinceEpoch), .integer(record.sequence), isOpen(payload)
                ]
            )
        ]
    }

    private static func restored(_ payload: JSONValue) -> [RowChange.Assignment] {
        let move = payload["move"]?.object == nil ? nil : payload["move"]
        let moved: [RowChange.Assignment] =
            move.map {
                [.init("source", .optional($0["source"]?.string)), .init("via", .optional($0["via"]?.string))]
            } ?? []
        return [
            .init("state", .text(FindingRelation.State.restored.rawValue)), reason(payload),
            .init("obstacle", .optional(payload["obstacle"]?.string)), .init("is_open", isOpen(payload))
        ] + moved
    }

    private static func isOpen(_ payload: JSONValue) -> SQLValue { .integer(payload["obstacle"]?.string == nil ? 0 : 1) }

    private static func reason(_ payload: JSONValue) -> RowChange.Assignment {
        .init("reason", .optional(payload["reason"]?.string))
    }

    private static func update(_ identifier: String, _ set: [RowChange.Assignment]) -> RowChange {
        .update(relation, key: [.text(identifier)], set: set)
    }
}
