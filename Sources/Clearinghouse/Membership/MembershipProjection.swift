import CivilTime
import JSONText
import Journal

/// Members and their tokens as tables.
enum MembershipProjection {
    static let member = TableSchema(
        "member",
        columns: [
            .text("id"), .text("name"), .text("roles"), .text("verification_key").optional, .integer("registered"),
            .integer("withdrawn").optional
        ],
        primaryKey: ["id"]
    )

    static let token = TableSchema(
        "access_token",
        columns: [.text("id"), .text("member"), .text("secret_digest"), .text("scopes"), .integer("expires")],
        primaryKey: ["id"]
    )

    static let projection = Projection("membership", tables: [member, token]) { record, _ in
        guard let payload = record.payload else { return [] }
        switch record.kind {
        case MembershipRecords.registered: return registered(payload, at: record.time)
        case MembershipRecords.withdrawn: return withdrawn(payload, at: record.time)
        case MembershipRecords.tokenIssued: return issued(payload)
        case MembershipRecords.tokenRevoked:
            return payload["token"]?.string.map { [.delete(token, keyPrefix: [.text($0)])] } ?? []
        default: return []
        }
    }

    private static func registered(_ payload: JSONValue, at time: Timestamp) -> [RowChange] {
        guard let identifier = payload["member"]?.string, let name = payload["name"]?.string else { return [] }
        let roles = (payload["roles"]?.array ?? []).compactMap(\.string).joined(separator: " ")
        return [
            .insert(
                member,
                [
                    .text(identifier), .text(name), .text(roles), .optional(payload["verificationKey"]?.string),
                    .integer(time.millisecondsSinceEpoch), .null
                ]
            )
        ]
    }

    /// The name stays, because published advisories give credit by it; the key no longer signs for anybody.
    private static func withdrawn(_ payload: JSONValue, at time: Timestamp) -> [RowChange] {
        guard let identifier = payload["member"]?.string else { return [] }
        let tokens = (payload["tokens"]?.array ?? []).compactMap(\.string)
        return tokens.map { .delete(token, keyPrefix: [.text($0)]) } + [
            .update(
                member, key: [.text(identifier)],
                set: [.init("verification_key", .null), .init("withdrawn", .integer(time.millisecondsSinceEpoch))]
            )
        ]
    }

    private static func issued(_ payload: JSONValue) -> [RowChange] {
        guard
            let identifier = payload["token"]?.string, let owner = payload["member"]?.string,
            let digest = payload["secretDigest"]?.string,
            let expires = payload["expires"]?.string.flatMap(Timestamp.init(rfc3339:))
        else { return [] }
        let scopes = (payload["scopes"]?.array ?? []).compactMap(\.string).joined(separator: " ")
        return [
            .insert(
                token,
                [.text(identifier), .text(owner), .text(digest), .text(scopes), .integer(expires.millisecondsSinceEpoch)]
            )
        ]
    }
}
