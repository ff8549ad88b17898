package import CivilTime
import Journal

/// A commitment of a member, and what became of it.
package struct LodgedCommitment: Sendable {
    package let commitment: String
    package let lodged: Timestamp
    package let sequence: Int64
    /// When it was last asked with; nil where it still waits.
    package let asked: Timestamp?
    /// The blind case it opened.
    package let blindCase: String?
}

/// What a member sees of its own questions.
package struct OwnQuestions: Sendable {
    package let budget: QuestionBudget
    package let commitments: [LodgedCommitment]
    package let cases: [BlindCase]
}

extension Questions {
    /// The open epoch and its figures, for anybody.
    /// - Throws: `notYet` where none was ever opened.
    package func epoch() async throws -> (epoch: OpenEpoch, figures: EpochFigures) {
        try await journal.read { snapshot in
            guard let open = try snapshot.openEpoch() else { throw QuestionRefusal.noEpoch }
            return (open, try snapshot.figures(of: open.number))
        }
    }

    /// The caller's budget, its latest commitments and its latest blind cases.
    /// - Throws: `forbidden` without the scope to read: a blind case says what is known of a finding.
    package func own(limit: Int64, for principal: Principal) async throws -> OwnQuestions {
        try principal.require(.readFindings)
        let (member, clock) = (principal.member, environment.now())
        return try await journal.read { snapshot in
            let now = try snapshot.time(atLeast: clock)
            let commitments = try snapshot.rows(
                """
                SELECT commitment, lodged, sequence, blind_case,
                (SELECT max(asked) FROM question WHERE question.commitment = question_commitment.commitment)
                FROM question_commitment WHERE member = $1 ORDER BY sequence DESC LIMIT $2
                """, [.text(member), .integer(limit)]
            ).map { row in
                LodgedCommitment(
                    commitment: try row.text(0), lodged: Timestamp(millisecondsSinceEpoch: try row.integer(1)),
                    sequence: try row.integer(2),
                    asked: try row.optionalInteger(4).map { Timestamp(millisecondsSinceEpoch: $0) },
                    blindCase: try row.optionalText(3))
            }
            let cases = try snapshot.rows(
                "SELECT blind_case FROM blind_side WHERE member = $1 ORDER BY opened DESC, blind_case LIMIT $2",
                [.text(member), .integer(limit)]
            ).map { try snapshot.blindCase(try $0.text(0), for: member) }
            return OwnQuestions(budget: try snapshot.budget(of: member, now: now), commitments: commitments, cases: cases)
        }
    }
}
