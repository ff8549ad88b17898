import Journal

/// What stands in the tables because of a report, by identifiers that say nothing to who can't read the journal.
struct ReportRemains: Sendable {
    let finding: String
    let relations: [String]
    /// Its vulnerability where no other finding belongs to it and no case is about it.
    let vulnerability: String?
}

extension JournalSnapshot {
    func remains(of report: AnonymousReport) throws -> ReportRemains {
        let finding = SQLValue.text(report.finding)
        let relations = try rows(
            """
            SELECT id FROM relation WHERE finding = $1
            UNION SELECT relation FROM relation_counterpart WHERE finding = $1 ORDER BY 1
            """, [finding]
        ).map { try $0.text(0) }
        let alone = try firstRow(
            """
            SELECT vulnerability FROM finding WHERE id = $1 AND vulnerability IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM finding AS other WHERE other.vulnerability = finding.vulnerability AND other.id <> $1)
            AND NOT EXISTS (SELECT 1 FROM case_file WHERE case_file.vulnerability = finding.vulnerability)
            """, [finding])
        return ReportRemains(finding: report.finding, relations: relations, vulnerability: try alone?.text(0))
    }
}
