import AdvisoryFormats
import CivilTime
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

    private func policy(in house: House) async throws -> TargetPolicy {
        try await house.targets.target(ScanTarget(Self.repository)).policy
    }

    private func govern(_ json: JSONValue, liftingOptOut: Bool = false, in house: House) async throws {
        try await house.govern(
            ScanTarget(Self.repository), TargetPolicy(json: json), liftingOptOut: liftingOptOut, by: House.desk)
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
        try await house.govern(ScanTarget(Self.repository), TargetPolicy(json: ["maintainer": "acme"]), by: House.desk)
        #expect(try await house.federation.take([optOut()], by: House.desk) == [.known])
        #expect(try await house.targets.target(ScanTarget(Self.repository)).policy.optOut == nil)
    }

    @Test func `an opt-out that was lifted here does not come back with the next feed, a later one does`() async throws {
        let house = try House()
        _ = try await house.federation.take([optOut()], by: House.desk)
        try await govern([:], liftingOptOut: true, in: house)
        #expect(try await house.federation.take([optOut()], by: House.desk) == [.known])
        #expect(try await policy(in: house).optOut == nil)
        #expect(try await house.federation.take([optOut(at: "2026-11-02T00:00:00Z")], by: House.desk) == [.taken])
        #expect(try await policy(in: house).optOut != nil)
        try await house.expectProvable()
    }

    @Test(
        arguments: [
            ["channel": "set here"], ["channel": "set here", "channelVerified": "2026-10-01T00:00:00Z"]
        ] as [JSONValue])
    func `a channel that was set here is not overruled by a route`(wishes: JSONValue) async throws {
        let house = try House()
        _ = try await house.federation.take([route("routed", at: "2026-10-15T00:00:00Z")], by: House.desk)
        try await govern(wishes, in: house)
        #expect(try await house.federation.take([route("routed", at: "2026-11-01T00:00:00Z")], by: House.desk) == [.known])
        #expect(try await policy(in: house).channel == "set here")
        try await house.expectProvable()
    }

    @Test func `a routed channel follows later routes also after other wishes changed here`() async throws {
        let house = try House()
        _ = try await house.federation.take([route("first", at: "2026-10-15T00:00:00Z")], by: House.desk)
        try await govern(
            ["channel": "first", "channelVerified": "2026-10-15T00:00:00Z", "criticality": 9], in: house)
        #expect(try await house.federation.take([route("later", at: "2026-11-01T00:00:00Z")], by: House.desk) == [.taken])
        #expect(try await policy(in: house).criticality == 9)
    }

    @Test func `what can't be kept is refused with its place`() async throws {
        let house = try House()
        let ahead = house.now.advanced(by: .seconds(301)).description
        for (record, place) in [
            (route("x", at: ahead), "verified_at"), (optOut(at: ahead), "requested_at"),
            (optOut(at: "2016-12-31T23:59:60Z"), "requested_at"), (route("x", at: "9999-12-31T23:59:59-01:00"), "verified_at"),
            (optOut("https://forge/acme/parser"), "repository"), (certificate(.fixed, at: ahead), "audited_at")
        ] {
            try await house.expectRefusal(.malformed, at: "record 2, /predicate/\(place)") {
                _ = try await house.federation.take([optOut(), record], by: House.desk)
            }
        }
    }

    @Test func `a closed target is not told of, and each name of a repository travels`() async throws {
        let house = try House()
        let wish: JSONValue = ["requestedAt": "2026-11-01T00:00:00Z"]
        try await govern(
            ["aliases": ["pkg:npm/acme-parser", "https://git.acme.example/parser"], "optOut": wish], in: house)
        try await house.govern(
            ScanTarget("https://git.acme.example/secret"), TargetPolicy(json: ["closed": true, "optOut": wish]), by: House.desk)
        let statements = try await house.federation.statements(before: .max, limit: 10).statements
        #expect(
            statements.compactMap { $0["predicate"]?["repository"]?.string } == [
                Self.repository, "https://git.acme.example/parser"
            ])
    }

    private func certificate(_ status: InterchangeRecord.Certificate.Status, at moment: String) -> [UInt8] {
        bytes(
            .certificate(
                .init(repository: Self.repository, advisory: "GHSA-aaaa-bbbb-cccc", status: status, auditedAt: moment)))
    }

    @Test func `claims and certificates are kept for coordinators, and nothing else follows from them`() async throws {
        let house = try House()
        let claim = bytes(.claim(hash: Digest(hashing: "x").hex, contact: "a@b.example"))
        let records = [
            claim, claim, certificate(.fixed, at: "2026-10-01T00:00:00Z"), certificate(.bypass, at: "2026-11-01T00:00:00Z"),
            certificate(.fixed, at: "2026-10-15T00:00:00Z")
        ]
        #expect(try await house.federation.take(records, by: House.desk) == [.taken, .known, .taken, .taken, .known])
        #expect(
            try await house.federation.take(records, by: House.desk) == [.known, .known, .known, .known, .known])
        let statements = try await house.federation.received(before: .max, limit: 10, for: House.desk)
        #expect(statements.map { JSONValue.object(JSONObject($0.content.members))["status"]?.string } == ["bypass", nil])
        #expect(try await house.federation.statements(before: .max, limit: 10).statements.isEmpty)
        let lab = try await house.enrol("lab", as: .finder)
        try await house.expectRefusal(.forbidden) {
            _ = try await house.federation.received(before: .max, limit: 10, for: lab)
        }
        try await house.expectProvable()
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
