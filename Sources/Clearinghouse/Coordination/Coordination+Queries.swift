package import CivilTime
import Journal

/// A case as lists and pages show it.
package struct CaseSummary: Sendable {
    package let identifier: String
    package let vulnerability: String
    package let vendor: String
    package let title: String
    package let embargoUntil: Timestamp
    package let phase: String
    package let advisory: String?
    package let opened: Timestamp
    package let sequence: Int64
    package let fixes: [FixSummary]
    package let validations: [ValidationSummary]
    /// Independent finders of its vulnerability.
    package let finderCount: Int
    /// For coordinators, from who the finders are now; nil where no more found it since the embargo was set.
    package let suggestion: EmbargoSuggestion?
    /// Where the maintainers of what the vulnerability is in want reports.
    package let channels: [ReportChannel]
}

/// Where a target's maintainer wants reports to go.
package struct ReportChannel: Sendable {
    package let target: String
    /// A mail address, a page, a private reporting form, as it was stated.
    package let channel: String
    /// When somebody last made sure that it is read.
    package let verified: Timestamp?
}

package struct FixSummary: Sendable {
    package let identifier: String
    package let fixedVersion: String
    package let state: String
}

extension Coordination {
    /// Cases the principal may see, latest first: a coordinator all, a vendor its own.
    package func cases(
        before sequence: Int64 = .max, limit: Int64, for principal: Principal
    ) async throws -> [CaseSummary] {
        try principal.requireCaseReading()
        let (vendor, now) = (principal.seesEverything ? "" : principal.member, environment.now())
        return try await journal.read { snapshot in
            try snapshot.rows(
                """
                SELECT \(CaseSummary.columns) FROM case_file WHERE sequence < $1 AND ($2 = '' OR vendor = $2)
                ORDER BY sequence DESC LIMIT $3
                """,
                [.integer(sequence), .text(vendor), .integer(limit)]
            ).map { try CaseSummary(row: $0, in: snapshot, for: principal, now: now) }
        }
    }

    package func caseSummary(_ identifier: String, for principal: Principal) async throws -> CaseSummary {
        try principal.requireCaseReading()
        let now = environment.now()
        let found = try await journal.read { snapshot in
            try snapshot.firstRow("SELECT \(CaseSummary.columns) FROM case_file WHERE id = $1", [.text(identifier)])
                .map { try CaseSummary(row: $0, in: snapshot, for: principal, now: now) }
        }
        guard let found, principal.seesEverything || found.vendor == principal.member else {
            throw Refusal(.notFound, "there is no case \(identifier) of yours")
        }
        return found
    }
}

extension Principal {
    /// A coordinator's token reads what it works on; a vendor's needs the scope, or an agent's token would read embargoes.
    fileprivate func requireCaseReading() throws {
        if !seesEverything { try require(.readFindings) }
    }
}

extension CaseSummary {
    fileprivate static let columns = """
        id, vulnerability, vendor, title, embargo_until, phase, advisory, opened, sequence, finders_at_setting
        """

    fileprivate init(row: SQLRow, in snapshot: JournalSnapshot, for principal: Principal, now: Timestamp) throws {
        let (identifier, vulnerability) = (try row.text(0), try row.text(1))
        let fixes = try snapshot.rows(
            "SELECT id, fixed_version, state FROM fix WHERE case_file = $1 ORDER BY attached", [.text(identifier)]
        ).map { FixSummary(identifier: try $0.text(0), fixedVersion: try $0.text(1), state: try $0.text(2)) }
        let finders = try snapshot.independentFinders(of: vulnerability)
        let phase = try row.text(5)
        let (embargo, opened) = (
            Timestamp(millisecondsSinceEpoch: try row.integer(4)), Timestamp(millisecondsSinceEpoch: try row.integer(7))
        )
        let isSuggestible = principal.seesEverything && phase == CaseState.Phase.open.rawValue
        let suggestion = EmbargoPolicy.standard.suggestion(
            finders: finders, considered: Int(try row.integer(9)), opened: opened, embargo: embargo,
            now: try snapshot.time(atLeast: now))
        self.init(
            identifier: identifier, vulnerability: vulnerability, vendor: try row.text(2), title: try row.text(3),
            embargoUntil: embargo, phase: phase, advisory: try row.optionalText(6), opened: opened,
            sequence: try row.integer(8), fixes: fixes,
            validations: try snapshot.validations("vulnerability = $1", vulnerability),
            finderCount: finders, suggestion: isSuggestible ? suggestion : nil,
            channels: try snapshot.channels(ofCase: identifier)
        )
    }
}

extension JournalSnapshot {
    fileprivate func channels(ofCase identifier: String) throws -> [ReportChannel] {
        let targets = try rows(
            "SELECT target FROM case_target WHERE case_file = $1 ORDER BY target", [.text(identifier)]
        ).map { try $0.text(0) }
        return try Set(targets.map { try targetName($0) }).sorted().compactMap { target in
            guard let policy = try governedTarget(target)?.policy, let channel = policy.channel else { return nil }
            return ReportChannel(target: target, channel: channel, verified: policy.channelVerified)
        }
    }
}
