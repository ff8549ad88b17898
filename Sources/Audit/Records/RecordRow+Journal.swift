import CivilTime
import JSONText
import Journal
import Sealing

extension RecordRow {
    /// The row as projections know records.
    ///
    /// No projection looks at salt and commitment; where they have the wrong length, which is a finding, they are cut or
    /// filled to the right one, so that the record is replayed all the same.
    func journalRecord(payload json: JSONValue?) -> JournalRecord? {
        guard
            let salt = CommitmentSalt(bytes: fitted(salt, to: CommitmentSalt.byteCount)),
            let commitment = Digest(bytes: fitted(commitment, to: Digest.byteCount))
        else { return nil }
        return JournalRecord(
            sequence: sequence, stream: StreamName(text: text(stream)), version: version, kind: RecordKind(text(kind)),
            actor: text(actor), label: text(label), time: Timestamp(millisecondsSinceEpoch: time),
            contentKey: contentKey.map { ContentKeyName($0) }, storedPayload: payload, payload: json, salt: salt,
            commitment: Commitment(digest: commitment)
        )
    }

    private func fitted(_ bytes: [UInt8], to count: Int) -> [UInt8] {
        bytes.count == count ? bytes : Array((bytes + Array(repeating: 0, count: count)).prefix(count))
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
