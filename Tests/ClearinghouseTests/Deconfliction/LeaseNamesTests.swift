import CivilTime
import JSONText
import Testing

@testable import Clearinghouse

/// A target gains and loses names while it is being scanned.
@Suite struct LeaseNamesTests {
    private static let parser = "github.com/acme/parser"
    private static let package = "pkg:npm/acme-parser"

    private func claim(_ target: String, skipping: Duration? = nil, key: String? = nil) throws -> ScanClaim {
        try ScanClaim(scope: ScanScope(target: ScanTarget(target)), skipsWhatWasCovered: skipping, idempotencyKey: key)
    }

    private func call(_ house: House, aliases: [JSONValue]) async throws {
        try await house.govern(
            ScanTarget(Self.parser), TargetPolicy(json: ["aliases": .array(aliases)]), by: House.desk)
    }

    private func granted(_ answer: ClaimAnswer) throws -> Lease {
        guard case .granted(let lease, _) = answer else { throw Refusal(.conflict, "not granted: \(answer)") }
        return lease
    }

    private func expectHeld(_ answer: ClaimAnswer, _ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation) {
        guard case .held = answer else {
            Issue.record(comment, sourceLocation: sourceLocation)
            return
        }
    }

    @Test func `a name that becomes another's takes its leases along`() async throws {
        let house = try House()
        let (one, two) = (try await house.enrol("lab-one", as: .finder), try await house.enrol("lab-two", as: .finder))
        let first = try granted(try await house.leases.claim(claim(Self.package, key: "k"), by: one))
        try await call(house, aliases: [.string(Self.package)])
        for name in [Self.package, Self.parser] {
            expectHeld(try await house.leases.claim(claim(name), by: two), "\(name) has two holders")
        }
        let again = try granted(try await house.leases.claim(claim(Self.package, key: "k"), by: one))
        #expect(again.token == first.token, "an honest retry is no other claim")
        house.wait(.seconds(600))
        #expect(try await house.leases.renew(first.identifier, token: first.token, by: one).until > first.until)
        try await call(house, aliases: [])
        expectHeld(try await house.leases.claim(claim(Self.package), by: two), "the lost name has two holders")
        _ = try granted(try await house.leases.claim(claim(Self.parser), by: two))
        try await house.expectProvable()
    }

    @Test func `of two leases whose names turn out to be one target the earlier is kept`() async throws {
        let house = try House()
        let (one, two) = (try await house.enrol("lab-one", as: .finder), try await house.enrol("lab-two", as: .finder))
        let first = try granted(try await house.leases.claim(claim(Self.package), by: one))
        let second = try granted(try await house.leases.claim(claim(Self.parser), by: two))
        try await call(house, aliases: [.string(Self.package)])
        house.wait(.seconds(600))
        try await house.expectRefusal(.conflict) {
            _ = try await house.leases.renew(second.identifier, token: second.token, by: two)
        }
        _ = try await house.leases.renew(first.identifier, token: first.token, by: one)
        // The one that is not kept can still say what it found until it ends.
        try await house.leases.release(
            second.identifier, token: second.token, ScanResult(isComplete: false, findingCount: 0), by: two)
    }

    @Test func `searches under one name of a target cover its others`() async throws {
        let house = try House()
        let (one, two) = (try await house.enrol("lab-one", as: .finder), try await house.enrol("lab-two", as: .finder))
        let lease = try granted(try await house.leases.claim(claim(Self.package + "@1.0"), by: one))
        try await house.leases.release(
            lease.identifier, token: lease.token, ScanResult(isComplete: true, findingCount: 0), by: one)
        #expect(try await house.coverage.entries(of: ScanTarget(Self.parser), for: House.desk).isEmpty)
        try await call(house, aliases: [.string(Self.package)])
        #expect(try await house.coverage.entries(of: ScanTarget(Self.parser), for: House.desk).count == 1)
        #expect(try await house.coverage.gaps(at: house.now, limit: 9, for: House.desk).first?.lastSearched == house.now)
        guard case .covered = try await house.leases.claim(claim(Self.parser + "@v1.0", skipping: .seconds(60)), by: two) else {
            Issue.record("what was searched in vain under another name was granted")
            return
        }
    }

    @Test func `a target that is scanned under another of its names is no gap`() async throws {
        let house = try House()
        let one = try await house.enrol("lab-one", as: .finder)
        _ = try granted(try await house.leases.claim(claim(Self.package), by: one))
        try await call(house, aliases: [.string(Self.package)])
        #expect(try await house.coverage.gaps(at: house.now, limit: 9, for: House.desk).isEmpty)
    }
}
