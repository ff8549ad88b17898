import CivilTime
import Handling
import JSONText
import Journal
import Sealing

/// The facts about members.
enum MembershipRecords {
    static let registered = RecordKind("member.registered")
    static let withdrawn = RecordKind("member.withdrawn")
    static let tokenIssued = RecordKind("token.issued")
    static let tokenRevoked = RecordKind("token.revoked")

    static func stream(_ member: String) -> StreamName { StreamName("member", member) }

    static func registered(
        _ identifier: String, name: String, roles: [MemberRole], verificationKey: VerificationKey?, by actor: String
    ) -> RecordDraft {
        RecordDraft(
            registered, in: stream(identifier), by: actor, label: .green,
            payload: [
                "member": .string(identifier), "name": .string(name),
                "roles": .array(roles.map { .string($0.rawValue) }),
                "verificationKey": verificationKey.map { .string(Hexadecimal.encode($0.bytes)) } ?? .null
            ],
            expectedVersion: 0
        )
    }

    /// Names the tokens that end with it, because a projection sees one record at a time.
    static func withdrawn(_ member: String, tokens: [String], reason: String, by actor: String) -> RecordDraft {
        RecordDraft(
            withdrawn, in: stream(member), by: actor, label: .green,
            payload: [
                "member": .string(member), "reason": .string(reason), "tokens": .array(tokens.map { .string($0) })
            ]
        )
    }

    static func tokenIssued(
        _ member: String, token: String, secretDigest: Digest, scopes: Set<Scope>, expires: Timestamp, by actor: String
    ) throws -> RecordDraft {
        RecordDraft(
            tokenIssued, in: stream(member), by: actor, label: try Labels.member(member),
            payload: [
                "expires": .string(expires.description), "member": .string(member),
                "scopes": .array(scopes.map(\.rawValue).sorted().map { .string($0) }),
                "secretDigest": .string(secretDigest.hex), "token": .string(token)
            ]
        )
    }

    static func tokenRevoked(_ member: String, token: String, by actor: String) throws -> RecordDraft {
        RecordDraft(
            tokenRevoked, in: stream(member), by: actor, label: try Labels.member(member),
            payload: ["member": .string(member), "token": .string(token)]
        )
    }
}
