import CivilTime
import Journal
import Sealing
import Testing

@testable import Clearinghouse

@Suite struct MembershipTests {
    @Test func `registers a member with its roles and its key`() async throws {
        let house = try House()
        let key = House.key(of: "lab-a").verificationKey
        try await house.membership.register(
            "lab-a", name: "Lab A", roles: [.finder, .vendor], verificationKey: key, by: House.desk
        )
        let member = try await house.membership.member("lab-a")
        #expect(member.name == "Lab A" && member.roles == [.finder, .vendor])
        #expect(member.verificationKey == key && member.registered == house.now)
        #expect(try await house.membership.members().map(\.identifier) == ["lab-a"])
        try await house.expectProvable()
    }

    @Test func `refuses a second member of the same name, and names no identifier may have`() async throws {
        let house = try House()
        _ = try await house.enrol("lab-a", as: .finder)
        try await house.expectRefusal(.conflict) {
            try await house.membership.register("lab-a", name: "Another", roles: [.finder], by: House.desk)
        }
        for handle in ["", "a", "Lab", "lab a", "lab/a", "läb", String(repeating: "a", count: 41)] {
            try await house.expectRefusal(.malformed, at: "/id", "\(handle)") {
                try await house.membership.register(handle, name: "X", roles: [.finder], by: House.desk)
            }
        }
        for name in ["", String(repeating: "x", count: 201)] {
            try await house.expectRefusal(.malformed, at: "/name") {
                try await house.membership.register("lab-b", name: name, roles: [.finder], by: House.desk)
            }
        }
        try await house.expectRefusal(.malformed, at: "/roles") {
            try await house.membership.register("lab-b", name: "X", roles: [], by: House.desk)
        }
        try await house.expectRefusal(.notFound) { _ = try await house.membership.member("lab-b") }
    }

    @Test func `lets nobody register or issue without the scope`() async throws {
        let house = try House()
        let finder = try await house.enrol("lab-a", as: .finder)
        try await house.expectRefusal(.forbidden) {
            try await house.membership.register("lab-b", name: "B", roles: [.finder], by: finder)
        }
        try await house.expectRefusal(.forbidden) {
            _ = try await house.membership.issueToken(to: "lab-a", scopes: [.publish], lifetime: .seconds(60), by: finder)
        }
    }

    @Test func `a token stands for its member with exactly its scopes, and its secret is kept nowhere`() async throws {
        let house = try House()
        _ = try await house.enrol("lab-a", as: .finder)
        let token = try await house.membership.issueToken(
            to: "lab-a", scopes: [.submitFindings, .readFindings], lifetime: .seconds(3_600), by: House.desk
        )
        let principal = try await house.membership.authenticate(token.secretText)
        #expect(principal.member == "lab-a" && principal.scopes == [.submitFindings, .readFindings])
        try principal.require(.submitFindings)
        #expect(throws: Refusal.self) { try principal.require(.publish) }
        let secret = try #require(token.secretText.split(separator: "_").last)
        #expect(try await house.tables().allSatisfy { !$0.contains(secret) })
        for record in try await house.records() {
            #expect(!String(decoding: record.storedPayload, as: UTF8.self).contains(secret))
        }
        try await house.expectProvable()
    }

    @Test func `a token is valid to the last millisecond of its lifetime`() async throws {
        let house = try House()
        _ = try await house.enrol("lab-a", as: .finder)
        let token = try await house.membership.issueToken(
            to: "lab-a", scopes: [.readFindings], lifetime: .seconds(60), by: House.desk
        )
        #expect(token.expires == house.now.advanced(by: .seconds(60)))
        house.wait(.milliseconds(59_999))
        _ = try await house.membership.authenticate(token.secretText)
        house.wait(.milliseconds(1))
        try await house.expectRefusal(.unauthorised) { _ = try await house.membership.authenticate(token.secretText) }
    }

    @Test func `refuses lifetimes out of range and unknown members`() async throws {
        let house = try House()
        _ = try await house.enrol("lab-a", as: .finder)
        for lifetime: Duration in [.zero, .seconds(-1), Membership.longestLifetime + .seconds(1)] {
            try await house.expectRefusal(.malformed, at: "/lifetimeInSeconds") {
                _ = try await house.membership.issueToken(to: "lab-a", scopes: [], lifetime: lifetime, by: House.desk)
            }
        }
        try await house.expectRefusal(.notFound) {
            _ = try await house.membership.issueToken(to: "lab-b", scopes: [], lifetime: .seconds(1), by: House.desk)
        }
    }

    @Test func `a revoked token dies at once, and only once`() async throws {
        let house = try House()
        let finder = try await house.enrol("lab-a", as: .finder)
        let other = try await house.enrol("lab-b", as: .finder)
        let scopes: Set<Scope> = [.readFindings]
        let (first, second) = (
            try await house.membership.issueToken(to: "lab-a", scopes: scopes, lifetime: .seconds(60), by: House.desk),
            try await house.membership.issueToken(to: "lab-a", scopes: scopes, lifetime: .seconds(60), by: House.desk)
        )
        try await house.expectRefusal(.forbidden) {
            try await house.membership.revokeToken(first.identifier, of: "lab-a", by: other)
        }
        try await house.membership.revokeToken(first.identifier, of: "lab-a", by: finder)
        try await house.expectRefusal(.unauthorised) { _ = try await house.membership.authenticate(first.secretText) }
        _ = try await house.membership.authenticate(second.secretText)
        try await house.expectRefusal(.notFound) {
            try await house.membership.revokeToken(first.identifier, of: "lab-a", by: finder)
        }
        // A token of somebody else's is not found under one's own name either.
        try await house.expectRefusal(.notFound) {
            try await house.membership.revokeToken(second.identifier, of: "lab-b", by: other)
        }
        try await house.expectProvable()
    }

    @Test func `refuses every text that is not exactly an issued token`() async throws {
        let house = try House()
        _ = try await house.enrol("lab-a", as: .finder)
        let token = try await house.membership.issueToken(
            to: "lab-a", scopes: [.readFindings], lifetime: .seconds(60), by: House.desk
        )
        let text = token.secretText
        let flipped = String(text.dropLast()) + (text.hasSuffix("0") ? "1" : "0")
        for wrong in ["", "bw", "bw__", "bw_\(token.identifier)_", "xx" + text.dropFirst(2), text + "_", flipped, " " + text] {
            try await house.expectRefusal(.unauthorised, "\(wrong)") { _ = try await house.membership.authenticate(wrong) }
        }
        // The digest that the table holds is not the secret.
        let digest = try await house.journal.read { try $0.firstRow("SELECT secret_digest FROM access_token")?.text(0) }
        let stolen = try #require(digest)
        try await house.expectRefusal(.unauthorised) {
            _ = try await house.membership.authenticate("bw_\(token.identifier)_\(stolen)")
        }
    }

    @Test func `bootstraps once, with a token for everything`() async throws {
        let house = try House()
        let token = house.membership.newTokenText()
        #expect(try await house.membership.isNew())
        #expect(try await house.membership.bootstrap(tokenText: token))
        #expect(try await house.membership.authenticate(token).scopes == Set(Scope.allCases))
        #expect(try await house.membership.bootstrap(tokenText: token), "a start that was killed after it finds its token")
        #expect(try await house.membership.bootstrap(tokenText: house.membership.newTokenText()) == false)
        #expect(try await house.membership.isNew() == false)
        try await house.expectRefusal(.malformed) { try await house.membership.bootstrap(tokenText: "hunter2") }
        let members = try await house.membership.members()
        #expect(members.map(\.identifier) == ["clearinghouse"] && members[0].name == "breakwater.example")
        #expect(members[0].verificationKey == house.environment.signingKey.verificationKey)
        try await house.expectProvable()
    }

    @Test func `bootstraps in one append, so that no kill leaves a house without a key`() async throws {
        let house = try House()
        try await house.membership.bootstrap(tokenText: house.membership.newTokenText())
        let times = try await house.records().map(\.kind.text)
        #expect(times == ["member.registered", "token.issued"])
        // The first append of a fault-injecting journal that dies after it must have carried the token already.
        let dying = DyingJournal(house: try House())
        _ = try? await Membership(journal: dying, environment: house.environment)
            .bootstrap(tokenText: house.membership.newTokenText())
        let tokens = try await dying.house.journal.read { try $0.rows("SELECT id FROM access_token").count }
        let members = try await dying.house.membership.members().count
        #expect((members, tokens) == (1, 1))
    }

    @Test func `bootstraps once when two servers start together`() async throws {
        let house = try House()
        let firsts = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                group.addTask { try await house.membership.bootstrap(tokenText: house.membership.newTokenText()) }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(firsts == 1)
        #expect(try await house.recordCount() == 2)
    }
}

/// A journal whose process is killed after its first append.
private final class DyingJournal: Journal {
    let house: House
    private let life = Life()

    private actor Life {
        private var isOver = false

        func spend() throws {
            guard !isOver else { throw JournalError(.closed, "killed") }
            isOver = true
        }
    }

    init(house: House) {
        self.house = house
    }

    func append<Answer: Sendable>(
        _ decide: @escaping @Sendable (JournalSnapshot) throws -> Decision<Answer>
    ) async throws -> Appended<Answer> {
        try await life.spend()
        return try await house.journal.append(decide)
    }

    func read<Answer: Sendable>(_ query: @escaping @Sendable (JournalSnapshot) throws -> Answer) async throws -> Answer {
        try await house.journal.read(query)
    }

    func integrate() async throws -> StoredCheckpoint? { try await house.journal.integrate() }
    func leaseJob(kinds: [String], for duration: Duration) async throws -> LeasedJob? { nil }
    func renewJob(_ job: LeasedJob, for duration: Duration) async throws -> Bool { true }
    func releaseJob(_ job: LeasedJob, as release: JobRelease) async throws {}
    func rebuild() async throws -> Int64 { try await house.journal.rebuild() }
}
