import CivilTime
import JSONText
import Journal
import Testing

@testable import Clearinghouse

@Suite struct CoordinationTests {
    /// A house with one vulnerability and a vendor.
    struct Scene {
        let house: House
        let vendor: Principal
        let lab: Principal
        let vulnerability: String

        init() async throws {
            house = try House()
            vendor = try await house.enrol("vendor", as: .vendor)
            lab = try await house.enrol("lab-a", as: .finder)
            vulnerability = try await house.submit(Sample.report(), by: lab).vulnerability
        }

        func open(for duration: Duration = .seconds(86_400), of vulnerability: String? = nil) async throws -> String {
            let opening = CaseOpening(
                vulnerability: vulnerability ?? self.vulnerability, vendor: "vendor", title: "Overflow",
                embargoUntil: house.now.advanced(by: duration)
            )
            return try await house.coordination.open(opening, by: House.desk)
        }
    }

    @Test func `opens one case a vulnerability, numbered within its year`() async throws {
        let scene = try await Scene()
        #expect(try await scene.open() == "BWC-2026-0001")
        try await scene.house.expectRefusal(.conflict, at: "/vulnerability") { _ = try await scene.open() }
        let second = try await scene.house.submit(Sample.report("Two", function: "g"), by: scene.lab).vulnerability
        #expect(try await scene.open(of: second) == "BWC-2026-0002")
        scene.house.wait(.seconds(86_400 * 60))
        let third = try await scene.house.submit(Sample.report("Three", function: "h"), by: scene.lab).vulnerability
        #expect(try await scene.open(of: third) == "BWC-2027-0001")
        try await scene.house.expectProvable()
    }

    @Test(arguments: [["BWC-2026-0001"], ["BWC-2026-0001", "BWC-2026-0002"]])
    func `cases of which no row can be derived keep their numbers, and block none`(identifiers: [String]) async throws {
        let scene = try await Scene()
        for identifier in identifiers {
            let unreadable = RecordDraft(
                CoordinationRecords.opened, in: CoordinationRecords.stream(identifier), by: Membership.system,
                label: try Labels.caseRoom(identifier), payload: ["case": .string(identifier), "embargoUntil": "soon"],
                sealedUnder: CoordinationRecords.contentKey(of: identifier), expectedVersion: 0)
            _ = try await scene.house.journal.append { _ in Decision([unreadable]) }
        }
        #expect(try await scene.open() == "BWC-2026-000\(identifiers.count + 1)")
        try await scene.house.expectProvable()
    }

    @Test func `refuses what is unknown, past or not the caller's to open`() async throws {
        let scene = try await Scene()
        try await scene.house.expectRefusal(.notFound, at: "/vulnerability") { _ = try await scene.open(of: "v0") }
        for duration: Duration in [.zero, .milliseconds(-1)] {
            try await scene.house.expectRefusal(.malformed, at: "/embargoUntil") { _ = try await scene.open(for: duration) }
        }
        let opening = CaseOpening(
            vulnerability: scene.vulnerability, vendor: "nobody", title: "T",
            embargoUntil: scene.house.now.advanced(by: .seconds(1))
        )
        try await scene.house.expectRefusal(.notFound, at: "/vendor") {
            _ = try await scene.house.coordination.open(opening, by: House.desk)
        }
        try await scene.house.expectRefusal(.forbidden) {
            _ = try await scene.house.coordination.open(opening, by: scene.vendor)
        }
        try await scene.house.membership.withdraw("vendor", reason: "gone", by: House.desk)
        try await scene.house.expectRefusal(.notFound, at: "/vendor", "a vendor that left attaches no fix") {
            _ = try await scene.open()
        }
    }

    @Test func `takes an embargo that ends in a millisecond`() async throws {
        let scene = try await Scene()
        #expect(try await scene.open(for: .milliseconds(1)) == "BWC-2026-0001", "a millisecond ahead is the future")
    }

    @Test func `moves the embargo either way, for a reason`() async throws {
        let scene = try await Scene()
        let identifier = try await scene.open()
        for until in ["2027-03-01T00:00:00Z", "2026-12-24T12:00:00.001Z"] {
            let moment = try Sample.moment(until)
            try await scene.house.coordination.moveEmbargo(of: identifier, until: moment, reason: "agreed", by: House.desk)
            let summary = try await scene.house.coordination.caseSummary(identifier, for: House.desk)
            #expect(summary.embargoUntil == moment, "to the millisecond")
        }
        let moment = try Sample.moment("2027-01-01T00:00:00Z")
        try await scene.house.expectRefusal(.malformed, at: "/reason") {
            try await scene.house.coordination.moveEmbargo(of: identifier, until: moment, reason: "", by: House.desk)
        }
        try await scene.house.expectRefusal(.notFound) {
            try await scene.house.coordination.moveEmbargo(of: "BWC-2026-0009", until: moment, reason: "x", by: House.desk)
        }
        try await scene.house.expectRefusal(.forbidden) {
            try await scene.house.coordination.moveEmbargo(of: identifier, until: moment, reason: "x", by: scene.vendor)
        }
        try await scene.house.expectProvable()
    }

    @Test func `shows a case to its vendor and to coordinators, and to nobody else`() async throws {
        let scene = try await Scene()
        let identifier = try await scene.open()
        let stranger = try await scene.house.enrol("another-vendor", as: .vendor)
        #expect(try await scene.house.coordination.caseSummary(identifier, for: scene.vendor).phase == "open")
        #expect(try await scene.house.coordination.cases(limit: 10, for: scene.vendor).count == 1)
        #expect(try await scene.house.coordination.cases(limit: 10, for: House.desk).count == 1)
        #expect(try await scene.house.coordination.cases(limit: 10, for: stranger).isEmpty)
        try await scene.house.expectRefusal(.notFound) {
            _ = try await scene.house.coordination.caseSummary(identifier, for: stranger)
        }
    }
}

/// The pure part: what may be published when.
@Suite struct EmbargoTests {
    private let deadline = Timestamp(millisecondsSinceEpoch: 1_800_000_000_000)

    private func refusal(_ fixes: [CaseState.FixState], reason: String? = nil, at offset: Int64) throws -> Refusal.Code? {
        let state = try CaseState.open(until: deadline, fixes: fixes)
        do {
            try state.requirePublishable(
                earlyBecause: reason, now: Timestamp(millisecondsSinceEpoch: deadline.millisecondsSinceEpoch + offset)
            )
            return nil
        } catch let refusal as Refusal {
            return refusal.code
        }
    }

    @Test func `the embargo holds to the last millisecond before its end`() throws {
        for fixes: [CaseState.FixState] in [[], [.proposed], [.refuted], [.verified], [.refuted, .verified]] {
            #expect(try refusal(fixes, at: -1) == .notYet, "\(fixes)")
            #expect(try refusal(fixes, at: 0) == nil, "\(fixes): at its end, publication waits for nobody's fix")
            #expect(try refusal(fixes, at: 1) == nil, "\(fixes)")
        }
    }

    @Test func `an agreed early end needs a reason and a fix that held`() throws {
        #expect(try refusal([.verified], reason: "exploited in the wild", at: -1) == nil)
        #expect(try refusal([.refuted, .verified], reason: "agreed", at: -86_400_000) == nil)
        for fixes: [CaseState.FixState] in [[], [.proposed], [.refuted]] {
            #expect(try refusal(fixes, reason: "agreed", at: -1) == .notYet, "\(fixes)")
        }
        #expect(try refusal([.verified], reason: "", at: -1) == .notYet, "an empty text is no reason")
    }

    @Test func `a case that is not open is never publishable`() throws {
        let late = deadline.advanced(by: .seconds(86_400))
        #expect(throws: Refusal.self) { try CaseState().requirePublishable(earlyBecause: nil, now: late) }
        let published = try CaseState.open(until: deadline, fixes: [.verified], thenPublished: true)
        #expect(throws: Refusal.self) { try published.requirePublishable(earlyBecause: "x", now: late) }
        #expect(throws: Refusal.self) { try published.requireOpening(until: late, now: deadline) }
        #expect(published.phase == .published && published.vendor == "vendor")
    }
}
