internal import Crypto

/// An Ed25519 private key (RFC 8032 section 5.1.5).
///
/// The seed is given, not drawn: this floor has no randomness. Signing is deterministic. The key never describes
/// itself: `print`, `dump`, string interpolation and a failed test show only that there is one.
public struct SigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// The public half.
    public let verificationKey: VerificationKey

    /// The key of a seed of 32 bytes, which must come from a cryptographic random source.
    ///
    /// - Throws: `malformedKey` unless there are exactly 32 bytes.
    public init(seed: [UInt8]) throws(SealingError) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
            let verificationKey = VerificationKey(bytes: [UInt8](key.publicKey.rawRepresentation))
        else { throw SealingError(.malformedKey, "an Ed25519 seed is 32 bytes, not \(seed.count)") }
        self.key = key
        self.verificationKey = verificationKey
    }

    /// The signature over the message.
    ///
    /// - Throws: `malformedKey` if the cryptographic library refuses to sign, which it has no documented reason to do.
    public func signature(for message: [UInt8]) throws(SealingError) -> Signature {
        guard let raw = try? key.signature(for: message),
            let signature = Signature(bytes: [UInt8](raw))
        else { throw SealingError(.malformedKey, "the key could not sign") }
        return signature
    }
}

extension SigningKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Names the public half only.
    public var description: String { "SigningKey(redacted, verifies as \(verificationKey))" }
    /// The same as `description`.
    public var debugDescription: String { description }
    /// Shows nothing of the private half.
    public var customMirror: Mirror { Mirror(self, children: ["verificationKey": verificationKey]) }
}
