import CivilTime
import JSONText
import Journal

/// Anonymous reports as tables.
enum AnonymousReportProjection {
    /// One row a report that ever arrived, also where nothing else is known of it any more: what the budgets count.
    static let arrival = TableSchema(
        "report_arrival",
        columns: [.text("report"), .integer("arrived"), .integer("withdrawn_by_reporter").optional],
        primaryKey: ["report"],
        indexes: [["arrived"], ["withdrawn_by_reporter"]]
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
        case AnonymousReportRecords.arrived: return [.insert(arrival, [.text(identifier), time, .null])]
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
            return payload["byReporter"]?.bool == true
                ? [.update(arrival, key: [.text(identifier)], set: [.init("withdrawn_by_reporter", time)])] : []
        default: return []
        }
    }
}
