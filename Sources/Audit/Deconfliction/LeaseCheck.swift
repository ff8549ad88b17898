import CivilTime
import JSONText

/// Checks that no two leases of the very same scope ever lived at one time, by the records' own times. Scopes that overlap without
/// being the same are not compared: that is the clearinghouse's rule, not the auditor's.
struct LeaseCheck {
    private struct Life {
        let lease: String
        var until: Int64
    }

    private static let dimensions = [
        "target", "revision", "revisionOnly", "subsystem", "bugClass", "toolFamily", "modelFamily"
    ]

    private let findings: FindingList
    private var lives: [JSONValue: Life] = [:]
    private var scopes: [String: JSONValue] = [:]

    init(findings: FindingList) {
        self.findings = findings
    }

    mutating func take(_ row: RecordRow, kind: String, payload: JSONValue) {
        guard kind.hasPrefix("lease."), let lease = payload["lease"]?.string else { return }
        switch kind {
        case "lease.claimed": claim(lease, row, payload)
        case "lease.renewed": move(lease, to: LeaseCheck.until(payload))
        case "lease.preempted", "lease.released", "lease.revoked": move(lease, to: row.time)
        default: break
        }
    }

    private mutating func claim(_ lease: String, _ row: RecordRow, _ payload: JSONValue) {
        guard let until = LeaseCheck.until(payload) else { return }
        let scope = JSONValue.array(LeaseCheck.dimensions.map { payload[$0] ?? .null })
        if let other = lives[scope], other.until > row.time {
            findings.add(
                .leaseOverlap, at: row.place, "the lease \(lease) was granted while \(other.lease) lived, for the same scope")
        }
        lives[scope] = Life(lease: lease, until: until)
        scopes[lease] = scope
    }

    private mutating func move(_ lease: String, to until: Int64?) {
        guard let until, let scope = scopes[lease], lives[scope]?.lease == lease else { return }
        lives[scope]?.until = until
    }

    private static func until(_ payload: JSONValue) -> Int64? {
        payload["until"]?.string.flatMap(Timestamp.init(rfc3339:))?.millisecondsSinceEpoch
    }
}
