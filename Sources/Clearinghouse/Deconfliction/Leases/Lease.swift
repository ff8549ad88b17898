package import CivilTime

/// One lease as it stands, and what its holder may do with it. Pure.
///
/// A lease ends by itself at `until`: no record is needed, and no worker has to see it. "Now" is the journal's own time
/// (`JournalSnapshot.appendTime`), the same for every server.
package struct Lease: Sendable {
    package let identifier: String
    package let scope: ScanScope
    package let member: String
    package let priority: ScanPriority
    package let mayBeNamed: Bool
    /// The sequence of the record that granted it: a later lease always has a higher one, so whoever guards a resource can turn
    /// away the holder of an earlier one.
    package let token: Int64
    package let claimed: Timestamp
    package let until: Timestamp
    package let windowEnd: Timestamp
    package let timeToLive: Duration
    /// What its holder means to spend, and what it said at the end that it spent.
    package let budget: ScanBudget?
    package let spent: ScanBudget?
    /// How it was ended before its time; nil where it runs or ran out.
    package let ending: Ending?
    /// The moment, by the journal's time, at which it stood so.
    package let asOf: Timestamp

    package enum Ending: String, Sendable {
        /// By its holder.
        case released
        /// By a scan of higher priority.
        case preempted
        /// By a coordinator.
        case revoked
    }

    package enum Phase: String, Sendable, CaseIterable {
        case live, expired, released, preempted, revoked
    }

    package var phase: Phase {
        switch ending {
        case .released: .released
        case .preempted: .preempted
        case .revoked: .revoked
        case nil: asOf < until ? .live : .expired
        }
    }

    /// Until when a heartbeat keeps it, never beyond its window; nil where it adds nothing, or too little to be worth a record for
    /// good: before a third of the time to live has passed since the last.
    func renewal() -> Timestamp? {
        let renewed = min(asOf.advanced(by: timeToLive), windowEnd)
        let due = until.advanced(by: timeToLive * -2 / 3)
        return renewed > until && asOf >= due ? renewed : nil
    }

    /// - Throws: `conflict` unless this is the token of a lease that is still held.
    func requireHeld(with token: Int64) throws(Refusal) {
        guard token == self.token else {
            throw Refusal(.conflict, "the lease \(identifier) has another fencing token", place: "/token")
        }
        switch phase {
        case .live: return
        case .expired: throw Refusal(.conflict, "the lease ended at \(until); claim again")
        case .released: throw Refusal(.conflict, "the lease was released")
        case .preempted: throw Refusal(.conflict, "a scan of higher priority took the lease at \(until); stop")
        case .revoked: throw Refusal(.conflict, "a coordinator ended the lease at \(until); stop")
        }
    }
}

/// What a claim is answered.
package enum ClaimAnswer: Sendable {
    /// Also where the claim was granted under its key before: the lease as it stands now, which may have ended.
    case granted(Lease, coverage: [CoverageEntry])
    /// Somebody scans there. The holder's name is given where both agree, and to the holder itself.
    case held(until: Timestamp, holder: String?)
    /// The same was searched in vain at this moment.
    case covered(CoverageEntry)
    /// The maintainer asked not to be scanned.
    case optedOut(since: Timestamp, reason: String?)
    /// No more scans there, or by this member, for now; when one of them ends.
    case paced(until: Timestamp, reason: String)
}
