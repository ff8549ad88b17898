import CivilTime
import Journal

/// Decides one heartbeat: whether the lease is held, whether its target may still be scanned, and whether the time that was gained is
/// worth a record.
struct LeaseRenewal {
    private let lease: Lease
    private let permission: ScanPermission
    private let snapshot: JournalSnapshot

    init(_ identifier: String, token: Int64, by principal: Principal, in snapshot: JournalSnapshot) throws {
        lease = try snapshot.heldLease(identifier, token, by: principal, at: try snapshot.appendTime())
        permission = try snapshot.scanPermission(on: lease.scope.target.name, for: lease.member)
        self.snapshot = snapshot
    }

    func decide() throws -> Decision<Lease> {
        try permission.requireStill(for: lease, in: snapshot)
        try requireNoOther()
        guard let until = lease.renewal() else { return Decision([], answer: lease) }
        return Decision([try LeaseRecords.renewed(lease, until: until)], answer: lease.living(until: until))
    }

    /// Two names of which nobody knew that they are one target may both have been claimed. Once it is known, one of the two is kept.
    private func requireNoOther() throws {
        let isOfOneName = permission.target == lease.scope.target.name && permission.policy?.aliases.isEmpty != false
        guard !isOfOneName else { return }
        let scope = lease.scope.on(permission.target)
        let others = try snapshot.liveLeases(on: permission.target, at: lease.asOf)
        if let other = others.first(where: { $0.goesBefore(lease) && $0.scope.on(permission.target).overlaps(scope) }) {
            throw Refusal(
                .conflict,
                "\(lease.scope.target.name) turned out to be one target with \(other.scope.target.name), and somebody scans there "
                    + "until \(other.until); stop, the lease runs out at \(lease.until)"
            )
        }
    }
}

extension Lease {
    /// Whether this one is kept where only one of the two can be: the more urgent, else the earlier.
    fileprivate func goesBefore(_ other: Lease) -> Bool {
        priority == other.priority ? token < other.token : priority > other.priority
    }

    fileprivate func living(until: Timestamp) -> Lease {
        Lease(
            identifier: identifier, scope: scope, member: member, priority: priority, mayBeNamed: mayBeNamed, token: token,
            claimed: claimed, until: until, windowEnd: windowEnd, timeToLive: timeToLive, budget: budget, spent: spent,
            ending: ending, asOf: asOf
        )
    }
}
