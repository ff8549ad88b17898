package import CivilTime
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
    ///   owner's statement; `conflict` where the target's maintainer takes no scans at all; `idempotencyKeyReused`; `malformed`. Nothing
    ///   was recorded then.
    package func claim(_ claim: ScanClaim, by principal: Principal) async throws -> ClaimAnswer {
        try await timedAnswer(to: claim, by: principal).answer
    }

    /// As `claim`, with the moment of the decision by the journal's time, which its deadlines are to be held against.
    package func timedAnswer(
        to claim: ScanClaim, by principal: Principal
    ) async throws -> (answer: ClaimAnswer, asOf: Timestamp) {
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
        case .answered(let answer, let moment): return (answer, moment)
        case .granted(let grant, let coverage):
            // The grant is the last of the append's records.
            guard let receipt = appended.receipts.last else { throw JournalError(.contradiction, "a grant left no record") }
            return (.granted(grant.lease(token: receipt.sequence, claimed: receipt.time), coverage: coverage), receipt.time)
        }
    }

    /// A heartbeat: the lease lives for another `timeToLive` from now, within its window. One that comes before a third of that time
    /// has passed since the last is answered with the lease as it stands, and not recorded.
    /// - Throws: `notFound` for a lease the caller may not see, `forbidden` for another's or where the target's owner no longer allows
    ///   the scan, `conflict` where the lease ended, the token is another's, the target's maintainer opted out meanwhile, or the
    ///   target turned out to be one with another that is scanned. The lease then stands as it stood.
    package func renew(_ lease: String, token: Int64, by principal: Principal) async throws -> Lease {
        try principal.require(.claimLeases)
        return try await journal.append { snapshot in
            try LeaseRenewal(lease, token: token, by: principal, in: snapshot).decide()
        }.answer
    }

    /// Ends a lease and says what came of it; a complete search goes into the coverage ledger, most of all one that found nothing.
    /// - Throws: `notFound`, `forbidden` and `conflict` for a lease that the caller does not hold. The holder of a lease that ended
    ///   can't write to the ledger any more: somebody else may be at it.
    package func release(
        _ lease: String, token: Int64, _ result: ScanResult, by principal: Principal
    ) async throws {
        try principal.require(.claimLeases)
        _ = try await journal.append { snapshot in
            let held = try snapshot.heldLease(lease, token, by: principal, at: try snapshot.appendTime())
            return Decision([try LeaseRecords.released(held, result)])
        }
    }

    /// Ends another's lease, as a coordinator; nothing is said of what was searched.
    /// - Throws: `forbidden` to others, `notFound`, `malformed` without a reason, `conflict` where the lease ended already.
    package func revoke(_ lease: String, because reason: String, by principal: Principal) async throws {
        try principal.require(.coordinate)
        guard (1...Leases.longestReason).contains(reason.utf8.count) else {
            throw Refusal(.malformed, "a reason of 1 to \(Leases.longestReason) bytes is needed", place: "/reason")
        }
        _ = try await journal.append { snapshot in
            let held = try snapshot.lease(lease, of: principal, at: try snapshot.appendTime())
            try held.requireHeld(with: held.token)
            return Decision([try LeaseRecords.revoked(held, because: reason, by: principal.member)])
        }
    }

    /// A sentence or two; it is kept for good.
    private static let longestReason = 1_000

    /// A lease, for its holder and coordinators, as it stands by the journal's time.
    package func lease(_ identifier: String, for principal: Principal) async throws -> Lease {
        try principal.require(.claimLeases)
        let now = environment.now()
        return try await journal.read { snapshot in
            try snapshot.lease(identifier, of: principal, at: try snapshot.time(atLeast: now))
        }
    }

    /// Leases the principal may see, latest first, as they stand by the journal's time.
    package func leases(before token: Int64 = .max, limit: Int64, for principal: Principal) async throws -> [Lease] {
        try principal.require(.claimLeases)
        let (member, now) = (principal.seesEverything ? "" : principal.member, environment.now())
        return try await journal.read { snapshot in
            let time = try snapshot.time(atLeast: now)
            return try snapshot.rows(
                """
                SELECT \(Lease.columns) FROM scan_lease WHERE token < $1 AND ($2 = '' OR member = $2)
                ORDER BY token DESC LIMIT $3
                """,
                [.integer(token), .text(member), .integer(limit)]
            ).map { try Lease(row: $0, asOf: time) }
        }
    }
}

extension LeaseGrant {
    func lease(token: Int64, claimed: Timestamp) -> Lease {
        Lease(
            identifier: identifier, scope: claim.scope, member: member, priority: claim.priority, mayBeNamed: claim.mayBeNamed,
            token: token, claimed: claimed, until: until, windowEnd: windowEnd, timeToLive: claim.timeToLive,
            budget: claim.budget, spent: nil, ending: nil, asOf: claimed
        )
    }
}
