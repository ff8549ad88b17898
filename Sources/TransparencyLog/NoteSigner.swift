public import Sealing

/// Signs notes with an Ed25519 key under a name (type 1 of https://c2sp.org/signed-note): what a log does.
public struct NoteSigner: Sendable {
    private let key: SigningKey

    /// What verifies the signatures; its name is the signer's.
    public let verifier: NoteVerifier

    /// A signer. A key must not be used under two names or for two types.
    public init(name: NoteKeyName, key: SigningKey) {
        self.key = key
        self.verifier = NoteVerifier(name: name, kind: .ed25519(key.verificationKey))
    }

    /// The signature over a text, which must end in a line feed.
    ///
    /// - Throws: `malformedNote` if the text could not stand in a note; `cannotSign`.
    public func signature(over text: [UInt8]) throws(TransparencyLogError) -> NoteSignature {
        guard text.last == NoteText.lineFeed, NoteText.isAllowed(text) else {
            throw TransparencyLogError(.malformedNote, "the text is not UTF-8 lines without control characters")
        }
        return try NoteSignature(verifier, signing: text, with: key, prefix: [])
    }
}

/// Cosigns checkpoints with an Ed25519 key under a name (type 4, https://c2sp.org/tlog-cosignature): what a witness does.
///
/// A cosignature states that the checkpoint's tree is the largest consistent one that the cosigner has seen of this log.
/// Only `Witness` establishes that; the signed message does not name the cosigner, so a key has one name only.
public struct Cosigner: Sendable {
    private let key: SigningKey

    /// What verifies the cosignatures; its name is the cosigner's.
    public let verifier: NoteVerifier

    /// A cosigner.
    public init(name: NoteKeyName, key: SigningKey) {
        self.key = key
        self.verifier = NoteVerifier(name: name, kind: .cosignature(key.verificationKey))
    }

    /// The cosignature over a checkpoint at a time.
    ///
    /// - Parameter seconds: Now, in seconds since 1970-01-01T00:00:00Z.
    /// - Throws: `timestampOutOfRange` for zero, which means "no statement about time", and from 2^63; `cannotSign`.
    public func signature(over checkpoint: Checkpoint, at seconds: UInt64) throws(TransparencyLogError) -> NoteSignature {
        guard (1...Cosignature.latestTimestamp).contains(seconds) else {
            throw TransparencyLogError(.timestampOutOfRange, "a cosignature cannot state \(seconds) seconds")
        }
        let message = Cosignature.message(text: checkpoint.text, seconds: seconds)
        return try NoteSignature(verifier, signing: message, with: key, prefix: BigEndian.bytes(seconds))
    }
}

extension NoteSignature {
    fileprivate init(
        _ verifier: NoteVerifier, signing message: [UInt8], with key: SigningKey, prefix: [UInt8]
    ) throws(TransparencyLogError) {
        guard let signature = try? key.signature(for: message) else {
            throw TransparencyLogError(.cannotSign, "the key of \(verifier.name) could not sign")
        }
        self.init(name: verifier.name, keyID: verifier.keyID, bytes: prefix + signature.bytes)
    }
}
