import Correlation
import Journal
import Sealing

/// A submission with everything that can be said of it without the journal.
///
/// There is one writer, and while it works everybody waits; what needs nothing but the submission is done before it is asked.
package struct PreparedFinding: Sendable {
    /// An exact key of the finding, keyed as the journal keeps it, and in words what it is made of.
    struct Fingerprint: Sendable {
        let claim: FingerprintClaim
        let reason: String
        /// The tool's own identity of the finding, and no place.
        let isOfTool: Bool
    }

    let member: String
    let identifier: String
    let submission: FindingSubmission
    /// Strongest first.
    let fingerprints: [Fingerprint]
    /// What the vulnerability is called if the finding is its first.
    let newVulnerability: String
    /// What it is called if the finding stays alone whatever its fingerprints are.
    let loneVulnerability: String
    let submitted: RecordDraft

    init(_ submission: FindingSubmission, of member: String, secret: [UInt8]) throws {
        self.member = member
        self.submission = submission
        identifier = Identifier.derived(
            "f", secret: secret, from: [member] + (submission.run.map { ["run", $0] } ?? []) + [submission.idempotencyKey])
        // What was read with doubts leads nobody anywhere before a person has read it.
        fingerprints = submission.report.doubts.isEmpty ? Self.fingerprints(of: submission.report, secret: secret) : []
        newVulnerability = Identifier.derived(
            "v", secret: secret, from: [fingerprints.first?.claim.digest.hex ?? identifier]
        )
        // As where a person takes it out of another.
        loneVulnerability = Identifier.derived("v", secret: secret, from: ["alone", identifier])
        submitted = try DiscoveryRecords.submitted(identifier, submission, by: member)
    }

    /// The exact keys of a report, strongest first.
    static func fingerprints(of report: FindingReport, secret: [UInt8]) -> [Fingerprint] {
        report.fingerprintKeys.map { Fingerprint($0, secret) }
    }
}

extension PreparedFinding.Fingerprint {
    fileprivate init(_ key: FingerprintKey, _ secret: [UInt8]) {
        let message = Array("\(key.kind.rawValue)\n\(key.canonicalText)".utf8)
        claim = FingerprintClaim(kind: key.kind.rawValue, digest: keyedDigest(key: secret, message: message))
        reason = key.reason
        isOfTool = key.kind == .tool
    }
}
