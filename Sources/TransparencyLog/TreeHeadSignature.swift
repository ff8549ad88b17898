internal import Sealing

/// The signature of an RFC 6962 log as a note carries it (https://c2sp.org/static-ct-api, "Checkpoints"): eight bytes of
/// time, then the `DigitallySigned` struct of a `TreeHeadSignature`.
enum TreeHeadSignature {
    /// SHA-256 and ECDSA, by their numbers in RFC 5246 section 7.4.1.4.1; RFC 6962 section 2.1.4 also allows RSA, which
    /// no log of the static API uses.
    private static let algorithm: [UInt8] = [4, 3]

    static func judge(
        _ bytes: [UInt8], by key: P256VerificationKey, named name: NoteKeyName, over text: [UInt8]
    ) -> NoteVerifier.Judgement {
        guard bytes.count >= 12, Array(bytes[8..<10]) == algorithm,
            BigEndian.number(bytes[10..<12]) == UInt64(bytes.count - 12),
            let checkpoint = try? Checkpoint(parsing: text), checkpoint.extensionLines.isEmpty,
            // The signature does not cover the origin. The name does, and must therefore be the same.
            checkpoint.origin.utf8.elementsEqual(name.text.utf8)
        else { return .invalid }
        let milliseconds = BigEndian.number(bytes[..<8])
        let message = message(checkpoint.treeHead, milliseconds)
        guard key.isValid(derSignature: [UInt8](bytes[12...]), for: message) else { return .invalid }
        return .valid(.milliseconds(milliseconds))
    }

    /// `TreeHeadSignature` of RFC 6962 section 3.5: version 1 is 0, and the type of tree hashes is 1.
    private static func message(_ head: TreeHead, _ milliseconds: UInt64) -> [UInt8] {
        [0, 1] + BigEndian.bytes(milliseconds) + BigEndian.bytes(head.size) + head.root.bytes
    }
}
