import CivilTime
import JSONText
import Journal
import Sealing

/// Uploaded sources, runs and their queue as tables.
enum ScanningProjection {
    static let source = TableSchema(
        "source", columns: [.text("digest"), .text("member"), .integer("byte_count"), .integer("sequence")],
        primaryKey: ["digest", "member"]
    )

    static let run = TableSchema(
        "run",
        columns: [
            .text("id"), .text("member"), .text("tool"), .text("repository").optional, .text("commit_id").optional,
            .text("package").optional, .text("source"), .text("authoriser"), .integer("authorised_until"),
            .integer("requested"), .integer("sequence"), .integer("done"), .integer("total").optional,
            .text("ending").optional, .text("reason").optional, .integer("findings").optional, .text("sarif").optional,
            .text("tool_version").optional, .integer("finished").optional
        ],
        primaryKey: ["id"], indexes: [["member", "sequence"], ["sequence"]]
    )

    static let projection = Projection("scanning", tables: [source, run, Job.table]) { record, _ in
        guard let payload = record.payload else { return [] }
        switch record.kind {
        case ScanningRecords.uploaded: return uploaded(payload, record)
        case ScanningRecords.requested: return requested(payload, record)
        case ScanningRecords.progressed: return progressed(payload)
        case ScanningRecords.finished: return finished(payload, record)
        default: return []
        }
    }

    private static func uploaded(_ payload: JSONValue, _ record: JournalRecord) -> [RowChange] {
        guard let digest = payload["sha256"]?.string, let member = payload["member"]?.string else { return [] }
        return [
            .put(source, [.text(digest), .text(member), .integer(payload["byteCount"]?.integer ?? 0), .integer(record.sequence)])
        ]
    }

    private static func requested(_ payload: JSONValue, _ record: JournalRecord) -> [RowChange] {
        guard let request = RunRequest(json: payload) else { return [] }
        return [
            .insert(
                run,
                [
                    .text(request.identifier), .text(request.member), .text(request.tool),
                    .optional(request.target.repository), .optional(request.target.commit), .optional(request.target.package),
                    .text(request.source.hex), .text(request.authoriser),
                    .integer(request.authorisedUntil.millisecondsSinceEpoch), .integer(record.time.millisecondsSinceEpoch),
                    .integer(record.sequence), .integer(0), .null, .null, .null, .null, .null, .null, .null
                ]
            ),
            Job.enqueue(request.identifier, kind: ScanningRecords.jobKind, payload: payload, at: record.sequence)
        ]
    }

    private static func progressed(_ payload: JSONValue) -> [RowChange] {
        guard
            let identifier = payload["run"]?.string, let done = payload["done"]?.integer, let total = payload["total"]?.integer
        else { return [] }
        return [
            .update(run, key: [.text(identifier)], set: [.init("done", .integer(done)), .init("total", .integer(total))])
        ]
    }

    private static func finished(_ payload: JSONValue, _ record: JournalRecord) -> [RowChange] {
        guard let identifier = payload["run"]?.string else { return [] }
        return [
            .update(
                run, key: [.text(identifier)],
                set: [
                    .init("ending", .optional(payload["ending"]?.string)), .init("reason", .optional(payload["reason"]?.string)),
                    .init("findings", payload["findings"]?.integer.map { .integer($0) } ?? .null),
                    .init("sarif", .optional(payload["sarif"]?.string)),
                    .init("tool_version", .optional(payload["toolVersion"]?.string)),
                    .init("finished", .integer(record.time.millisecondsSinceEpoch))
                ]
            ),
            Job.complete(identifier)
        ]
    }
}
