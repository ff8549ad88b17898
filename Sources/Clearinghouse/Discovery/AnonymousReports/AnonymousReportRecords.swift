import Handling
import JSONText
import Journal
import Sealing

/// The facts about anonymous reports.
///
/// A report is a finding of a reporter of its own, `anonymous:<report>`, which is no member and can't be one. Its finding and its
/// messages are sealed under that reporter's key, which ends with the report. In the clear is only that a report arrived, that it
/// was withdrawn, and that its key has ended: what the budgets count must outlive the report, or who withdraws could send without end.
///
/// A withdrawal names what it takes out of the tables at once. The key ends a little later, with those of others that were taken
/// back meanwhile (`AnonymousReports.forget`), because every table is derived anew then.
enum AnonymousReportRecords {
    static let arrived = RecordKind("report.arrived")
    static let opened = RecordKind("report.opened")
    static let messaged = RecordKind("report.messaged")
    static let credited = RecordKind("report.credited")
    static let withdrawn = RecordKind("report.withdrawn")
    static let forgotten = RecordKind("report.forgotten")

    private static let reporterPrefix = "anonymous:"

    /// A colon is in no member's handle.
    static func reporter(of report: String) -> String { reporterPrefix + report }
    static func isReporter(_ member: String) -> Bool { member.hasPrefix(reporterPrefix) }

    static func contentKey(of report: String) -> ContentKeyName { DiscoveryRecords.contentKey(of: reporter(of: report)) }

    static func arrived(_ report: String) throws -> RecordDraft {
        RecordDraft(
            arrived, in: stream(report), by: Membership.system, label: try Labels.desk(),
            payload: ["report": .string(report)], expectedVersion: 0
        )
    }

    static func opened(_ code: ClaimCode, finding: String) throws -> RecordDraft {
        try sealed(
            opened, code.report, by: reporter(of: code.report),
            [("finding", .string(finding)), ("secretDigest", .string(code.secretDigest.hex))]
        )
    }

    static func messaged(_ report: String, number: Int64, text: String, by author: String) throws -> RecordDraft {
        try sealed(messaged, report, by: author, [("number", .number(JSONNumber(number))), ("text", .string(text))])
    }

    static func credited(_ report: String, to member: String) throws -> RecordDraft {
        try sealed(credited, report, by: reporter(of: report), [("member", .string(member))])
    }

    /// - Parameter remains: what stands in the tables because of the report.
    static func withdrawn(
        _ report: String, _ remains: ReportRemains, reason: String, by actor: String
    ) throws -> RecordDraft {
        RecordDraft(
            withdrawn, in: stream(report), by: actor, label: try Labels.desk(),
            payload: [
                "byReporter": .bool(isReporter(actor)), "finding": .string(remains.finding), "reason": .string(reason),
                "relations": .array(remains.relations.map { .string($0) }), "report": .string(report),
                "vulnerability": remains.vulnerability.map { .string($0) } ?? .null
            ]
        )
    }

    /// To be appended with the destruction of the report's key.
    static func forgotten(_ report: String) throws -> RecordDraft {
        RecordDraft(
            forgotten, in: stream(report), by: Membership.system, label: try Labels.desk(), payload: ["report": .string(report)]
        )
    }

    private static func sealed(
        _ kind: RecordKind, _ report: String, by actor: String, _ members: [(String, JSONValue)]
    ) throws -> RecordDraft {
        RecordDraft(
            kind, in: stream(report), by: actor, label: try Labels.member(reporter(of: report)),
            payload: .object(JSONObject([("report", .string(report))] + members)), sealedUnder: contentKey(of: report)
        )
    }

    private static func stream(_ report: String) -> StreamName { StreamName("report", report) }
}
