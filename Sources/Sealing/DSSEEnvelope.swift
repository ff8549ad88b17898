internal import JSONText

/// A payload of ours with signatures of ours, to be sent or stored.
///
/// What comes in from others is an `UnverifiedEnvelope`.
public struct DSSEEnvelope: Sendable, Hashable {
    /// What the payload is: a media type or a URI, case-sensitive.
    public let payloadType: String
    /// The signed bytes.
    public let payload: [UInt8]
    /// At least one.
    public let signatures: [DSSESignature]

    init(payloadType: String, payload: [UInt8], signatures: [DSSESignature]) {
        self.payloadType = payloadType
        self.payload = payload
        self.signatures = signatures
    }

    /// Signs the payload with each key.
    ///
    /// - Throws: `malformedEnvelope` without a key or with an empty type; what `SigningKey.signature` throws.
    public init(payloadType: String, payload: [UInt8], signedBy keys: [SigningKey]) throws(SealingError) {
        guard !keys.isEmpty, !payloadType.isEmpty else {
            throw SealingError(.malformedEnvelope, "an envelope needs a type and a signature")
        }
        let message = DSSE.preAuthenticationEncoding(payloadType: payloadType, payload: payload)
        var signatures: [DSSESignature] = []
        for key in keys {
            let signature = try key.signature(for: message)
            signatures.append(DSSESignature(keyID: key.verificationKey.keyID, bytes: signature.bytes))
        }
        self.init(payloadType: payloadType, payload: payload, signatures: signatures)
    }

    /// The JSON envelope of envelope.md, in standard Base 64 with padding, without white space.
    public func jsonBytes() -> [UInt8] {
        var writer = JSONWriter(reservingCapacity: payload.count * 4 / 3 + 256)
        writer.beginObject()
        writer.key("payload")
        writer.string(Base64.encode(payload))
        writer.key("payloadType")
        writer.string(payloadType)
        writer.key("signatures")
        writer.beginArray()
        for signature in signatures { DSSEEnvelope.write(signature, to: &writer) }
        writer.endArray()
        writer.endObject()
        return writer.finish()
    }

    private static func write(_ signature: DSSESignature, to writer: inout JSONWriter) {
        writer.beginObject()
        if let keyID = signature.keyID {
            writer.key("keyid")
            writer.string(keyID)
        }
        writer.key("sig")
        writer.string(Base64.encode(signature.bytes))
        writer.endObject()
    }
}
