package import CivilTime
package import Journal
import Matching
package import Sealing

/// An advisory as pages and lists show it.
package struct AdvisorySummary: Sendable {
    package let identifier: String
    package let source: String
    package let summary: String
    package let modified: Timestamp
    package let isWithdrawn: Bool
    package let sequence: Int64
}

/// One entry of the feed: a public record opened (body and salt), and the documents it refers to.
package struct FeedEntry: Sendable {
    /// Also the leaf's index in the log.
    package let sequence: Int64
    package let body: [UInt8]
    package let salt: CommitmentSalt
    package let osv: [UInt8]
    package let csaf: [UInt8]?
}

extension Distribution {
    /// A page of the feed ends with the document that reaches this: pages are held in memory, one for every reader.
    private static let feedPageByteCount = 8 * 1_024 * 1_024

    /// Up to `limit` advisories whose latest record lies after `sequence`, in the order they were recorded.
    ///
    /// Only entries below the latest checkpoint are given out: what the log does not prove yet is not in the feed yet.
    package func feed(after sequence: Int64, limit: Int64) async throws -> [FeedEntry] {
        try await journal.read { snapshot in
            let size = try snapshot.latestCheckpoint()?.size ?? 0
            let rows = try snapshot.rows(
                "SELECT sequence, osv, csaf FROM advisory WHERE sequence > $1 AND sequence < $2 ORDER BY sequence LIMIT $3",
                [.integer(sequence), .integer(size), .integer(limit)]
            )
            var (entries, byteCount): ([FeedEntry], Int) = ([], 0)
            for row in rows where byteCount < Distribution.feedPageByteCount {
                let entry = try FeedEntry(row: row, in: snapshot)
                byteCount += entry.osv.count + (entry.csaf?.count ?? 0)
                entries.append(entry)
            }
            return entries
        }
    }

    package func advisories(before sequence: Int64, limit: Int64, source: String?) async throws -> [AdvisorySummary] {
        try await journal.read { snapshot in
            try snapshot.rows(
                """
                SELECT id, source, summary, modified, withdrawn, sequence FROM advisory
                WHERE sequence < $1 AND ($2 = '' OR source = $2) ORDER BY sequence DESC LIMIT $3
                """,
                [.integer(sequence), .text(source ?? ""), .integer(limit)]
            ).map(AdvisorySummary.init(row:))
        }
    }

    package func advisoryCount() async throws -> Int64 {
        try await journal.read { try $0.firstRow("SELECT count(*) FROM advisory")?.integer(0) ?? 0 }
    }

    /// The OSV document, by the advisory's own identifier or by an alias that leads to exactly one.
    package func osv(_ identifier: String) async throws -> [UInt8] {
        try await document("osv", of: identifier)
    }

    /// The CSAF document, named in the same ways; only advisories published here have one.
    package func csaf(_ identifier: String) async throws -> [UInt8] {
        try await document("csaf", of: identifier)
    }

    private func document(_ column: String, of identifier: String) async throws -> [UInt8] {
        let found = try await journal.read { snapshot in
            let name = try snapshot.advisory(named: identifier)
            let digest = try snapshot.firstRow("SELECT \(column) FROM advisory WHERE id = $1", [.text(name)])?
                .optionalText(0).flatMap(Digest.init(hex:))
            return try digest.flatMap { try snapshot.content($0) }
        }
        guard let found else { throw Refusal(.notFound, "there is no advisory \(identifier) with this document") }
        return found
    }
}

extension JournalSnapshot {
    /// The advisory of this identifier, or else the only one that has it as an alias; the name itself where there is neither.
    /// `GCVE-0-…` and `CVE-…` are one name.
    package func advisory(named name: String) throws -> String {
        let names = [name] + (GCVEIdentifier.counterpart(of: name).map { [$0] } ?? [])
        for name in names where try firstRow("SELECT 1 FROM advisory WHERE id = $1", [.text(name)]) != nil { return name }
        var found: Set<String> = []
        for name in names {
            let rows = try rows("SELECT advisory FROM advisory_alias WHERE alias = $1 LIMIT 2", [.text(name)])
            for row in rows { found.insert(try row.text(0)) }
        }
        return found.count == 1 ? found.first ?? name : name
    }
}

extension FeedEntry {
    fileprivate init(row: SQLRow, in snapshot: JournalSnapshot) throws {
        let sequence = try row.integer(0)
        guard
            let record = try snapshot.record(at: sequence),
            let osv = try Digest(hex: row.text(1)).flatMap({ try snapshot.content($0) })
        else { throw JournalError(.contradiction, "the advisory at \(sequence) has no record or document") }
        self.init(
            sequence: sequence, body: record.body, salt: record.salt, osv: osv,
            csaf: try row.optionalText(2).flatMap(Digest.init(hex:)).flatMap { try snapshot.content($0) }
        )
    }
}

extension AdvisorySummary {
    fileprivate init(row: SQLRow) throws {
        self.init(
            identifier: try row.text(0), source: try row.text(1), summary: try row.text(2),
            modified: Timestamp(millisecondsSinceEpoch: try row.integer(3)),
            isWithdrawn: try row.optionalInteger(4) != nil, sequence: try row.integer(5)
        )
    }
}
