import CivilTime
import JSONText
import Journal

/// Findings, vulnerabilities and fingerprints as tables.
enum DiscoveryProjection {
    static let finding = TableSchema(
        "finding",
        columns: [
            .text("id"), .text("member"), .text("original"), .text("title"), .text("package").optional,
            .text("weakness").optional, .text("severity").optional, .text("file").optional, .text("function").optional,
            .integer("received"), .integer("sequence"), .text("vulnerability").optional,
            // The relation that put it where it is, and 1 where a person ever moved it.
            .text("relation").optional, .integer("is_placed"),
            // Of its provenance; `human_reviewed` is 1 where the finder says so.
            .text("model").optional, .text("harness").optional, .integer("human_reviewed"),
            // Where it is, beside package, file and function.
            .text("repository").optional, .text("revision").optional, .integer("start_line").optional
        ],
        primaryKey: ["id"],
        // The first serves the oldest finding of a vulnerability and its finders.
        indexes: [["vulnerability", "sequence", "member"], ["member", "sequence"], ["sequence"]]
    )

    static let vulnerability = TableSchema(
        "vulnerability",
        columns: [
            .text("id"), .text("title"), .text("package").optional, .text("weakness").optional, .integer("opened"),
            .integer("sequence")
        ],
        primaryKey: ["id"],
        indexes: [["sequence"]]
    )

    static let fingerprint = TableSchema(
        "fingerprint", columns: [.text("digest"), .text("kind"), .text("vulnerability")], primaryKey: ["digest", "kind"]
    )

    /// The findings whose doubts wait for a person.
    static let review = TableSchema(
        "awaited_review", columns: [.text("finding"), .integer("sequence")], primaryKey: ["finding"], indexes: [["sequence"]]
    )

    static let projection = Projection("discovery", tables: [finding, vulnerability, fingerprint, review]) { record, _ in
        switch record.kind {
        case DiscoveryRecords.submitted: submitted(record)
        case DiscoveryRecords.reviewed: reviewed(record)
        case DiscoveryRecords.joined: joined(record)
        case DiscoveryRecords.left: left(record)
        case AnonymousReportRecords.withdrawn: withdrawn(record)
        default: []
        }
    }

    private static func submitted(_ record: JournalRecord) -> [RowChange] {
        guard
            let payload = record.payload, let identifier = payload["finding"]?.string,
            let member = payload["member"]?.string, let digest = payload["original"]?.string,
            let report = payload["report"].flatMap(FindingReport.init(json:))
        else { return [] }
        return [
            .insert(
                finding,
                [
                    .text(identifier), .text(member), .text(digest), .text(report.title), .optional(report.package),
                    .optional(report.weakness), .optional(report.severity), .optional(report.file),
                    .optional(report.function), .integer(record.time.millisecondsSinceEpoch), .integer(record.sequence),
                    .null, .null, .integer(0), .optional(report.provenance?["model"]?.string),
                    .optional(report.provenance?["harness"]?.string),
                    .integer(report.provenance?["humanReviewed"]?.bool == true ? 1 : 0), .optional(report.repository),
                    .optional(report.commit), report.startLine.map { .integer($0) } ?? .null
                ]
            )
        ] + (report.doubts.isEmpty ? [] : [.insert(review, [.text(identifier), .integer(record.sequence)])])
    }

    private static func reviewed(_ record: JournalRecord) -> [RowChange] {
        guard let payload = record.payload, let identifier = payload["finding"]?.string,
            let target = payload["vulnerability"]?.string
        else { return [] }
        return [.delete(review, keyPrefix: [.text(identifier)])] + claims(payload, target)
    }

    /// What was taken back is seen by nobody from then on; what else came of it goes with its key.
    private static func withdrawn(_ record: JournalRecord) -> [RowChange] {
        guard let payload = record.payload, let identifier = payload["finding"]?.string else { return [] }
        let alone = payload["vulnerability"]?.string.map { RowChange.delete(vulnerability, keyPrefix: [.text($0)]) }
        return [.delete(finding, keyPrefix: [.text(identifier)]), .delete(review, keyPrefix: [.text(identifier)])]
            + [alone].compactMap(\.self)
    }

    /// What no relation moved, a person did.
    private static func left(_ record: JournalRecord) -> [RowChange] {
        guard let payload = record.payload, let identifier = payload["finding"]?.string, payload["relation"] == nil else {
            return []
        }
        return [.update(finding, key: [.text(identifier)], set: [.init("is_placed", .integer(1))])]
    }

    private static func joined(_ record: JournalRecord) -> [RowChange] {
        guard
            let payload = record.payload, let identifier = payload["finding"]?.string,
            let target = payload["vulnerability"]?.string
        else { return [] }
        var changes: [RowChange] = [
            .update(
                finding, key: [.text(identifier)],
                set: [.init("vulnerability", .text(target)), .init("relation", .optional(payload["relation"]?.string))]
            )
        ]
        if let summary = payload["summary"] {
            changes.append(
                .insertIfAbsent(
                    vulnerability,
                    [
                        .text(target), .text(summary["title"]?.string ?? ""), .optional(summary["package"]?.string),
                        .optional(summary["weakness"]?.string), .integer(record.time.millisecondsSinceEpoch),
                        .integer(record.sequence)
                    ]
                )
            )
        }
        return changes + claims(payload, target)
    }

    private static func claims(_ payload: JSONValue, _ target: String) -> [RowChange] {
        (payload["claims"]?.array ?? []).compactMap { claim in
            guard let digest = claim["digest"]?.string, let kind = claim["kind"]?.string else { return nil }
            return .insertIfAbsent(fingerprint, [.text(digest), .text(kind), .text(target)])
        }
    }
}
