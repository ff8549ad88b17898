import Foundation
import Journal
import Matching
import Sealing
import TestKit
import Testing

@testable import Clearinghouse

@Suite struct InventoryTests {
    /// A list of packages with a secret in it.
    static func list(_ versions: [String: String] = ["left-pad": "1.2.0", "our-secret-library": "0.1"]) -> [UInt8] {
        Array(
            (["ecosystem,name,version"] + versions.sorted { $0.key < $1.key }.map { "npm,\($0),\($1)" }).joined(separator: "\n")
                .utf8)
    }

    /// Two operators, and one advisory about left-pad before 1.3.0.
    private struct Scene {
        let house: House
        let (mill, port): (Principal, Principal)

        init() async throws {
            house = try House()
            mill = try await house.enrol("mill", as: .operator)
            port = try await house.enrol("port", as: .operator)
        }

        @discardableResult
        func deposit(
            _ bytes: [UInt8] = InventoryTests.list(), named name: String = "shop", by principal: Principal? = nil
        ) async throws -> InventoryReceipt {
            try await house.inventories.deposit(
                InventoryDeposit(bytes, named: name, fileName: "list.csv"), by: principal ?? mill
            )
        }

        func publish(_ identifier: String) async throws {
            _ = try await house.distribution.importOSV([Sample.osv(identifier)], from: "test", by: House.desk)
        }

        func rows() async throws -> [String] {
            try await house.tables().filter { $0.hasPrefix("inventory_component: ") }
        }
    }

    @Test func `keeps the bytes exactly, under a key of their own, and a row for each component`() async throws {
        let scene = try await Scene()
        let receipt = try await scene.deposit()
        #expect(receipt.componentCount == 2 && receipt.problems.isEmpty && !receipt.replacedEarlier)
        #expect(try await scene.rows().count == 2)
        let stored = try await scene.house.inventories.inventories(before: .max, limit: 10, for: scene.mill)
        #expect(stored.map(\.name) == ["shop"] && stored.first?.document == Digest(hashing: Self.list()))
        let key = InventoryRecords.contentKey(of: receipt.identifier)
        let bytes = try await scene.house.journal.read { try $0.content(Digest(hashing: Self.list()), sealedUnder: key) }
        #expect(bytes == Self.list())
        try await scene.house.expectProvable()
    }

    @Test func `a later deposit of the same name takes its place, and the same document again changes nothing`() async throws {
        let scene = try await Scene()
        let first = try await scene.deposit()
        try await scene.deposit(named: "other")
        let again = try await scene.deposit()
        #expect(again.isUnchanged && again.identifier == first.identifier)
        #expect(try await scene.house.records().count { $0.kind == InventoryRecords.deposited } == 2)
        let second = try await scene.deposit(Self.list(["left-pad": "1.3.0", "right-pad": "1.0"]))
        #expect(second.identifier == first.identifier && second.replacedEarlier)
        let rows = try await scene.rows()
        #expect(rows.count == 4 && rows.count { $0.contains("our-secret-library") } == 1, "\(rows)")
        try await scene.house.expectProvable()
    }

    @Test func `a new advisory is found for who listed the version, and again only when it changes`() async throws {
        let scene = try await Scene()
        let inventory = try await scene.deposit().identifier
        var page = try await scene.house.inventories.matches(of: inventory, since: -1, limit: 10, for: scene.mill)
        #expect(page.advisories.isEmpty && page.isComplete)
        try await scene.publish("GHSA-1")
        page = try await scene.house.inventories.matches(of: inventory, since: page.next, limit: 10, for: scene.mill)
        let match = try #require(page.advisories.first?.matches.first.first)
        #expect(page.advisories.map(\.advisory) == ["GHSA-1"] && match.component.purl == "pkg:npm/left-pad@1.2.0")
        #expect(match.match.verdict == .affected && match.match.fixedVersion == "1.3.0")
        page = try await scene.house.inventories.matches(of: inventory, since: page.next, limit: 10, for: scene.mill)
        #expect(page.advisories.isEmpty)
        _ = try await scene.house.distribution.importOSV(
            [Sample.osv("GHSA-1", modified: "2026-11-09T00:00:00Z", summary: "Worse")], from: "test", by: House.desk
        )
        page = try await scene.house.inventories.matches(of: inventory, since: page.next, limit: 10, for: scene.mill)
        #expect(page.advisories.map(\.advisory) == ["GHSA-1"])
    }

    @Test func `pages over matches lose and repeat nothing, whatever their size`() async throws {
        let scene = try await Scene()
        let inventory = try await scene.deposit().identifier
        let names = (0..<7).map { "GHSA-\($0)" }
        for name in names { try await scene.publish(name) }
        for limit in 1...8 {
            var (found, since, isComplete) = ([String](), Int64(-1), false)
            while !isComplete {
                let page = try await scene.house.inventories.matches(of: inventory, since: since, limit: limit, for: scene.mill)
                #expect(page.advisories.count <= limit)
                found += page.advisories.map(\.advisory)
                (since, isComplete) = (page.next, page.isComplete)
            }
            #expect(found == names, "limit \(limit)")
        }
    }

    @Test func `an advisory names the caller's inventories with the evidence, and the number of all`() async throws {
        let scene = try await Scene()
        try await scene.publish("GHSA-1")
        let osv = try await scene.house.distribution.osv("GHSA-1")
        for number in 0..<5 { try await scene.deposit(named: "shop \(number)") }
        try await scene.deposit(by: scene.port)
        try await scene.deposit(Self.list(["left-pad": "1.3.0"]), named: "mended", by: scene.port)
        try await scene.deposit(Self.list(["left-pad": "what?"]), named: "unclear", by: scene.port)
        for limit in 1...6 {
            var (found, after): ([ConcernedInventory], Int64?) = ([], -1)
            while let place = after {
                let page = try await scene.house.inventories.inventories(
                    concernedBy: osv, after: place, limit: limit, for: scene.mill
                )
                (found, after) = (found + page.inventories, page.next)
            }
            #expect(found.map(\.inventory.name) == (0..<5).map { "shop \($0)" }, "limit \(limit)")
            #expect(found.allSatisfy { $0.matches.first.first?.match.evidence.text == "introduced 0, fixed 1.3.0" })
        }
        let count = try await scene.house.inventories.concernedCount(of: osv, for: House.desk)
        #expect(count == ConcernedCount(affected: 6, undecided: 1))
        try await scene.house.expectRefusal(.forbidden) {
            _ = try await scene.house.inventories.concernedCount(of: osv, for: scene.port)
        }
    }

    @Test func `of an advisory that concerns thousands of its components it shows the first, and the number of the others`()
        async throws
    {
        let scene = try await Scene()
        let lines = ["ecosystem,name,version"] + (0..<1_500).map { "npm,left-pad,1.0.\($0)" }
        let inventory = try await scene.deposit(Array(lines.joined(separator: "\n").utf8), named: "many").identifier
        for number in 0..<30 { try await scene.publish("GHSA-\(number)") }
        var (found, since, pages, isComplete) = ([AdvisoryMatches](), Int64(-1), 0, false)
        while !isComplete {
            let page = try await scene.house.inventories.matches(of: inventory, since: since, limit: 1_000, for: scene.mill)
            (found, since, isComplete) = (found + page.advisories, page.next, page.isComplete)
            pages += 1
        }
        #expect(found.count == 30 && pages == 3, "a page has some 20,000 matches")
        #expect(found.allSatisfy { $0.matches.first.count == 1_000 && $0.matches.omittedCount == 500 })
        let osv = try await scene.house.distribution.osv("GHSA-1")
        let concerned = try await scene.house.inventories.inventories(concernedBy: osv, after: -1, limit: 9, for: scene.mill)
        #expect(concerned.inventories.first?.matches.omittedCount == 500 && concerned.next == nil)
    }

    @Test func `another member learns nothing of it, not even that it is there`() async throws {
        let scene = try await Scene()
        let inventory = try await scene.deposit().identifier
        for principal in [scene.port, House.desk] {
            try await scene.house.expectRefusal(.notFound) {
                _ = try await scene.house.inventories.matches(of: inventory, since: -1, limit: 1, for: principal)
            }
            try await scene.house.expectRefusal(.notFound) {
                try await scene.house.inventories.withdraw(inventory, by: principal)
            }
            #expect(try await scene.house.inventories.inventories(before: .max, limit: 9, for: principal).isEmpty)
        }
        let scopeless = Principal(member: "mill", scopes: [])
        try await scene.house.expectRefusal(.forbidden) { try await scene.deposit(by: scopeless) }
        try await scene.house.expectRefusal(.forbidden) {
            _ = try await scene.house.inventories.inventories(before: .max, limit: 9, for: scopeless)
        }
    }

    @Test func `after it is withdrawn no row, no word and no key of it is left, in no file`() async throws {
        let scene = try await Scene()
        for number in 0..<200 {
            try await scene.deposit(
                Self.list(["our-secret-library": "0.\(number)", "left-pad": "1.2.0"]), named: "noise", by: scene.port)
        }
        let inventory = try await scene.deposit(Self.list(["quite-unique-library": "0.1"])).identifier
        let key = try await scene.house.journal.read { snapshot in
            try snapshot.firstRow("SELECT wrapped FROM content_key WHERE name = $1", [.text("inventory/\(inventory)")])?.blob(0)
        }
        let (words, wrapped) = (Data("quite-unique-library".utf8), Data(try #require(key)))
        #expect(try scene.house.files().contains { Data($0).range(of: words) != nil })
        try await scene.house.inventories.withdraw(inventory, by: scene.mill)
        for file in try scene.house.files() {
            #expect(Data(file).range(of: words) == nil && Data(file).range(of: wrapped) == nil)
        }
        #expect(try await scene.rows().count == 2, "the other member's stay")
        let sealed = try await scene.house.records().filter { $0.contentKey == InventoryRecords.contentKey(of: inventory) }
        #expect(sealed.count == 2 && sealed.allSatisfy { $0.payload == nil })
        try await scene.house.expectProvable()
        let anew = try await scene.deposit()
        #expect(anew.identifier != inventory && !anew.replacedEarlier, "the name is free again")
        try await scene.house.expectProvable()
    }

    @Test func `two spellings of one accented letter are two rows, as databases have them, and both go`() async throws {
        let scene = try await Scene()
        let inventory = try await scene.deposit(Self.list(["caf\u{E9}": "1.0"])).identifier
        try await scene.deposit(Self.list(["cafe\u{301}": "1.0"]))
        #expect(try await scene.rows().count == 1)
        try await scene.house.expectProvable()
        try await scene.house.inventories.withdraw(inventory, by: scene.mill)
        #expect(try await scene.rows().isEmpty)
    }

    @Test func `a member that leaves takes its inventories along, and nobody else's`() async throws {
        let scene = try await Scene()
        try await scene.deposit()
        try await scene.deposit(named: "second")
        try await scene.deposit(Self.list(["left-pad": "1.0.0"]), by: scene.port)
        try await scene.house.membership.withdraw("mill", reason: "moved on", by: House.desk)
        let lines = try await scene.house.tables().filter { $0.hasPrefix("inventory") }
        #expect(lines.count == 2 && !lines.contains { $0.contains("secret") }, "\(lines)")
        try await scene.house.expectProvable()
        try await scene.house.expectRefusal(.conflict, "nothing is kept for who has left") { try await scene.deposit() }
    }

    @Test func `a document that is none is refused with its place, and a name that is none`() async throws {
        let scene = try await Scene()
        func deposit(_ text: String, named name: String = "shop", file: String = "") async throws {
            _ = try await scene.house.inventories.deposit(
                InventoryDeposit(Array(text.utf8), named: name, fileName: file), by: scene.mill
            )
        }
        let nameless = "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[{\"name\":7}]}"
        let byte = try #require(Array(nameless.utf8).firstIndex(of: UInt8(ascii: "7")))
        try await scene.house.expectRefusal(.malformed, at: "/components/0/name, byte \(byte)") { try await deposit(nameless) }
        try await scene.house.expectRefusal(.malformed) { try await deposit("{}") }
        for name in ["", String(repeating: "n", count: 201), "a\nb"] {
            try await scene.house.expectRefusal(.malformed, at: "query parameter name") {
                try await deposit("ecosystem,name,version\nnpm,left-pad,1", named: name, file: "list.csv")
            }
        }
    }

    @Test func `what can't be asked about is named and stops nothing`() async throws {
        let scene = try await Scene()
        let long = String(repeating: "9", count: 3_000)
        let receipt = try await scene.deposit(Self.list(["left-pad": "1.2.0", "right-pad": long, "mid-pad": "1\u{7}"]))
        #expect(receipt.componentCount == 1 && receipt.problems.count >= 1, "\(receipt)")
        let dpkg = Array("Package: openssl\nStatus: install ok installed\nVersion: 3.0.11-1\n\n".utf8)
        // In the place of an earlier deposit, nothing at all would be a clean bill of health.
        for (bytes, release) in [(dpkg, nil), (dpkg, "debian:12"), (dpkg, "CPE::::::::::::"), (Self.list([:]), nil)] {
            #expect(throws: Refusal.self, "\(release ?? "")") {
                try InventoryDeposit(bytes, named: "host", fileName: bytes == dpkg ? "status" : "list.csv", release: release)
            }
        }
        let released = try InventoryDeposit(dpkg, named: "host", fileName: "status", release: "Debian:12")
        #expect(released.componentCount == 1 && released.problems.isEmpty)
    }
}
