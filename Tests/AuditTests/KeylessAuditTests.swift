import Clearinghouse
import Foundation
import Sealing
import Testing
import TransparencyLog

@testable import Audit

@Suite struct KeylessAuditTests {
    private func audit(_ copy: TamperedDirectory, logKey: NoteVerifier? = nil) throws -> AuditReport {
        try Audit.run(directory: copy.directory.path, projections: Projections.all, logKey: logKey)
    }

    private func verifier(seed: UInt8) throws -> NoteVerifier {
        let key = try SigningKey(seed: [UInt8](repeating: seed, count: 32)).verificationKey
        return NoteVerifier(name: try NoteKeyName("log.example/test"), kind: .ed25519(key))
    }

    @Test func `without keys nothing contradicts, nothing sealed passes, and each open question is named`() async throws {
        let report = try audit(try await AuditFixture.shared.value.copy(keys: false))
        #expect(!report.isClean && !report.isComplete && !report.hasContradictions, "\(report.text)")
        let open = Set(report.findings.filter { $0.grade == .notCheckable }.map(\.check))
        #expect(
            open == [.contentKey, .contentDigest, .recordSealing, .contentOrphan, .checkpointSignature, .projectionTable],
            "\(report.text)"
        )
        // The keys of twelve records were destroyed, of an epoch, a withdrawn report and a member that left: that nobody opens them
        // is as it should be.
        #expect(report.counts.opaqueRecords == report.counts.sealedRecords - 12, "\(report.text)")
        #expect(report.findings(.projectionTable, at: "finding").count == 1, "\(report.text)")
        #expect(report.findings(.projectionTable).allSatisfy { $0.detail.contains("not checkable without the master key") })
        #expect(report.counts.advisoryStatements == 1, "what is public is checked with the key the journal names: \(report.text)")
        #expect(report.counts.verdicts == 0, "verdicts are sealed with what they are about: \(report.text)")
        #expect(report.text.contains("INCOMPLETE"))
    }

    @Test func `an outside auditor checks the log with its public key`() async throws {
        let copy = try await AuditFixture.shared.value.copy(keys: false)
        let right = try audit(copy, logKey: verifier(seed: 9))
        #expect(right.findings(.checkpointSignature).isEmpty, "\(right.text)")
        let wrong = try audit(copy, logKey: verifier(seed: 10))
        #expect(wrong.findings(.checkpointSignature).count == 3, "\(wrong.text)")
    }

    @Test func `what can be checked without keys still is`() async throws {
        let copy = try await AuditFixture.shared.value.copy(keys: false)
        try copy.flip("salt", in: "record", where: "sequence = 8")
        try copy.flip("hashes", in: "tile", where: "level = 0")
        let clear = try copy.text("SELECT hex(digest) FROM content WHERE sealed_under = '' LIMIT 1")
        try copy.flip("bytes", in: "content", where: "hex(digest) = '\(clear)'")
        let report = try audit(copy)
        #expect(report.contradicted == [.recordCommitment, .logTile, .contentDigest], "\(report.text)")
    }

    @Test func `names the key file that holds no key, and the master key that is another`() async throws {
        let broken = try await AuditFixture.shared.value.copy()
        try Data("not a key".utf8).write(to: broken.directory.appending(path: "keys/master.key"))
        let report = try audit(broken)
        #expect(report.findings(.keyFile).map(\.place) == ["keys/master.key"], "\(report.text)")
        let other = try await AuditFixture.shared.value.copy()
        try Data(String(repeating: "0", count: 64).utf8).write(to: other.directory.appending(path: "keys/master.key"))
        let unwrapped = try audit(other)
        #expect(unwrapped.findings(.contentKey, at: "member/lab-a").map(\.grade) == [.contradiction], "\(unwrapped.text)")
        #expect(!unwrapped.isComplete)
    }
}
