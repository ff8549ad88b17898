import BlindQuestion
import CivilTime
import JSONText
import Journal
import Sealing

/// Epochs, commitments, questions and blind cases.
enum QuestionProjection {
    static let epoch = TableSchema(
        "question_epoch",
        columns: [.integer("epoch"), .text("public_key"), .integer("opened"), .integer("closed").optional],
        primaryKey: ["epoch"]
    )

    static let commitment = TableSchema(
        "question_commitment",
        columns: [
            .text("commitment"), .text("member"), .integer("lodged"), .integer("sequence"), .text("blind_case").optional
        ],
        primaryKey: ["commitment"], indexes: [["member", "sequence"]]
    )

    static let question = TableSchema(
        "question",
        // The key's columns first: else SQLite's own check of the file calls those between them NULL.
        columns: [.text("commitment"), .integer("epoch"), .text("request"), .text("member"), .integer("asked")],
        primaryKey: ["commitment", "epoch", "request"], indexes: [["member", "asked"], ["epoch", "member"]]
    )

    static let side = TableSchema(
        "blind_side",
        columns: [
            .text("blind_case"), .text("member"), .text("reference"), .integer("since"), .integer("opened"),
            .integer("agreed").optional
        ],
        primaryKey: ["blind_case", "member"], indexes: [["member", "opened"]]
    )

    static let projection = Projection("questions", tables: [epoch, commitment, question, side]) { record, _ in
        guard let payload = record.payload else { return [] }
        let time = SQLValue.integer(record.time.millisecondsSinceEpoch)
        switch record.kind {
        case QuestionRecords.epochOpened, QuestionRecords.epochClosed: return epochs(record.kind, payload, time)
        case QuestionRecords.lodged, QuestionRecords.asked, QuestionRecords.opened: return own(record, payload, time)
        case QuestionRecords.caseOpened: return sides(payload, time)
        case QuestionRecords.caseAgreed:
            guard let identifier = payload["case"]?.string, let member = payload["member"]?.string else { return [] }
            return [.update(side, key: [.text(identifier), .text(member)], set: [.init("agreed", time)])]
        default: return []
        }
    }

    private static func epochs(_ kind: RecordKind, _ payload: JSONValue, _ time: SQLValue) -> [RowChange] {
        guard let number = payload["epoch"]?.integer else { return [] }
        if kind == QuestionRecords.epochClosed {
            return [.update(epoch, key: [.integer(number)], set: [.init("closed", time)])]
        }
        return [.insert(epoch, [.integer(number), .text(payload["publicKey"]?.string ?? ""), time, .null])]
    }

    private static func own(_ record: JournalRecord, _ payload: JSONValue, _ time: SQLValue) -> [RowChange] {
        guard let digest = payload["commitment"]?.string, let member = payload["member"]?.string else { return [] }
        let key = SQLValue.text(digest)
        switch record.kind {
        case QuestionRecords.lodged:
            return [.insert(commitment, [key, .text(member), time, .integer(record.sequence), .null])]
        case QuestionRecords.asked:
            guard let number = payload["epoch"]?.integer, let request = payload["request"]?.string else { return [] }
            return [.insert(question, [key, .integer(number), .text(request), .text(member), time])]
        default:
            return [.update(commitment, key: [key], set: [.init("blind_case", .optional(payload["case"]?.string))])]
        }
    }

    private static func sides(_ payload: JSONValue, _ time: SQLValue) -> [RowChange] {
        guard let identifier = payload["case"]?.string else { return [] }
        return (payload["sides"]?.array ?? []).compactMap { entry in
            guard let member = entry["member"]?.string, let reference = entry["reference"]?.string,
                let since = entry["since"]?.integer
            else { return nil }
            return .insert(side, [.text(identifier), .text(member), .text(reference), .integer(since), time, .null])
        }
    }
}

/// The tags of the open epoch. All of it is sealed under the epoch's key and goes with it, without a replay of anything.
enum TagProjection {
    static let tags = TableSchema(
        "question_tags",
        columns: [.integer("epoch"), .text("finding"), .blob("tags"), .integer("sequence")],
        primaryKey: ["epoch", "finding"], indexes: [["epoch", "sequence"]]
    )

    /// The tags that a finding really has, published or not: by them its holder is found.
    static let holder = TableSchema(
        "question_holder", columns: [.integer("epoch"), .text("finding"), .integer("tag")],
        primaryKey: ["epoch", "finding", "tag"], indexes: [["epoch", "tag"]]
    )

    static let progress = TableSchema(
        "question_progress",
        columns: [
            .integer("epoch"), .integer("opened"), .integer("through"), .integer("changed"), .integer("removed")
        ],
        primaryKey: ["epoch"]
    )

    static let projection = Projection(
        "question-tags", tables: [tags, holder, progress], ownKeyPrefix: QuestionRecords.keyPrefix
    ) { record, _ in
        guard let payload = record.payload, let epoch = payload["epoch"]?.integer else { return [] }
        let (number, sequence) = (SQLValue.integer(epoch), SQLValue.integer(record.sequence))
        switch record.kind {
        case QuestionRecords.keyKept:
            return [.insert(progress, [number, sequence, .integer(-1), sequence, .integer(-1)])]
        case QuestionRecords.tagsAdded:
            let through = SQLValue.integer(payload["through"]?.integer ?? -1)
            return (payload["findings"]?.array ?? []).flatMap { added($0, number, sequence) } + [
                .update(progress, key: [number], set: [.init("through", through), .init("changed", sequence)])
            ]
        case QuestionRecords.tagsRemoved:
            let findings = (payload["findings"]?.array ?? []).compactMap(\.string)
            let gone = findings.flatMap { finding in
                [tags, holder].map { RowChange.delete($0, keyPrefix: [number, .text(finding)]) }
            }
            return gone + (payload["returned"]?.array ?? []).compactMap { returned($0, number) } + [
                .update(progress, key: [number], set: [.init("changed", sequence), .init("removed", sequence)])
            ]
        case QuestionRecords.tagsEnded:
            return [tags, holder, progress].map { .delete($0, keyPrefix: [number]) }
        default: return []
        }
    }

    private static func added(_ entry: JSONValue, _ epoch: SQLValue, _ sequence: SQLValue) -> [RowChange] {
        guard let finding = entry["finding"]?.string, let published = bytes(entry["tags"]), let held = bytes(entry["held"])
        else { return [] }
        return [.put(tags, [epoch, .text(finding), .blob(published), sequence])]
            + QuestionTag.list(held).map { .insertIfAbsent(holder, [epoch, .text(finding), $0.sqlValue]) }
    }

    private static func returned(_ entry: JSONValue, _ epoch: SQLValue) -> RowChange? {
        guard let finding = entry["finding"]?.string, let published = bytes(entry["tags"]) else { return nil }
        return .update(tags, key: [epoch, .text(finding)], set: [.init("tags", .blob(published))])
    }

    private static func bytes(_ value: JSONValue?) -> [UInt8]? { value?.string.flatMap { try? Base64.decode($0) } }
}
