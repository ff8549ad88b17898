package import CivilTime
import JSONText
import Sealing

/// What a finder asks for before it scans.
package struct ScanClaim: Sendable {
    package let scope: ScanScope
    package let priority: ScanPriority
    /// How long the lease lives without a heartbeat.
    package let timeToLive: Duration
    /// When the scan ends at the latest, heartbeats or not; nil for the longest that is given.
    package let windowEnd: Timestamp?
    /// The finder agrees to be named to others who agree too.
    package let mayBeNamed: Bool
    /// Nothing is granted where the same revision was searched in vain, by the same means, no longer ago than this.
    package let skipsWhatWasCovered: Duration?
    package let budget: ScanBudget?
    /// The owner's word (`ScanAuthorisation`) that this may be scanned; needed for closed targets.
    package let authorisation: [UInt8]?
    /// A claim repeated under its key is answered as the first time; another claim under it is refused.
    package let idempotencyKey: String?

    /// The shortest a lease can live: below it, a network's hiccup would take it from a healthy finder.
    package static let shortestTimeToLive: Duration = .seconds(10)
    /// The longest a lease lives without a heartbeat: what others wait for a finder that died.
    package static let longestTimeToLive: Duration = .seconds(3_600)
    package static let usualTimeToLive: Duration = .seconds(900)
    /// The longest a lease is held at all. Who needs longer claims again, and stands no better than anybody else who asks at that moment:
    /// there is no queue.
    package static let longestWindow: Duration = .seconds(30 * 86_400)

    /// - Throws: `malformed` with the place.
    package init(
        scope: ScanScope, priority: ScanPriority = .routine, timeToLive: Duration = ScanClaim.usualTimeToLive,
        windowEnd: Timestamp? = nil, mayBeNamed: Bool = false, skipsWhatWasCovered: Duration? = nil,
        budget: ScanBudget? = nil, authorisation: [UInt8]? = nil, idempotencyKey: String? = nil
    ) throws(Refusal) {
        guard timeToLive >= Self.shortestTimeToLive, timeToLive <= Self.longestTimeToLive else {
            throw Refusal(
                .malformed,
                "a lease lives from \(Self.shortestTimeToLive.components.seconds) to "
                    + "\(Self.longestTimeToLive.components.seconds) seconds between heartbeats",
                place: "/ttlSeconds"
            )
        }
        self.scope = scope
        self.priority = priority
        self.timeToLive = timeToLive
        self.windowEnd = windowEnd
        self.mayBeNamed = mayBeNamed
        self.skipsWhatWasCovered = skipsWhatWasCovered
        self.budget = budget
        self.authorisation = authorisation
        self.idempotencyKey = idempotencyKey
    }
}

extension ScanClaim {
    /// Over all that is asked for, so that a claim that is repeated under its key can be told from another one.
    var digest: Digest {
        var members = scope.members
        members += [
            ("mayBeNamed", .bool(mayBeNamed)), ("priority", .string(priority.name)),
            ("timeToLive", .number(JSONNumber(timeToLive.components.seconds)))
        ]
        if let windowEnd { members.append(("windowEnd", .string(windowEnd.description))) }
        if let age = skipsWhatWasCovered { members.append(("skips", .number(JSONNumber(age.components.seconds)))) }
        if let budget { members.append(("budget", budget.json)) }
        if let authorisation { members.append(("authorisation", .string(Digest(hashing: authorisation).hex))) }
        return Digest(hashing: JSONValue.object(JSONObject(members)).canonicalBytes())
    }
}

/// How urgent a scan is. A higher one takes the lease of a lower one away; only coordinators and the target's maintainer give more
/// than `routine`.
package enum ScanPriority: Int64, Sendable, CaseIterable, Comparable {
    case routine = 0
    /// A fix is being checked, or an attack is suspected.
    case urgent = 1
    /// A vulnerability is being exploited.
    case emergency = 2

    package var name: String {
        switch self {
        case .routine: "routine"
        case .urgent: "urgent"
        case .emergency: "emergency"
        }
    }

    package init?(name: String) {
        guard let priority = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = priority
    }

    package static func < (left: ScanPriority, right: ScanPriority) -> Bool { left.rawValue < right.rawValue }
}

/// What a finder means to spend, or has spent, in its own unit (`tokens`, `core-hours`, `usd`).
package struct ScanBudget: Sendable, Hashable {
    package let amount: Int64
    package let unit: String

    /// - Throws: `malformed` with the place.
    package init(amount: Int64, unit: String, at place: String = "/budget") throws(Refusal) {
        guard amount >= 0, (1...32).contains(unit.utf8.count), unit.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Refusal(.malformed, "a budget is a number from 0 on and a unit of 1 to 32 printable letters", place: place)
        }
        self.amount = amount
        self.unit = unit
    }
}
