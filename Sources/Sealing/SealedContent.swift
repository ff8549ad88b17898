/// Content in a box that one `ContentKey` opens, with a commitment to it on the outside.
///
/// The commitment may be published while the content is under embargo. Everything else is ciphertext, and may be stored
/// anywhere; whoever lacks the key learns the content's length and nothing more.
public struct SealedContent: Sendable, Hashable {
    /// The length of the nonce, in bytes (NIST SP 800-38D section 8.2: 96 bits).
    public static let nonceByteCount = 12
    /// The length of the authentication tag, in bytes.
    static let tagByteCount = 16
    /// The first byte of the stored form. Another construction will have another number.
    private static let version: UInt8 = 1
    /// Version, commitment, nonce, and a ciphertext that holds at least the salt and the tag.
    private static let minimumByteCount = 1 + Digest.byteCount + nonceByteCount + CommitmentSalt.byteCount + tagByteCount

    /// Fixes the content without revealing it.
    public let commitment: Commitment
    /// The nonce that the box was sealed with.
    public let nonce: [UInt8]
    /// The encrypted salt and content, then the tag.
    public let ciphertext: [UInt8]

    init(commitment: Commitment, nonce: [UInt8], ciphertext: [UInt8]) {
        self.commitment = commitment
        self.nonce = nonce
        self.ciphertext = ciphertext
    }

    /// Reads the stored form. What comes out is only well-formed: `ContentKey.open` says whether it is authentic.
    ///
    /// - Throws: `malformedSealedContent` for an unknown version or too few bytes.
    public init(parsing bytes: [UInt8]) throws(SealingError) {
        guard bytes.count >= SealedContent.minimumByteCount else {
            throw SealingError(.malformedSealedContent, "\(bytes.count) bytes are too few")
        }
        guard bytes[0] == SealedContent.version, let digest = Digest(bytes: bytes[1..<33]) else {
            throw SealingError(.malformedSealedContent, "version \(bytes[0]) is unknown", at: "byte 0")
        }
        self.commitment = Commitment(digest: digest)
        self.nonce = [UInt8](bytes[33..<45])
        self.ciphertext = [UInt8](bytes[45...])
    }

    /// The stored form: a version byte (1), the commitment, the nonce, the ciphertext with its tag.
    public var bytes: [UInt8] {
        var bytes = [SealedContent.version]
        bytes.reserveCapacity(45 + ciphertext.count)
        bytes += commitment.digest.bytes
        bytes += nonce
        bytes += ciphertext
        return bytes
    }
}

/// What came out of a box: the content, and the salt with which its commitment can be revealed.
public struct OpenedContent: Sendable {
    /// The content, as it was sealed.
    public let content: [UInt8]
    /// Publishing this with the content opens the commitment for everyone.
    public let salt: CommitmentSalt
}

extension OpenedContent: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Shows the length only.
    public var description: String { "OpenedContent(redacted, \(content.count) bytes)" }
    /// The same as `description`.
    public var debugDescription: String { description }
    /// Shows nothing of the content.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
