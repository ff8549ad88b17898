import CivilTime
import Journal

/// The two records of a finding that a relation moves, and what follows for the case of where it goes.
struct RelationMoving {
    let finding: PlacedFinding
    let relation: String
    let actor: String
    let environment: ClearinghouseEnvironment
    let snapshot: JournalSnapshot

    /// - Parameter via: the relation that puts the finding there: this one, or where it is undone what had put it there before.
    func drafts(to target: String, via: String?, reasons: [String]) throws -> [RecordDraft] {
        let membership = VulnerabilityMembership(
            finding: finding.identifier, member: finding.member, isFirst: false, reasons: reasons,
            // No claims: fingerprints go on leading where they led, or undoing would have to take them back.
            summary: VulnerabilitySummary(try snapshot.report(of: finding)), claims: [], relation: via
        )
        return [
            try DiscoveryRecords.left(
                finding.vulnerability, finding: finding.identifier, of: finding.member, relation: relation,
                reason: reasons.first ?? "", by: actor),
            try DiscoveryRecords.joined(target, membership, by: actor)
        ]
            + (try snapshot.embargoSuggestion(
                for: finding.member, joining: target, now: environment.now()))
    }
}
