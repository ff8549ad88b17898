package import CivilTime
import JSONText
package import Sealing

/// The bytes a record's commitment covers, and the commitment itself.
///
/// The body is canonical JSON (RFC 8785) of everything that must not change: actor, kind, label, payload, stream, time and
/// version. The log's entry is `Commitment(domain, salt, body)`, so that the public log shows that *something* was recorded
/// and when, and nothing else; publishing body and salt later proves what it was.
package enum RecordBody {
    /// What usually surrounds the payload; a longer frame makes the writer grow once.
    private static let usualFrameByteCount = 384

    package static func bytes(
        stream: StreamName, version: Int64, kind: RecordKind, actor: String, label: String, time: Timestamp,
        payload: [UInt8]
    ) -> [UInt8] {
        var writer = JSONWriter(reservingCapacity: payload.count + RecordBody.usualFrameByteCount)
        writer.beginObject()
        writer.key("actor")
        writer.string(actor)
        writer.key("kind")
        writer.string(kind.text)
        writer.key("label")
        writer.string(label)
        writer.key("payload")
        writer.raw(payload)
        writer.key("stream")
        writer.string(stream.text)
        writer.key("time")
        writer.string(time.description)
        writer.key("version")
        writer.integer(version)
        writer.endObject()
        return writer.finish()
    }

    package static func commitment(to body: [UInt8], salt: CommitmentSalt) -> Commitment {
        Commitment(domain: .journalRecord, salt: salt, content: body)
    }
}
