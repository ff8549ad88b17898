package import CivilTime
import Journal

/// An anonymous report as the desk's list shows it.
package struct ReportSummary: Sendable {
    package let identifier: String
    package let finding: String
    /// Of its finding.
    package let title: String
    package let received: Timestamp
    package let messageCount: Int64
    /// Whether nobody of the clearinghouse has written since its reporter last did.
    package let awaitsAnswer: Bool
    package let sequence: Int64
}

extension AnonymousReports {
    /// The reports that were not taken back, latest first.
    /// - Throws: `forbidden` without the scope.
    package func reports(before sequence: Int64 = .max, limit: Int64, for principal: Principal) async throws -> [ReportSummary] {
        try principal.require(.coordinate)
        return try await journal.read { snapshot in
            try snapshot.rows(
                """
                SELECT anonymous_report.id, finding.id, finding.title, anonymous_report.received, anonymous_report.sequence,
                (SELECT count(*) FROM report_message WHERE report = anonymous_report.id),
                (SELECT author FROM report_message WHERE report = anonymous_report.id ORDER BY number DESC LIMIT 1)
                FROM anonymous_report JOIN finding ON finding.id = anonymous_report.finding
                WHERE anonymous_report.sequence < $1 ORDER BY anonymous_report.sequence DESC LIMIT $2
                """,
                [.integer(sequence), .integer(limit)]
            ).map { row in
                let last = try row.optionalText(6)
                return ReportSummary(
                    identifier: try row.text(0), finding: try row.text(1), title: try row.text(2),
                    received: Timestamp(millisecondsSinceEpoch: try row.integer(3)), messageCount: try row.integer(5),
                    awaitsAnswer: last.map(AnonymousReportRecords.isReporter) ?? true, sequence: try row.integer(4)
                )
            }
        }
    }
}
