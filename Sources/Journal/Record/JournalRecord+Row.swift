import CivilTime
import JSONText
import Sealing

/// The record as a row of `BaseSchema.record`.
extension JournalRecord {
    var columnValues: [SQLValue] {
        [
            .integer(sequence), .text(stream.text), .integer(version), .text(kind.text), .text(actor), .text(label),
            .integer(time.millisecondsSinceEpoch), .optional(contentKey?.text), .blob(storedPayload), .blob(salt.bytes),
            .blob(commitment.digest.bytes)
        ]
    }

    /// - Throws: `contradiction` where the row is not what an append writes.
    init(row: SQLRow, in snapshot: JournalSnapshot) throws {
        let sequence = try row.integer(0)
        let stored = try row.blob(8)
        let key = try row.optionalText(7).map(ContentKeyName.init)
        guard
            let commitment = Digest(bytes: try row.blob(10)).map(Commitment.init(digest:)),
            let salt = CommitmentSalt(bytes: try row.blob(9))
        else { throw JournalError(.contradiction, "record \(sequence) has no commitment or salt of 32 bytes") }
        let plaintext = try key.map { try snapshot.openPayload(stored, under: $0) } ?? stored
        self.init(
            sequence: sequence, stream: StreamName(text: try row.text(1)), version: try row.integer(2),
            kind: RecordKind(try row.text(3)), actor: try row.text(4), label: try row.text(5),
            time: Timestamp(millisecondsSinceEpoch: try row.integer(6)), contentKey: key, storedPayload: stored,
            payload: try plaintext.map { try JSONValue(parsing: $0) }, salt: salt, commitment: commitment
        )
    }
}
