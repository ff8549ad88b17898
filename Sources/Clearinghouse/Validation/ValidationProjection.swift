import CivilTime
import JSONText
import Journal

/// Reproducers, validations and the queue of replays as tables.
enum ValidationProjection {
    static let reproducer = TableSchema(
        "reproducer",
        columns: [.text("finding"), .text("manifest"), .integer("sequence")],
        primaryKey: ["finding"]
    )

    static let validation = TableSchema(
        "validation",
        columns: [
            .text("id"), .text("finding"), .text("vulnerability"), .text("fix").optional, .text("outcome").optional,
            .integer("run_count"), .integer("crash_count"), .text("crash_type").optional, .text("crash_state").optional,
            .text("explanation").optional, .text("envelope").optional, .integer("requested"),
            .integer("concluded").optional
        ],
        primaryKey: ["id"],
        indexes: [["vulnerability"], ["fix"]]
    )

    static let projection = Projection("validation", tables: [reproducer, validation, Job.table]) { record, _ in
        guard let payload = record.payload else { return [] }
        switch record.kind {
        case ValidationRecords.reproducerAttached: return attached(payload, record)
        case ValidationRecords.requested: return requested(payload, record)
        case ValidationRecords.concluded: return concluded(payload, record)
        default: return []
        }
    }

    private static func attached(_ payload: JSONValue, _ record: JournalRecord) -> [RowChange] {
        guard let finding = payload["finding"]?.string, let manifest = payload["manifest"]?.string else { return [] }
        return [.put(reproducer, [.text(finding), .text(manifest), .integer(record.sequence)])]
    }

    private static func requested(_ payload: JSONValue, _ record: JournalRecord) -> [RowChange] {
        guard let request = ValidationRequest(json: payload) else { return [] }
        return [
            .insert(
                validation,
                [
                    .text(request.identifier), .text(request.finding), .text(request.vulnerability),
                    .optional(request.fix), .null, .integer(0), .integer(0), .null, .null, .null, .null,
                    .integer(record.time.millisecondsSinceEpoch), .null
                ]
            ),
            Job.enqueue(request.identifier, kind: ValidationRecords.jobKind, payload: payload, at: record.sequence)
        ]
    }

    private static func concluded(_ payload: JSONValue, _ record: JournalRecord) -> [RowChange] {
        guard let identifier = payload["validation"]?.string else { return [] }
        let frames = payload["crash"]?["frames"]?.array?.compactMap(\.string).joined(separator: "\n")
        return [
            .update(
                validation, key: [.text(identifier)],
                set: [
                    .init("outcome", .optional(payload["outcome"]?.string)),
                    .init("run_count", .integer(payload["runCount"]?.integer ?? 0)),
                    .init("crash_count", .integer(payload["crashCount"]?.integer ?? 0)),
                    .init("crash_type", .optional(payload["crash"]?["type"]?.string)),
                    .init("crash_state", .optional(frames)),
                    .init("explanation", .optional(payload["explanation"]?.string)),
                    .init("envelope", .optional(payload["envelope"]?.string)),
                    .init("concluded", .integer(record.time.millisecondsSinceEpoch))
                ]
            ),
            Job.complete(identifier)
        ]
    }
}
