import CivilTime
import JSONText
import Journal

/// Moving a finding by hand: what automatic joining got wrong is undone here, with the reason kept.
struct FindingReassignment {
    let finding: String
    let member: String
    let current: String
    let report: FindingReport
    let snapshot: JournalSnapshot
    let secret: [UInt8]
    let now: Timestamp

    init(finding: String, snapshot: JournalSnapshot, secret: [UInt8], now: Timestamp) throws {
        self.now = now
        let row = try snapshot.firstRow("SELECT member, vulnerability FROM finding WHERE id = $1", [.text(finding)])
        let submitted = try snapshot.records(of: DiscoveryRecords.findingStream(finding)).first
        guard
            let row, let current = try row.optionalText(1),
            let report = submitted?.payload?["report"].flatMap(FindingReport.init(json:))
        else { throw Refusal(.notFound, "there is no finding \(finding)") }
        self.finding = finding
        self.member = try row.text(0)
        self.current = current
        self.report = report
        self.snapshot = snapshot
        self.secret = secret
    }

    func drafts(target wanted: String?, reason: String, by actor: String) throws -> (records: [RecordDraft], target: String) {
        let target = wanted ?? Identifier.derived("v", secret: secret, from: ["alone", finding])
        guard target != current else { throw Refusal(.conflict, "the finding belongs to \(target) already") }
        let known = try snapshot.firstRow("SELECT 1 FROM vulnerability WHERE id = $1", [.text(target)]) != nil
        guard known || wanted == nil else {
            throw Refusal(.notFound, "there is no vulnerability \(target)", place: "/vulnerability")
        }
        // No claims: fingerprints go on leading where they led, or the next duplicate would follow one wrong finding.
        let membership = VulnerabilityMembership(
            finding: finding, member: member, isFirst: !known, reasons: [reason], summary: VulnerabilitySummary(report),
            claims: []
        )
        return (
            [
                try DiscoveryRecords.left(current, finding: finding, of: member, reason: reason, by: actor),
                try DiscoveryRecords.joined(target, membership, by: actor)
            ] + (try snapshot.needsReview(finding) ? [] : snapshot.embargoSuggestion(for: member, joining: target, now: now)),
            target
        )
    }
}
