internal import Crypto

/// An ECDSA public key on NIST P-256 (FIPS 186-5), as other people's logs use it; ours sign with Ed25519.
public struct P256VerificationKey: Sendable, Hashable {
    /// The DER `SubjectPublicKeyInfo` (RFC 5480), exactly as it was given: log identities are hashes of it (RFC 6962
    /// section 3.2).
    public let subjectPublicKeyInfo: [UInt8]

    /// Reads the key.
    ///
    /// - Throws: `malformedKey` if the bytes are not the one DER encoding of a P-256 point in uncompressed form.
    public init(subjectPublicKeyInfo: [UInt8]) throws(SealingError) {
        guard let key = try? P256.Signing.PublicKey(derRepresentation: subjectPublicKeyInfo),
            [UInt8](key.derRepresentation) == subjectPublicKeyInfo
        else { throw SealingError(.malformedKey, "not the DER encoding of a P-256 public key") }
        self.subjectPublicKeyInfo = subjectPublicKeyInfo
    }

    /// Whether the key's holder signed the SHA-256 of exactly this message.
    ///
    /// - Parameter derSignature: an `ECDSA-Sig-Value` (RFC 3279 section 2.2.3). ECDSA is malleable: `(r, -s)` verifies
    ///   whenever `(r, s)` does, so never use such a signature as an identifier.
    public func isValid(derSignature: [UInt8], for message: [UInt8]) -> Bool {
        guard let key = try? P256.Signing.PublicKey(derRepresentation: subjectPublicKeyInfo),
            let signature = try? P256.Signing.ECDSASignature(derRepresentation: derSignature)
        else { return false }
        return key.isValidSignature(signature, for: message)
    }
}
