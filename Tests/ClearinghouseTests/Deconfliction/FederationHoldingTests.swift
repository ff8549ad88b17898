import AdvisoryFormats
import CivilTime
import Foundation
import JSONText
import Sealing
import TestSupport
import Testing

@testable import Clearinghouse

/// What a federation is told of what is held here, and what its claims and certificates are held against.
@Suite struct FederationHoldingTests {
    private static let repository = "https://git.acme.example/libtide"

    private func federation(salt: String = "s") throws -> Federation {
        try #require(Federation(salt: salt, contact: "desk@clearinghouse.example"))
    }

    private func bytes(_ record: InterchangeRecord) -> [UInt8] { record.json { Digest(hashing: $0).hex }.bytes() }

    private func report(_ title: String = "x", file: String? = "src/tide.c") -> FindingReport {
        FindingReport(
            title: title, package: Sample.package, repository: Self.repository, weakness: "CWE-122", file: file,
            function: "tide_expand_levels", startLine: 64, detail: "Found by reading.")
    }

    private func records(_ claims: Claims, for principal: Principal = House.desk) async throws -> [InterchangeRecord] {
        try await claims.statements(before: .max, limit: 100, for: principal).statements.map {
            try InterchangeRecord(parsing: $0.bytes())
        }
    }

    @Test func `each claim that goes out is what claim-check says, once a hash, and until the advisory is published`()
        async throws
    {
        let scene = try await PublicationTests.Scene()
        let claims = Claims(journal: scene.house.journal, federation: try federation())
        #expect(try await records(claims).isEmpty, "findings that name no repository have no hash")
        let lab = scene.remediation.lab
        let published = try await scene.house.submit(report("of the case"), by: lab)
        try await scene.house.submit(report("elsewhere", file: "src/other.c"), by: lab)
        try await scene.house.submit(report("elsewhere, again", file: "src/other.c"), by: lab)
        #expect(published.vulnerability == scene.remediation.finding.vulnerability)
        while try await claims.extend() {}
        let told = try await records(claims)
        #expect(told.count == 2)
        for record in told {
            guard case .claim(let hash, let contact) = record, let digest = Digest(hex: hash) else {
                Issue.record("\(record) is no claim")
                continue
            }
            #expect(try await claims.contact(for: digest) == contact)
        }
        try await scene.house.expectRefusal(.forbidden) { _ = try await records(claims, for: lab) }
        scene.house.wait(.seconds(86_400))
        _ = try await scene.publish()
        let other = try #require(report(file: "src/other.c").claimHash(salt: "s")).hex
        #expect(try await records(claims) == [.claim(hash: other, contact: "desk@clearinghouse.example")])
    }

    @Test func `a claim that comes in is shown to coordinators at the finding and the vulnerability it is about`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab", as: .finder)
        let receipt = try await house.submit(report(), by: lab)
        let claims = Claims(journal: house.journal, federation: try federation())
        while try await claims.extend() {}
        let hash = try #require(report().claimHash(salt: "s")).hex
        let strange = Digest(hashing: "x").hex
        _ = try await house.federation.take(
            [bytes(.claim(hash: hash, contact: "a@b.example")), bytes(.claim(hash: strange, contact: "c@d.example"))],
            by: House.desk)
        let peer = Claims.Peer(contact: "a@b.example", received: house.now)
        #expect(try await claims.peers(ofFinding: receipt.finding, for: House.desk).map(\.contact) == [peer.contact])
        #expect(try await claims.peers(ofVulnerability: receipt.vulnerability, for: House.desk).map(\.contact) == [peer.contact])
        #expect(try await claims.findings(with: hash, for: House.desk) == [receipt.finding])
        #expect(try await claims.findings(with: strange, for: House.desk).isEmpty)
        #expect(try await claims.peers(ofFinding: receipt.finding, for: lab).isEmpty, "whom peers coordinate with is the desk's")
        #expect(try await claims.findings(with: hash, for: lab).isEmpty)
        let others = Claims(journal: house.journal, federation: try federation(salt: "other"))
        #expect(try await others.peers(ofFinding: receipt.finding, for: House.desk).isEmpty, "another federation's hashes differ")
        try await house.membership.withdraw("lab", reason: "leaves", by: House.desk)
        #expect(try await claims.findings(with: hash, for: House.desk).isEmpty)
        try await house.expectProvable()
    }

    private func govern(_ wishes: JSONValue, in house: House) async throws {
        try await house.govern(ScanTarget("pkg:generic/libtide"), TargetPolicy(json: wishes), by: House.desk)
    }

    private func certificates(in house: House) async throws -> [InterchangeRecord] {
        try await house.federation.certificates(before: .max, limit: 100).statements.map {
            try InterchangeRecord(parsing: $0.bytes())
        }
    }

    @Test func `a fix that held is certified with its advisory, for repositories that a policy here names and does not close`()
        async throws
    {
        let scene = try await PublicationTests.Scene()
        try await govern(["aliases": [.string(Self.repository)]], in: scene.house)
        #expect(try await certificates(in: scene.house).isEmpty, "nothing leaves before publication")
        let audited = scene.house.now
        scene.house.wait(.seconds(86_400))
        let advisory = try await scene.publish()
        let told = try await certificates(in: scene.house)
        guard case .certificate(let certificate)? = told.first else {
            Issue.record("there is no certificate")
            return
        }
        #expect(told.count == 1 && certificate.repository == Self.repository && certificate.advisory == advisory)
        #expect(certificate.status == .fixed && certificate.auditedAt == audited.description)
        #expect(certificate.advisoryURL?.hasSuffix("/advisories/\(advisory)") == true)
        try await govern(["aliases": [.string(Self.repository)], "closed": true], in: scene.house)
        #expect(try await certificates(in: scene.house).isEmpty)
        try await scene.house.expectProvable()
    }

    @Test func `a certificate that comes in is shown at its advisory, by any of its names, to coordinators`() async throws {
        let house = try House()
        _ = try await house.distribution.importOSV(
            [Sample.osv("OSV-1", aliases: ["CVE-2026-1"])], from: "osv", by: House.desk)
        let certificate = InterchangeRecord.certificate(
            .init(repository: Self.repository, advisory: "CVE-2026-1", status: .bypass, auditedAt: "2026-10-01T00:00:00Z"))
        _ = try await house.federation.take([bytes(certificate)], by: House.desk)
        #expect(try await house.federation.advisories(named: "CVE-2026-1") == ["OSV-1"])
        #expect(try await house.federation.certificates(about: ["OSV-1", "CVE-2026-1"], for: House.desk).count == 1)
        let lab = try await house.enrol("lab", as: .finder)
        #expect(try await house.federation.certificates(about: ["CVE-2026-1"], for: lab).isEmpty)
    }

    @Test(.enabled(if: SharedSuite.has("ai-findings/finding-hash-vectors.json")))
    func `a finding is claimed under the hash of scrutineer's vectors, and known by it`() async throws {
        struct Vectors: Decodable { let vectors: [Vector] }
        struct Vector: Decodable {
            let name, salt, repo, subPath, location, cwe: String
            let expected: String?
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let vectors = try decoder.decode(
            Vectors.self, from: Data(SharedSuite.bytes("ai-findings/finding-hash-vectors.json"))
        ).vectors.filter { $0.subPath.isEmpty && $0.expected != nil && !$0.salt.isEmpty }
        try #require(!vectors.isEmpty)
        for vector in vectors {
            let report = FindingReport(title: "x", repository: vector.repo, weakness: vector.cwe, file: vector.location)
            #expect(report.claimHash(salt: vector.salt)?.hex == vector.expected, "\(vector.name)")
            let claim = InterchangeRecord.claim(hash: try #require(vector.expected), contact: "c")
            #expect(try InterchangeRecord(parsing: bytes(claim)) == claim)
        }
    }
}
