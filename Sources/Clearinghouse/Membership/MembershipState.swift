import CivilTime
import JSONText
import Journal
import Sealing

/// One member's state, folded from its stream.
struct MembershipState {
    private(set) var isRegistered = false
    private(set) var isWithdrawn = false
    private(set) var liveTokens: Set<String> = []

    init(_ records: [JournalRecord] = []) {
        for record in records { apply(record) }
    }

    mutating func apply(_ record: JournalRecord) {
        switch record.kind {
        case MembershipRecords.registered: isRegistered = true
        case MembershipRecords.withdrawn:
            isWithdrawn = true
            liveTokens = []
        case MembershipRecords.tokenIssued:
            if let token = record.payload?["token"]?.string { liveTokens.insert(token) }
        case MembershipRecords.tokenRevoked:
            if let token = record.payload?["token"]?.string { liveTokens.remove(token) }
        default: break  // Kinds are open: later rooms may write to this stream.
        }
    }

    enum Command {
        case register(identifier: String, name: String, roles: [MemberRole], verificationKey: VerificationKey?)
        case issueToken(member: String, token: String, secretDigest: Digest, scopes: Set<Scope>, expires: Timestamp)
        case revokeToken(member: String, token: String)
        case withdraw(member: String, reason: String)
    }

    func decide(_ command: Command, by actor: String) throws -> [RecordDraft] {
        switch command {
        case .register(let identifier, let name, let roles, let key):
            guard !isRegistered else { throw Refusal(.conflict, "the member \(identifier) exists already") }
            return [MembershipRecords.registered(identifier, name: name, roles: roles, verificationKey: key, by: actor)]
        case .issueToken(let member, let token, let digest, let scopes, let expires):
            try requirePresent(member)
            return [
                try MembershipRecords.tokenIssued(
                    member, token: token, secretDigest: digest, scopes: scopes, expires: expires, by: actor
                )
            ]
        case .revokeToken(let member, let token):
            guard liveTokens.contains(token) else { throw Refusal(.notFound, "\(member) has no live token \(token)") }
            return [try MembershipRecords.tokenRevoked(member, token: token, by: actor)]
        case .withdraw(let member, let reason):
            try requirePresent(member)
            return [MembershipRecords.withdrawn(member, tokens: liveTokens.sorted(), reason: reason, by: actor)]
        }
    }

    private func requirePresent(_ member: String) throws {
        guard isRegistered else { throw Refusal(.notFound, "there is no member \(member)") }
        guard !isWithdrawn else { throw Refusal(.conflict, "the member \(member) has left") }
    }
}
