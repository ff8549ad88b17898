import CivilTime
import JSONText
import Journal

/// Anonymous reports as tables.
enum AnonymousReportProjection {
    /// One row a report that ever arrived, also where nothing else is known of it any more: what the budgets count.
    static let arrival = TableSchema(
        "report_arrival",
        columns: [
            .text("report"), .integer("arrived"), .integer("withdrawn_by_reporter").optional,
            // 1 while it was taken back and its key has not ended.
            .integer("is_ending"), .integer("forgotten").optional
        ],
        primaryKey: ["report"],
        indexes: [["arrived"], ["withdrawn_by_reporter"], ["is_ending"], ["forgotten"]]
    )

    static let report = TableSchema(
        "anonymous_report",
        columns: [
            .text("id"), .text("finding"), .text("secret_digest"), .integer("received"), .text("credited").optional,
            .integer("sequence")
        ],
        primaryKey: ["id"],
        indexes: [["finding"], ["sequence"]]
    )

    static let message = TableSchema(
        "report_message",
        columns: [.text("report"), .integer("number"), .text("author"), .text("words"), .integer("sent")],
        primaryKey: ["report", "number"]
    )

    static let projection = Projection("anonymous reports", tables: [arrival, report, message]) { record, _ in
        guard let payload = record.payload, let identifier = payload["report"]?.string else { return [] }
        let time = SQLValue.integer(record.time.millisecondsSinceEpoch)
        switch record.kind {
        case AnonymousReportRecords.arrived: return [.insert(arrival, [.text(identifier), time, .null, .integer(0), .null])]
        case AnonymousReportRecords.opened:
            guard let finding = payload["finding"]?.string, let digest = payload["secretDigest"]?.string else { return [] }
            return [
                .insert(
                    report, [.text(identifier), .text(finding), .text(digest), time, .null, .integer(record.sequence)]
                )
            ]
        case AnonymousReportRecords.messaged:
            guard let number = payload["number"]?.integer, let text = payload["text"]?.string else { return [] }
            return [.insert(message, [.text(identifier), .integer(number), .text(record.actor), .text(text), time])]
        case AnonymousReportRecords.credited:
            guard let member = payload["member"]?.string else { return [] }
            return [.update(report, key: [.text(identifier)], set: [.init("credited", .text(member))])]
        case AnonymousReportRecords.withdrawn:
            let byReporter = payload["byReporter"]?.bool == true ? [RowChange.Assignment("withdrawn_by_reporter", time)] : []
            return [
                .update(arrival, key: [.text(identifier)], set: byReporter + [.init("is_ending", .integer(1))]),
                .delete(report, keyPrefix: [.text(identifier)]), .delete(message, keyPrefix: [.text(identifier)])
            ]
        case AnonymousReportRecords.forgotten:
            return [
                .update(arrival, key: [.text(identifier)], set: [.init("is_ending", .integer(0)), .init("forgotten", time)])
            ]
        default: return []
        }
    }
}
