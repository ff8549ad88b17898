import CivilTime
import JSONText
import Journal
import Sealing

/// Decides one claim against what the journal holds: opt-outs first, then authorisation, then who is there already, then pace.
struct LeaseDecision {
    enum Outcome: Sendable {
        /// At this moment, by the journal's time.
        case answered(ClaimAnswer, at: Timestamp)
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
    /// Under the name that the target's policy stands under. What is recorded is the name that was claimed.
    private let scope: ScanScope
    private let permission: ScanPermission

    init(_ claim: ScanClaim, identifier: String, principal: Principal, snapshot: JournalSnapshot) throws {
        self.identifier = identifier
        self.principal = principal
        self.snapshot = snapshot
        self.claim = claim
        now = try snapshot.appendTime()
        permission = try snapshot.scanPermission(
            on: claim.scope.target.name, for: principal.member,
            statedRepository: claim.scope.target.statedRepository)
        scope = claim.scope.on(permission.target)
    }

    func decide() throws -> Decision<Outcome> {
        let earlier = try earlierGrant()
        if let earlier, earlier.phase != .live { return answered(.granted(earlier, coverage: [])) }
        if let optOut = permission.optOut { return answered(.optedOut(since: optOut.requested, reason: optOut.reason)) }
        try requirePriority()
        let authorisation = try permission.authorisation(
            from: { claim.authorisation }, for: scope.toolFamily, at: now, in: snapshot)
        if let earlier { return answered(.granted(earlier, coverage: [])) }
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

    private func answered(_ answer: ClaimAnswer) -> Decision<Outcome> { Decision([], answer: .answered(answer, at: now)) }

    /// The lease this very claim was granted before.
    private func earlierGrant() throws -> Lease? {
        guard claim.idempotencyKey != nil, let lease = try snapshot.lease(identifier, at: now) else { return nil }
        guard try snapshot.record(at: lease.token)?.payload?["claim"]?.string == claim.digest.hex else {
            throw Refusal(
                .idempotencyKeyReused, "the idempotency key was used before for another claim", place: "header Idempotency-Key"
            )
        }
        return lease
    }

    private func requirePriority() throws {
        guard claim.priority == .routine || permission.isMaintainer || principal.seesEverything else {
            throw Refusal(
                .forbidden, "only the target's maintainer and coordinators claim with the priority \(claim.priority.name)",
                place: "/priority"
            )
        }
    }

    /// Leases that overlap: those this claim takes away, and those it has to wait for.
    private func overlapping(_ live: [Lease]) -> (yielding: [Lease], standing: [Lease]) {
        let overlapping = live.filter { $0.scope.on(scope.target.name).overlaps(scope) }
        return (overlapping.filter { $0.priority < claim.priority }, overlapping.filter { $0.priority >= claim.priority })
    }

    private func held(by holder: Lease) -> ClaimAnswer {
        let isOwn = holder.member == principal.member
        return .held(until: holder.until, holder: isOwn || holder.mayBeNamed && claim.mayBeNamed ? holder.member : nil)
    }

    private func paced(_ live: [Lease]) throws -> ClaimAnswer? {
        if let limit = permission.policy?.pacing.activeScans, !permission.isMaintainer, live.count >= limit {
            guard limit > 0 else {
                throw Refusal(.conflict, "the maintainer of \(scope.target.name) takes no scans", place: "/target")
            }
            // Soonest to end first: when this one ends, there are fewer than the limit.
            let end = live[live.count - Int(limit)].until
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
        return earlier.first {
            $0.isNull && $0.age(at: now) <= age && $0.scope.on(scope.target.name).covers(scope)
        }.map { .covered($0) }
    }

    private func grant(
        _ authorisation: ScanAuthorisation?, taking yielding: [Lease], coverage: [CoverageEntry]
    ) throws -> Decision<Outcome> {
        let longest = now.advanced(by: ScanClaim.longestWindow)
        // A lease never outlives the word that it was granted on.
        let windowEnd = min(claim.windowEnd ?? longest, authorisation?.until ?? longest, longest)
        guard windowEnd > now else {
            throw Refusal(.malformed, "the window has ended before it began", place: "/windowEnd")
        }
        let grant = LeaseGrant(
            identifier: identifier, claim: claim, member: principal.member,
            until: min(now.advanced(by: claim.timeToLive), windowEnd), windowEnd: windowEnd
        )
        let taken = try yielding.map { try LeaseRecords.preempted($0, by: claim.priority) }
        return Decision(
            taken + [try LeaseRecords.claimed(grant, authorisation: authorisation?.envelope)],
            answer: .granted(grant, coverage: coverage)
        )
    }
}
