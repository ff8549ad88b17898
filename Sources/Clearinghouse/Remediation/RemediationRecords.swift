import CivilTime
import Handling
import JSONText
import Journal
import Sealing

/// The facts about fixes; they live in the stream of their case.
enum RemediationRecords {
    static let attached = RecordKind("fix.attached")
    static let judged = RecordKind("fix.judged")

    static func attached(_ fix: String, to caseIdentifier: String, patch: Content, fixedVersion: String, by actor: String) throws
        -> RecordDraft
    {
        RecordDraft(
            attached, in: CoordinationRecords.stream(caseIdentifier), by: actor, label: try Labels.caseRoom(caseIdentifier),
            payload: [
                "case": .string(caseIdentifier), "fix": .string(fix), "fixedVersion": .string(fixedVersion),
                "patch": .string(patch.digest.hex)
            ],
            contents: [patch], sealedUnder: CoordinationRecords.contentKey(of: caseIdentifier)
        )
    }

    static func judged(_ fix: String, of caseIdentifier: String, verified: Bool, validation: String, by actor: String) throws
        -> RecordDraft
    {
        RecordDraft(
            judged, in: CoordinationRecords.stream(caseIdentifier), by: actor, label: try Labels.caseRoom(caseIdentifier),
            payload: [
                "case": .string(caseIdentifier), "fix": .string(fix), "validation": .string(validation),
                "verified": .bool(verified)
            ],
            sealedUnder: CoordinationRecords.contentKey(of: caseIdentifier)
        )
    }
}

/// Fixes as a table.
enum RemediationProjection {
    static let fix = TableSchema(
        "fix",
        columns: [
            .text("id"), .text("case_file"), .text("patch"), .text("fixed_version"), .text("state"), .integer("attached"),
            .integer("judged").optional
        ],
        primaryKey: ["id"],
        indexes: [["case_file"]]
    )

    static let projection = Projection("remediation", tables: [fix]) { record, _ in
        guard let payload = record.payload, let identifier = payload["fix"]?.string else { return [] }
        switch record.kind {
        case RemediationRecords.attached:
            guard
                let owner = payload["case"]?.string, let patch = payload["patch"]?.string,
                let version = payload["fixedVersion"]?.string
            else { return [] }
            return [
                .insert(
                    fix,
                    [
                        .text(identifier), .text(owner), .text(patch), .text(version),
                        .text(CaseState.FixState.proposed.rawValue), .integer(record.time.millisecondsSinceEpoch), .null
                    ]
                )
            ]
        case RemediationRecords.judged:
            let state: CaseState.FixState = payload["verified"]?.bool == true ? .verified : .refuted
            let judged = SQLValue.integer(record.time.millisecondsSinceEpoch)
            return [
                .update(
                    fix, key: [.text(identifier)], set: [.init("state", .text(state.rawValue)), .init("judged", judged)])
            ]
        default: return []
        }
    }
}
