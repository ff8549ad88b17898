import CivilTime
import JSONText
import Journal

/// Cases as a table. (`case` is a word of SQL, hence the longer name.)
enum CoordinationProjection {
    static let caseFile = TableSchema(
        "case_file",
        columns: [
            .text("id"), .text("vulnerability"), .text("vendor"), .text("title"), .integer("embargo_until"), .text("phase"),
            .text("advisory").optional, .integer("opened"), .integer("sequence"),
            // How many had found it when the embargo was last set.
            .integer("finders_at_setting")
        ],
        primaryKey: ["id"],
        indexes: [["vulnerability"], ["sequence"], ["vendor", "sequence"]]
    )

    /// What the vulnerability of a case is in.
    static let caseTarget = TableSchema(
        "case_target", columns: [.text("target"), .text("case_file")], primaryKey: ["target", "case_file"]
    )

    static let projection = Projection("coordination", tables: [caseFile, caseTarget]) { record, _ in
        guard let payload = record.payload, let identifier = payload["case"]?.string else { return [] }
        switch record.kind {
        case CoordinationRecords.opened: return opened(identifier, payload, record)
        case CoordinationRecords.embargoMoved:
            guard let until = deadline(payload) else { return [] }
            return [
                .update(
                    caseFile, key: [.text(identifier)],
                    set: [
                        .init("embargo_until", .integer(until)), .init("finders_at_setting", finders(payload))
                    ]
                )
            ]
        case CoordinationRecords.published:
            return [
                .update(
                    caseFile, key: [.text(identifier)],
                    set: [
                        .init("phase", .text(CaseState.Phase.published.rawValue)),
                        .init("advisory", .optional(payload["advisory"]?.string))
                    ]
                )
            ]
        default: return []
        }
    }

    private static func opened(_ identifier: String, _ payload: JSONValue, _ record: JournalRecord) -> [RowChange] {
        guard
            let vulnerability = payload["vulnerability"]?.string, let vendor = payload["vendor"]?.string,
            let title = payload["title"]?.string, let until = deadline(payload)
        else { return [] }
        let targets = (payload["targets"]?.array ?? []).compactMap(\.string)
        return [
            .insert(
                caseFile,
                [
                    .text(identifier), .text(vulnerability), .text(vendor), .text(title), .integer(until),
                    .text(CaseState.Phase.open.rawValue), .null, .integer(record.time.millisecondsSinceEpoch),
                    .integer(record.sequence), finders(payload)
                ]
            )
        ] + targets.map { .insertIfAbsent(caseTarget, [.text($0), .text(identifier)]) }
    }

    private static func finders(_ payload: JSONValue) -> SQLValue { .integer(payload["finders"]?.integer ?? 0) }

    private static func deadline(_ payload: JSONValue) -> Int64? {
        payload["embargoUntil"]?.string.flatMap(Timestamp.init(rfc3339:))?.millisecondsSinceEpoch
    }
}
