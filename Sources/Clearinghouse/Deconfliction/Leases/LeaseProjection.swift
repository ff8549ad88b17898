import CivilTime
import JSONText
import Journal

/// Leases as a table; what came of them is `CoverageProjection`'s.
enum LeaseProjection {
    static let lease = TableSchema(
        "scan_lease",
        columns: [
            .text("id"), .text("target"), .text("revision").optional, .integer("revision_only"), .text("subsystem").optional,
            .text("bug_class").optional, .text("tool_family").optional, .text("model_family").optional, .text("member"),
            .integer("priority"), .integer("may_be_named"), .integer("token"), .integer("claimed"), .integer("until"),
            .integer("window_end"), .integer("time_to_live"), .text("ending").optional,
            .text("budget").optional, .text("spent").optional
        ],
        primaryKey: ["id"],
        indexes: [["target", "until"], ["member", "until"], ["token"]]
    )

    static let projection = Projection("leases", tables: [lease]) { record, _ in
        guard let payload = record.payload, let identifier = payload["lease"]?.string else { return [] }
        switch record.kind {
        case LeaseRecords.claimed: return claimed(identifier, payload, record)
        case LeaseRecords.renewed:
            guard let until = payload["until"]?.string.flatMap(Timestamp.init(rfc3339:)) else { return [] }
            return [.update(lease, key: [.text(identifier)], set: [.init("until", .integer(until.millisecondsSinceEpoch))])]
        case LeaseRecords.preempted: return [ended(identifier, .preempted, record)]
        case LeaseRecords.revoked: return [ended(identifier, .revoked, record)]
        case LeaseRecords.released:
            let spent = amount(payload["spent"]).map { [RowChange.Assignment("spent", .text($0))] } ?? []
            return [ended(identifier, .released, record, spent)]
        default: return []
        }
    }

    private static func claimed(_ identifier: String, _ payload: JSONValue, _ record: JournalRecord) -> [RowChange] {
        guard
            let target = payload["target"]?.string, let member = payload["member"]?.string,
            let priority = payload["priority"]?.string.flatMap(ScanPriority.init(name:)),
            let until = payload["until"]?.string.flatMap(Timestamp.init(rfc3339:)),
            let windowEnd = payload["windowEnd"]?.string.flatMap(Timestamp.init(rfc3339:)),
            let timeToLive = payload["timeToLive"]?.integer
        else { return [] }
        return [
            .insert(
                lease,
                [
                    .text(identifier), .text(target), .optional(payload["revision"]?.string),
                    .integer(payload["revisionOnly"]?.bool == true ? 1 : 0), .optional(payload["subsystem"]?.string),
                    .optional(payload["bugClass"]?.string), .optional(payload["toolFamily"]?.string),
                    .optional(payload["modelFamily"]?.string), .text(member), .integer(priority.rawValue),
                    .integer(payload["mayBeNamed"]?.bool == true ? 1 : 0), .integer(record.sequence),
                    .integer(record.time.millisecondsSinceEpoch), .integer(until.millisecondsSinceEpoch),
                    .integer(windowEnd.millisecondsSinceEpoch), .integer(timeToLive), .null,
                    .optional(amount(payload["budget"])), .null
                ]
            )
        ]
    }

    /// An ended lease no longer lives, which queries see by `until` alone.
    private static func ended(
        _ identifier: String, _ ending: Lease.Ending, _ record: JournalRecord, _ more: [RowChange.Assignment] = []
    ) -> RowChange {
        .update(
            lease, key: [.text(identifier)],
            set: [
                .init("until", .integer(record.time.millisecondsSinceEpoch)), .init("ending", .text(ending.rawValue))
            ] + more
        )
    }

    private static func amount(_ value: JSONValue?) -> String? {
        guard let amount = value?["amount"]?.integer, let unit = value?["unit"]?.string else { return nil }
        return (try? ScanBudget(amount: amount, unit: unit))?.text
    }
}
