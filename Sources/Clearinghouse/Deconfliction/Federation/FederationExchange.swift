import AdvisoryFormats
import CivilTime
package import JSONText
package import Journal
import Sealing

/// What clearinghouses and scanners of a federation tell each other: opt-outs and routes in both directions.
///
/// An opt-out or a route that comes in becomes the policy of its target, so that every path that hands out work honours it; one that
/// a maintainer here set itself is not overruled from outside. Claims and certificates are checked and answered as not taken: what a
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
        /// The policy says so already, or says something newer, or its maintainer set it here.
        case known
        /// Claims and certificates: well-formed, and nothing follows from them.
        case notTaken = "not-taken"
    }

    /// Takes records in, each an in-toto Statement v1, all or none.
    /// - Throws: `forbidden` without the scope, `malformed` with the number of the record and the place in it; nothing was recorded.
    package func take(_ statements: [[UInt8]], by principal: Principal) async throws -> [Outcome] {
        try principal.require(.exchangeRecords)
        let records = try statements.enumerated().map { number, bytes in try FederationExchange.record(bytes, number) }
        let secret = environment.identifierSecret
        return try await journal.append { snapshot in
            var drafts: [RecordDraft] = []
            var policies: [String: TargetPolicy] = [:]
            let outcomes = try records.map { record in
                guard let change = record.change else { return Outcome.notTaken }
                let name = try snapshot.targetName(change.target.name)
                let known = try policies[name] ?? snapshot.governedTarget(name)?.policy ?? TargetPolicy()
                guard let policy = change.applied(to: known) else { return .known }
                policies[name] = policy
                drafts.append(
                    TargetRecords.governed(
                        name, policy, previous: known.aliases, source: record.original, secret: secret, by: principal.member
                    ))
                return .taken
            }
            return Decision(drafts, answer: outcomes)
        }.answer
    }

    /// The opt-outs and routes of the targets here that are repositories, as statements; anybody may have them.
    package func statements(before sequence: Int64, limit: Int64) async throws -> (statements: [JSONValue], sequences: [Int64]) {
        let targets = try await Targets(journal: journal, environment: environment).targets(before: sequence, limit: limit)
        let statements = targets.flatMap { target in
            FederationExchange.records(of: target).map { $0.json { Digest(hashing: $0).hex } }
        }
        return (statements, targets.map(\.sequence))
    }

    private static func records(of target: GovernedTarget) -> [InterchangeRecord] {
        guard !target.name.hasPrefix("pkg:") else { return [] }
        let repository = "https://" + target.name
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

    private static func record(_ bytes: [UInt8], _ number: Int) throws(Refusal) -> ReceivedRecord {
        do throws(FormatRefusal) {
            return ReceivedRecord(try InterchangeRecord(parsing: bytes), original: Content(bytes))
        } catch {
            let refusal = Refusal(error)
            throw Refusal(.malformed, refusal.reason, place: "record \(number + 1), \(refusal.place ?? "/")")
        }
    }
}

/// A record that came in, and what it asks for.
private struct ReceivedRecord: Sendable {
    let original: Content
    /// Nil for a record from which nothing follows.
    let change: PolicyChange?

    init(_ record: InterchangeRecord, original: Content) {
        self.original = original
        change = PolicyChange(record)
    }
}

/// What an opt-out or a route changes.
private struct PolicyChange: Sendable {
    private enum Wish: Sendable {
        case optOut(TargetPolicy.OptOut)
        case route(channel: String, verified: Timestamp)
    }

    let target: ScanTarget
    private let wish: Wish

    /// Nil where nothing follows, or where the record's repository is none that could be scanned here.
    init?(_ record: InterchangeRecord) {
        switch record {
        case .optOut(let optOut):
            guard let target = try? ScanTarget(optOut.repository), let moment = Timestamp(rfc3339: optOut.requestedAt) else {
                return nil
            }
            self.target = target
            wish = .optOut(.init(requested: moment, reason: optOut.reason))
        case .route(let route):
            guard let target = try? ScanTarget(route.repository), let moment = Timestamp(rfc3339: route.verifiedAt) else {
                return nil
            }
            self.target = target
            wish = .route(channel: route.channel, verified: moment)
        case .claim, .certificate: return nil
        }
    }

    /// Nil where nothing changes.
    func applied(to policy: TargetPolicy) -> TargetPolicy? {
        // Whoever maintains it here speaks for itself.
        guard policy.maintainer == nil else { return nil }
        var changed = policy
        switch wish {
        case .optOut(let optOut):
            guard policy.optOut == nil else { return nil }
            changed.optOut = optOut
        case .route(let channel, let verified):
            guard verified > policy.channelVerified ?? Timestamp(millisecondsSinceEpoch: .min) else { return nil }
            changed.channel = channel
            changed.channelVerified = verified
        }
        return changed
    }
}
