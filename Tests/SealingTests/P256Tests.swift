import Crypto
import Foundation
import Sealing
import Testing

@Suite struct P256Tests {
    private let signer = P256.Signing.PrivateKey()

    @Test func `verifies what the key signed and nothing else`() throws {
        let key = try P256VerificationKey(subjectPublicKeyInfo: Array(signer.publicKey.derRepresentation))
        let message: [UInt8] = [1, 2, 3]
        let signature = try Array(signer.signature(for: message).derRepresentation)
        #expect(key.isValid(derSignature: signature, for: message))
        #expect(!key.isValid(derSignature: signature, for: [1, 2]))
        #expect(!key.isValid(derSignature: signature + [0], for: message))
        #expect(!key.isValid(derSignature: [], for: message))
        let other = try P256VerificationKey(
            subjectPublicKeyInfo: Array(P256.Signing.PrivateKey().publicKey.derRepresentation))
        #expect(!other.isValid(derSignature: signature, for: message))
    }

    @Test func `refuses bytes that are not the DER encoding of a P-256 key`() throws {
        let der = Array(signer.publicKey.derRepresentation)
        let p384 = Array(P384.Signing.PrivateKey().publicKey.derRepresentation)
        let raw = Array(signer.publicKey.x963Representation)
        // The same point in compressed form would be a second encoding of the key, with another log ID.
        let header: [UInt8] = [0x30, 0x39] + der[2..<23] + [0x03, 0x22, 0x00]
        let compressed = header + Array(signer.publicKey.compressedRepresentation)
        for bytes in [[], Array(der.dropLast()), der + [0], raw, p384, compressed] {
            let error = #expect(throws: SealingError.self) { try P256VerificationKey(subjectPublicKeyInfo: bytes) }
            #expect(error?.code == .malformedKey)
        }
    }
}
