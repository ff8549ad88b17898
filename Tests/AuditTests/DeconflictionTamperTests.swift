import Testing

@testable import Audit

@Suite struct DeconflictionTamperTests {
    @Test func `names the run whose word is for another tool or member, or ended otherwise than recorded`() async throws {
        let changes = [
            (#""tool":"walk""#, #""tool":"talk""#, "the signed word is for other tools"),
            (#""authoriser":"operator-c""#, #""authoriser":"vendor-b""#, "its authoriser had no key here"),
            (
                #""authoriser":"operator-c""#, #""authoriser":"clearinghouse""#,
                "its owner's word does not verify: tooFewSignatures"
            ),
            (#""authorisedUntil":"2"#, #""authorisedUntil":"3"#, "the recorded end is not the signed one")
        ]
        for (from, to, detail) in changes {
            let copy = try await AuditFixture.shared.value.copy()
            let record = try copy.integer("SELECT min(sequence) FROM record WHERE kind = 'run.requested'")
            try copy.rewriteSealed(record) { $0.replacing(from, with: to) }
            #expect(try copy.audit().findings(.authorisation, at: "record \(record)").map(\.detail) == [detail], "\(to)")
        }
    }

    @Test func `names the lease of a closed target that has no word of its owner, or one for another member`() async throws {
        let fixture = try await AuditFixture.shared.value
        let closed =
            "SELECT max(sequence) FROM record WHERE kind = 'lease.claimed' AND actor = 'lab-a' AND sequence < "
            + "(SELECT min(sequence) FROM record WHERE kind = 'run.requested')"
        let without = try fixture.copy()
        let record = try without.integer(closed)
        try without.rewriteSealed(record) { $0.replacing(#""authorisation""#, with: #""authority""#) }
        #expect(
            try without.audit().findings(.authorisation).map(\.detail) == ["a closed target was leased without its owner's word"])
        let others = try fixture.copy()
        try others.rewriteSealed(record) { $0.replacing(#""member":"lab-a""#, with: #""member":"lab-d""#) }
        #expect(try others.audit().findings(.authorisation).map(\.detail) == ["the signed word is for another member"])
    }

    @Test func `names two leases of one scope that live at one time`() async throws {
        let copy = try await AuditFixture.shared.value.copy()
        let released = try copy.integer("SELECT min(sequence) FROM record WHERE kind = 'lease.released'")
        try copy.rewriteSealed(released) { $0.replacing(#""lease":"l"#, with: #""lease":"k"#) }
        let overlaps = try copy.audit().findings(.leaseOverlap)
        #expect(overlaps.count == 1 && overlaps.first?.detail.contains("for the same scope") == true, "\(overlaps)")
    }

    @Test func `names the question whose salt does not open its commitment`() async throws {
        let copy = try await AuditFixture.shared.value.copy()
        let record = try copy.integer("SELECT min(sequence) FROM record WHERE kind = 'question.opened'")
        try copy.rewriteSealed(record) { text in
            text.replacing(/"salt":"[0-9a-f]{2}/) { $0.output.hasSuffix("00") ? "\"salt\":\"01" : "\"salt\":\"00" }
        }
        let report = try copy.audit()
        #expect(
            report.findings(.questionCommitment, at: "record \(record)").map(\.detail) == [
                "its finding and salt do not open the commitment"
            ])
    }

    @Test func `names the attachment whose chunks are not what was declared`() async throws {
        let copy = try await AuditFixture.shared.value.copy()
        let declared = try copy.integer("SELECT min(sequence) FROM record WHERE kind = 'attachment.declared'")
        let completed = try copy.integer("SELECT min(sequence) FROM record WHERE kind = 'attachment.completed'")
        try copy.rewriteSealed(declared) { $0.replacing(#""size":19"#, with: #""size":10"#) }
        #expect(
            try copy.audit().findings(.attachmentDigest, at: "record \(completed)").map(\.detail) == [
                "its chunks do not have the declared size and SHA-256"
            ])
    }
}
