import CivilTime
import JSONText
import Journal
import Sealing

/// The facts about leases. Who scans what is the finder's own affair: sealed under its key, so that its leases leave with it.
enum LeaseRecords {
    static let claimed = RecordKind("lease.claimed")
    static let renewed = RecordKind("lease.renewed")
    static let preempted = RecordKind("lease.preempted")
    static let released = RecordKind("lease.released")
    static let revoked = RecordKind("lease.revoked")

    static func stream(_ lease: String) -> StreamName { StreamName("lease", lease) }

    static func claimed(_ lease: LeaseGrant, authorisation: Content?) throws -> RecordDraft {
        let claim = lease.claim
        var members = claim.scope.members
        members += [
            ("lease", .string(lease.identifier)), ("mayBeNamed", .bool(claim.mayBeNamed)), ("member", .string(lease.member)),
            ("priority", .string(claim.priority.name)),
            ("timeToLive", .number(JSONNumber(claim.timeToLive.components.seconds))),
            ("until", .string(lease.until.description)), ("windowEnd", .string(lease.windowEnd.description))
        ]
        if let budget = claim.budget { members.append(("budget", budget.json)) }
        if claim.idempotencyKey != nil { members.append(("claim", .string(claim.digest.hex))) }
        if let authorisation { members.append(("authorisation", .string(authorisation.digest.hex))) }
        return try draft(
            claimed, lease.identifier, of: lease.member, by: lease.member, members,
            contents: authorisation.map { [$0] } ?? [], expectedVersion: 0
        )
    }

    static func renewed(_ lease: Lease, until: Timestamp) throws -> RecordDraft {
        try draft(
            renewed, lease.identifier, of: lease.member, by: lease.member,
            [("lease", .string(lease.identifier)), ("until", .string(until.description))]
        )
    }

    static func preempted(_ lease: Lease, by priority: ScanPriority) throws -> RecordDraft {
        try draft(
            preempted, lease.identifier, of: lease.member, by: Membership.system,
            [("by", .string(priority.name)), ("lease", .string(lease.identifier))]
        )
    }

    /// Says nothing of a result: only the holder knows what was searched.
    static func revoked(_ lease: Lease, because reason: String, by coordinator: String) throws -> RecordDraft {
        try draft(
            revoked, lease.identifier, of: lease.member, by: coordinator,
            [("lease", .string(lease.identifier)), ("reason", .string(reason))]
        )
    }

    /// Carries the scope once more, because a projection sees one record at a time.
    static func released(_ lease: Lease, _ result: ScanResult) throws -> RecordDraft {
        let target = ScanTarget(name: lease.scope.target.name, revision: result.revision ?? lease.scope.target.revision)
        let scope = try ScanScope(
            target: target, isRevisionOnly: lease.scope.isRevisionOnly, subsystem: lease.scope.subsystem,
            bugClass: lease.scope.bugClass, toolFamily: lease.scope.toolFamily, modelFamily: lease.scope.modelFamily
        )
        var members = scope.members
        members += [
            ("complete", .bool(result.isComplete)), ("findings", .number(JSONNumber(result.findingCount))),
            ("lease", .string(lease.identifier))
        ]
        if let spent = result.spent { members.append(("spent", spent.json)) }
        return try draft(released, lease.identifier, of: lease.member, by: lease.member, members)
    }

    private static func draft(
        _ kind: RecordKind, _ lease: String, of member: String, by actor: String, _ members: [(String, JSONValue)],
        contents: [Content] = [], expectedVersion: Int64? = nil
    ) throws -> RecordDraft {
        RecordDraft(
            kind, in: stream(lease), by: actor, label: try Labels.member(member), payload: .object(JSONObject(members)),
            contents: contents, sealedUnder: DiscoveryRecords.contentKey(of: member), expectedVersion: expectedVersion
        )
    }
}

/// A lease that is about to be granted.
struct LeaseGrant {
    let identifier: String
    let claim: ScanClaim
    let member: String
    let until: Timestamp
    let windowEnd: Timestamp
}

/// What a finder says at the end of its scan.
package struct ScanResult: Sendable {
    /// True where the whole scope was searched; else nothing is known of it.
    package let isComplete: Bool
    package let findingCount: Int64
    /// What was searched in the end, where the claim did not say or the branch moved on.
    package let revision: String?
    package let spent: ScanBudget?

    /// - Throws: `malformed` with the place.
    package init(
        isComplete: Bool, findingCount: Int64, revision: String? = nil, spent: ScanBudget? = nil
    ) throws(Refusal) {
        guard findingCount >= 0 else { throw Refusal(.malformed, "findings are counted from 0 on", place: "/findings") }
        self.isComplete = isComplete
        self.findingCount = findingCount
        self.revision = try revision.map { text throws(Refusal) in try ScanTarget.revision(text, at: "/revision") }
        self.spent = spent
    }
}

extension ScanBudget {
    var json: JSONValue { ["amount": .number(JSONNumber(amount)), "unit": .string(unit)] }
}
