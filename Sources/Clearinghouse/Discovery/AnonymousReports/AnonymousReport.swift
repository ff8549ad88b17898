package import CivilTime
import Journal
import Sealing

/// A report as its reporter and the clearinghouse see it.
package struct AnonymousReport: Sendable {
    package let identifier: String
    /// For the clearinghouse's own people; the reporter knows the report only.
    package let finding: String
    package let received: Timestamp
    /// The member the reporter said it is; nil for a reporter that stays unknown.
    package let credited: String?
    package let messages: [Message]
    /// Advisories that came of it, which everybody may read.
    package let advisories: [String]

    package struct Message: Sendable {
        /// False for an answer of the clearinghouse.
        package let isReporters: Bool
        package let text: String
        package let sent: Timestamp
    }

    /// What is told to the reporter. Not whether others found the same, nor whether a case is open: a stranger who guesses could
    /// ask with a made-up report what is known and under embargo.
    package enum State: String, Sendable, CaseIterable {
        case received, answered, published
    }

    package var state: State {
        if !advisories.isEmpty { return .published }
        return messages.contains { !$0.isReporters } ? .answered : .received
    }
}

extension JournalSnapshot {
    /// - Throws: `notFound` where no report has the code.
    func report(with code: ClaimCode) throws -> AnonymousReport {
        let row = try firstRow("SELECT secret_digest FROM anonymous_report WHERE id = $1", [.text(code.report)])
        // Digests of a 192-bit random secret may be compared in any time: knowing one digit of a digest helps nobody.
        guard let row, try row.text(0) == code.secretDigest.hex else { throw ClaimCode.unknown }
        return try report(code.report)
    }

    /// - Throws: `notFound` also for a report that was withdrawn.
    func report(_ identifier: String) throws -> AnonymousReport {
        let row = try firstRow(
            "SELECT finding, received, credited FROM anonymous_report WHERE id = $1", [.text(identifier)]
        )
        guard let row else { throw Refusal(.notFound, "there is no report \(identifier)") }
        let finding = try row.text(0)
        let messages = try rows(
            "SELECT author, words, sent FROM report_message WHERE report = $1 ORDER BY number", [.text(identifier)]
        ).map { row in
            AnonymousReport.Message(
                isReporters: AnonymousReportRecords.isReporter(try row.text(0)), text: try row.text(1),
                sent: Timestamp(millisecondsSinceEpoch: try row.integer(2))
            )
        }
        return AnonymousReport(
            identifier: identifier, finding: finding, received: Timestamp(millisecondsSinceEpoch: try row.integer(1)),
            credited: try row.optionalText(2), messages: messages, advisories: try advisories(from: finding)
        )
    }

    private func advisories(from finding: String) throws -> [String] {
        try rows(
            """
            SELECT case_file.advisory FROM finding JOIN case_file ON case_file.vulnerability = finding.vulnerability
            WHERE finding.id = $1 AND case_file.advisory IS NOT NULL ORDER BY case_file.advisory
            """,
            [.text(finding)]
        ).map { try $0.text(0) }
    }
}
