import CivilTime
import JSONText
import Journal
import Sealing
import TestKit
import Testing

@testable import Clearinghouse

@Suite struct LeaseTests {
    private static let parser = "https://github.com/acme/parser"

    private func claim(
        _ target: String = parser, in subsystem: String? = nil, for bugClass: String? = nil, by tool: String? = nil,
        priority: ScanPriority = .routine, named: Bool = false, skipping: Duration? = nil, ttl: Duration = .seconds(600),
        windowEnd: Timestamp? = nil, budget: ScanBudget? = nil, authorisation: [UInt8]? = nil, key: String? = nil
    ) throws -> ScanClaim {
        try ScanClaim(
            scope: ScanScope(
                target: ScanTarget(target), subsystem: subsystem, bugClass: bugClass.map { try BugClass($0) }, toolFamily: tool
            ),
            priority: priority, timeToLive: ttl, windowEnd: windowEnd, mayBeNamed: named, skipsWhatWasCovered: skipping,
            budget: budget, authorisation: authorisation, idempotencyKey: key
        )
    }

    private func granted(_ answer: ClaimAnswer) throws -> Lease {
        guard case .granted(let lease, _) = answer else { throw Refusal(.conflict, "not granted: \(answer)") }
        return lease
    }

    private func heldUntil(_ answer: ClaimAnswer) throws -> (until: Timestamp, holder: String?) {
        guard case .held(let until, let holder) = answer else { throw Refusal(.conflict, "not held: \(answer)") }
        return (until, holder)
    }

    @Test func `a second claim of the same is told until when, and not by whom`() async throws {
        let house = try House()
        let (one, two) = (try await house.enrol("lab-one", as: .finder), try await house.enrol("lab-two", as: .finder))
        let lease = try granted(try await house.leases.claim(claim(), by: one))
        let answer = try heldUntil(try await house.leases.claim(claim(Self.parser + "@4f2a", in: "src"), by: two))
        #expect(answer.until == lease.until)
        #expect(answer.holder == nil)
        try await house.expectProvable()
    }

    @Test(arguments: [(true, true), (true, false), (false, true), (false, false)])
    func `the holder is named where both agree`(first: Bool, second: Bool) async throws {
        let house = try House()
        let (one, two) = (try await house.enrol("lab-one", as: .finder), try await house.enrol("lab-two", as: .finder))
        _ = try await house.leases.claim(claim(named: first), by: one)
        let answer = try heldUntil(try await house.leases.claim(claim(named: second), by: two))
        #expect(answer.holder == (first && second ? "lab-one" : nil))
    }

    @Test func `a lease without heartbeats ends by itself, and its holder can say nothing more`() async throws {
        let house = try House()
        let (one, two) = (try await house.enrol("lab-one", as: .finder), try await house.enrol("lab-two", as: .finder))
        let first = try granted(try await house.leases.claim(claim(), by: one))
        house.wait(.seconds(600))
        let second = try granted(try await house.leases.claim(claim(), by: two))
        #expect(second.token > first.token)
        let result = try ScanResult(isComplete: true, findingCount: 0)
        try await house.expectRefusal(.conflict) {
            _ = try await house.leases.renew(first.identifier, token: first.token, by: one)
        }
        try await house.expectRefusal(.conflict) {
            try await house.leases.release(first.identifier, token: first.token, result, by: one)
        }
        try await house.leases.release(second.identifier, token: second.token, result, by: two)
    }

    @Test func `heartbeats keep a lease, but not beyond its window`() async throws {
        let house = try House()
        let one = try await house.enrol("lab-one", as: .finder)
        let end = house.now.advanced(by: .seconds(1_500))
        let lease = try granted(try await house.leases.claim(claim(windowEnd: end), by: one))
        house.wait(.seconds(500))
        #expect(
            try await house.leases.renew(lease.identifier, token: lease.token, by: one).until
                == house.now.advanced(by: .seconds(600)))
        house.wait(.seconds(500))
        #expect(try await house.leases.renew(lease.identifier, token: lease.token, by: one).until == end)
        house.wait(.seconds(500))
        try await house.expectRefusal(.conflict) {
            _ = try await house.leases.renew(lease.identifier, token: lease.token, by: one)
        }
    }

    @Test func `a lease is renewed with its own token and by its own member`() async throws {
        let house = try House()
        let (one, two) = (try await house.enrol("lab-one", as: .finder), try await house.enrol("lab-two", as: .finder))
        let lease = try granted(try await house.leases.claim(claim(), by: one))
        try await house.expectRefusal(.conflict, at: "/token") {
            _ = try await house.leases.renew(lease.identifier, token: lease.token + 1, by: one)
        }
        try await house.expectRefusal(.notFound) {
            _ = try await house.leases.renew(lease.identifier, token: lease.token, by: two)
        }
        try await house.expectRefusal(.notFound) { _ = try await house.leases.lease(lease.identifier, for: two) }
    }

    @Test func `who searched in vain spares others the same`() async throws {
        let house = try House()
        let (one, two) = (try await house.enrol("lab-one", as: .finder), try await house.enrol("lab-two", as: .finder))
        let lease = try granted(try await house.leases.claim(claim(Self.parser + "@4f2a", for: "memory-safety"), by: one))
        try await house.leases.release(
            lease.identifier, token: lease.token, ScanResult(isComplete: true, findingCount: 0), by: one
        )
        house.wait(.seconds(86_400))
        let day: Duration = .seconds(86_400)
        guard
            case .covered(let entry) = try await house.leases.claim(
                claim(Self.parser + "@4f2a", in: "src", for: "CWE-787", skipping: day), by: two)
        else {
            Issue.record("a covered scope was granted")
            return
        }
        #expect(entry.isNull)
        #expect(entry.age(at: house.now) == day)
        // Another commit, another class, and whoever does not ask are not spared.
        for further in [
            try claim(Self.parser + "@bbbb", for: "CWE-787", skipping: day),
            try claim(Self.parser + "@4f2a", for: "injection", skipping: day),
            try claim(Self.parser + "@4f2a", for: "CWE-416")
        ] {
            let lease = try granted(try await house.leases.claim(further, by: two))
            try await house.leases.release(
                lease.identifier, token: lease.token, ScanResult(isComplete: false, findingCount: 0), by: two)
        }
        house.wait(.seconds(1))
        _ = try granted(try await house.leases.claim(claim(Self.parser + "@4f2a", for: "CWE-787", skipping: day), by: two))
        #expect(
            try await house.coverage.entries(of: ScanTarget(Self.parser), for: one).count == 1,
            "an abandoned search covers nothing")
        try await house.expectProvable()
    }

    @Test func `an urgent scan takes a routine one's lease away`() async throws {
        let house = try House()
        let one = try await house.enrol("lab-one", as: .finder)
        let lease = try granted(try await house.leases.claim(claim(), by: one))
        try await house.expectRefusal(.forbidden, at: "/priority") {
            _ = try await house.leases.claim(try claim(priority: .urgent), by: one)
        }
        let urgent = try granted(try await house.leases.claim(claim(in: "src", priority: .urgent), by: House.desk))
        #expect(urgent.token > lease.token)
        try await house.expectRefusal(.conflict) {
            _ = try await house.leases.renew(lease.identifier, token: lease.token, by: one)
        }
        #expect(try await house.leases.lease(lease.identifier, for: one).phase == .preempted)
        _ = try heldUntil(try await house.leases.claim(claim(priority: .urgent), by: House.desk))
        try await house.expectProvable()
    }

    @Test func `a claim repeated under its key is the same lease`() async throws {
        let house = try House()
        let one = try await house.enrol("lab-one", as: .finder)
        let first = try granted(try await house.leases.claim(claim(key: "k"), by: one))
        let again = try granted(try await house.leases.claim(claim(key: "k"), by: one))
        #expect(again.identifier == first.identifier)
        #expect(again.token == first.token)
        for other in [
            try claim(in: "lib", key: "k"), try claim(ttl: .seconds(601), key: "k"), try claim(named: true, key: "k"),
            try claim(windowEnd: house.now.advanced(byDays: 30), key: "k"), try claim(skipping: .seconds(1), key: "k"),
            try claim(budget: ScanBudget(amount: 1, unit: "usd"), key: "k"), try claim(authorisation: [1], key: "k")
        ] {
            try await house.expectRefusal(.idempotencyKeyReused) { _ = try await house.leases.claim(other, by: one) }
        }
    }

    @Test func `a heartbeat is recorded once a third of the time to live has passed since the last`() async throws {
        let house = try House()
        let one = try await house.enrol("lab-one", as: .finder)
        let lease = try granted(try await house.leases.claim(claim(), by: one))
        func beat() async throws -> (until: Timestamp, records: Int64) {
            let before = try await house.recordCount()
            let renewed = try await house.leases.renew(lease.identifier, token: lease.token, by: one)
            return (renewed.until, try await house.recordCount() - before)
        }
        house.wait(.milliseconds(199_999))
        let early = try await beat()
        #expect(early.until == lease.until && early.records == 0)
        house.wait(.milliseconds(1))
        let late = try await beat()
        #expect(late.until == house.now.advanced(by: .seconds(600)) && late.records == 1)
        #expect(try await beat().records == 0)
    }

    @Test func `only its holder keeps a lease and says what came of it; a coordinator ends it without a word of that`()
        async throws
    {
        let house = try House()
        let (one, two) = (try await house.enrol("lab-one", as: .finder), try await house.enrol("lab-two", as: .finder))
        let lease = try granted(try await house.leases.claim(claim(), by: one))
        let result = try ScanResult(isComplete: true, findingCount: 0)
        try await house.expectRefusal(.forbidden) {
            _ = try await house.leases.renew(lease.identifier, token: lease.token, by: House.desk)
        }
        try await house.expectRefusal(.forbidden) {
            try await house.leases.release(lease.identifier, token: lease.token, result, by: House.desk)
        }
        try await house.expectRefusal(.forbidden) {
            try await house.leases.revoke(lease.identifier, because: "mine", by: two)
        }
        try await house.expectRefusal(.malformed, at: "/reason") {
            try await house.leases.revoke(lease.identifier, because: "", by: House.desk)
        }
        try await house.leases.revoke(lease.identifier, because: "the owner asked", by: House.desk)
        #expect(try await house.records().last?.actor == House.desk.member)
        #expect(try await house.leases.lease(lease.identifier, for: one).phase == .revoked)
        #expect(try await house.coverage.entries(of: ScanTarget(Self.parser), for: House.desk).isEmpty)
        try await house.expectRefusal(.conflict) {
            try await house.leases.release(lease.identifier, token: lease.token, result, by: one)
        }
        _ = try granted(try await house.leases.claim(claim(), by: two))
        try await house.expectProvable()
    }

    @Test func `leases are read with the scope they are claimed with`() async throws {
        let house = try House()
        let one = try await house.enrol("lab-one", as: .finder)
        let lease = try granted(try await house.leases.claim(claim(), by: one))
        let reader = Principal(member: "lab-one", scopes: [.readFindings])
        try await house.expectRefusal(.forbidden) { _ = try await house.leases.lease(lease.identifier, for: reader) }
        try await house.expectRefusal(.forbidden) { _ = try await house.leases.leases(limit: 9, for: reader) }
    }

    @Test func `what was to be spent and what was spent stand with the lease`() async throws {
        let house = try House()
        let one = try await house.enrol("lab-one", as: .finder)
        let budget = try ScanBudget(amount: 5_000_000, unit: "tokens")
        let lease = try granted(try await house.leases.claim(claim(budget: budget), by: one))
        #expect(lease.budget == budget)
        let spent = try ScanBudget(amount: 7, unit: "tokens")
        try await house.leases.release(
            lease.identifier, token: lease.token, ScanResult(isComplete: false, findingCount: 0, spent: spent), by: one)
        let released = try #require(try await house.leases.leases(limit: 9, for: one).first)
        #expect(released.budget == budget && released.spent == spent)
        try await house.expectProvable()
    }

    @Test func `a server whose clock is behind tells leases by the journal's time`() async throws {
        let house = try House()
        let (one, two) = (try await house.enrol("lab-one", as: .finder), try await house.enrol("lab-two", as: .finder))
        let lease = try granted(try await house.leases.claim(claim(), by: one))
        let (now, random) = (house.now, house.random)
        house.wait(.seconds(600))
        _ = try granted(try await house.leases.claim(claim(), by: two))
        let behind = Leases(
            journal: house.journal,
            environment: ClearinghouseEnvironment(
                now: { now }, random: { random.bytes($0) }, identifierSecret: [1], signingKey: House.clearinghouseKey,
                origin: "breakwater.example"
            ))
        #expect(try await behind.lease(lease.identifier, for: one).phase == .expired)
        #expect(try await behind.leases(limit: 9, for: one).map(\.phase) == [.expired])
        #expect(try await behind.leases(limit: 9, for: two).map(\.asOf) == [house.now])
    }

    @Test func `nobody hoards`() async throws {
        let house = try House()
        let one = try await house.enrol("lab-one", as: .finder)
        for number in 0..<LeaseDecision.mostLeasesOfMember {
            _ = try granted(try await house.leases.claim(claim(in: "d\(number)"), by: one))
        }
        guard case .paced(let until, _) = try await house.leases.claim(claim(in: "more"), by: one) else {
            Issue.record("a hoard grew")
            return
        }
        #expect(until == house.now.advanced(by: .seconds(600)))
        house.wait(.seconds(600))
        _ = try granted(try await house.leases.claim(claim(in: "more"), by: one))
    }

    @Test func `the leases of a member who leaves end`() async throws {
        let house = try House()
        let (one, two) = (try await house.enrol("lab-one", as: .finder), try await house.enrol("lab-two", as: .finder))
        _ = try await house.leases.claim(claim(), by: one)
        try await house.membership.withdraw("lab-one", reason: "closed", by: House.desk)
        _ = try granted(try await house.leases.claim(claim(), by: two))
        try await house.expectProvable()
    }

    @Test(arguments: [0, 9, 3_601])
    func `a lease lives neither too short nor too long`(seconds: Int) {
        #expect(throws: Refusal.self) { try claim(ttl: .seconds(seconds)) }
    }
}
