import CivilTime
import Journal
import Sealing

extension Membership {
    /// The principal a bearer token stands for.
    /// - Throws: `unauthorised`, without saying whether the token never existed, was revoked, expired or is mistyped.
    package func authenticate(_ tokenText: String) async throws -> Principal {
        let parts = tokenText.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "bw" else { throw Membership.unauthorised }
        let (identifier, presented) = (String(parts[1]), Digest(hashing: String(parts[2])))
        let now = environment.now().millisecondsSinceEpoch
        return try await journal.read { snapshot in
            let row = try snapshot.firstRow(
                "SELECT member, secret_digest, scopes, expires FROM access_token WHERE id = $1", [.text(identifier)]
            )
            // Digests of a 192-bit random secret may be compared in any time: knowing one digit of a digest helps nobody.
            guard let row, try row.text(1) == presented.hex, try row.integer(3) > now else { throw Membership.unauthorised }
            let scopes = try row.text(2).split(separator: " ").compactMap { Scope(rawValue: String($0)) }
            return Principal(member: try row.text(0), scopes: Set(scopes))
        }
    }

    static var unauthorised: Refusal { Refusal(.unauthorised, "a valid, unexpired access token is needed") }

    package func members() async throws -> [MemberSummary] {
        try await journal.read { snapshot in
            try snapshot.rows("SELECT \(MemberSummary.columns) FROM member ORDER BY id")
                .map(MemberSummary.init(row:))
        }
    }

    package func member(_ identifier: String) async throws -> MemberSummary {
        let found = try await journal.read { snapshot in
            try snapshot.firstRow("SELECT \(MemberSummary.columns) FROM member WHERE id = $1", [.text(identifier)])
                .map(MemberSummary.init(row:))
        }
        guard let found else { throw Refusal(.notFound, "there is no member \(identifier)") }
        return found
    }
}

extension MemberSummary {
    fileprivate static let columns = "id, name, roles, registered, verification_key, withdrawn"

    fileprivate init(row: SQLRow) throws {
        self.init(
            identifier: try row.text(0), name: try row.text(1),
            roles: try row.text(2).split(separator: " ").compactMap { MemberRole(rawValue: String($0)) },
            registered: Timestamp(millisecondsSinceEpoch: try row.integer(3)),
            verificationKey: try row.optionalText(4).flatMap(Hexadecimal.decode).flatMap { VerificationKey(bytes: $0) },
            withdrawn: try row.optionalInteger(5).map { Timestamp(millisecondsSinceEpoch: $0) }
        )
    }
}
