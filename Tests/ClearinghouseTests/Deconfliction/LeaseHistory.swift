import CivilTime
import JSONText
import Journal

@testable import Clearinghouse

/// What the journal's own records say of leases, read without any of the code that granted them.
struct LeaseHistory {
    struct Life {
        let lease: String
        let scope: ScanScope
        let member: String
        let token: Int64
        let from: Timestamp
        var until: Timestamp
    }

    private(set) var lives: [String: Life] = [:]
    /// What must not have been recorded.
    private(set) var faults: [String] = []

    init(_ records: [JournalRecord]) throws {
        for record in records where record.kind.text.hasPrefix("lease.") {
            guard let payload = record.payload, let lease = payload["lease"]?.string else { continue }
            switch record.kind.text {
            case "lease.claimed": lives[lease] = try Self.life(lease, payload, record)
            case "lease.renewed":
                expectAlive(lease, at: record)
                lives[lease]?.until = try Self.moment(payload, "until")
            case "lease.released", "lease.preempted":
                expectAlive(lease, at: record)
                lives[lease]?.until = record.time
            default: faults.append("a record \(record.kind)")
            }
        }
        findTwins()
    }

    private mutating func expectAlive(_ lease: String, at record: JournalRecord) {
        guard let life = lives[lease], record.time < life.until else {
            faults.append("\(record.kind) at \(record.time) of \(lease), which had ended")
            return
        }
    }

    private mutating func findTwins() {
        let all = lives.values.sorted { $0.token < $1.token }
        for (index, one) in all.enumerated() {
            for other in all.dropFirst(index + 1) where one.scope.overlaps(other.scope) && one.until > other.from {
                faults.append("\(one.lease) and \(other.lease) were held at once")
            }
        }
    }

    private static func life(_ lease: String, _ payload: JSONValue, _ record: JournalRecord) throws -> Life {
        let scope = try ScanScope(
            target: ScanTarget(name: payload["target"]?.string ?? "", revision: payload["revision"]?.string),
            isRevisionOnly: payload["revisionOnly"]?.bool ?? false, subsystem: payload["subsystem"]?.string,
            bugClass: try payload["bugClass"]?.string.map { try BugClass($0) }, toolFamily: payload["toolFamily"]?.string
        )
        return Life(
            lease: lease, scope: scope, member: payload["member"]?.string ?? "", token: record.sequence, from: record.time,
            until: try moment(payload, "until")
        )
    }

    private static func moment(_ payload: JSONValue, _ name: String) throws -> Timestamp {
        guard let moment = payload[name]?.string.flatMap(Timestamp.init(rfc3339:)) else {
            throw Refusal(.malformed, "\(name) is no moment")
        }
        return moment
    }
}
