package import CivilTime
import JSONText
import Journal

/// A finding as lists and pages show it.
package struct FindingSummary: Sendable {
    package let identifier: String
    package let member: String
    package let title: String
    package let package: String?
    package let weakness: String?
    package let severity: String?
    package let file: String?
    package let function: String?
    package let received: Timestamp
    package let vulnerability: String
    package let sequence: Int64
}

/// A vulnerability with what is known of it.
package struct VulnerabilitySummaryView: Sendable {
    package let identifier: String
    package let title: String
    package let package: String?
    package let weakness: String?
    package let opened: Timestamp
    package let findings: [FindingSummary]
    /// Organisations that reported it independently.
    package let finderCount: Int
    /// Every join and move of a finding, in order, with its reasons.
    package let history: [MembershipEvent]
}

/// A finding joined or left a vulnerability, when, by whom and why.
package struct MembershipEvent: Sendable {
    package let finding: String
    package let joined: Bool
    package let reasons: [String]
    package let actor: String
    package let time: Timestamp
}

extension Discovery {
    private static let columns = """
        id, member, title, package, weakness, severity, file, function, received, vulnerability, sequence
        """

    /// Findings the principal may see, latest first.
    package func findings(before sequence: Int64, limit: Int64, for principal: Principal) async throws -> [FindingSummary] {
        try principal.require(.readFindings)
        let member = principal.seesEverything ? "" : principal.member
        return try await journal.read { snapshot in
            try snapshot.rows(
                """
                SELECT \(Discovery.columns) FROM finding WHERE sequence < $1 AND ($2 = '' OR member = $2)
                ORDER BY sequence DESC LIMIT $3
                """,
                [.integer(sequence), .text(member), .integer(limit)]
            ).map(FindingSummary.init(row:))
        }
    }

    /// - Throws: `notFound` also where the finding is somebody else's: that it exists is not the caller's to know.
    package func finding(_ identifier: String, for principal: Principal) async throws -> FindingSummary {
        try principal.require(.readFindings)
        let found = try await journal.read { snapshot in
            try snapshot.firstRow("SELECT \(Discovery.columns) FROM finding WHERE id = $1", [.text(identifier)])
                .map(FindingSummary.init(row:))
        }
        guard let found, principal.seesEverything || found.member == principal.member else {
            throw Refusal(.notFound, "there is no finding \(identifier) of yours")
        }
        return found
    }

    package func vulnerability(_ identifier: String, for principal: Principal) async throws -> VulnerabilitySummaryView {
        try principal.require(.readFindings)
        return try await journal.read { snapshot in
            let row = try snapshot.firstRow(
                "SELECT title, package, weakness, opened FROM vulnerability WHERE id = $1", [.text(identifier)]
            )
            let findings = try snapshot.rows(
                "SELECT \(Discovery.columns) FROM finding WHERE vulnerability = $1 ORDER BY sequence", [.text(identifier)]
            ).map(FindingSummary.init(row:))
            let isConcerned = principal.seesEverything || findings.contains { $0.member == principal.member }
            guard let row, isConcerned else {
                throw Refusal(.notFound, "there is no vulnerability \(identifier) with a finding of yours")
            }
            let visible = findings.filter { principal.seesEverything || $0.member == principal.member }
            return VulnerabilitySummaryView(
                identifier: identifier, title: try row.text(0), package: try row.optionalText(1),
                weakness: try row.optionalText(2), opened: Timestamp(millisecondsSinceEpoch: try row.integer(3)),
                findings: visible, finderCount: Set(findings.map(\.member)).count,
                history: principal.seesEverything ? try snapshot.membershipHistory(of: identifier) : []
            )
        }
    }

    package func counts() async throws -> (findings: Int64, vulnerabilities: Int64) {
        try await journal.read { snapshot in
            (
                try snapshot.firstRow("SELECT count(*) FROM finding")?.integer(0) ?? 0,
                try snapshot.firstRow("SELECT count(*) FROM vulnerability")?.integer(0) ?? 0
            )
        }
    }
}

extension FindingSummary {
    fileprivate init(row: SQLRow) throws {
        self.init(
            identifier: try row.text(0), member: try row.text(1), title: try row.text(2), package: try row.optionalText(3),
            weakness: try row.optionalText(4), severity: try row.optionalText(5), file: try row.optionalText(6),
            function: try row.optionalText(7), received: Timestamp(millisecondsSinceEpoch: try row.integer(8)),
            vulnerability: try row.optionalText(9) ?? "", sequence: try row.integer(10)
        )
    }
}

extension JournalSnapshot {
    fileprivate func membershipHistory(of vulnerability: String) throws -> [MembershipEvent] {
        try records(of: DiscoveryRecords.vulnerabilityStream(vulnerability)).compactMap { record in
            guard let payload = record.payload, let finding = payload["finding"]?.string else { return nil }
            let reasons = (payload["reasons"]?.array ?? []).compactMap(\.string) + [payload["reason"]?.string].compactMap { $0 }
            return MembershipEvent(
                finding: finding, joined: record.kind == DiscoveryRecords.joined, reasons: reasons, actor: record.actor,
                time: record.time
            )
        }
    }
}
