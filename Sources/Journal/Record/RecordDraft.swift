package import Handling
package import JSONText
package import Sealing

/// The name of one stream: the life of one thing (`finding/F-…`, `case/BWC-2026-0001`).
///
/// Records of one stream are numbered from 1 without gaps; that number is its version.
package struct StreamName: Sendable, Hashable, CustomStringConvertible {
    package let text: String

    package init(_ room: String, _ identifier: String) {
        text = room + "/" + identifier
    }

    package init(text: String) {
        self.text = text
    }

    package var description: String { text }

    /// What follows the first slash: the identifier of the thing.
    package var identifier: String {
        String(text.drop { $0 != "/" }.dropFirst())
    }
}

/// What happened, as `noun.verbed` (`finding.submitted`). A kind's meaning never changes once records carry it.
package struct RecordKind: Sendable, Hashable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package var description: String { text }
}

/// The name of a content key: `member/<id>` or `case/<id>`. Destroying the key makes everything sealed under it unreadable.
package struct ContentKeyName: Sendable, Hashable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }
}

/// Bytes kept exactly as they arrived, found again by their SHA-256.
package struct Content: Sendable {
    package let digest: Digest
    package let bytes: [UInt8]
    /// What a projection would make of the bytes, made already by whoever parsed them; the writer, of which there is one, then
    /// need not parse them again. A replay finds none and derives it from the bytes, so it must be a function of them alone.
    package let derived: (any Sendable)?

    package init(_ bytes: [UInt8], derived: (any Sendable)? = nil) {
        self.digest = Digest(hashing: bytes)
        self.bytes = bytes
        self.derived = derived
    }
}

/// A record that somebody wants appended: everything but its place, time and commitment, which the journal gives.
package struct RecordDraft: Sendable {
    package let stream: StreamName
    package let kind: RecordKind
    /// Who caused it: a member's identifier, or `system` for what the clearinghouse does by itself.
    package let actor: String
    package let label: HandlingLabel
    package let payload: JSONValue
    /// The payload as it is committed to (RFC 8785), made with the draft: a draft can be made before the writer is asked for.
    let canonicalPayload: [UInt8]
    /// Bytes the payload refers to by digest; stored in the same transaction, once however often they arrive.
    package private(set) var contents: [Content]
    /// Where set, payload and contents are sealed under this key before they are written.
    package let sealedUnder: ContentKeyName?
    /// Where set, the append is refused unless the stream stands at exactly this version (0: does not exist).
    package let expectedVersion: Int64?

    package init(
        _ kind: RecordKind, in stream: StreamName, by actor: String, label: HandlingLabel, payload: JSONValue,
        contents: [Content] = [], sealedUnder: ContentKeyName? = nil, expectedVersion: Int64? = nil
    ) {
        self.kind = kind
        self.stream = stream
        self.actor = actor
        self.label = label
        self.payload = payload
        self.canonicalPayload = payload.canonicalBytes()
        self.contents = contents
        self.sealedUnder = sealedUnder
        self.expectedVersion = expectedVersion
    }

    /// How long the payload is, in bytes; the journal refuses one above `JournalLimits.maximumPayloadByteCount`.
    package var payloadByteCount: Int { canonicalPayload.count }

    /// The same draft where another of its append brings the contents.
    package var withoutContents: RecordDraft {
        var draft = self
        draft.contents = []
        return draft
    }
}
