import CivilTime
import Clearinghouse
import HTTPTypes
import JSONText
import Sealing

/// Members and tokens.
enum MemberEndpoints {
    static let all = [register, list, issueToken, revokeToken, withdraw]

    private static let member = Schema.object([
        ("id", Schema.text), ("name", Schema.text), ("roles", Schema.list(Schema.text)), ("registered", Schema.moment),
        ("verificationKey", Schema.optionalText), ("withdrawn", Schema.optionalText)
    ])

    private static let register = Endpoint(
        .post, "/v1/members", "registerMember", "Record a member", access: .member(.administerMembers),
        body: .init(
            mediaTypes: ["application/json"],
            schema: Schema.object([
                ("id", Schema.text), ("name", Schema.text),
                ("roles", Schema.list(Schema.choice(MemberRole.allCases.map(\.rawValue)))),
                ("verificationKey?", Schema.optionalText)
            ]), maximumByteCount: BodyLimit.command
        ),
        answers: [.json(201, "The member", member)]
    ) { call in
        let body = try await call.json()
        let roles = try body.texts("roles").map { text in
            guard let role = MemberRole(rawValue: text) else {
                throw Refusal(.malformed, "\(text) is not a role", place: "/roles")
            }
            return role
        }
        let key = try body.optionalText("verificationKey").map { text in
            guard let key = Hexadecimal.decode(text).flatMap({ VerificationKey(bytes: $0) }) else {
                throw Refusal(.malformed, "an Ed25519 key is 64 hexadecimal digits", place: "/verificationKey")
            }
            return key
        }
        let identifier = try body.text("id")
        try await call.rooms.membership.register(
            identifier, name: try body.text("name"), roles: roles, verificationKey: key, by: try call.caller()
        )
        return Answer.json(json(try await call.rooms.membership.member(identifier)), status: 201)
    }

    private static let list = Endpoint(
        .get, "/v1/members", "listMembers", "All members", access: .member(nil),
        answers: [.json(200, "The members", Schema.object([("members", Schema.list(member))]))]
    ) { call in
        let members = try await call.rooms.membership.members()
        return Answer.json(["members": .array(members.map(json))])
    }

    private static let issueToken = Endpoint(
        .post, "/v1/members/{member}/tokens", "issueToken", "Issue a scoped, expiring token; its secret is shown once",
        access: .member(.administerMembers),
        body: .init(
            mediaTypes: ["application/json"],
            schema: Schema.object([
                ("scopes?", Schema.list(Schema.choice(Scope.allCases.map(\.rawValue)))), ("lifetimeInSeconds?", Schema.integer)
            ]), maximumByteCount: BodyLimit.command
        ),
        answers: [
            .json(
                201, "The token",
                Schema.object([("id", Schema.text), ("token", Schema.text), ("expires", Schema.moment)])
            )
        ]
    ) { call in
        let (body, member) = (try await call.json(), try call.parameter("member"))
        let lifetime = try body.optionalInteger("lifetimeInSeconds") ?? defaultLifetimeInSeconds
        let token = try await call.rooms.membership.issueToken(
            to: member, scopes: try await scopes(body, of: member, call), lifetime: .seconds(lifetime), by: try call.caller()
        )
        return Answer.json(
            [
                "id": .string(token.identifier), "token": .string(token.secretText),
                "expires": .string(token.expires.description)
            ],
            status: 201
        )
    }

    /// Thirty days: a machine's token outlives a holiday and not a change of staff.
    private static let defaultLifetimeInSeconds: Int64 = 30 * 86_400

    private static func scopes(_ body: JSONBody, of member: String, _ call: Call) async throws -> Set<Scope> {
        guard body.value["scopes"] != nil else {
            let roles = try await call.rooms.membership.member(member).roles
            return roles.reduce(into: []) { $0.formUnion(Scope.usual(for: $1)) }
        }
        return Set(
            try body.texts("scopes").map { text in
                guard let scope = Scope(rawValue: text) else {
                    throw Refusal(.malformed, "\(text) is not a scope", place: "/scopes")
                }
                return scope
            }
        )
    }

    private static let revokeToken = Endpoint(
        .delete, "/v1/members/{member}/tokens/{token}", "revokeToken", "Revoke a token", access: .member(nil),
        answers: [.json(200, "Revoked", Schema.object([("revoked", Schema.text)]))]
    ) { call in
        let token = try call.parameter("token")
        try await call.rooms.membership.revokeToken(token, of: try call.parameter("member"), by: try call.caller())
        return Answer.json(["revoked": .string(token)])
    }

    private static let withdraw = Endpoint(
        .post, "/v1/members/{member}/withdrawal", "withdrawMember",
        "Leave for good: tokens end, and what it reported becomes unreadable here. A member needs a token with the scope members:withdraw",
        access: .member(nil),
        body: .init(
            mediaTypes: ["application/json"], schema: Schema.object([("reason", Schema.text)]),
            maximumByteCount: BodyLimit.command
        ),
        answers: [.json(200, "The member as it is remembered", member)]
    ) { call in
        let (body, identifier) = (try await call.json(), try call.parameter("member"))
        try await call.rooms.membership.withdraw(identifier, reason: try body.text("reason"), by: try call.caller())
        return Answer.json(json(try await call.rooms.membership.member(identifier)))
    }

    private static func json(_ member: MemberSummary) -> JSONValue {
        [
            "id": .string(member.identifier), "name": .string(member.name),
            "roles": .array(member.roles.map { .string($0.rawValue) }), "registered": .string(member.registered.description),
            "verificationKey": member.verificationKey.map { .string(Hexadecimal.encode($0.bytes)) } ?? .null,
            "withdrawn": member.withdrawn.map { .string($0.description) } ?? .null
        ]
    }
}

/// How large a body may be, by what it carries.
enum BodyLimit {
    /// A few members of text.
    static let command = 256 * 1_024
    /// One finding with its description.
    static let finding = 1_024 * 1_024
    /// SARIF of a whole repository; the largest public logs are below 40 MiB.
    static let report = 64 * 1_024 * 1_024
    /// A reproducer bundle in base64.
    static let reproducer = 12 * 1_024 * 1_024
}
