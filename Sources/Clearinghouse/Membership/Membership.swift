import CivilTime
package import Journal
package import Sealing

/// Members and their scoped, expiring tokens.
package struct Membership: Sendable {
    let journal: any Journal
    let environment: ClearinghouseEnvironment

    package init(journal: any Journal, environment: ClearinghouseEnvironment) {
        self.journal = journal
        self.environment = environment
    }

    /// Records a member. Identifiers are the member's handle everywhere (`lab-a`): 2 to 40 of `a-z 0-9 -`.
    /// - Throws: `malformed` or `conflict`; nothing was recorded.
    package func register(
        _ identifier: String, name: String, roles: [MemberRole], verificationKey: VerificationKey? = nil,
        by actor: Principal
    ) async throws {
        try actor.require(.administerMembers)
        guard Membership.isHandle(identifier) else {
            throw Refusal(.malformed, "a member's id is 2 to 40 of a-z, 0-9 and -", place: "/id")
        }
        guard !name.isEmpty, name.utf8.count <= 200 else {
            throw Refusal(.malformed, "a member's name has 1 to 200 bytes", place: "/name")
        }
        guard !roles.isEmpty else { throw Refusal(.malformed, "a member has at least one role", place: "/roles") }
        try await decide(
            .register(identifier: identifier, name: name, roles: roles, verificationKey: verificationKey),
            member: identifier, by: actor.member
        )
    }

    /// Issues a token of at most `Membership.longestLifetime`; its secret is shown once and never stored.
    /// - Throws: `notFound` for an unknown member, `malformed` for a lifetime out of range; nothing was recorded.
    package func issueToken(
        to member: String, scopes: Set<Scope>, lifetime: Duration, by actor: Principal
    ) async throws -> IssuedToken {
        try actor.require(.administerMembers)
        guard lifetime > .zero, lifetime <= Membership.longestLifetime else {
            throw Refusal(.malformed, "a token lives more than 0 seconds and at most 366 days", place: "/lifetimeInSeconds")
        }
        let token = newToken(lifetime: lifetime)
        try await decide(
            .issueToken(
                member: member, token: token.identifier, secretDigest: token.secretDigest, scopes: scopes,
                expires: token.expires
            ),
            member: member, by: actor.member
        )
        return token
    }

    package func revokeToken(_ token: String, of member: String, by actor: Principal) async throws {
        if actor.member != member { try actor.require(.administerMembers) }
        try await decide(.revokeToken(member: member, token: token), member: member, by: actor.member)
    }

    /// A member leaves: its tokens and its deposited inventories end, and the keys are destroyed in the same append that these, its
    /// findings, reproducers and adoption reports are sealed under. Nobody can read them any more in this database; the log's commitments stay. There is no way back.
    /// What it gave to a case (a vendor's patches) stays with the case. A copy of the database made before still opens with the
    /// master key: bound the retention of backups.
    ///
    /// A member leaves by a token with the scope `members:withdraw`, which no token has unless it was asked for.
    /// - Throws: `forbidden`, `notFound`, `malformed` without a reason, `conflict` where it has left already or is the
    ///   clearinghouse itself; nothing was recorded.
    package func withdraw(_ member: String, reason: String, by actor: Principal) async throws {
        if actor.member == member, !actor.scopes.contains(.administerMembers) {
            try actor.require(.withdraw)
        } else {
            try actor.require(.administerMembers)
        }
        guard member != Membership.system else { throw Refusal(.conflict, "the clearinghouse can't leave itself") }
        guard !reason.isEmpty else { throw Refusal(.malformed, "a reason is needed", place: "/reason") }
        _ = try await journal.append { snapshot in
            let state = MembershipState(try snapshot.records(of: MembershipRecords.stream(member)))
            let leaving = try state.decide(.withdraw(member: member, reason: reason), by: actor.member)
            let inventories = try Inventories.ending(of: member, by: actor.member, in: snapshot)
            let questions = try Questions.ending(of: member, by: actor.member, in: snapshot)
            return Decision(
                inventories.drafts + questions + leaving,
                destroying: inventories.keys + [DiscoveryRecords.contentKey(of: member)]
            )
        }
    }

    /// True while nobody is registered here, not even the clearinghouse itself.
    package func isNew() async throws -> Bool {
        try await journal.read { try $0.version(of: MembershipRecords.stream(Membership.system)) == 0 }
    }

    /// The text of a token that nobody has yet, for `bootstrap`.
    package func newTokenText() -> String {
        newToken(lifetime: Membership.longestLifetime).secretText
    }

    /// Makes the clearinghouse its own first member, with this token of every scope; does nothing where that was done before.
    ///
    /// Both are recorded in one append: a start that is killed leaves either nobody or a member with a token. Of several starts
    /// at once, one makes them.
    /// - Returns: true where the token is one of the clearinghouse's now, whether this call or an earlier one made it so.
    /// - Throws: `malformed` where the text is none of `newTokenText`.
    @discardableResult
    package func bootstrap(tokenText: String) async throws -> Bool {
        let expires = environment.now().advanced(by: Membership.longestLifetime)
        guard let token = IssuedToken(secretText: tokenText, expires: expires) else {
            throw Refusal(.malformed, "the first token is not written like one")
        }
        let environment = environment
        return try await journal.append { snapshot in
            let system = Membership.system
            let state = MembershipState(try snapshot.records(of: MembershipRecords.stream(system)))
            guard !state.isRegistered else { return Decision([], answer: state.liveTokens.contains(token.identifier)) }
            return Decision(
                [
                    MembershipRecords.registered(
                        system, name: environment.origin, roles: [.coordinator, .validator],
                        verificationKey: environment.signingKey.verificationKey, by: system
                    ),
                    try MembershipRecords.tokenIssued(
                        system, token: token.identifier, secretDigest: token.secretDigest, scopes: Set(Scope.allCases),
                        expires: token.expires, by: system
                    )
                ],
                answer: true
            )
        }.answer
    }

    /// The clearinghouse itself, as a member.
    package static let system = "clearinghouse"

    /// A year: long enough for a scanner in the field, short enough that a forgotten token dies.
    package static let longestLifetime: Duration = .seconds(366 * 86_400)

    private func newToken(lifetime: Duration) -> IssuedToken {
        IssuedToken(
            identifier: Identifier.text("t", environment.random(10)), secret: Hexadecimal.encode(environment.random(24)),
            expires: environment.now().advanced(by: lifetime)
        )
    }

    private func decide(
        _ command: MembershipState.Command, member: String, by actor: String
    ) async throws {
        _ = try await journal.append { snapshot in
            let state = MembershipState(try snapshot.records(of: MembershipRecords.stream(member)))
            return Decision(try state.decide(command, by: actor))
        }
    }

    static func isHandle(_ text: String) -> Bool {
        (2...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d }
    }
}
