import AdvisoryFormats
import CivilTime
import Journal
import Sealing

/// A record that came in, and what follows from it.
struct ReceivedRecord: Sendable {
    enum Consequence: Sendable {
        case policy(PolicyChange)
        /// Recorded and shown, no more.
        case statement(ReceivedStatement.Content, moment: StatedMoment?)
    }

    let original: Content
    let consequence: Consequence

    /// - Throws: `malformed` with the number of the record, counted from 1, and the place in it.
    init(_ bytes: [UInt8], number: Int) throws(Refusal) {
        let record: InterchangeRecord
        do throws(FormatRefusal) { record = try InterchangeRecord(parsing: bytes) } catch {
            let refusal = Refusal(error)
            throw Refusal(.malformed, refusal.reason, place: "record \(number + 1), \(refusal.place ?? "/")")
        }
        original = Content(bytes)
        consequence = try ReceivedRecord.consequence(of: record, at: "record \(number + 1), /predicate/")
    }

    private static func consequence(of record: InterchangeRecord, at place: String) throws(Refusal) -> Consequence {
        switch record {
        case .optOut(let optOut): return .policy(try PolicyChange(optOut, at: place))
        case .route(let route): return .policy(try PolicyChange(route, at: place))
        case .claim(let hash, let contact): return .statement(.claim(hash: hash, contact: contact), moment: nil)
        case .certificate(let certificate):
            let moment = try StatedMoment(certificate.auditedAt, at: place + "audited_at")
            let content = ReceivedStatement.Content.certificate(
                target: try ScanTarget(certificate.repository, at: place + "repository").name, advisory: certificate.advisory,
                status: certificate.status.rawValue, commit: certificate.commit, audited: moment.value)
            return .statement(content, moment: moment)
        }
    }

    /// - Throws: `malformed` for a moment that lies ahead.
    func requireNotAfter(_ latest: Timestamp) throws(Refusal) {
        switch consequence {
        case .policy(let change): try change.moment.requireNotAfter(latest)
        case .statement(_, let moment): try moment?.requireNotAfter(latest)
        }
    }
}

/// Takes the records of one append in, one after the other, each against what those before it left.
struct FederationIntake {
    private(set) var drafts: [RecordDraft] = []
    private var standing: [String: StandingPolicy] = [:]
    /// When each statement of this append was audited; the earliest moment for claims.
    private var statements: [String: Timestamp] = [:]
    private let snapshot: JournalSnapshot
    private let latest: Timestamp
    private let secret: [UInt8]
    private let actor: String

    init(snapshot: JournalSnapshot, secret: [UInt8], actor: String) throws {
        self.snapshot = snapshot
        self.secret = secret
        self.actor = actor
        latest = try snapshot.appendTime().advanced(by: Targets.clockTolerance)
    }

    mutating func take(_ record: ReceivedRecord) throws -> FederationExchange.Outcome {
        try record.requireNotAfter(latest)
        switch record.consequence {
        case .policy(let change): return try take(change, source: record.original)
        case .statement(let content, _): return try take(content, source: record.original)
        }
    }

    private mutating func take(_ change: PolicyChange, source: Content) throws -> FederationExchange.Outcome {
        let name = try snapshot.targetName(change.target.name)
        let known = try standing[name] ?? StandingPolicy(try snapshot.governedTarget(name))
        guard let changed = change.applied(to: known) else { return .known }
        standing[name] = changed
        drafts.append(
            TargetRecords.governed(
                name, changed.policy, changed.origin, previous: known.policy.aliases, source: source, secret: secret, by: actor
            ))
        return .taken
    }

    private mutating func take(
        _ content: ReceivedStatement.Content, source: Content
    ) throws -> FederationExchange.Outcome {
        let identifier = Identifier.derived("r", secret: secret, from: content.identity)
        let audited = content.audited ?? Timestamp(millisecondsSinceEpoch: 0)
        if let known = try statements[identifier] ?? snapshot.auditedStatement(identifier), known >= audited { return .known }
        statements[identifier] = audited
        drafts.append(try FederationRecords.received(content, as: identifier, source: source, by: actor))
        return .taken
    }
}

extension JournalSnapshot {
    /// When a statement was audited that is known already; the same moment for each claim.
    fileprivate func auditedStatement(_ identifier: String) throws -> Timestamp? {
        try firstRow("SELECT coalesce(audited, 0) FROM federation_statement WHERE id = $1", [.text(identifier)])
            .map { Timestamp(millisecondsSinceEpoch: try $0.integer(0)) }
    }
}
