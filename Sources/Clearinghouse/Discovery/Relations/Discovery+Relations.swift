import Journal

/// Relations, for those who carry the scope to correlate: nobody else learns by them of findings of others.
extension Discovery {
    /// - Throws: `notFound`; also where a member took its finding along.
    package func relation(_ identifier: String, for principal: Principal) async throws -> FindingRelation {
        try principal.require(.correlate)
        return try await journal.read { snapshot in
            guard let found = try snapshot.relation(identifier) else {
                throw Refusal(.notFound, "there is no relation \(identifier)")
            }
            return found
        }
    }

    /// Relations, latest first.
    /// - Parameter waiting: only duplicates that moved nothing and wait for a person.
    package func relations(
        before sequence: Int64 = .max, limit: Int64, waiting: Bool = false, for principal: Principal
    ) async throws -> [FindingRelation] {
        try principal.require(.correlate)
        let condition = waiting ? "AND relation.is_open = 1 AND mine.vulnerability <> theirs.vulnerability" : ""
        return try await journal.read { snapshot in
            try snapshot.relations(
                "WHERE relation.sequence < $1 \(condition) ORDER BY relation.sequence DESC LIMIT $2",
                [.integer(sequence), .integer(limit)])
        }
    }

    /// All relations of a finding, latest first.
    package func relations(ofFinding identifier: String, for principal: Principal) async throws -> [FindingRelation] {
        try principal.require(.correlate)
        return try await journal.read { snapshot in
            guard try snapshot.placedFinding(identifier) != nil else {
                throw Refusal(.notFound, "there is no finding \(identifier)")
            }
            return try snapshot.relations(
                """
                WHERE relation.id IN (
                    SELECT id FROM relation WHERE finding = $1 UNION SELECT relation FROM relation_counterpart WHERE finding = $1
                ) ORDER BY relation.sequence DESC
                """,
                [.text(identifier)])
        }
    }

    /// The relations of a vulnerability's findings, within it and beyond, latest first, at most `limit`.
    package func relations(
        ofVulnerability identifier: String, limit: Int64, for principal: Principal
    ) async throws -> [FindingRelation] {
        try principal.require(.correlate)
        return try await journal.read { snapshot in
            guard try snapshot.firstRow("SELECT 1 FROM vulnerability WHERE id = $1", [.text(identifier)]) != nil else {
                throw Refusal(.notFound, "there is no vulnerability \(identifier)")
            }
            return try snapshot.relations(
                """
                WHERE relation.id IN (
                    SELECT relation.id FROM relation JOIN finding ON finding.id = relation.finding WHERE finding.vulnerability = $1
                    UNION SELECT relation_counterpart.relation FROM relation_counterpart
                    JOIN finding ON finding.id = relation_counterpart.finding WHERE finding.vulnerability = $1
                ) ORDER BY relation.sequence DESC LIMIT $2
                """,
                [.text(identifier), .integer(limit)])
        }
    }

    /// Takes a relation back: a finding that it moved goes back to where it was, and the pair is not proposed again by the same
    /// version of the signals.
    /// - Throws: `forbidden`, `malformed` without a reason, `notFound`, `conflict` where it is undone; nothing was recorded.
    package func undo(relation: String, reason: String, by principal: Principal) async throws {
        try await change(relation, reason, principal) { try $0.undo(because: reason) }
    }

    /// Makes an undone relation again. No version of the signals takes it back then.
    /// - Throws: as `undo`; `conflict` where it is not undone.
    package func restore(relation: String, reason: String, by principal: Principal) async throws {
        try await change(relation, reason, principal) { try $0.restore(because: reason) }
    }

    private func change(
        _ relation: String, _ reason: String, _ principal: Principal,
        _ drafts: @escaping @Sendable (RelationUndoing) throws -> [RecordDraft]
    ) async throws {
        try principal.require(.correlate)
        guard !reason.isEmpty else { throw Refusal(.malformed, "a reason is needed", place: "/reason") }
        let environment = environment
        _ = try await journal.append { snapshot in
            Decision(try drafts(RelationUndoing(relation, by: principal.member, in: snapshot, environment)))
        }
    }
}
