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
    /// How it was ended before its time; nil where it runs or ran out.
    package let ending: Ending?

    package enum Ending: String, Sendable {
        /// By its holder.
        case released
        /// By a scan of higher priority.
        case preempted
    }

    package enum Phase: String, Sendable {
        case live, expired, released, preempted
    }

    package func phase(at now: Timestamp) -> Phase {
        switch ending {
        case .released: .released
        case .preempted: .preempted
        case nil: now < until ? .live : .expired
        }
    }

    /// Until when a heartbeat keeps it, never beyond its window.
    func renewed(at now: Timestamp) -> Timestamp {
        min(now.advanced(by: timeToLive), windowEnd)
    }

    /// - Throws: `conflict` unless this is the token of a lease that is still held.
    func requireHeld(with token: Int64, at now: Timestamp) throws {
        guard token == self.token else {
            throw Refusal(.conflict, "the lease \(identifier) has another fencing token", place: "/token")
        }
        switch phase(at: now) {
        case .live: return
        case .expired: throw Refusal(.conflict, "the lease ended at \(until); claim again")
        case .released: throw Refusal(.conflict, "the lease was released")
        case .preempted: throw Refusal(.conflict, "a scan of higher priority took the lease at \(until); stop")
        }
    }
}

/// What a claim is answered.
package enum ClaimAnswer: Sendable {
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
