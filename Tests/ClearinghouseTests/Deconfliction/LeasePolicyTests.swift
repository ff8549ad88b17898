import CivilTime
import JSONText
import Sealing
import Testing

@testable import Clearinghouse

/// What a maintainer wants ends what was granted before it said so.
@Suite struct LeasePolicyTests {
    private static let parser = "github.com/acme/parser"

    private func claim(
        by tool: String? = nil, in subsystem: String? = nil, authorisation: [UInt8]? = nil, key: String? = nil
    ) throws -> ScanClaim {
        try ScanClaim(
            scope: ScanScope(target: ScanTarget(Self.parser), subsystem: subsystem, toolFamily: tool),
            authorisation: authorisation, idempotencyKey: key
        )
    }

    private func govern(_ house: House, _ policy: JSONValue) async throws {
        try await house.govern(ScanTarget(Self.parser), TargetPolicy(json: policy), by: House.desk)
    }

    private func granted(_ answer: ClaimAnswer) throws -> Lease {
        guard case .granted(let lease, _) = answer else { throw Refusal(.conflict, "not granted: \(answer)") }
        return lease
    }

    @Test func `a lease is not kept once its target's maintainer opted out, and runs out`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab", as: .finder)
        let acme = try await house.enrol("acme", as: .vendor)
        let lease = try granted(try await house.leases.claim(claim(in: "src", key: "k"), by: lab))
        try await govern(house, ["maintainer": "acme"])
        let own = try granted(try await house.leases.claim(claim(in: "lib"), by: acme))
        try await govern(house, ["maintainer": "acme", "optOut": ["requestedAt": "2026-11-01T00:00:00Z"]])
        try await house.expectRefusal(.conflict) {
            _ = try await house.leases.renew(lease.identifier, token: lease.token, by: lab)
        }
        guard case .optedOut = try await house.leases.claim(claim(in: "src", key: "k"), by: lab) else {
            Issue.record("a claim that was repeated was answered as if nobody had opted out")
            return
        }
        house.wait(.seconds(600))
        _ = try await house.leases.renew(own.identifier, token: own.token, by: acme)
        house.wait(.seconds(300))
        #expect(try await house.leases.lease(lease.identifier, for: lab).phase == .expired)
        #expect(try granted(try await house.leases.claim(claim(in: "src", key: "k"), by: lab)).phase == .expired)
    }

    private func word(of house: House, for duration: Duration, by key: SigningKey = House.key(of: "acme")) throws -> [UInt8] {
        try ScanAuthorisation.signed(
            targets: [Self.parser], tools: ["fuzzer"], until: house.now.advanced(by: duration), for: "lab", by: key)
    }

    @Test func `a lease does not outlive the owner's word that it was granted on`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab", as: .finder)
        _ = try await house.enrol("acme", as: .vendor)
        try await govern(house, ["maintainer": "acme", "closed": true])
        let end = house.now.advanced(by: .seconds(1_000))
        let lease = try granted(
            try await house.leases.claim(
                claim(by: "fuzzer", authorisation: try word(of: house, for: .seconds(1_000))), by: lab))
        #expect(lease.windowEnd == end)
        house.wait(.seconds(800))
        #expect(try await house.leases.renew(lease.identifier, token: lease.token, by: lab).until == end)
        house.wait(.seconds(200))
        try await house.expectRefusal(.conflict) {
            _ = try await house.leases.renew(lease.identifier, token: lease.token, by: lab)
        }
    }

    @Test func `a lease is not kept where its target is closed meanwhile, or maintained by another`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab", as: .finder)
        for vendor in ["acme", "other"] { _ = try await house.enrol(vendor, as: .vendor) }
        let open = try granted(try await house.leases.claim(claim(by: "fuzzer", in: "src", key: "k"), by: lab))
        try await govern(house, ["maintainer": "acme", "closed": true])
        try await house.expectRefusal(.forbidden) {
            _ = try await house.leases.renew(open.identifier, token: open.token, by: lab)
        }
        try await house.expectRefusal(.forbidden) {
            _ = try await house.leases.claim(try claim(by: "fuzzer", in: "src", key: "k"), by: lab)
        }
        let word = try word(of: house, for: .seconds(86_400))
        let lease = try granted(
            try await house.leases.claim(claim(by: "fuzzer", in: "lib", authorisation: word, key: "c"), by: lab))
        let again = try granted(
            try await house.leases.claim(claim(by: "fuzzer", in: "lib", authorisation: word, key: "c"), by: lab))
        #expect(again.token == lease.token)
        house.wait(.seconds(600))
        _ = try await house.leases.renew(lease.identifier, token: lease.token, by: lab)
        try await govern(house, ["maintainer": "other", "closed": true])
        try await house.expectRefusal(.forbidden) {
            _ = try await house.leases.renew(lease.identifier, token: lease.token, by: lab)
        }
    }

    @Test func `a maintainer that takes no scans is not asked to say when`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab", as: .finder)
        try await govern(house, ["pacing": ["activeScans": 0]])
        try await house.expectRefusal(.conflict, at: "/target") { _ = try await house.leases.claim(try claim(), by: lab) }
    }

    @Test func `the next chance is when so many leases ended that there are fewer than the limit`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab", as: .finder)
        var ends: [Timestamp] = []
        for name in ["a", "b", "c"] {
            ends.append(try granted(try await house.leases.claim(claim(in: name), by: lab)).until)
            house.wait(.seconds(10))
        }
        try await govern(house, ["pacing": ["activeScans": 2]])
        guard case .paced(let until, _) = try await house.leases.claim(claim(in: "d"), by: lab) else {
            Issue.record("not paced")
            return
        }
        #expect(until == ends[1])
    }
}
