import CivilTime
package import Journal
import Sealing

/// Scan leases: who scans what, so that nobody does it twice.
///
/// Overlap is decided inside the append, by the journal's own time: of two claims that overlap, one is granted, whichever server
/// took them and however their clocks stand.
package struct Leases: Sendable {
    let journal: any Journal
    let environment: ClearinghouseEnvironment

    package init(journal: any Journal, environment: ClearinghouseEnvironment) {
        self.journal = journal
        self.environment = environment
    }

    /// Asks for a lease. Durable once it is granted; an answer that is none is not recorded.
    /// - Throws: `forbidden` without the scope, for a priority that is not the caller's to give, or for a closed target without its
    ///   owner's statement; `idempotencyKeyReused`; `malformed`. Nothing was recorded then.
    package func claim(_ claim: ScanClaim, by principal: Principal) async throws -> ClaimAnswer {
        try principal.require(.claimLeases)
        let environment = environment
        let identifier =
            claim.idempotencyKey.map {
                Identifier.derived("l", secret: environment.identifierSecret, from: [principal.member, $0])
            }
            ?? Identifier.text("l", environment.random(10))
        let appended = try await journal.append { snapshot in
            try LeaseDecision(claim, identifier: identifier, principal: principal, snapshot: snapshot).decide()
        }
        switch appended.answer {
        case .answered(let answer): return answer
        case .granted(let grant, let coverage):
            // The grant is the last of the append's records.
            guard let receipt = appended.receipts.last else { throw JournalError(.contradiction, "a grant left no record") }
            return .granted(grant.lease(token: receipt.sequence, claimed: receipt.time), coverage: coverage)
        }
    }

    /// A heartbeat: the lease lives for another `timeToLive` from now, within its window.
    /// - Throws: `notFound` for a lease that is not the caller's, `conflict` where it ended or the token is another's.
    package func renew(_ lease: String, token: Int64, by principal: Principal) async throws -> Lease {
        try principal.require(.claimLeases)
        return try await journal.append { snapshot in
            let now = try snapshot.appendTime()
            let held = try snapshot.lease(lease, of: principal)
            try held.requireHeld(with: token, at: now)
            let until = held.renewed(at: now)
            guard until > held.until else { return Decision([], answer: held) }
            return Decision([try LeaseRecords.renewed(held, until: until)], answer: held.living(until: until))
        }.answer
    }

    /// Ends a lease and says what came of it; a complete search goes into the coverage ledger, most of all one that found nothing.
    /// - Throws: as `renew`. The holder of a lease that ended can't write to the ledger any more: somebody else may be at it.
    package func release(
        _ lease: String, token: Int64, _ result: ScanResult, by principal: Principal
    ) async throws {
        try principal.require(.claimLeases)
        _ = try await journal.append { snapshot in
            let held = try snapshot.lease(lease, of: principal)
            try held.requireHeld(with: token, at: try snapshot.appendTime())
            return Decision([try LeaseRecords.released(held, result)])
        }
    }

    /// A lease, for its holder and coordinators.
    package func lease(_ identifier: String, for principal: Principal) async throws -> Lease {
        try await journal.read { try $0.lease(identifier, of: principal) }
    }

    /// Leases the principal may see, latest first.
    package func leases(before token: Int64 = .max, limit: Int64, for principal: Principal) async throws -> [Lease] {
        let member = principal.seesEverything ? "" : principal.member
        return try await journal.read { snapshot in
            try snapshot.rows(
                """
                SELECT \(Lease.columns) FROM scan_lease WHERE token < $1 AND ($2 = '' OR member = $2)
                ORDER BY token DESC LIMIT $3
                """,
                [.integer(token), .text(member), .integer(limit)]
            ).map(Lease.init(row:))
        }
    }
}

extension LeaseGrant {
    func lease(token: Int64, claimed: Timestamp) -> Lease {
        Lease(
            identifier: identifier, scope: claim.scope, member: member, priority: claim.priority, mayBeNamed: claim.mayBeNamed,
            token: token, claimed: claimed, until: until, windowEnd: windowEnd, timeToLive: claim.timeToLive, ending: nil
        )
    }
}

extension Lease {
    fileprivate func living(until: Timestamp) -> Lease {
        Lease(
            identifier: identifier, scope: scope, member: member, priority: priority, mayBeNamed: mayBeNamed, token: token,
            claimed: claimed, until: until, windowEnd: windowEnd, timeToLive: timeToLive, ending: ending
        )
    }
}
