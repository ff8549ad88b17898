import Correlation
import Handling
import JSONText
import Journal

/// The facts about what two findings are to each other.
///
/// A relation names findings of two members, and either may leave: hence two records tell it, each sealed under the key of the
/// member whose finding it names. When a member's key ends, its half can't be read any more, and the relation is gone with it.
/// All are the desk's: nobody else learns of another member's finding by them.
enum RelationRecords {
    static let found = RecordKind("relation.found")
    static let counterpartNamed = RecordKind("relation.counterpart-named")
    static let undone = RecordKind("relation.undone")
    static let restored = RecordKind("relation.restored")

    static func stream(_ relation: String) -> StreamName { StreamName("relation", relation) }

    /// What was found of a pair. `expectedVersion` 0 where it is the first that is recorded of it: of two servers one records it.
    static func found(_ finding: RelationFinding, isFirst: Bool) throws -> RecordDraft {
        let relation = finding.relation
        return RecordDraft(
            found, in: stream(relation), by: Membership.system, label: try Labels.desk(),
            payload: [
                "finding": .string(finding.joiner.identifier), "kind": .string(finding.judgement.kind.name),
                "move": finding.move?.json ?? .null, "obstacle": finding.obstacle.map { .string($0) } ?? .null,
                "relation": .string(relation), "score": .number(JSONNumber(finding.judgement.scoreInThousandths)),
                "signals": finding.judgement.signalsJSON, "version": .number(JSONNumber(finding.judgement.version))
            ],
            sealedUnder: DiscoveryRecords.contentKey(of: finding.joiner.member), expectedVersion: isFirst ? 0 : nil
        )
    }

    static func counterpartNamed(_ relation: String, _ counterpart: PlacedFinding) throws -> RecordDraft {
        RecordDraft(
            counterpartNamed, in: stream(relation), by: Membership.system, label: try Labels.desk(),
            payload: ["finding": .string(counterpart.identifier), "relation": .string(relation)],
            sealedUnder: DiscoveryRecords.contentKey(of: counterpart.member)
        )
    }

    static func undone(_ relation: String, of joiner: PlacedFinding, reason: String, by actor: String) throws -> RecordDraft {
        RecordDraft(
            undone, in: stream(relation), by: actor, label: try Labels.desk(),
            payload: ["reason": .string(reason), "relation": .string(relation)],
            sealedUnder: DiscoveryRecords.contentKey(of: joiner.member)
        )
    }

    /// - Parameter move: how the finding moves again; nil where it stays.
    static func restored(
        _ relation: String, of joiner: PlacedFinding, move: RelationMove?, obstacle: String?, reason: String, by actor: String
    ) throws -> RecordDraft {
        RecordDraft(
            restored, in: stream(relation), by: actor, label: try Labels.desk(),
            payload: [
                "move": move?.json ?? .null, "obstacle": obstacle.map { .string($0) } ?? .null, "reason": .string(reason),
                "relation": .string(relation)
            ],
            sealedUnder: DiscoveryRecords.contentKey(of: joiner.member)
        )
    }
}

/// How a relation moved a finding, so that undoing it moves the finding back exactly.
struct RelationMove: Equatable {
    /// The vulnerability it was taken out of.
    let source: String
    /// The relation that had put it there, if one had.
    let via: String?

    var json: JSONValue { ["source": .string(source), "via": via.map { .string($0) } ?? .null] }
}
