import BlindQuestion
import CivilTime
import Handling
import JSONText
import Journal
import Sealing

/// The facts about blinded questions.
///
/// A question that met nothing leaves its commitment, its epoch and the digest of its random elements: neither a key, nor an output, nor a
/// tag. Whatever is sealed under `epoch/N` ends with the epoch.
enum QuestionRecords {
    static let epochOpened = RecordKind("question.epoch-opened")
    static let epochClosed = RecordKind("question.epoch-closed")
    static let keyKept = RecordKind("question.key-kept")
    static let tagsAdded = RecordKind("question.tags-added")
    static let tagsRemoved = RecordKind("question.tags-removed")
    static let tagsEnded = RecordKind("question.tags-ended")
    static let lodged = RecordKind("question.lodged")
    static let asked = RecordKind("question.asked")
    static let opened = RecordKind("question.opened")
    static let caseOpened = RecordKind("question.case-opened")
    static let caseAgreed = RecordKind("question.case-agreed")

    /// How the names of the epochs' keys begin; nothing else is sealed under one.
    static let keyPrefix = "epoch/"

    static func contentKey(ofEpoch epoch: Int64) -> ContentKeyName { ContentKeyName(keyPrefix + "\(epoch)") }
    static func contentKey(ofCase identifier: String) -> ContentKeyName { ContentKeyName("case/\(identifier)") }

    static func epochStream(_ epoch: Int64) -> StreamName { StreamName("question-epoch", "\(epoch)") }
    static func keyStream(_ epoch: Int64) -> StreamName { StreamName("question-key", "\(epoch)") }
    static func tagStream(_ epoch: Int64) -> StreamName { StreamName("question-tags", "\(epoch)") }
    static func commitmentStream(_ commitment: Commitment) -> StreamName { StreamName("question", commitment.digest.hex) }
    static func caseStream(_ identifier: String) -> StreamName { StreamName("blind-case", identifier) }

    /// A new epoch: its public half for everybody, its secret half sealed under a content key that ends with it.
    static func opening(_ epoch: Int64, key: EvaluationKey, by actor: String) throws -> [RecordDraft] {
        [
            RecordDraft(
                epochOpened, in: epochStream(epoch), by: actor, label: Labels.everybody(),
                payload: ["epoch": number(epoch), "publicKey": .string(Hexadecimal.encode(key.publicKey.bytes))],
                expectedVersion: 0
            ),
            RecordDraft(
                keyKept, in: keyStream(epoch), by: actor, label: try Labels.desk(),
                payload: ["epoch": number(epoch), "key": .string(Hexadecimal.encode(key.bytes))],
                sealedUnder: contentKey(ofEpoch: epoch), expectedVersion: 0
            )
        ]
    }

    /// The end of an epoch; to be appended with the destruction of its content key.
    static func closing(_ figures: EpochFigures, by actor: String) throws -> [RecordDraft] {
        [
            RecordDraft(
                epochClosed, in: epochStream(figures.epoch), by: actor, label: Labels.everybody(),
                payload: [
                    "epoch": number(figures.epoch), "findings": number(figures.findingCount),
                    "members": number(figures.memberCount), "questions": number(figures.questionCount)
                ]
            ),
            try sealed(tagsEnded, figures.epoch, ["epoch": number(figures.epoch)], by: actor)
        ]
    }

    /// - Parameter through: the last finding, by its record, that has been looked at.
    static func added(
        _ findings: [PublishedFinding], epoch: Int64, through: Int64, by actor: String
    ) throws -> RecordDraft {
        try sealed(
            tagsAdded, epoch,
            [
                "epoch": number(epoch),
                "findings": .array(
                    findings.map { ["finding": .string($0.finding), "held": text($0.held), "tags": text($0.tags)] }),
                "through": number(through)
            ], by: actor
        )
    }

    /// - Parameter returned: what is published now of findings that stay, where a tag was published for one that goes.
    static func removed(
        _ findings: [String], returned: [(finding: String, tags: [QuestionTag])], epoch: Int64, by actor: String
    ) throws -> RecordDraft {
        try sealed(
            tagsRemoved, epoch,
            [
                "epoch": number(epoch), "findings": .array(findings.map { .string($0) }),
                "returned": .array(returned.map { ["finding": .string($0.finding), "tags": text($0.tags)] })
            ], by: actor)
    }

    private static func text(_ tags: [QuestionTag]) -> JSONValue { .string(Base64.encode(tags.flatMap(\.bytes))) }

    private static func sealed(_ kind: RecordKind, _ epoch: Int64, _ payload: JSONValue, by actor: String) throws -> RecordDraft {
        RecordDraft(
            kind, in: tagStream(epoch), by: actor, label: try Labels.desk(), payload: payload,
            sealedUnder: contentKey(ofEpoch: epoch)
        )
    }

    static func lodged(_ commitment: Commitment, by member: String) throws -> RecordDraft {
        try own(lodged, commitment, member, [])
    }

    /// - Parameter request: the digest of the elements, by which the same request again is told from another.
    static func asked(_ commitment: Commitment, epoch: Int64, request: Digest, by member: String) throws -> RecordDraft {
        try own(asked, commitment, member, [("epoch", number(epoch)), ("request", .string(request.hex))])
    }

    static func opened(
        _ commitment: Commitment, finding: Content, salt: CommitmentSalt, case identifier: String, by member: String
    ) throws -> RecordDraft {
        try own(
            opened, commitment, member,
            [
                ("case", .string(identifier)), ("finding", .string(finding.digest.hex)),
                ("salt", .string(Hexadecimal.encode(salt.bytes)))
            ],
            contents: [finding])
    }

    private static func own(
        _ kind: RecordKind, _ commitment: Commitment, _ member: String, _ more: [(String, JSONValue)], contents: [Content] = []
    ) throws -> RecordDraft {
        RecordDraft(
            kind, in: commitmentStream(commitment), by: member, label: try Labels.member(member),
            payload: .object(
                JSONObject([("commitment", .string(commitment.digest.hex)), ("member", .string(member))] + more)),
            contents: contents, sealedUnder: DiscoveryRecords.contentKey(of: member)
        )
    }

    /// Sealed under a key of its own: like everything of a case it stays when one side leaves.
    static func caseOpened(_ identifier: String, sides: [BlindSide], by member: String) throws -> RecordDraft {
        RecordDraft(
            caseOpened, in: caseStream(identifier), by: Membership.system, label: try Labels.caseRoom(identifier),
            payload: [
                "case": .string(identifier),
                "sides": .array(
                    sides.map { side in
                        [
                            "member": .string(side.member), "reference": .string(side.reference),
                            "since": number(side.since.millisecondsSinceEpoch)
                        ]
                    })
            ],
            sealedUnder: contentKey(ofCase: identifier), expectedVersion: 0
        )
    }

    static func caseAgreed(_ identifier: String, by member: String) throws -> RecordDraft {
        RecordDraft(
            caseAgreed, in: caseStream(identifier), by: member, label: try Labels.caseRoom(identifier),
            payload: ["case": .string(identifier), "member": .string(member)], sealedUnder: contentKey(ofCase: identifier)
        )
    }

    private static func number(_ value: Int64) -> JSONValue { .number(JSONNumber(value)) }
}

/// One who holds what another holds too, and since when it can be shown.
struct BlindSide {
    let member: String
    /// The commitment, or the finding.
    let reference: String
    let since: Timestamp
}
