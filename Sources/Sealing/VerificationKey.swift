internal import Crypto

/// An Ed25519 public key (RFC 8032 section 5.1.5).
public struct VerificationKey: Sendable, Hashable {
    /// The length of every key, in bytes.
    public static let byteCount = 32

    private let encoded: Digest

    /// The key with these bytes, or nil unless there are exactly 32.
    ///
    /// A string of 32 bytes that encodes no point of the curve is accepted here and verifies nothing.
    public init?(bytes: [UInt8]) {
        guard let encoded = Digest(bytes: bytes) else { return nil }
        self.encoded = encoded
    }

    /// The key with these bytes, or nil unless there are exactly 32.
    public init?(bytes: ArraySlice<UInt8>) {
        self.init(bytes: [UInt8](bytes))
    }

    /// The 32 bytes of the key.
    public var bytes: [UInt8] { encoded.bytes }

    /// Whether the holder of the matching signing key signed exactly this message.
    ///
    /// A signature whose S is not reduced is refused (RFC 8032 section 5.1.7), so a valid signature cannot be turned
    /// into a second one.
    public func isValid(signature: Signature, for message: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: encoded.bytes) else { return false }
        return key.isValidSignature(signature.bytes, for: message)
    }
}

extension VerificationKey: CustomStringConvertible {
    /// `ed25519:` and the key in lowercase hexadecimal.
    public var description: String { "ed25519:\(encoded.hex)" }
}
