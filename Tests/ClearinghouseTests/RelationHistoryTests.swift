import Journal
import TestSupport
import Testing

@testable import Clearinghouse
@testable import Correlation

/// Relations over time: several servers, stops, later signals, and whatever order things are done and undone in.
@Suite struct RelationHistoryTests {
    /// Three labs, three bugs, each told by every lab in the same words.
    private static func house(seed: UInt64 = 1) async throws -> House {
        let house = try House(seed: seed)
        for lab in ["lab-a", "lab-b", "lab-c"] {
            let principal = try await house.enrol(lab, as: .finder)
            for (number, verb) in ["reading", "closing", "seeking"].enumerated() {
                let detail = "\(Telling.detail) It happens while \(verb) number \(number)\(number)\(number)."
                try await house.submit(
                    Telling.report(package: "pkg:npm/tide\(number)@1.0.0", detail: detail), key: "\(lab) \(verb)", by: principal)
            }
        }
        return house
    }

    private static func foundStreams(_ house: House) async throws -> [String] {
        try await house.records().filter { $0.kind == RelationRecords.found }.map(\.stream.text)
    }

    @Test func `two servers record a relation once`() async throws {
        let house = try await Self.house()
        let (one, two) = (house.correlator(), house.correlator())
        async let first: Void = one.finish()
        async let second: Void = two.finish()
        _ = try await (first, second)
        let streams = try await Self.foundStreams(house)
        #expect(!streams.isEmpty && Set(streams).count == streams.count)
        #expect(Set(try await house.places().values).count == 3)
        // Both go on with what arrives later.
        let lab = try await house.enrol("lab-d", as: .finder)
        let detail = "\(Telling.detail) It happens while reading number 000."
        let late = try await house.submit(Telling.report(package: "pkg:npm/tide0@1.0.0", detail: detail), key: "late", by: lab)
        async let third: Void = one.finish()
        async let fourth: Void = two.finish()
        _ = try await (third, fourth)
        #expect(try await house.discovery.finding(late.finding, for: lab).summary.finderCount == 4)
        let now = try await Self.foundStreams(house)
        #expect(Set(now).count == now.count)
        try await house.expectProvable()
    }

    @Test func `a page of findings ends where its bytes are many, and the next begins there`() async throws {
        let house = try await Self.house()
        let whole = try await FindingPage(from: 0, upTo: .max / 2, in: house.journal)
        #expect(whole.isLast && whole.events.count == 9)
        var (next, pages): (Int64, [Int]) = (0, [])
        while true {
            let page = try await FindingPage(from: next, upTo: .max / 2, bytes: 1, in: house.journal)
            pages.append(page.events.count)
            #expect(page.next > next)
            next = page.next
            if page.isLast { break }
        }
        #expect(pages == Array(repeating: 1, count: 9) && next == whole.next)
    }

    @Test func `a server that stops anywhere between reading and appending leaves the same relations`() async throws {
        let whole = try await Self.house()
        try await whole.correlate()
        let wanted = try await whole.tables()
        for stop in 1..<8 {
            let house = try await Self.house()
            let killed = house.correlator()
            for _ in 0..<stop { _ = try await killed.step() }
            try await house.correlate()
            expectSame(wanted, try await house.tables(), "stopped after \(stop) steps")
        }
    }

    @Test func `a start over what is recorded appends nothing`() async throws {
        let house = try await Self.house()
        try await house.correlate()
        let count = try await house.recordCount()
        try await house.correlate()
        #expect(try await house.recordCount() == count)
    }

    /// Signals of a later version that judge by the whole text alone.
    private static func later(_ weights: [Signal: Float]) -> SignalModel {
        SignalModel(weights, bias: -1, threshold: 1, rivalMargin: 0.3, version: 2)
    }

    @Test func `a later version of the signals looks at everything anew and records only what changed`() async throws {
        let house = try await Self.house()
        let home = try await house.places()
        try await house.correlate()
        let together = try await house.places()
        let relations = try await house.discovery.relations(limit: 99, for: House.desk)
        let undone = try #require(relations.first)
        try await house.discovery.undo(relation: undone.identifier, reason: "no", by: House.desk)
        let restored = try #require(relations.dropFirst().first)
        try await house.discovery.undo(relation: restored.identifier, reason: "no", by: House.desk)
        try await house.discovery.restore(relation: restored.identifier, reason: "yes", by: House.desk)

        // It says the same, more surely: only the pair that was undone is looked at anew, and waits for a person.
        try await house.correlate(Self.later([.sameText: 60, .package: 1]))
        let proposed = try await house.discovery.relation(undone.identifier, for: House.desk)
        #expect(proposed.waits && proposed.version == 2 && proposed.obstacle?.contains("undone") == true)
        #expect(try await house.places()[undone.finding] == home[undone.finding])
        #expect(try await house.discovery.relation(restored.identifier, for: House.desk).version == 1)
        let count = try await house.recordCount()
        try await house.correlate(Self.later([.sameText: 60, .package: 1]))
        #expect(try await house.recordCount() == count, "and only once")
        try await house.expectProvable()

        // It calls nothing a duplicate: what no person restored is taken back.
        let sceptical = try await Self.house()
        try await sceptical.correlate()
        let kept = try #require(try await sceptical.discovery.relations(limit: 99, for: House.desk).first)
        try await sceptical.discovery.undo(relation: kept.identifier, reason: "no", by: House.desk)
        try await sceptical.discovery.restore(relation: kept.identifier, reason: "yes", by: House.desk)
        try await sceptical.correlate(Self.later([.sameText: -5]))
        for (finding, vulnerability) in try await sceptical.places() {
            #expect(vulnerability == (finding == kept.finding ? together[finding] : home[finding]))
        }
        try await sceptical.expectProvable()
    }

    @Test func `an older version of the signals takes nothing of a later one back`() async throws {
        let house = try await Self.house()
        try await house.correlate(Self.later([.sameText: 60, .package: 1]))
        let tables = try await house.tables()
        try await house.correlate()
        expectSame(tables, try await house.tables(), "nothing changed")
    }

    // MARK: whatever order

    @Test func `whatever is found, undone and restored, undoing all leads every finding home`() async throws {
        for _ in 0..<4 {
            let seed = UInt64.random(in: .min ... .max)
            print("relations in any order: seed \(seed)")
            var generator = SeededGenerator(seed: seed)
            let house = try await Self.house(seed: 1)
            let home = try await house.places()
            let findings = home.keys.sorted()
            for step in 0..<40 {
                let before = try await house.places()
                try await Self.change(house, findings, &generator)
                let after = try await house.places()
                #expect(after.keys.sorted() == findings, "seed \(seed), step \(step): a finding is lost")
                #expect(before.filter { after[$0.key] != $0.value }.count <= 1, "seed \(seed), step \(step): more than one moved")
            }
            let tables = try await house.tables()
            for relation in try await Self.relations(house, in: [.undone]) {
                try await Self.expectInverse(house, relation, "seed \(seed)")
            }
            for relation in try await Self.relations(house, in: [.found, .restored]).shuffled(using: &generator) {
                try await house.discovery.undo(relation: relation, reason: "all back", by: House.desk)
            }
            #expect(try await house.places() == home, "seed \(seed)")
            #expect(!tables.isEmpty)
            try await house.expectProvable("seed \(seed)")
        }
    }

    private static func change(_ house: House, _ findings: [String], _ generator: inout SeededGenerator) async throws {
        switch generator.below(4) {
        case 0:
            let standing = try await relations(house, in: [.found, .restored])
            guard !standing.isEmpty else { return }
            try await house.discovery.undo(relation: generator.pick(standing), reason: "by chance", by: House.desk)
        case 1:
            let undone = try await relations(house, in: [.undone])
            guard !undone.isEmpty else { return }
            try await house.discovery.restore(relation: generator.pick(undone), reason: "by chance", by: House.desk)
        default:
            let (first, second) = (generator.pick(findings), generator.pick(findings))
            let kind: RelationKind = generator.below(5) == 0 ? .variant : .duplicate
            let judgement = Telling.judgement(first, second, kind, version: Int64(1 + generator.below(2)))
            let environment = house.environment
            _ = try await house.journal.append { snapshot in
                Decision(try RelationCase(judgement, in: snapshot, environment)?.drafts(belongs: true) ?? [])
            }
        }
    }

    private static func relations(_ house: House, in states: Set<FindingRelation.State>) async throws -> [String] {
        try await house.discovery.relations(limit: 1_000, for: House.desk).filter { states.contains($0.state) }.map(\.identifier)
    }

    /// Restoring and undoing leaves every finding where it was.
    private static func expectInverse(_ house: House, _ relation: String, _ comment: Comment) async throws {
        let before = try await house.places()
        try await house.discovery.restore(relation: relation, reason: "to see", by: House.desk)
        try await house.discovery.undo(relation: relation, reason: "to see", by: House.desk)
        #expect(try await house.places() == before, comment)
    }
}
