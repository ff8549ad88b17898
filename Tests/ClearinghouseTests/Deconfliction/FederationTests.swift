import AdvisoryFormats
import JSONText
import Sealing
import Testing

@testable import Clearinghouse

@Suite struct FederationTests {
    private static let repository = "https://github.com/acme/parser"

    private func bytes(_ record: InterchangeRecord) -> [UInt8] { record.json { Digest(hashing: $0).hex }.bytes() }

    private func optOut(_ repository: String = repository, at moment: String = "2026-11-01T00:00:00Z") -> [UInt8] {
        bytes(.optOut(.init(repository: repository, requestedAt: moment, reason: "no time")))
    }

    private func route(_ channel: String, at moment: String) -> [UInt8] {
        bytes(.route(.init(repository: Self.repository, channel: channel, verifiedAt: moment)))
    }

    @Test func `an opt-out that comes in is honoured by every claim, and goes on to others`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab", as: .finder)
        #expect(try await house.federation.take([optOut(), optOut()], by: House.desk) == [.taken, .known])
        let claim = try ScanClaim(scope: ScanScope(target: ScanTarget("pkg:github/acme/parser")))
        guard case .optedOut = try await house.leases.claim(claim, by: lab) else {
            Issue.record("a claim was granted")
            return
        }
        let statements = try await house.federation.statements(before: .max, limit: 10).statements
        #expect(try statements.map { try InterchangeRecord(parsing: $0.bytes()) } == [try InterchangeRecord(parsing: optOut())])
        try await house.expectProvable()
    }

    @Test func `the newest route counts, and a maintainer here speaks for itself`() async throws {
        let house = try House()
        let records = [route("new", at: "2026-11-02T00:00:00Z"), route("old", at: "2026-11-01T00:00:00Z")]
        #expect(try await house.federation.take(records, by: House.desk) == [.taken, .known])
        #expect(try await house.targets.target(ScanTarget(Self.repository)).policy.channel == "new")
        _ = try await house.enrol("acme", as: .vendor)
        try await house.targets.govern(ScanTarget(Self.repository), TargetPolicy(json: ["maintainer": "acme"]), by: House.desk)
        #expect(try await house.federation.take([optOut()], by: House.desk) == [.known])
        #expect(try await house.targets.target(ScanTarget(Self.repository)).policy.optOut == nil)
    }

    @Test func `claims and certificates are read, and nothing follows from them`() async throws {
        let house = try House()
        let claim = bytes(.claim(hash: Digest(hashing: "x").hex, contact: "a@b.example"))
        #expect(try await house.federation.take([claim], by: House.desk) == [.notTaken])
        #expect(try await house.records().isEmpty)
    }

    @Test func `one bad record refuses all, and names which and where`() async throws {
        let house = try House()
        let bad = Array(String(decoding: optOut(), as: UTF8.self).replacing("2026-11-01T00:00:00Z", with: "soon").utf8)
        do {
            _ = try await house.federation.take([optOut(), bad], by: House.desk)
            Issue.record("nothing was refused")
        } catch let refusal as Refusal {
            #expect(refusal.place?.hasPrefix("record 2, /predicate/requested_at") == true, "\(refusal)")
        }
        #expect(try await house.records().isEmpty)
        let lab = try await house.enrol("lab", as: .finder)
        try await house.expectRefusal(.forbidden) { _ = try await house.federation.take([optOut()], by: lab) }
    }
}
