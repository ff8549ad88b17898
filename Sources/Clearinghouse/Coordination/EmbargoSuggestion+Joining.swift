import CivilTime
import Journal

extension JournalSnapshot {
    /// How many found a vulnerability independently of each other.
    ///
    /// Members are counted: findings of one member count once, with however many tools, for they come of one decision to look there.
    /// Two members count as two even where both ran tools of one family: each came upon it by itself, and that the same tool gives
    /// it to both says how easily a third has it, who may be no member. An anonymous reporter may be one of the members, or the same
    /// as another anonymous one, and counts as none.
    func independentFinders(of vulnerability: String) throws -> Int {
        let row = try firstRow(
            "SELECT count(DISTINCT member) FROM finding WHERE vulnerability = $1 AND member NOT LIKE 'anonymous:%' AND \(Self.isBelieved)",
            [.text(vulnerability)])
        return Int(try row?.integer(0) ?? 0)
    }

    /// Of a finding: no doubts stand that a person has to clear up first.
    private static let isBelieved = "NOT EXISTS (SELECT 1 FROM awaited_review WHERE awaited_review.finding = finding.id)"

    /// The record of what the policy suggests for the open case of a vulnerability that a finding of this member joins.
    /// - Returns: nothing where there is no open case, the member is an anonymous reporter, which counts as no finder, or is among
    ///   the finders already, or the policy does not say less
    ///   than the embargo and what was suggested before.
    func embargoSuggestion(
        for member: String, joining vulnerability: String, now: Timestamp, policy: EmbargoPolicy = .standard
    ) throws -> [RecordDraft] {
        guard !AnonymousReportRecords.isReporter(member) else { return [] }
        let open = try firstRow(
            "SELECT id, opened, embargo_until, finders_at_setting FROM case_file WHERE vulnerability = $1 AND phase = 'open'",
            [.text(vulnerability)])
        guard let open else { return [] }
        let isKnown = try firstRow(
            "SELECT 1 FROM finding WHERE vulnerability = $1 AND member = $2 AND \(Self.isBelieved) LIMIT 1",
            [.text(vulnerability), .text(member)])
        guard isKnown == nil else { return [] }
        let finders = try independentFinders(of: vulnerability) + 1
        func suggestion(_ finders: Int) throws -> EmbargoSuggestion? {
            policy.suggestion(
                finders: finders, considered: Int(try open.integer(3)),
                opened: Timestamp(millisecondsSinceEpoch: try open.integer(1)),
                embargo: Timestamp(millisecondsSinceEpoch: try open.integer(2)), now: now)
        }
        guard let news = try suggestion(finders) else { return [] }
        if let before = try suggestion(finders - 1), before.until <= news.until { return [] }
        return [
            try CoordinationRecords.embargoSuggested(
                try open.text(0), news, reason: policy.step(forFinders: finders)?.reason ?? "")
        ]
    }
}
