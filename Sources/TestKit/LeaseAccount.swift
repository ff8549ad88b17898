import CivilTime
import Clearinghouse
import JSONText
import Journal

/// What the journal's own records say of leases, read in their order without any of the code that granted them, and held against what
/// holders and others were told.
struct LeaseAccount {
    struct Life {
        let lease: String
        let name: String
        let box: LeaseWorld.Box
        let member: String
        let priority: String
        let token: Int64
        var until: Timestamp
        /// Every end it was ever recorded with.
        var ends: [Timestamp]
        var isEnded = false
    }

    private(set) var lives: [String: Life] = [:]
    /// What must not have happened.
    private(set) var faults: [String] = []
    private(set) var preemptions = 0
    private(set) var renewals = 0
    private(set) var sequence: Int64 = 0
    /// Further names, with the target that each is a name of.
    private var names: [String: String] = [:]
    private var optedOut: Set<String> = []

    mutating func follow(_ records: [JournalRecord]) throws {
        for record in records {
            sequence = record.sequence + 1
            guard let payload = record.payload else { continue }
            if record.kind.text == "target.governed" { govern(payload) }
            guard record.kind.text.hasPrefix("lease."), let lease = payload["lease"]?.string else { continue }
            switch record.kind.text {
            case "lease.claimed": try claim(lease, payload, record)
            case "lease.renewed": try renew(lease, payload, record)
            default:
                expectAlive(lease, record)
                lives[lease]?.until = record.time
                lives[lease]?.isEnded = true
                if record.kind.text == "lease.preempted" { preemptions += 1 }
            }
        }
    }

    /// A holder was told that it holds the lease until then.
    mutating func told(_ lease: Lease) {
        guard let life = lives[lease.identifier] else { return faults.append("\(lease.identifier) was told and not recorded") }
        if lease.token != life.token { faults.append("\(lease.identifier) was told the token \(lease.token) of another record") }
        if !life.ends.contains(lease.until) { faults.append("\(lease.identifier) was told an end that was not recorded") }
    }

    /// Whether somebody else's lease keeps this scope from being granted at that moment.
    func isHeld(_ scope: LeaseWorld.Scope, at moment: Timestamp) -> Bool {
        lives.values.contains { $0.until > moment && name($0.name) == name(scope.scope.target.name) && $0.box.meets(scope.box) }
    }

    func isOptedOut(_ target: String) -> Bool { optedOut.contains(name(target)) }

    private func name(_ text: String) -> String { names[text] ?? text }

    private mutating func govern(_ payload: JSONValue) {
        guard let target = payload["target"]?.string else { return }
        names = names.filter { $0.value != target }
        for alias in (payload["policy"]?["aliases"]?.array ?? []).compactMap(\.string) { names[alias] = target }
        if payload["policy"]?["optOut"]?.object == nil { optedOut.remove(target) } else { optedOut.insert(target) }
    }

    private mutating func claim(_ lease: String, _ payload: JSONValue, _ record: JournalRecord) throws {
        let life = try LeaseAccount.life(lease, payload, record)
        for other in others(of: life, at: record) { faults.append("\(lease) was granted while \(other.lease) was held") }
        if optedOut.contains(name(life.name)) { faults.append("\(lease) was granted on a target that opted out") }
        lives[lease] = life
    }

    private mutating func renew(_ lease: String, _ payload: JSONValue, _ record: JournalRecord) throws {
        expectAlive(lease, record)
        guard let life = lives[lease] else { return }
        // Two names that turned out to be one target may both be held; the later of equals must not be kept.
        for other in others(of: life, at: record) where other.token < life.token && other.priority == life.priority {
            faults.append("\(lease) was kept beside \(other.lease)")
        }
        if optedOut.contains(name(life.name)) { faults.append("\(lease) was kept on a target that opted out") }
        let until = try LeaseAccount.moment(payload, "until")
        lives[lease]?.until = until
        lives[lease]?.ends.append(until)
        renewals += 1
    }

    private func others(of life: Life, at record: JournalRecord) -> [Life] {
        lives.values.filter {
            $0.lease != life.lease && $0.until > record.time && name($0.name) == name(life.name) && $0.box.meets(life.box)
        }
    }

    private mutating func expectAlive(_ lease: String, _ record: JournalRecord) {
        guard let life = lives[lease], record.time < life.until else {
            return faults.append("\(record.kind) at \(record.time) of \(lease), which had ended")
        }
    }

    private static func life(_ lease: String, _ payload: JSONValue, _ record: JournalRecord) throws -> Life {
        let box = try LeaseWorld.box(
            revision: payload["revision"]?.string, isOnly: payload["revisionOnly"]?.bool ?? false,
            subsystem: payload["subsystem"]?.string, bugClass: payload["bugClass"]?.string,
            toolFamily: payload["toolFamily"]?.string, modelFamily: payload["modelFamily"]?.string
        )
        let until = try moment(payload, "until")
        return Life(
            lease: lease, name: payload["target"]?.string ?? "", box: box, member: payload["member"]?.string ?? "",
            priority: payload["priority"]?.string ?? "", token: record.sequence, until: until, ends: [until]
        )
    }

    private static func moment(_ payload: JSONValue, _ name: String) throws -> Timestamp {
        guard let moment = payload[name]?.string.flatMap(Timestamp.init(rfc3339:)) else {
            throw JournalConformance.Violation(description: "\(name) of a record is no moment")
        }
        return moment
    }
}
