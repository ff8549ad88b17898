/// The Dead Simple Signing Envelope, protocol version 1 (https://github.com/secure-systems-lab/dsse).
public enum DSSE {
    /// The bytes that a signature covers: PAE of protocol.md. Type and payload stand with their lengths, so a
    /// signature over one type never holds for another, whatever the payload.
    public static func preAuthenticationEncoding(payloadType: String, payload: [UInt8]) -> [UInt8] {
        var encoded = Array("DSSEv1 \(payloadType.utf8.count) \(payloadType) \(payload.count) ".utf8)
        encoded += payload
        return encoded
    }
}

/// One signature of an envelope: bytes of a scheme that only the verifier's key knows, and a hint.
public struct DSSESignature: Sendable, Hashable {
    /// A hint at the key, which nobody has authenticated.
    public let keyID: String?
    /// The signature.
    public let bytes: [UInt8]

    /// A signature with its hint.
    public init(keyID: String?, bytes: [UInt8]) {
        self.keyID = keyID
        self.bytes = bytes
    }
}

extension VerificationKey {
    /// The key's hint in envelopes that we write: the SHA-256 of its 32 bytes in lowercase hexadecimal.
    public var keyID: String { Digest(hashing: bytes).hex }
}
