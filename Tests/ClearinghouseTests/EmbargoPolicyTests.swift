import CivilTime
import JSONText
import Journal
import Testing

@testable import Clearinghouse

@Suite struct EmbargoPolicyTests {
    @Test func `gives 90 days to one finder, and less the more found it independently`() {
        let policy = EmbargoPolicy.standard
        #expect(policy.step(forFinders: 1)?.days == 90 && policy.step(forFinders: 0)?.days == 90)
        for count in 1..<20 {
            let (fewer, more) = (policy.step(forFinders: count), policy.step(forFinders: count + 1))
            #expect((fewer?.days ?? 0) >= (more?.days ?? .max), "\(count)")
        }
        #expect((policy.step(forFinders: 1_000)?.days ?? 0) > 0)
        #expect(policy.steps.map(\.finders) == policy.steps.map(\.finders).sorted() && policy.steps.first?.finders == 1)
        #expect(policy.steps.allSatisfy { !$0.reason.isEmpty })
        let opened = Timestamp(millisecondsSinceEpoch: 1_800_000_000_123)
        #expect(policy.deadline(from: opened, finders: 1) == opened.advanced(byDays: 90), "to the millisecond")
    }

    @Test func `a case without a deadline gets the policy's, and a longer one needs a reason`() async throws {
        let scene = try await CoordinationTests.Scene()
        let (house, now) = (scene.house, scene.house.now)
        func open(_ until: Timestamp?, because reason: String? = nil, of vulnerability: String? = nil) async throws -> Timestamp {
            let opening = CaseOpening(
                vulnerability: vulnerability ?? scene.vulnerability, vendor: "vendor", title: "t", embargoUntil: until,
                longerBecause: reason)
            let identifier = try await house.coordination.open(opening, by: House.desk)
            return try await house.coordination.caseSummary(identifier, for: House.desk).embargoUntil
        }
        let limit = now.advanced(byDays: 90)
        for reason in [nil, ""] {
            try await house.expectRefusal(.malformed, at: "/longerBecause") {
                _ = try await open(limit.advanced(by: .milliseconds(1)), because: reason)
            }
        }
        #expect(try await open(nil) == limit)
        let others = try await ["g", "h"].asyncMap { try await house.submit(Sample.report($0, function: $0), by: scene.lab) }
        #expect(try await open(limit, of: others[0].vulnerability) == limit, "as long as the policy says needs none")
        let longer = limit.advanced(byDays: 30)
        #expect(try await open(longer, because: "hardware", of: others[1].vulnerability) == longer)
        let record = try #require(try await house.records().last { $0.kind == CoordinationRecords.opened })
        #expect(record.payload?["longerBecause"]?.string == "hardware")
    }

    @Test func `a second finder halves nothing by itself: the coordinator is told, and moves it`() async throws {
        let scene = try await CoordinationTests.Scene()
        let (house, now) = (scene.house, scene.house.now)
        let identifier = try await house.coordination.open(
            CaseOpening(vulnerability: scene.vulnerability, vendor: "vendor", title: "t"), by: House.desk)
        try await house.submit(Sample.report("Again"), key: "again", by: scene.lab)
        #expect(
            try await house.coordination.caseSummary(identifier, for: House.desk).suggestion == nil,
            "the same member once more is no collision")
        let other = try await house.enrol("lab-b", as: .finder)
        try await house.submit(Sample.report("Mine"), key: "mine", by: other)
        let seen = try await house.coordination.caseSummary(identifier, for: House.desk)
        #expect(seen.embargoUntil == now.advanced(byDays: 90) && seen.finderCount == 2)
        #expect(seen.suggestion?.until == now.advanced(byDays: 60) && seen.suggestion?.finders == 2)
        #expect(try await house.coordination.caseSummary(identifier, for: scene.vendor).suggestion == nil, "the desk's")
        let records = try await house.records().filter { $0.kind == CoordinationRecords.embargoSuggested }
        #expect(records.count == 1 && records[0].stream == CoordinationRecords.stream(identifier))
        try await house.expectProvable()

        try await house.coordination.moveEmbargo(
            of: identifier, until: now.advanced(byDays: 60), reason: "two found it", by: House.desk)
        #expect(try await house.coordination.caseSummary(identifier, for: House.desk).suggestion == nil)
        // A third, long after: what would have ended already ends now, not in the past.
        house.wait(.seconds(50 * 86_400))
        let third = try await house.enrol("lab-c", as: .finder)
        try await house.submit(Sample.report("Third"), key: "third", by: third)
        #expect(try await house.coordination.caseSummary(identifier, for: House.desk).suggestion?.until == house.now)
        try await house.expectProvable()
    }

    @Test func `the suggestion ends with the finder: by an undone relation, a finding moved away, a member that left`()
        async throws
    {
        func suggestion(_ house: House, _ identifier: String) async throws -> EmbargoSuggestion? {
            try await house.coordination.caseSummary(identifier, for: House.desk).suggestion
        }
        let told = try await RelationTests.Scene()
        _ = try await told.house.enrol("vendor", as: .vendor)
        let related = try await told.house.coordination.open(
            CaseOpening(vulnerability: told.first.vulnerability, vendor: "vendor", title: "t"), by: House.desk)
        try await told.house.correlate()
        #expect(try await suggestion(told.house, related)?.finders == 2)
        try await told.house.discovery.undo(relation: try await told.relation().identifier, reason: "two", by: House.desk)
        #expect(try await suggestion(told.house, related) == nil)

        let scene = try await CoordinationTests.Scene()
        let house = scene.house
        let identifier = try await house.coordination.open(
            CaseOpening(vulnerability: scene.vulnerability, vendor: "vendor", title: "t"), by: House.desk)
        let (second, third) = (try await house.enrol("lab-b", as: .finder), try await house.enrol("lab-c", as: .finder))
        try await house.submit(Sample.report("Mine"), key: "mine", by: second)
        let moved = try await house.submit(Sample.report("Third"), key: "third", by: third)
        #expect(try await suggestion(house, identifier)?.finders == 3)
        _ = try await house.discovery.reassign(moved.finding, to: nil, reason: "another", by: House.desk)
        #expect(try await suggestion(house, identifier)?.until == house.now.advanced(byDays: 60), "as for two again")
        try await house.membership.withdraw("lab-b", reason: "leaves", by: House.desk)
        #expect(try await suggestion(house, identifier) == nil)
        try await house.expectProvable()
    }

    @Test func `a finding that a person moves in is a collision too`() async throws {
        let scene = try await CoordinationTests.Scene()
        let identifier = try await scene.house.coordination.open(
            CaseOpening(vulnerability: scene.vulnerability, vendor: "vendor", title: "t"), by: House.desk)
        let other = try await scene.house.enrol("lab-b", as: .finder)
        let finding = try await scene.house.submit(Sample.report("Else", function: "g"), by: other).finding
        _ = try await scene.house.discovery.reassign(finding, to: scene.vulnerability, reason: "one", by: House.desk)
        #expect(try await scene.house.coordination.caseSummary(identifier, for: House.desk).suggestion?.finders == 2)
    }
}

extension Sequence {
    fileprivate func asyncMap<Result>(_ body: (Element) async throws -> Result) async throws -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await body(element)) }
        return results
    }
}
