package import CivilTime
import Journal
import Runners
import Sealing

/// A run, and how far it is.
package struct RunSummary: Sendable {
    package let identifier: String
    package let member: String
    package let tool: String
    package let repository: String?
    package let commit: String?
    package let package: String?
    package let source: String
    package let authoriser: String
    package let authorisedUntil: Timestamp
    package let requested: Timestamp
    package let sequence: Int64
    /// Files looked at.
    package let done: Int64
    /// Nil until the source was unpacked and a first portion done.
    package let total: Int64?
    /// Nil while it waits or runs.
    package let ending: RunEnding?
    package let reason: String?
    package let findings: Int64?
    /// The digest of the SARIF log.
    package let log: String?
    package let toolVersion: String?
    package let finished: Timestamp?
    /// Until when it waits at least, because somebody else scans there; nil where it does not.
    package var heldUntil: Timestamp?
}

extension Scanning {
    /// The names of the runners that are on here.
    package var toolNames: [String] { settings.runners.map(\.name) }

    /// - Throws: `notFound` also for runs of others, unless the caller sees everything.
    package func summary(_ run: String, for principal: Principal) async throws -> RunSummary {
        let now = environment.now()
        return try await journal.read { snapshot in
            var summary = try snapshot.run(run, for: principal)
            if summary.ending == nil, let state = try snapshot.run(run) {
                summary.heldUntil = try snapshot.waiting(state, at: now)
            }
            return summary
        }
    }

    /// The caller's runs, or everybody's for who sees everything; latest first.
    package func runs(before sequence: Int64, limit: Int64, for principal: Principal) async throws -> [RunSummary] {
        try principal.require(.requestRuns)
        return try await journal.read { snapshot in
            let condition = principal.seesEverything ? "" : "AND member = $3"
            let parameters: [SQLValue] =
                [.integer(sequence), .integer(limit)] + (principal.seesEverything ? [] : [.text(principal.member)])
            return try snapshot.rows(
                "SELECT \(RunSummary.columns) FROM run WHERE sequence < $1 \(condition) ORDER BY sequence DESC LIMIT $2",
                parameters
            ).map(RunSummary.init(row:))
        }
    }

    /// The SARIF log of a run that has ended.
    /// - Throws: `notFound` as `summary`, `notYet` before the end, `notFound` where the run left no log.
    package func log(of run: String, for principal: Principal) async throws -> [UInt8] {
        try await journal.read { snapshot in
            let summary = try snapshot.run(run, for: principal)
            guard summary.ending != nil else { throw Refusal(.notYet, "the run \(run) has not ended") }
            guard
                let digest = summary.log.flatMap(Digest.init(hex:)),
                let bytes = try snapshot.content(digest, sealedUnder: DiscoveryRecords.contentKey(of: summary.member))
            else { throw Refusal(.notFound, "the run \(run) left no log") }
            return bytes
        }
    }
}

extension JournalSnapshot {
    fileprivate func run(_ identifier: String, for principal: Principal) throws -> RunSummary {
        try principal.require(.requestRuns)
        let row = try firstRow("SELECT \(RunSummary.columns) FROM run WHERE id = $1", [.text(identifier)])
        guard let found = try row.map(RunSummary.init(row:)), principal.seesEverything || found.member == principal.member else {
            throw Refusal(.notFound, "there is no run \(identifier) of yours")
        }
        return found
    }
}

extension RunSummary {
    fileprivate static let columns = """
        id, member, tool, repository, commit_id, package, source, authoriser, authorised_until, requested, sequence, done, total, \
        ending, reason, findings, sarif, tool_version, finished
        """

    fileprivate init(row: SQLRow) throws {
        self.init(
            identifier: try row.text(0), member: try row.text(1), tool: try row.text(2), repository: try row.optionalText(3),
            commit: try row.optionalText(4), package: try row.optionalText(5), source: try row.text(6),
            authoriser: try row.text(7), authorisedUntil: Timestamp(millisecondsSinceEpoch: try row.integer(8)),
            requested: Timestamp(millisecondsSinceEpoch: try row.integer(9)), sequence: try row.integer(10),
            done: try row.integer(11), total: try row.optionalInteger(12),
            ending: try row.optionalText(13).flatMap(RunEnding.init(rawValue:)), reason: try row.optionalText(14),
            findings: try row.optionalInteger(15), log: try row.optionalText(16), toolVersion: try row.optionalText(17),
            finished: try row.optionalInteger(18).map { Timestamp(millisecondsSinceEpoch: $0) })
    }
}
