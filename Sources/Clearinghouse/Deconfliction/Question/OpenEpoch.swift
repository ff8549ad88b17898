package import CivilTime
import JSONText
import Journal
package import Sealing

/// The epoch in which questions are answered now.
package struct OpenEpoch: Sendable {
    package let number: Int64
    package let publicKey: EvaluationPublicKey
    package let opened: Timestamp

    /// When it will be closed by itself.
    package var ends: Timestamp { opened.advanced(by: QuestionLimits.epochLifetime) }
}

/// What anybody may know of an epoch.
package struct EpochFigures: Sendable {
    package let epoch: Int64
    package let questionCount: Int64
    /// Members that asked.
    package let memberCount: Int64
    /// Findings whose tags are in the set.
    package let findingCount: Int64
    /// Findings that were handed in and are not looked at yet.
    package let waitingCount: Int64
    package let tagCount: Int64
}

extension JournalSnapshot {
    func openEpoch() throws -> OpenEpoch? {
        let row = try firstRow(
            "SELECT epoch, public_key, opened FROM question_epoch WHERE closed IS NULL ORDER BY epoch DESC LIMIT 1")
        guard let row else { return nil }
        guard let bytes = Hexadecimal.decode(try row.text(1)), let key = try? EvaluationPublicKey(parsing: bytes) else {
            throw JournalError(.contradiction, "the public key of an epoch is no point")
        }
        return OpenEpoch(
            number: try row.integer(0), publicKey: key, opened: Timestamp(millisecondsSinceEpoch: try row.integer(2)))
    }

    func latestEpochNumber() throws -> Int64 {
        try firstRow("SELECT coalesce(max(epoch), 0) FROM question_epoch")?.integer(0) ?? 0
    }

    /// - Throws: `notYet` where none was ever opened, `conflict` naming the open one.
    func requireOpen(_ epoch: Int64) throws -> OpenEpoch {
        guard let open = try openEpoch() else { throw QuestionRefusal.noEpoch }
        guard open.number == epoch else {
            throw Refusal(
                .conflict, "epoch \(epoch) is not open; epoch \(open.number) is: ask again under its key", place: "/epoch")
        }
        return open
    }

    /// The secret half of an open epoch's key.
    func evaluationKey(of epoch: Int64) throws -> EvaluationKey {
        let record = try records(of: QuestionRecords.keyStream(epoch)).first
        guard let bytes = record?.payload?["key"]?.string.flatMap(Hexadecimal.decode),
            let key = try? EvaluationKey(bytes: bytes)
        else { throw JournalError(.contradiction, "the key of the open epoch \(epoch) is missing") }
        return key
    }

    func figures(of epoch: Int64) throws -> EpochFigures {
        let asked = try firstRow("SELECT count(*), count(DISTINCT member) FROM question WHERE epoch = $1", [.integer(epoch)])
        let progress = try progress(of: epoch)
        let tagged = try firstRow("SELECT count(*) FROM question_tags WHERE epoch = $1", [.integer(epoch)])?.integer(0) ?? 0
        let waiting = try firstRow("SELECT count(*) FROM finding WHERE sequence > $1", [.integer(progress?.through ?? -1)])
        return EpochFigures(
            epoch: epoch, questionCount: try asked?.integer(0) ?? 0, memberCount: try asked?.integer(1) ?? 0,
            findingCount: tagged, waitingCount: try waiting?.integer(0) ?? 0,
            tagCount: tagged * Int64(QuestionSet.tagsOfFinding)
        )
    }

    /// How far the set of an epoch is: the record of its key, the last finding it was extended by, the record of the last change, and
    /// of the last one that took something away (-1 for none).
    func progress(of epoch: Int64) throws -> (opened: Int64, through: Int64, changed: Int64, removed: Int64)? {
        try firstRow("SELECT opened, through, changed, removed FROM question_progress WHERE epoch = $1", [.integer(epoch)]).map {
            (try $0.integer(0), try $0.integer(1), try $0.integer(2), try $0.integer(3))
        }
    }
}

enum QuestionRefusal {
    static var noEpoch: Refusal { Refusal(.notYet, "no epoch is open yet: it opens with the first commitment that is lodged") }
}
