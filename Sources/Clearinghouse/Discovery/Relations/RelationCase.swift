import Correlation
import Journal

/// A judged pair beside what is recorded: whether anything is to be recorded of it, and what. Asked before the append, to leave out
/// what is known without taking the writer, and in it, where it decides.
///
/// Over-merging costs more than under-merging, so a duplicate moves its finding only where nothing speaks against it that a
/// person should weigh (`obstacle`). The finding of the later vulnerability moves into the earlier one.
struct RelationCase {
    let relation: String
    let judgement: RelationJudgement
    /// The finding that moves, or would.
    let joiner: PlacedFinding
    let counterpart: PlacedFinding
    /// What was recorded of the pair before.
    let earlier: FindingRelation?
    /// The findings of where it would go, oldest first: at most one more than a vulnerability may have to be joined.
    let findings: [String]
    /// Whether one of them came in the same document.
    private let isListedBeside: Bool
    private let snapshot: JournalSnapshot
    private let environment: ClearinghouseEnvironment

    /// Nil where nothing is to be recorded: a finding is gone, they are together already, it was said before, or it is no news.
    init?(_ judgement: RelationJudgement, in snapshot: JournalSnapshot, _ environment: ClearinghouseEnvironment) throws {
        let relation = judgement.relation(secret: environment.identifierSecret)
        guard
            let first = try snapshot.placedFinding(judgement.first), let second = try snapshot.placedFinding(judgement.second),
            first.vulnerability != second.vulnerability,
            // A document lists each of its results once: its tool holds them for two.
            (first.member, first.original) != (second.member, second.original)
        else { return nil }
        let earlier = try snapshot.relation(relation)
        if let earlier, Self.isSettled(earlier, judgement) { return nil }
        // The rows of a relation are sealed for its two findings: which of them moves stays as it was.
        let firstJoins = earlier.map { $0.finding == first.identifier } ?? (first.opened > second.opened)
        let (mover, other) = firstJoins ? (first, second) : (second, first)
        (joiner, counterpart) = (mover, other)
        (self.relation, self.judgement, self.earlier, self.snapshot, self.environment) = (
            relation, judgement, earlier, snapshot, environment
        )
        let others = try snapshot.findings(of: other.vulnerability, limit: Self.mostFindings + 1)
        findings = others.map(\.identifier)
        isListedBeside = others.contains { ($0.member, $0.original) == (mover.member, mover.original) }
        guard try isNews() else { return nil }
    }

    /// A vulnerability of more findings than this is a template, not a vulnerability.
    private static let mostFindings = Int64(VulnerabilityClusters.largest)
    /// In thousandths of the score: what changes less is no change.
    private static let smallestChange: Int64 = 5

    /// What this version of the signals said is said; a later one says only what it says otherwise. What a person restored stays.
    private static func isSettled(_ earlier: FindingRelation, _ judgement: RelationJudgement) -> Bool {
        if earlier.version >= judgement.version || earlier.state == .restored { return true }
        return earlier.state == .found && earlier.kind == judgement.kind.name
            && abs(earlier.scoreInThousandths - judgement.scoreInThousandths) < smallestChange
    }

    private func isNews() throws -> Bool {
        if try isRelatedAlready() { return false }
        guard judgement.kind == .duplicate else {
            // Two vulnerabilities are related by their oldest findings, or ten duplicates would repeat one thing a hundred times.
            return try findings.first == counterpart.identifier
                && snapshot.findings(of: joiner.vulnerability, limit: 1).first?.identifier == joiner.identifier
        }
        // Its own document lists another result that is there already: one of the two pairs is wrong, and nobody can tell which.
        return !isListedBeside
    }

    /// Whether the younger finding has such a relation to the other's vulnerability: one says it.
    private func isRelatedAlready() throws -> Bool {
        let (younger, older) = joiner.sequence > counterpart.sequence ? (joiner, counterpart) : (counterpart, joiner)
        let parameters: [SQLValue] = [
            .text(younger.identifier), .text(older.vulnerability), .integer(judgement.version), .text(judgement.kind.name),
            .text(relation)
        ]
        let condition = "AND relation.version >= $3 AND relation.kind IN ($4, 'duplicate') AND relation.id <> $5 LIMIT 1"
        return try !snapshot.relations("WHERE relation.finding = $1 AND theirs.vulnerability = $2 \(condition)", parameters)
            .isEmpty
            || !snapshot.relations(
                "WHERE relation_counterpart.finding = $1 AND mine.vulnerability = $2 \(condition)", parameters
            ).isEmpty
    }

    /// Whether somebody should decide about this duplicate, and why.
    /// - Parameter belongs: whether the finding resembles all the findings it would join, in the mean.
    private func obstacle(belongs: Bool) throws -> String? {
        guard judgement.kind == .duplicate else { return nil }
        if earlier?.state == .undone { return "it was undone under an earlier version of the signals" }
        if joiner.isPlaced || counterpart.isPlaced { return "a person has moved one of the two findings" }
        if try snapshot.hasCase(joiner.vulnerability) {
            return try snapshot.hasCase(counterpart.vulnerability)
                ? "both vulnerabilities have a case" : "the vulnerability it would leave has a case"
        }
        if try hasUndoneRelation() { return "a relation of it to a finding of that vulnerability was undone" }
        // As in the append of a finding: an equal key joins, whatever else is there.
        if judgement.isExact { return nil }
        if judgement.namesOtherWeakness { return "the two findings name different kinds of weakness" }
        if try !isAboutOneSubject() { return "the two findings name no package in common" }
        if findings.count > Self.mostFindings { return "the vulnerability has more than \(Self.mostFindings) findings" }
        return belongs ? nil : "it resembles one finding of that vulnerability and contradicts others"
    }

    /// Whether both name one package or repository. The same words about two may be one bug (a copy of the code) or two (a template): a
    /// person can tell, and whoever would join learns nothing of the other's until then.
    private func isAboutOneSubject() throws -> Bool {
        try snapshot.report(of: joiner).subjectEvidence.namesSubject(of: snapshot.report(of: counterpart).subjectEvidence)
    }

    /// A pair that was undone keeps its findings apart, whoever else they resemble.
    private func hasUndoneRelation() throws -> Bool {
        let parameters: [SQLValue] = [.text(joiner.identifier), .text(counterpart.vulnerability)]
        let undone = "AND relation.state = 'undone' AND relation.kind = 'duplicate' LIMIT 1"
        return try !snapshot.relations("WHERE relation.finding = $1 AND theirs.vulnerability = $2 \(undone)", parameters).isEmpty
            || !snapshot.relations(
                "WHERE relation_counterpart.finding = $1 AND mine.vulnerability = $2 \(undone)", parameters
            ).isEmpty
    }

    func drafts(belongs: Bool) throws -> [RecordDraft] {
        if let earlier, earlier.state == .found, let move = earlier.move, judgement.kind == .duplicate {
            // It moved the finding already; whatever moved it since, stays.
            let finding = RelationFinding(
                relation: relation, judgement: judgement, joiner: joiner, move: move, obstacle: nil)
            return [try RelationRecords.found(finding, isFirst: false)]
        }
        let obstacle = try obstacle(belongs: belongs)
        let moves = judgement.kind == .duplicate && obstacle == nil
        // What it moved before is kept: a later move may lead back over it.
        let move = moves ? RelationMove(source: joiner.vulnerability, via: joiner.relation) : earlier?.move
        let finding = RelationFinding(
            relation: relation, judgement: judgement, joiner: joiner, move: move, obstacle: obstacle)
        var drafts = [try RelationRecords.found(finding, isFirst: earlier == nil)]
        if earlier == nil { drafts.append(try RelationRecords.counterpartNamed(relation, counterpart)) }
        guard moves else { return drafts }
        let moving = RelationMoving(
            finding: joiner, relation: relation, actor: Membership.system, environment: environment, snapshot: snapshot)
        return drafts
            + (try moving.drafts(
                to: counterpart.vulnerability, via: relation,
                reasons: [
                    "a duplicate by relation \(relation), score \(judgement.scoreInThousandths) of 1000, "
                        + "signals version \(judgement.version): \(judgement.words)"
                ]))
    }
}
