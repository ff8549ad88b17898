package import CivilTime
package import JSONText
package import Sealing

/// One fact of the journal, as it was committed.
package struct JournalRecord: Sendable {
    /// The place in the journal, from 0 without gaps; also the index of its leaf in the transparency log.
    package let sequence: Int64
    package let stream: StreamName
    /// The place in the stream, from 1.
    package let version: Int64
    package let kind: RecordKind
    package let actor: String
    /// The handling label's text; see `HandlingLabel`.
    package let label: String
    package let time: Timestamp
    /// The key the payload is sealed under; nil for a payload in the clear.
    package let contentKey: ContentKeyName?
    /// The canonical JSON that was committed to: the payload itself, or a `SealedPayload`.
    package let storedPayload: [UInt8]
    /// The payload; nil where its content key was destroyed.
    package let payload: JSONValue?
    package let salt: CommitmentSalt
    package let commitment: Commitment

    /// A record as its parts; nothing is checked. For the engines, and for the auditor, who reads rows by itself.
    package init(
        sequence: Int64, stream: StreamName, version: Int64, kind: RecordKind, actor: String, label: String,
        time: Timestamp, contentKey: ContentKeyName?, storedPayload: [UInt8], payload: JSONValue?, salt: CommitmentSalt,
        commitment: Commitment
    ) {
        self.sequence = sequence
        self.stream = stream
        self.version = version
        self.kind = kind
        self.actor = actor
        self.label = label
        self.time = time
        self.contentKey = contentKey
        self.storedPayload = storedPayload
        self.payload = payload
        self.salt = salt
        self.commitment = commitment
    }

    /// The bytes the commitment covers.
    package var body: [UInt8] {
        RecordBody.bytes(
            stream: stream, version: version, kind: kind, actor: actor, label: label, time: time, payload: storedPayload
        )
    }
}

/// What an append gives back: the record's place, which is final and durable.
package struct RecordReceipt: Sendable, Hashable {
    package let sequence: Int64
    package let stream: StreamName
    package let version: Int64
    package let time: Timestamp
    package let commitment: Commitment

    package init(sequence: Int64, stream: StreamName, version: Int64, time: Timestamp, commitment: Commitment) {
        self.sequence = sequence
        self.stream = stream
        self.version = version
        self.time = time
        self.commitment = commitment
    }
}
