import AdvisoryFormats
import CivilTime
package import JSONText
package import Journal
import Sealing

/// What clearinghouses and scanners of a federation tell each other: opt-outs, routes and certificates in both directions, and claims
/// (`Claims`).
///
/// An opt-out or a route that comes in becomes the policy of its target, so that every path that hands out work honours it. What a
/// maintainer or a coordinator set here is not overruled from outside, and an opt-out that was lifted here does not come back with the
/// next feed. Claims and certificates are recorded and shown to who takes them in, beside the findings and advisories here that they
/// are about: what a hash or a verdict of strangers is worth here, a person decides. No record carries a finding.
package struct FederationExchange: Sendable {
    let journal: any Journal
    let environment: ClearinghouseEnvironment

    package init(journal: any Journal, environment: ClearinghouseEnvironment) {
        self.journal = journal
        self.environment = environment
    }

    /// What became of one record.
    package enum Outcome: String, Sendable {
        /// It is recorded: an opt-out and a route are the target's policy now.
        case taken
        /// It is known, or something newer is, or what it says was set, or lifted, here.
        case known
    }

    /// Takes records in, each an in-toto Statement v1, all or none.
    /// - Throws: `forbidden` without the scope, `malformed` with the number of the record and the place in it, also for a repository that
    ///   can't be scanned and a moment that lies ahead; nothing was recorded.
    package func take(_ statements: [[UInt8]], by principal: Principal) async throws -> [Outcome] {
        try principal.require(.exchangeRecords)
        let records = try statements.enumerated().map { number, bytes in try ReceivedRecord(bytes, number: number) }
        let secret = environment.identifierSecret
        return try await journal.append { snapshot in
            var intake = try FederationIntake(snapshot: snapshot, secret: secret, actor: principal.member)
            let outcomes = try records.map { try intake.take($0) }
            return Decision(intake.drafts, answer: outcomes)
        }.answer
    }

    /// Claims and certificates that came in, latest first; for who takes them in.
    /// - Throws: `forbidden` without the scope.
    package func received(
        before sequence: Int64, limit: Int64, for principal: Principal
    ) async throws -> [ReceivedStatement] {
        try principal.require(.exchangeRecords)
        return try await journal.read { snapshot in
            try snapshot.rows(
                """
                SELECT \(ReceivedStatement.columns) FROM federation_statement WHERE sequence < $1
                ORDER BY sequence DESC LIMIT $2
                """,
                [.integer(sequence), .integer(limit)]
            ).compactMap(ReceivedStatement.init(row:))
        }
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
}
