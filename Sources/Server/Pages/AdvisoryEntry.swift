import AdvisoryFormats
import Clearinghouse
import Journal
import Sealing

/// An advisory as it stands in the journal: its documents, and its place in the log.
struct AdvisoryEntry: Sendable {
    let identifier: String
    let source: String
    let osv: [UInt8]
    let hasCSAF: Bool
    /// The signed statement over the documents; only advisories published here have one.
    let statement: String?
    /// Also the index of the log's leaf.
    let sequence: Int64
    let commitment: Digest
    let checkpointSize: Int64

    /// Finds it by its identifier, or by an alias that leads to exactly one.
    /// - Throws: `notFound`.
    init(named name: String, in journal: any Journal) async throws {
        let found = try await journal.read { snapshot in
            try AdvisoryEntry(identifier: snapshot.advisory(named: name), in: snapshot)
        }
        guard let found else { throw Refusal(.notFound, "There is no advisory \(name) here.") }
        self = found
    }

    private init?(identifier: String, in snapshot: JournalSnapshot) throws {
        let row = try snapshot.firstRow(
            "SELECT source, osv, csaf, statement, sequence FROM advisory WHERE id = $1", [.text(identifier)]
        )
        guard
            let row, let osv = try Digest(hex: row.text(1)).flatMap({ try snapshot.content($0) }),
            let record = try snapshot.record(at: try row.integer(4))
        else { return nil }
        self.identifier = identifier
        self.osv = osv
        source = try row.text(0)
        hasCSAF = try row.optionalText(2) != nil
        statement = try row.optionalText(3)
        sequence = record.sequence
        commitment = record.commitment.digest
        checkpointSize = try snapshot.latestCheckpoint()?.size ?? 0
    }

    /// What the OSV document says.
    /// - Throws: `JournalError` where the stored document is no OSV: it was validated before it was stored.
    var record: OSVRecord {
        get throws {
            do {
                return try OSVRecord(parsing: osv)
            } catch {
                throw JournalError(.contradiction, "the stored document of \(identifier) is no OSV record")
            }
        }
    }
}
