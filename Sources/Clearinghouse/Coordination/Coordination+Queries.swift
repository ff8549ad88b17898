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
    package let fixes: [FixSummary]
    package let validations: [ValidationSummary]
}

package struct FixSummary: Sendable {
    package let identifier: String
    package let fixedVersion: String
    package let state: String
}

/// A validation and, once it has one, its verdict.
package struct ValidationSummary: Sendable {
    package let identifier: String
    package let finding: String
    package let vulnerability: String
    package let fix: String?
    /// Nil while the replay waits or runs.
    package let outcome: String?
    package let runCount: Int64
    package let crashCount: Int64
    package let crashType: String?
    package let crashState: String?
    package let explanation: String?
    /// The signed verdict, a DSSE envelope.
    package let envelope: String?
}

extension Coordination {
    /// Cases the principal may see: a coordinator all, a vendor its own.
    package func cases(for principal: Principal) async throws -> [CaseSummary] {
        try await journal.read { snapshot in
            try snapshot.rows("SELECT \(CaseSummary.columns) FROM case_file ORDER BY opened DESC, id DESC")
                .filter { try principal.seesEverything || $0.text(2) == principal.member }
                .map { try CaseSummary(row: $0, in: snapshot) }
        }
    }

    package func caseSummary(_ identifier: String, for principal: Principal) async throws -> CaseSummary {
        let found = try await journal.read { snapshot in
            try snapshot.firstRow("SELECT \(CaseSummary.columns) FROM case_file WHERE id = $1", [.text(identifier)])
                .map { try CaseSummary(row: $0, in: snapshot) }
        }
        guard let found, principal.seesEverything || found.vendor == principal.member else {
            throw Refusal(.notFound, "there is no case \(identifier) of yours")
        }
        return found
    }
}

extension Validation {
    /// - Throws: `notFound` also for validations of findings that are not the caller's.
    package func summary(_ identifier: String, for principal: Principal) async throws -> ValidationSummary {
        let found = try await journal.read { snapshot in
            try snapshot.validations("id = $1", identifier).first.map { summary in
                let owner = try snapshot.firstRow("SELECT member FROM finding WHERE id = $1", [.text(summary.finding)])
                return (summary, try owner?.text(0) ?? "")
            }
        }
        guard let found, principal.scopes.contains(.validate) || found.1 == principal.member else {
            throw Refusal(.notFound, "there is no validation \(identifier) of yours")
        }
        return found.0
    }
}

extension CaseSummary {
    fileprivate static let columns = "id, vulnerability, vendor, title, embargo_until, phase, advisory, opened"

    fileprivate init(row: SQLRow, in snapshot: JournalSnapshot) throws {
        let (identifier, vulnerability) = (try row.text(0), try row.text(1))
        let fixes = try snapshot.rows(
            "SELECT id, fixed_version, state FROM fix WHERE case_file = $1 ORDER BY attached", [.text(identifier)]
        ).map { FixSummary(identifier: try $0.text(0), fixedVersion: try $0.text(1), state: try $0.text(2)) }
        self.init(
            identifier: identifier, vulnerability: vulnerability, vendor: try row.text(2), title: try row.text(3),
            embargoUntil: Timestamp(millisecondsSinceEpoch: try row.integer(4)), phase: try row.text(5),
            advisory: try row.optionalText(6), opened: Timestamp(millisecondsSinceEpoch: try row.integer(7)), fixes: fixes,
            validations: try snapshot.validations("vulnerability = $1", vulnerability)
        )
    }
}

extension JournalSnapshot {
    fileprivate func validations(_ condition: String, _ value: String) throws -> [ValidationSummary] {
        try rows(
            """
            SELECT id, finding, vulnerability, fix, outcome, run_count, crash_count, crash_type, crash_state, explanation,
            envelope FROM validation WHERE \(condition) ORDER BY requested, id
            """,
            [.text(value)]
        ).map { row in
            ValidationSummary(
                identifier: try row.text(0), finding: try row.text(1), vulnerability: try row.text(2),
                fix: try row.optionalText(3), outcome: try row.optionalText(4), runCount: try row.integer(5),
                crashCount: try row.integer(6), crashType: try row.optionalText(7), crashState: try row.optionalText(8),
                explanation: try row.optionalText(9), envelope: try row.optionalText(10)
            )
        }
    }
}
