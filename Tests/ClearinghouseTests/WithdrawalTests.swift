import Foundation
import JSONText
import Journal
import Sealing
import TestKit
import Testing

@testable import Clearinghouse

/// A member leaves, and takes along what it handed in.
@Suite struct WithdrawalTests {
    /// Two labs that found the same bug, and one of them a second one.
    private struct Scene {
        let house: House
        let first: Principal
        let second: Principal
        let shared: FindingReceipt
        let own: FindingReceipt

        init() async throws {
            house = try House(runner: FakeSandbox().runner)
            first = try await house.enrol("lab-a", as: .finder)
            second = try await house.enrol("lab-b", as: .finder)
            shared = try await house.submit(Sample.report("A secret of lab A"), by: first)
            own = try await house.submit(Sample.report("Another secret", function: "tide_close"), by: first)
            try await house.submit(Sample.report("Lab B's words"), by: second)
            try await house.validation.attach(
                Sample.manifest.canonicalBytes(), try Sample.bundle(), to: shared.finding, by: first
            )
            _ = try await house.validation.request(finding: shared.finding, by: House.desk)
            _ = try await house.validation.runNextReplay()
        }

        func withdraw(by principal: Principal = House.desk) async throws {
            try await house.membership.withdraw("lab-a", reason: "moved on", by: principal)
        }
    }

    @Test func `nothing it handed in can be read any more, in any table or record`() async throws {
        let scene = try await Scene()
        try await scene.withdraw()
        for line in try await scene.house.tables() {
            #expect(!line.contains("secret") && !line.contains(scene.shared.finding), "\(line)")
        }
        let sealed = try await scene.house.records().filter { $0.contentKey == DiscoveryRecords.contentKey(of: "lab-a") }
        #expect(sealed.count == 7 && sealed.allSatisfy { $0.payload == nil })
        try await scene.house.expectRefusal(.notFound) {
            _ = try await scene.house.discovery.finding(scene.shared.finding, for: House.desk)
        }
        try await scene.house.expectProvable()
    }

    @Test func `no byte of its words or of its key is left in the database's files`() async throws {
        let scene = try await Scene()
        for number in 0..<300 {
            try await scene.house.submit(
                Sample.report("A secret of lab A, number \(number)", function: "f\(number)"), by: scene.first)
        }
        let wrapped = try await scene.house.journal.read { snapshot in
            try snapshot.firstRow("SELECT wrapped FROM content_key WHERE name = 'member/lab-a'")?.blob(0)
        }
        let (words, key) = (Array("A secret of lab A".utf8), try #require(wrapped))
        #expect(try scene.house.files().contains { $0.holds(words) } && scene.house.files().contains { $0.holds(key) })
        try await scene.withdraw()
        for file in try scene.house.files() { #expect(!file.holds(words) && !file.holds(key)) }
    }

    @Test func `what others reported stays, under their own words`() async throws {
        let scene = try await Scene()
        try await scene.withdraw()
        let left = try await scene.house.discovery.vulnerability(scene.shared.vulnerability, for: House.desk)
        #expect(left.title == "Lab B's words" && left.findings.map(\.member) == ["lab-b"])
        let again = try await scene.house.submit(Sample.report("Third"), key: "3", by: scene.second)
        #expect(again.vulnerability == scene.shared.vulnerability, "its fingerprints still lead there")
        let gone = try await scene.house.submit(Sample.report("New", function: "tide_close"), key: "4", by: scene.second)
        #expect(!gone.joinedExisting, "those of the member that left lead nowhere")
        try await scene.house.expectProvable()
    }

    @Test func `its tokens end, and nothing new is taken from it`() async throws {
        let scene = try await Scene()
        let token = try await scene.house.membership.issueToken(
            to: "lab-a", scopes: [.submitFindings], lifetime: .seconds(60), by: House.desk
        )
        try await scene.withdraw()
        try await scene.house.expectRefusal(.unauthorised) {
            _ = try await scene.house.membership.authenticate(token.secretText)
        }
        let error = await #expect(throws: JournalError.self) {
            try await scene.house.submit(Sample.report("Late"), key: "late", by: scene.first)
        }
        #expect(error?.code == .keyDestroyed)
        try await scene.house.expectRefusal(.conflict) {
            _ = try await scene.house.membership.issueToken(
                to: "lab-a", scopes: [.submitFindings], lifetime: .seconds(60), by: House.desk
            )
        }
        try await scene.house.expectRefusal(.conflict) { _ = try await scene.house.enrol("lab-a", as: .finder) }
        try await scene.house.expectRefusal(.conflict, "leaving once is enough") { try await scene.withdraw() }
        let member = try await scene.house.membership.member("lab-a")
        #expect(member.withdrawn == scene.house.now && member.verificationKey == nil && member.name == "The lab-a")
    }

    @Test func `leaving takes a scope no token has by itself, and the clearinghouse stays`() async throws {
        let scene = try await Scene()
        try await scene.house.expectRefusal(.forbidden) { try await scene.withdraw(by: scene.first) }
        let others = Principal(member: "lab-b", scopes: [.withdraw])
        try await scene.house.expectRefusal(.forbidden) { try await scene.withdraw(by: others) }
        try await scene.house.expectRefusal(.malformed, at: "/reason") {
            try await scene.house.membership.withdraw("lab-a", reason: "", by: House.desk)
        }
        try await scene.house.expectRefusal(.notFound) {
            try await scene.house.membership.withdraw("lab-x", reason: "r", by: House.desk)
        }
        try await scene.house.membership.bootstrap(tokenText: scene.house.membership.newTokenText())
        try await scene.house.expectRefusal(.conflict) {
            try await scene.house.membership.withdraw(Membership.system, reason: "r", by: House.desk)
        }
        for role in MemberRole.allCases { #expect(!Scope.usual(for: role).contains(.withdraw)) }
        try await scene.withdraw(by: Principal(member: "lab-a", scopes: [.withdraw]))
        #expect(try await scene.house.membership.member("lab-a").withdrawn != nil)
    }
}

extension [UInt8] {
    fileprivate func holds(_ pattern: [UInt8]) -> Bool { Data(self).range(of: Data(pattern)) != nil }
}
