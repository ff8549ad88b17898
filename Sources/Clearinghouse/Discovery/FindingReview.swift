import CivilTime
import JSONText
import Journal
import Sealing

/// A person has compared a finding that was read with doubts with its original, and stands for it.
///
/// Until then nothing follows from it: it joins nothing, claims no fingerprint, is compared with no other finding, is no part of what
/// a blinded question meets, and counts as nobody's independent find. From then on it is a finding like others; in the question's
/// tags from the next epoch on.
struct FindingReview {
    private let finding: PlacedFinding
    private let report: FindingReport
    private let snapshot: JournalSnapshot
    private let secret: [UInt8]
    private let now: Timestamp

    /// - Throws: `notFound`.
    init(of identifier: String, in snapshot: JournalSnapshot, secret: [UInt8], now: Timestamp) throws {
        guard let finding = try snapshot.placedFinding(identifier) else {
            throw Refusal(.notFound, "there is no finding \(identifier)")
        }
        self.finding = finding
        report = try snapshot.report(of: finding)
        (self.snapshot, self.secret, self.now) = (snapshot, secret, now)
    }

    /// The records, and the vulnerability it belongs to then; no records where nobody waits for a review.
    func drafts(by actor: String) throws -> (records: [RecordDraft], target: String) {
        guard try snapshot.needsReview(finding.identifier) else { return ([], finding.vulnerability) }
        let fingerprints = PreparedFinding.fingerprints(of: report, secret: secret)
        // What a person has put somewhere stays there.
        let known = finding.isPlaced ? nil : try fingerprints.lazy.compactMap(match).first
        let target = known?.vulnerability ?? finding.vulnerability
        var records = [
            try DiscoveryRecords.reviewed(finding, claims: fingerprints.claims, of: target, by: actor)
        ]
        if let known, known.vulnerability != finding.vulnerability {
            records += try moved(to: known.vulnerability, because: known.reason)
        }
        return (records + (try snapshot.embargoSuggestion(for: finding.member, joining: target, now: now)), target)
    }

    private func match(_ fingerprint: PreparedFinding.Fingerprint) throws -> (vulnerability: String, reason: String)? {
        let claim = fingerprint.claim
        return try fingerprint.vulnerability(known: snapshot.vulnerability(claiming:)).map {
            ($0, "same \(claim.kind) fingerprint: \(fingerprint.reason)")
        }
    }

    private func moved(to target: String, because reason: String) throws -> [RecordDraft] {
        let membership = VulnerabilityMembership(
            finding: finding.identifier, member: finding.member, isFirst: false, reasons: [reason],
            summary: VulnerabilitySummary(report), claims: []
        )
        return [
            try DiscoveryRecords.left(
                finding.vulnerability, finding: finding.identifier, of: finding.member, reason: "it was reviewed",
                by: Membership.system),
            try DiscoveryRecords.joined(target, membership, by: Membership.system)
        ]
    }
}

extension JournalSnapshot {
    /// Whether doubts about a finding stand that nobody has cleared up.
    func needsReview(_ finding: String) throws -> Bool {
        try firstRow("SELECT 1 FROM awaited_review WHERE finding = $1", [.text(finding)]) != nil
    }

    func vulnerability(claiming claim: FingerprintClaim) throws -> String? {
        try firstRow(
            "SELECT vulnerability FROM fingerprint WHERE digest = $1 AND kind = $2",
            [.text(claim.digest.hex), .text(claim.kind)]
        )?.text(0)
    }
}
