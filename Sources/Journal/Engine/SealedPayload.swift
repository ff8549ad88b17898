import JSONText
import Sealing

/// Sealing what a record carries under a content key.
///
/// Contents are stored as the box's own bytes. A payload stays JSON, because the record's body is: `{"key", "sealed"}` with
/// the box in base64. The box carries a commitment to the plaintext on its outside, so a record under embargo proves what it
/// held once content and salt are published.
struct SealedPayload {
    let name: ContentKeyName
    let key: ContentKey

    /// The box, for `content.bytes`.
    func seal(_ plaintext: [UInt8], random: (Int) -> [UInt8]) throws -> [UInt8] {
        guard let salt = CommitmentSalt(bytes: random(CommitmentSalt.byteCount)) else {
            throw JournalError(.storage, "the source of randomness gave too few bytes")
        }
        return try key.seal(
            plaintext, context: context, nonce: random(SealedContent.nonceByteCount), salt: salt
        ).bytes
    }

    /// The box as canonical JSON, for `record.payload`.
    func sealJSON(_ plaintext: [UInt8], random: (Int) -> [UInt8]) throws -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("key")
        writer.string(name.text)
        writer.key("sealed")
        writer.string(Base64.encode(try seal(plaintext, random: random)))
        writer.endObject()
        return writer.bytes
    }

    /// - Throws: `contradiction` where the box does not open.
    func open(_ box: [UInt8]) throws -> [UInt8] {
        do {
            return try key.open(SealedContent(parsing: box), context: context).content
        } catch {
            throw JournalError(.contradiction, "what is sealed under \(name.text) does not open: \(error)")
        }
    }

    func openJSON(_ json: [UInt8]) throws -> [UInt8] {
        guard let text = try JSONValue(parsing: json)["sealed"]?.string, let box = try? Base64.decode(text) else {
            throw JournalError(.contradiction, "a record's payload is not sealed, but names the key \(name.text)")
        }
        return try open(box)
    }

    /// A box moved under another name must not open.
    private var context: [UInt8] { Array(name.text.utf8) }
}
