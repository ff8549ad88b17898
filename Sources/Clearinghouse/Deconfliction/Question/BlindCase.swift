package import BlindQuestion
package import CivilTime
import Journal
package import Sealing

/// Two or more who hold the same, as one of them sees it: that there is another, since when each can show it, and who it is once both
/// agreed to be named.
package struct BlindCase: Sendable {
    package struct Side: Sendable {
        package let isCaller: Bool
        /// The moment its commitment was lodged or its finding was received: who was first.
        package let since: Timestamp
        /// Nil until this side and the caller have agreed.
        package let member: String?
        /// Of the caller's own side: the commitment or the finding that is meant.
        package let reference: String?
        /// Of the caller's own side: whether it agreed. Another's silence is not told from its refusal.
        package let hasAgreed: Bool?
    }

    package let identifier: String
    package let opened: Timestamp
    /// By their moments, the first first.
    package let sides: [Side]
}

/// What opens a commitment after a match.
package struct QuestionOpening: Sendable {
    package let commitment: Commitment
    package let salt: CommitmentSalt
    /// The finding, byte for byte as it was committed to.
    package let finding: [UInt8]
    package let epoch: Int64
    package let tag: QuestionTag

    package init(commitment: Commitment, salt: CommitmentSalt, finding: [UInt8], epoch: Int64, tag: QuestionTag) {
        self.commitment = commitment
        self.salt = salt
        self.finding = finding
        self.epoch = epoch
        self.tag = tag
    }
}

extension Questions {
    /// Opens a commitment, and with it a blind case for its member and everybody who holds a finding with the same tag.
    ///
    /// Checked, in this order: that salt and finding open the commitment, that the member lodged it and asked in the open epoch, that the
    /// finding's own keys give the tag, that another member's finding has it. The same again answers with the same case.
    /// - Throws: `malformed`, `notFound` or `conflict` for what does not fit; nothing was recorded.
    package func open(_ opening: QuestionOpening, by principal: Principal) async throws -> BlindCase {
        try principal.require(.askQuestions)
        guard QuestionCommitment.commitment(to: opening.finding, salt: opening.salt) == opening.commitment else {
            throw Refusal(.conflict, "salt and finding do not open this commitment", place: "/salt")
        }
        try await verify(opening, of: principal.member)
        let (fresh, content) = (Identifier.text("b", environment.random(10)), Content(opening.finding))
        return try await journal.append { snapshot in
            try snapshot.requirePresent(principal.member)
            if let known = try snapshot.blindCase(of: opening.commitment) {
                return Decision([], answer: try snapshot.blindCase(known, for: principal.member))
            }
            _ = try snapshot.requireOpen(opening.epoch)
            let holders = try snapshot.holders(of: opening.tag, epoch: opening.epoch, except: principal.member)
            guard !holders.isEmpty else {
                throw Refusal(.notFound, "no finding of another member has this tag", place: "/tag")
            }
            let own = try snapshot.lodgedSide(opening.commitment, of: principal.member)
            let sides = [own] + holders
            return Decision(
                [
                    try QuestionRecords.opened(
                        opening.commitment, finding: content, salt: opening.salt, case: fresh, by: principal.member),
                    try QuestionRecords.caseOpened(fresh, sides: sides, by: principal.member)
                ],
                answer: BlindCase(fresh, sides, opened: try snapshot.appendTime(), for: principal.member)
            )
        }.answer
    }

    /// Everything that needs no writer: the finding's tags are multiplications on the curve.
    private func verify(_ opening: QuestionOpening, of member: String) async throws {
        let report = try FindingReader.submission(in: opening.finding).report
        let key = try await journal.read { snapshot -> EvaluationKey? in
            try snapshot.requireLodged(opening.commitment, by: member)
            if try snapshot.blindCase(of: opening.commitment) != nil { return nil }
            _ = try snapshot.requireOpen(opening.epoch)
            let asked = try snapshot.firstRow(
                "SELECT 1 FROM question WHERE commitment = $1 AND epoch = $2 LIMIT 1",
                [.text(opening.commitment.digest.hex), .integer(opening.epoch)])
            guard asked != nil else {
                throw Refusal(.conflict, "nothing was asked with this commitment in epoch \(opening.epoch)", place: "/commitment")
            }
            return try snapshot.evaluationKey(of: opening.epoch)
        }
        guard let key else { return }
        guard try FindingTags.tags(of: report.coarseKeys, epoch: opening.epoch, key: key).contains(opening.tag) else {
            throw Refusal(.conflict, "the finding's own keys do not give this tag", place: "/tag")
        }
    }

    /// The caller lets itself be named to those of the other sides that agree too. There is no way back. Again changes nothing.
    /// - Throws: `forbidden` without the scope, `notFound` for a case that is not the caller's; nothing was recorded.
    package func agree(to identifier: String, by principal: Principal) async throws -> BlindCase {
        try principal.require(.askQuestions)
        let member = principal.member
        _ = try await journal.append { snapshot in
            let row = try snapshot.firstRow(
                "SELECT agreed FROM blind_side WHERE blind_case = $1 AND member = $2", [.text(identifier), .text(member)])
            guard let row else { throw Refusal(.notFound, "there is no blind case \(identifier) of yours") }
            guard try row.optionalInteger(0) == nil else { return Decision([]) }
            try snapshot.requirePresent(member)
            return Decision([try QuestionRecords.caseAgreed(identifier, by: member)])
        }
        return try await journal.read { try $0.blindCase(identifier, for: member) }
    }
}

extension JournalSnapshot {
    fileprivate func blindCase(of commitment: Commitment) throws -> String? {
        try firstRow(
            "SELECT blind_case FROM question_commitment WHERE commitment = $1", [.text(commitment.digest.hex)]
        )?.optionalText(0)
    }

    fileprivate func lodgedSide(_ commitment: Commitment, of member: String) throws -> BlindSide {
        let row = try firstRow(
            "SELECT lodged FROM question_commitment WHERE commitment = $1 AND member = $2",
            [.text(commitment.digest.hex), .text(member)])
        guard let row else { throw Refusal(.notFound, "you lodged no such commitment", place: "/commitment") }
        return BlindSide(
            member: member, reference: commitment.digest.hex, since: Timestamp(millisecondsSinceEpoch: try row.integer(0)))
    }

    /// The members whose findings have the tag, each with its earliest.
    fileprivate func holders(of tag: QuestionTag, epoch: Int64, except member: String) throws -> [BlindSide] {
        try rows(
            """
            SELECT finding.member, finding.id, finding.received FROM finding JOIN (
                SELECT min(finding.sequence) AS sequence FROM question_holder JOIN finding ON finding.id = question_holder.finding
                WHERE question_holder.epoch = $1 AND question_holder.tag = $2 AND finding.member <> $3 GROUP BY finding.member
            ) AS earliest ON earliest.sequence = finding.sequence ORDER BY finding.sequence
            """, [.integer(epoch), tag.sqlValue, .text(member)]
        ).map { row in
            BlindSide(
                member: try row.text(0), reference: try row.text(1),
                since: Timestamp(millisecondsSinceEpoch: try row.integer(2)))
        }
    }

    /// - Throws: `notFound` where the member has no side of it.
    func blindCase(_ identifier: String, for member: String) throws -> BlindCase {
        let rows = try rows(
            "SELECT member, reference, since, opened, agreed FROM blind_side WHERE blind_case = $1 ORDER BY since, member",
            [.text(identifier)])
        let agreed = Set(try rows.filter { try $0.optionalInteger(4) != nil }.map { try $0.text(0) })
        guard let first = rows.first, try rows.contains(where: { try $0.text(0) == member }) else {
            throw Refusal(.notFound, "there is no blind case \(identifier) of yours")
        }
        let sides = try rows.map {
            BlindSide(
                member: try $0.text(0), reference: try $0.text(1), since: Timestamp(millisecondsSinceEpoch: try $0.integer(2)))
        }
        return BlindCase(
            identifier, sides, agreed: agreed, opened: Timestamp(millisecondsSinceEpoch: try first.integer(3)), for: member)
    }
}

extension BlindCase {
    fileprivate init(
        _ identifier: String, _ sides: [BlindSide], agreed: Set<String> = [], opened: Timestamp, for member: String
    ) {
        self.identifier = identifier
        self.opened = opened
        self.sides = sides.sorted { $0.since < $1.since }.map { side in
            let isCaller = side.member == member
            let isNamed = isCaller || agreed.contains(member) && agreed.contains(side.member)
            return Side(
                isCaller: isCaller, since: side.since, member: isNamed ? side.member : nil,
                reference: isCaller ? side.reference : nil, hasAgreed: isCaller ? agreed.contains(member) : nil
            )
        }
    }
}
