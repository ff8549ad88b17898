import CivilTime
import Journal
import Sealing

/// Decides one claim against what the journal holds: opt-outs first, then authorisation, then who is there already, then pace.
struct LeaseDecision {
    enum Outcome: Sendable {
        case answered(ClaimAnswer)
        case granted(LeaseGrant, coverage: [CoverageEntry])
    }

    /// Leases of one member at one time. More is hoarding: a finder holds what it scans now, not what it may scan some day.
    static let mostLeasesOfMember: Int64 = 500
    /// Earlier searches that come with a grant: the latest.
    private static let mostCoverageShown: Int64 = 20
    /// Searches of a target that are looked at for one that makes this one needless.
    private static let mostCoverageExamined: Int64 = 2_000

    private let claim: ScanClaim
    private let identifier: String
    private let principal: Principal
    private let snapshot: JournalSnapshot
    private let now: Timestamp
    private let scope: ScanScope
    private let policy: TargetPolicy?
    /// Of the target, or of the repository that its package URL states.
    private let optOut: TargetPolicy.OptOut?

    init(_ claim: ScanClaim, identifier: String, principal: Principal, snapshot: JournalSnapshot) throws {
        self.identifier = identifier
        self.principal = principal
        self.snapshot = snapshot
        self.claim = claim
        now = try snapshot.appendTime()
        let name = try snapshot.targetName(claim.scope.target.name)
        scope = try claim.scope.on(name)
        policy = try snapshot.governedTarget(name)?.policy
        let stated = try claim.scope.target.statedRepository.flatMap { try snapshot.governedTarget(try snapshot.targetName($0)) }
        optOut = policy?.optOut ?? stated?.policy.optOut
    }

    private var isMaintainer: Bool { policy?.maintainer == principal.member }

    func decide() throws -> Decision<Outcome> {
        if let earlier = try earlierGrant() { return answered(.granted(earlier, coverage: [])) }
        // The maintainer's own scans are nobody else's to forbid.
        if let optOut, !isMaintainer {
            return answered(.optedOut(since: optOut.requested, reason: optOut.reason))
        }
        try requirePriority()
        let authorisation = try requireAuthorisation()
        let live = try snapshot.liveLeases(on: scope.target.name, at: now)
        let (yielding, standing) = overlapping(live)
        if let holder = standing.max(by: { $0.until < $1.until }) { return answered(held(by: holder)) }
        let staying = live.filter { lease in !yielding.contains { $0.identifier == lease.identifier } }
        if let answer = try paced(staying) { return answered(answer) }
        let coverage = try snapshot.coverage(
            of: scope.target.name, limit: LeaseDecision.mostCoverageShown, for: principal)
        if let answer = try covered() { return answered(answer) }
        return try grant(authorisation, taking: yielding, coverage: coverage)
    }

    private func answered(_ answer: ClaimAnswer) -> Decision<Outcome> { Decision([], answer: .answered(answer)) }

    /// The lease this very claim was granted before.
    private func earlierGrant() throws -> Lease? {
        guard claim.idempotencyKey != nil else { return nil }
        let row = try snapshot.firstRow("SELECT \(Lease.columns) FROM scan_lease WHERE id = $1", [.text(identifier)])
        guard let lease = try row.map(Lease.init(row:)) else { return nil }
        guard lease.scope == scope, lease.priority == claim.priority else {
            throw Refusal(
                .idempotencyKeyReused, "the idempotency key was used before for another claim", place: "header Idempotency-Key"
            )
        }
        return lease
    }

    private func requirePriority() throws {
        guard claim.priority == .routine || isMaintainer || principal.seesEverything else {
            throw Refusal(
                .forbidden, "only the target's maintainer and coordinators claim with the priority \(claim.priority.name)",
                place: "/priority"
            )
        }
    }

    /// - Returns: the statement's bytes, to be kept.
    private func requireAuthorisation() throws -> Content? {
        guard policy?.isClosed == true, !isMaintainer else { return nil }
        guard let envelope = claim.authorisation, let maintainer = policy?.maintainer,
            let key = try snapshot.verificationKey(of: maintainer)
        else {
            throw Refusal(
                .forbidden, "\(scope.target.name) is closed: its owner's signed statement is needed", place: "/authorisation"
            )
        }
        let statement = try ScanAuthorisation(envelope, by: maintainer, key: key)
        try statement.require([scope.target.name], scope.toolFamily, by: principal.member, at: now)
        return statement.envelope
    }

    /// Leases that overlap: those this claim takes away, and those it has to wait for.
    private func overlapping(_ live: [Lease]) -> (yielding: [Lease], standing: [Lease]) {
        let overlapping = live.filter { $0.scope.overlaps(scope) }
        return (overlapping.filter { $0.priority < claim.priority }, overlapping.filter { $0.priority >= claim.priority })
    }

    private func held(by holder: Lease) -> ClaimAnswer {
        let isOwn = holder.member == principal.member
        return .held(until: holder.until, holder: isOwn || holder.mayBeNamed && claim.mayBeNamed ? holder.member : nil)
    }

    private func paced(_ live: [Lease]) throws -> ClaimAnswer? {
        if let limit = policy?.pacing.activeScans, !isMaintainer, live.count >= limit {
            let end = live.first?.until ?? now.advanced(by: claim.timeToLive)
            return .paced(until: end, reason: "the maintainer of \(scope.target.name) takes \(limit) scans at one time")
        }
        guard let end = try endOfHoard() else { return nil }
        return .paced(
            until: end,
            reason: "\(principal.member) holds \(LeaseDecision.mostLeasesOfMember) leases; release those that are done"
        )
    }

    /// When the member's next lease ends, if it holds as many as it may.
    private func endOfHoard() throws -> Timestamp? {
        let parameters: [SQLValue] = [.text(principal.member), .integer(now.millisecondsSinceEpoch)]
        // Counted in the index: no row is read but the last that is allowed.
        let last = try snapshot.firstRow(
            "SELECT until FROM scan_lease WHERE member = $1 AND until > $2 ORDER BY until LIMIT 1 OFFSET $3",
            parameters + [.integer(LeaseDecision.mostLeasesOfMember - 1)]
        )
        guard last != nil else { return nil }
        return try snapshot.firstRow(
            "SELECT until FROM scan_lease WHERE member = $1 AND until > $2 ORDER BY until LIMIT 1", parameters
        ).map { Timestamp(millisecondsSinceEpoch: try $0.integer(0)) }
    }

    private func covered() throws -> ClaimAnswer? {
        guard let age = claim.skipsWhatWasCovered else { return nil }
        let earlier = try snapshot.coverage(
            of: scope.target.name, limit: LeaseDecision.mostCoverageExamined, for: principal)
        return earlier.first { $0.isNull && $0.age(at: now) <= age && $0.scope.covers(scope) }.map { .covered($0) }
    }

    private func grant(
        _ authorisation: Content?, taking yielding: [Lease], coverage: [CoverageEntry]
    ) throws -> Decision<Outcome> {
        let longest = now.advanced(by: ScanClaim.longestWindow)
        let windowEnd = min(claim.windowEnd ?? longest, longest)
        guard windowEnd > now else {
            throw Refusal(.malformed, "the window has ended before it began", place: "/windowEnd")
        }
        let grant = LeaseGrant(
            identifier: identifier, claim: try claim.on(scope), member: principal.member,
            until: min(now.advanced(by: claim.timeToLive), windowEnd), windowEnd: windowEnd
        )
        let taken = try yielding.map { try LeaseRecords.preempted($0, by: claim.priority) }
        return Decision(
            taken + [try LeaseRecords.claimed(grant, authorisation: authorisation)],
            answer: .granted(grant, coverage: coverage)
        )
    }
}

extension ScanScope {
    /// The same scope under the name that its target's policy stands under.
    func on(_ name: String) throws(Refusal) -> ScanScope {
        guard name != target.name else { return self }
        return try ScanScope(
            target: ScanTarget(name: name, revision: target.revision), isRevisionOnly: isRevisionOnly, subsystem: subsystem,
            bugClass: bugClass, toolFamily: toolFamily, modelFamily: modelFamily
        )
    }
}

extension ScanClaim {
    fileprivate func on(_ scope: ScanScope) throws(Refusal) -> ScanClaim {
        try ScanClaim(
            scope: scope, priority: priority, timeToLive: timeToLive, windowEnd: windowEnd, mayBeNamed: mayBeNamed,
            skipsWhatWasCovered: skipsWhatWasCovered, budget: budget, authorisation: authorisation,
            idempotencyKey: idempotencyKey
        )
    }
}
