import Crypto
import Foundation
import Sealing
import Testing
import TransparencyLog

@Suite struct TreeHeadSignatureTests {
    private let key = P256.Signing.PrivateKey()

    private func note(
        _ checkpoint: Checkpoint, name: String = "ct.example/log", algorithm: [UInt8] = [4, 3], lengthOffset: Int = 0,
        signedSize: UInt64? = nil
    ) throws -> (UnverifiedNote, NoteVerifier) {
        func big(_ number: UInt64, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64(count - 1 - $0))) }
        }
        let head = checkpoint.treeHead
        let message = [0, 1] + big(1_700_000_000_123, 8) + big(signedSize ?? head.size, 8) + head.root.bytes
        let signature = try Array(key.signature(for: message).derRepresentation)
        let bytes = big(1_700_000_000_123, 8) + algorithm + big(UInt64(signature.count + lengthOffset), 2) + signature
        let spki = try P256VerificationKey(subjectPublicKeyInfo: Array(key.publicKey.derRepresentation))
        let verifier = try NoteVerifier(name: NoteKeyName(name), kind: .treeHeadSignature(spki))
        let line = NoteSignature(name: verifier.name, keyID: verifier.keyID, bytes: bytes)
        return (try UnverifiedNote(parsing: checkpoint.note(signedBy: [line])), verifier)
    }

    @Test func `verifies the tree head signature of an RFC 6962 log`() throws {
        let checkpoint = try Checkpoint(origin: "ct.example/log", treeHead: TreeHead(size: 9, root: MerkleHash.leaf([])))
        let (note, verifier) = try note(checkpoint)
        let verified = try note.verified(by: [verifier])
        #expect(verified.signatures[0].timestamp == .milliseconds(1_700_000_000_123))
        #expect(verifier.vkey == nil)
    }

    @Test func `refuses other algorithms, lengths, sizes, names and extension lines`() throws {
        let head = TreeHead(size: 9, root: MerkleHash.leaf([]))
        let good = try Checkpoint(origin: "ct.example/log", treeHead: head)
        let extended = try Checkpoint(origin: "ct.example/log", treeHead: head, extensionLines: ["x"])
        let cases = try [
            note(good, algorithm: [4, 1]), note(good, algorithm: [2, 3]), note(good, lengthOffset: 1),
            note(good, lengthOffset: -1), note(good, signedSize: 8), note(good, name: "ct.example/other"), note(extended)
        ]
        for (position, (note, verifier)) in cases.enumerated() {
            #expect(refusal { _ = try note.verified(by: [verifier]) } == .invalidSignature, "case \(position)")
        }
    }
}
