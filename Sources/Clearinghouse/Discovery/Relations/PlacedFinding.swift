import JSONText
import Journal

/// A finding and where it belongs now, as far as moving it needs to know.
struct PlacedFinding: Sendable {
    let identifier: String
    let member: String
    let vulnerability: String
    /// When its vulnerability was opened, by the place in the journal.
    let opened: Int64
    let sequence: Int64
    /// SHA-256 of the document it came in.
    let original: String
    /// The relation that put it there, if one did.
    let relation: String?
    /// Whether a person ever moved it.
    let isPlaced: Bool
}

extension JournalSnapshot {
    /// Nil where there is no such finding: never was, or its member left.
    func placedFinding(_ identifier: String) throws -> PlacedFinding? {
        try firstRow(
            """
            SELECT finding.id, finding.member, finding.vulnerability, vulnerability.sequence, finding.sequence, finding.original,
                finding.relation, finding.is_placed
            FROM finding JOIN vulnerability ON vulnerability.id = finding.vulnerability WHERE finding.id = $1
            """,
            [.text(identifier)]
        ).map { row in
            PlacedFinding(
                identifier: try row.text(0), member: try row.text(1), vulnerability: try row.text(2),
                opened: try row.integer(3), sequence: try row.integer(4), original: try row.text(5),
                relation: try row.optionalText(6), isPlaced: try row.integer(7) == 1
            )
        }
    }

    /// What a finder said of a finding.
    func report(of finding: PlacedFinding) throws -> FindingReport {
        guard let report = try record(at: finding.sequence)?.payload?["report"].flatMap(FindingReport.init(json:)) else {
            throw JournalError(.contradiction, "the finding \(finding.identifier) has no report at \(finding.sequence)")
        }
        return report
    }

    /// The findings of a vulnerability, oldest first, at most `limit`.
    func findings(
        of vulnerability: String, limit: Int64
    ) throws -> [(identifier: String, member: String, original: String)] {
        try rows(
            "SELECT id, member, original FROM finding WHERE vulnerability = $1 ORDER BY sequence LIMIT $2",
            [.text(vulnerability), .integer(limit)]
        ).map { (try $0.text(0), try $0.text(1), try $0.text(2)) }
    }

    func hasCase(_ vulnerability: String) throws -> Bool {
        try firstRow("SELECT 1 FROM case_file WHERE vulnerability = $1", [.text(vulnerability)]) != nil
    }
}
