import Journal

/// Undoing a relation and making it again; each is the other's exact inverse as long as nothing else moved the finding.
struct RelationUndoing {
    let relation: FindingRelation
    let joiner: PlacedFinding
    let actor: String
    let environment: ClearinghouseEnvironment
    let snapshot: JournalSnapshot

    /// - Throws: `notFound` where there is no such relation any more.
    init(_ identifier: String, by actor: String, in snapshot: JournalSnapshot, _ environment: ClearinghouseEnvironment) throws {
        guard
            let relation = try snapshot.relation(identifier), let joiner = try snapshot.placedFinding(relation.finding)
        else { throw Refusal(.notFound, "there is no relation \(identifier)") }
        (self.relation, self.joiner, self.actor) = (relation, joiner, actor)
        (self.snapshot, self.environment) = (snapshot, environment)
    }

    /// The finding goes back to where it was, if it is this relation that put it where it is.
    /// - Throws: `conflict` where it is undone already.
    func undo(because reason: String) throws -> [RecordDraft] {
        guard relation.state != .undone else { throw Refusal(.conflict, "the relation is undone already") }
        let undone = try RelationRecords.undone(relation.identifier, of: joiner, reason: reason, by: actor)
        guard joiner.relation == relation.identifier, let move = relation.move else { return [undone] }
        let place = try placeBefore(move)
        return [undone]
            + (try moving.drafts(
                to: place.source, via: place.via, reasons: ["relation \(relation.identifier) was undone: \(reason)"]))
    }

    /// Where the finding was before a move. A move that was itself undone meanwhile leads further back.
    private func placeBefore(_ move: RelationMove) throws -> RelationMove {
        guard let via = move.via, let before = try snapshot.relation(via), before.state == .undone, let earlier = before.move
        else {
            return move
        }
        return try placeBefore(earlier)
    }

    /// A duplicate moves its finding again, unless a case keeps it where it is.
    /// - Throws: `conflict` where it is not undone.
    func restore(because reason: String) throws -> [RecordDraft] {
        guard relation.state == .undone else { throw Refusal(.conflict, "the relation is not undone") }
        let isApart = relation.vulnerability != relation.otherVulnerability
        let wants = try relation.kind == "duplicate" && isApart && !isBeneath(joiner.relation)
        let obstacle = try wants && snapshot.hasCase(joiner.vulnerability) ? "the vulnerability it would leave has a case" : nil
        let moves = wants && obstacle == nil
        let restored = try RelationRecords.restored(
            relation.identifier, of: joiner,
            move: moves ? RelationMove(source: joiner.vulnerability, via: joiner.relation) : nil, obstacle: obstacle,
            reason: reason, by: actor)
        guard moves else { return [restored] }
        return [restored]
            + (try moving.drafts(
                to: relation.otherVulnerability, via: relation.identifier,
                reasons: ["relation \(relation.identifier) was restored: \(reason)"]))
    }

    /// Whether the finding came by this relation to where a later one took it from: undoing that one leads back here.
    private func isBeneath(_ upper: String?) throws -> Bool {
        guard let upper else { return false }
        return try upper == relation.identifier || isBeneath(snapshot.relation(upper)?.move?.via)
    }

    private var moving: RelationMoving {
        RelationMoving(
            finding: joiner, relation: relation.identifier, actor: actor, environment: environment, snapshot: snapshot)
    }
}
