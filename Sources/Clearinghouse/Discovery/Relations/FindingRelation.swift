package import CivilTime
import Correlation
import JSONText
import Journal

/// What two findings are to each other, with the signals that say so, as it stands.
package struct FindingRelation: Sendable {
    package enum State: String, Sendable, CaseIterable {
        /// As the signals gave it.
        case found
        /// Somebody, or a later version of the signals, says that it is none.
        case undone
        /// Somebody says that it is one after all; no version of the signals takes that back.
        case restored
    }

    package let identifier: String
    /// `duplicate`, `subsumed`, `chain` or `variant`.
    package let kind: String
    /// In thousandths; 500 and more is a duplicate.
    package let scoreInThousandths: Int64
    package let signals: [RelationSignal]
    /// The version of the signals.
    package let version: Int64
    package let state: State
    /// The finding that it moved, or would move, and where that is now.
    package let finding: String
    package let vulnerability: String
    package let other: String
    package let otherVulnerability: String
    /// Why a duplicate moved nothing.
    package let obstacle: String?
    /// Why it was undone or restored.
    package let reason: String?
    package let found: Timestamp
    package let sequence: Int64
    let move: RelationMove?

    /// A duplicate that moved nothing, of two findings that are still apart: a person decides, by moving a finding or by undoing.
    package var waits: Bool { obstacle != nil && state != .undone && vulnerability != otherVulnerability }
}

/// What one signal gave to the score, in log-odds; negative where it speaks against.
package struct RelationSignal: Sendable {
    package let name: String
    package let logOdds: Double
}

extension FindingRelation {
    fileprivate static let query = """
        SELECT relation.id, relation.kind, relation.score, relation.signals, relation.version, relation.state, relation.finding,
            mine.vulnerability, relation_counterpart.finding, theirs.vulnerability, relation.obstacle, relation.reason,
            relation.found, relation.sequence, relation.source, relation.via
        FROM relation
        JOIN relation_counterpart ON relation_counterpart.relation = relation.id
        JOIN finding AS mine ON mine.id = relation.finding
        JOIN finding AS theirs ON theirs.id = relation_counterpart.finding
        """

    fileprivate init(row: SQLRow) throws {
        guard let state = State(rawValue: try row.text(5)) else {
            throw JournalError(.contradiction, "a relation is in no state there is")
        }
        let signals = try JSONValue(parsing: Array(try row.text(3).utf8)).array ?? []
        let source = try row.optionalText(14)
        self.init(
            identifier: try row.text(0), kind: try row.text(1), scoreInThousandths: try row.integer(2),
            signals: signals.compactMap(RelationSignal.init(json:)), version: try row.integer(4), state: state,
            finding: try row.text(6), vulnerability: try row.optionalText(7) ?? "", other: try row.text(8),
            otherVulnerability: try row.optionalText(9) ?? "", obstacle: try row.optionalText(10),
            reason: try row.optionalText(11), found: Timestamp(millisecondsSinceEpoch: try row.integer(12)),
            sequence: try row.integer(13), move: try source.map { RelationMove(source: $0, via: try row.optionalText(15)) }
        )
    }
}

extension RelationSignal {
    fileprivate init?(json: JSONValue) {
        guard let name = json["signal"]?.string, let logOdds = json["logOdds"]?.number?.double else { return nil }
        self.init(name: name, logOdds: logOdds)
    }
}

extension JournalSnapshot {
    /// - Parameter condition: SQL over `relation`, `relation_counterpart`, `mine` and `theirs`.
    func relations(_ condition: String, _ parameters: [SQLValue] = []) throws -> [FindingRelation] {
        try rows("\(FindingRelation.query) \(condition)", parameters).map(FindingRelation.init(row:))
    }

    func relation(_ identifier: String) throws -> FindingRelation? {
        try relations("WHERE relation.id = $1", [.text(identifier)]).first
    }
}
