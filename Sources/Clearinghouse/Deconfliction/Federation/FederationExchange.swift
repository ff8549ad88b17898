import AdvisoryFormats
import CivilTime
package import JSONText
package import Journal
import Sealing

/// What clearinghouses and scanners of a federation tell each other: opt-outs and routes in both directions.
///
/// An opt-out or a route that comes in becomes the policy of its target, so that every path that hands out work honours it. What a
/// maintainer or a coordinator set here is not overruled from outside, and an opt-out that was lifted here does not come back with the
/// next feed. Claims and certificates are checked and answered as not taken: what a
/// hash or a verdict of strangers is worth here, a person decides. No record carries a finding.
package struct FederationExchange: Sendable {
    let journal: any Journal
    let environment: ClearinghouseEnvironment

    package init(journal: any Journal, environment: ClearinghouseEnvironment) {
        self.journal = journal
        self.environment = environment
    }

    /// What became of one record.
    package enum Outcome: String, Sendable {
        /// It is the target's policy now.
        case taken
        /// The policy says so already, or says something newer, or what it says was set, or lifted, here.
        case known
        /// Claims and certificates: well-formed, and nothing follows from them.
        case notTaken = "not-taken"
    }

    /// Takes records in, each an in-toto Statement v1, all or none.
    /// - Throws: `forbidden` without the scope, `malformed` with the number of the record and the place in it, also for a repository that
    ///   can't be scanned and a moment that lies ahead; nothing was recorded.
    package func take(_ statements: [[UInt8]], by principal: Principal) async throws -> [Outcome] {
        try principal.require(.exchangeRecords)
        let records = try statements.enumerated().map { number, bytes in try FederationExchange.record(bytes, number) }
        let secret = environment.identifierSecret
        return try await journal.append { snapshot in
            let latest = try snapshot.appendTime().advanced(by: Targets.clockTolerance)
            var drafts: [RecordDraft] = []
            var standing: [String: StandingPolicy] = [:]
            let outcomes = try records.map { record in
                guard let change = record.change else { return Outcome.notTaken }
                try change.requireNotAfter(latest)
                let name = try snapshot.targetName(change.target.name)
                let known = try standing[name] ?? StandingPolicy(try snapshot.governedTarget(name))
                guard let changed = change.applied(to: known) else { return .known }
                standing[name] = changed
                drafts.append(
                    TargetRecords.governed(
                        name, changed.policy, changed.origin, previous: known.policy.aliases, source: record.original,
                        secret: secret, by: principal.member
                    ))
                return .taken
            }
            return Decision(drafts, answer: outcomes)
        }.answer
    }

    /// The opt-outs and routes of the targets here that are repositories, as statements, one for each name of a repository; anybody
    /// may have them. That a closed target exists is its owner's to tell: of those there are none.
    package func statements(before sequence: Int64, limit: Int64) async throws -> (statements: [JSONValue], sequences: [Int64]) {
        let targets = try await Targets(journal: journal, environment: environment).targets(before: sequence, limit: limit)
        let statements = targets.filter { !$0.policy.isClosed }.flatMap { target in
            FederationExchange.records(of: target).map { $0.json { Digest(hashing: $0).hex } }
        }
        return (statements, targets.map(\.sequence))
    }

    private static func records(of target: GovernedTarget) -> [InterchangeRecord] {
        let names = ([target.name] + target.policy.aliases).filter { !$0.hasPrefix("pkg:") }
        return names.flatMap { name in
            let repository = "https://" + name
            var records: [InterchangeRecord] = []
            if let optOut = target.policy.optOut {
                records.append(
                    .optOut(.init(repository: repository, requestedAt: optOut.requested.description, reason: optOut.reason)))
            }
            if let channel = target.policy.channel, let verified = target.policy.channelVerified {
                records.append(.route(.init(repository: repository, channel: channel, verifiedAt: verified.description)))
            }
            return records
        }
    }

    private static func record(_ bytes: [UInt8], _ number: Int) throws(Refusal) -> ReceivedRecord {
        let record: InterchangeRecord
        do throws(FormatRefusal) { record = try InterchangeRecord(parsing: bytes) } catch {
            let refusal = Refusal(error)
            throw Refusal(.malformed, refusal.reason, place: "record \(number + 1), \(refusal.place ?? "/")")
        }
        return ReceivedRecord(
            original: Content(bytes), change: try PolicyChange(record, place: "record \(number + 1), /predicate/"))
    }
}

/// A record that came in, and what it asks for.
private struct ReceivedRecord: Sendable {
    let original: Content
    /// Nil for a record from which nothing follows.
    let change: PolicyChange?
}
