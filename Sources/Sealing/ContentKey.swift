internal import Crypto

/// A 256-bit key that seals the content of one case, or of one member of it.
///
/// **Crypto-shredding.** Records are never deleted from the journal; content is destroyed by forgetting its key. Seal
/// each case (and each member's contributions) under a key of its own, keep the keys wrapped under a master key in a
/// store that can erase, and erase the wrapped key to withdraw the content from every backup and replica at once. What
/// stays is the commitment, which reveals nothing. It holds only as far as no other copy of the key, or of the plain
/// content, exists.
///
/// **Limits.** A nonce must never repeat under one key: two messages with one nonce reveal their difference and the
/// authentication key. Random nonces are safe for 2^32 messages per key (NIST SP 800-38D section 8.3), far above any
/// case. The key never describes itself.
public struct ContentKey: Sendable {
    /// The length of every key, in bytes.
    public static let byteCount = 32

    private let key: SymmetricKey

    /// The key with these 32 bytes, which must come from a cryptographic random source.
    ///
    /// - Throws: `malformedKey` unless there are exactly 32 bytes.
    public init(bytes: [UInt8]) throws(SealingError) {
        guard bytes.count == ContentKey.byteCount else {
            throw SealingError(.malformedKey, "a content key is 32 bytes, not \(bytes.count)")
        }
        self.key = SymmetricKey(data: bytes)
    }

    /// Seals content with AES-256-GCM (NIST SP 800-38D), and commits to it on the outside of the box.
    ///
    /// GCM alone does not commit to its key: someone who knows two keys can build one ciphertext that opens under both,
    /// to different contents (Albertini and others, "How to Abuse and Fix Authenticated Encryption Without Key
    /// Commitment", USENIX Security 2022). A finder could so show the vendor one report and a judge another. The frame
    /// that is encrypted is therefore the salt followed by the content, the box carries `Commitment(domain, salt,
    /// content)` in clear, and `open` checks it: a box has at most one content, whatever the key.
    ///
    /// - Parameters:
    ///   - content: What to seal. Its length is not hidden.
    ///   - context: Associated data: where the box belongs, such as the case and the record. `open` needs the same
    ///     bytes, so a box moved to another place does not open.
    ///   - nonce: 12 bytes, never used before with this key.
    ///   - salt: Fresh and secret.
    ///   - domain: What the commitment is about, if it is to be published under a domain of its own.
    /// - Throws: `malformedSealedContent` if the nonce is not 12 bytes.
    public func seal(
        _ content: [UInt8], context: [UInt8], nonce: [UInt8], salt: CommitmentSalt,
        domain: CommitmentDomain = .sealedContent
    ) throws(SealingError) -> SealedContent {
        try seal(content, .content, context, nonce, salt, domain)
    }

    /// Opens a box that `seal` made with this key, context and domain.
    ///
    /// - Throws: `notAuthentic` if the key, the context or any byte but the commitment differs; `commitmentMismatch` if
    ///   the box opens but not to what its commitment states. No content is released in either case.
    public func open(
        _ sealed: SealedContent, context: [UInt8], domain: CommitmentDomain = .sealedContent
    ) throws(SealingError) -> OpenedContent {
        try open(sealed, .content, context, domain)
    }
}

extension ContentKey {
    /// Encrypts this key's bytes under `master`, for keeping it in a store that can erase.
    ///
    /// The box cannot be opened as content, nor a content box as a key. Parameters and errors are those of `seal`.
    public func wrapped(
        under master: ContentKey, context: [UInt8], nonce: [UInt8], salt: CommitmentSalt
    ) throws(SealingError) -> SealedContent {
        let bytes = key.withUnsafeBytes { [UInt8]($0) }
        return try master.seal(bytes, .wrappedKey, context, nonce, salt, .wrappedKey)
    }

    /// The key that `wrapped` made.
    ///
    /// - Throws: as `open`, and `malformedKey` if the box holds something else than a key.
    public init(
        unwrapping sealed: SealedContent, under master: ContentKey, context: [UInt8]
    ) throws(SealingError) {
        try self.init(bytes: master.open(sealed, .wrappedKey, context, .wrappedKey).content)
    }
}

extension ContentKey {
    /// What a box holds; it is part of the associated data.
    private enum Purpose: String {
        case content = "breakwater content box v1"
        case wrappedKey = "breakwater key box v1"

        /// The purpose ends in a zero byte, which none contains, so that no context can imitate another purpose.
        func associatedData(_ context: [UInt8]) -> [UInt8] {
            Array(rawValue.utf8) + [0] + context
        }
    }

    private func seal(
        _ content: [UInt8], _ purpose: Purpose, _ context: [UInt8], _ nonce: [UInt8], _ salt: CommitmentSalt,
        _ domain: CommitmentDomain
    ) throws(SealingError) -> SealedContent {
        guard nonce.count == SealedContent.nonceByteCount,
            let box = try? AES.GCM.seal(
                salt.bytes + content, using: key, nonce: AES.GCM.Nonce(data: nonce),
                authenticating: purpose.associatedData(context))
        else { throw SealingError(.malformedSealedContent, "a nonce is 12 bytes, not \(nonce.count)") }
        return SealedContent(
            commitment: Commitment(domain: domain, salt: salt, content: content),
            nonce: nonce, ciphertext: [UInt8](box.ciphertext) + [UInt8](box.tag))
    }

    private func open(
        _ sealed: SealedContent, _ purpose: Purpose, _ context: [UInt8], _ domain: CommitmentDomain
    ) throws(SealingError) -> OpenedContent {
        let end = sealed.ciphertext.count - SealedContent.tagByteCount
        guard
            let box = try? AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: sealed.nonce),
                ciphertext: sealed.ciphertext[..<end], tag: sealed.ciphertext[end...]),
            let frame = try? AES.GCM.open(box, using: key, authenticating: purpose.associatedData(context)),
            let salt = CommitmentSalt(bytes: [UInt8](frame.prefix(CommitmentSalt.byteCount)))
        else { throw SealingError(.notAuthentic, "the box does not open with this key and context") }
        let content = [UInt8](frame.dropFirst(CommitmentSalt.byteCount))
        guard sealed.commitment.isOpened(by: salt, content: content, domain: domain) else {
            throw SealingError(.commitmentMismatch, "the box holds other content than its commitment states")
        }
        return OpenedContent(content: content, salt: salt)
    }
}

extension ContentKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Shows nothing of the key.
    public var description: String { "ContentKey(redacted)" }
    /// The same as `description`.
    public var debugDescription: String { description }
    /// Shows nothing of the key.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
