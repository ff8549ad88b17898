/// What a commitment is about, so that one made for one purpose never passes for another.
public struct CommitmentDomain: Sendable, Hashable {
    /// The longest name, in bytes; its length is one byte of the commitment's input.
    public static let maximumByteCount = 255

    /// Content that `ContentKey.seal` put in a box, unless the caller names another domain.
    public static let sealedContent = CommitmentDomain(known: "breakwater sealed content v1")

    /// A record of the journal; the commitment is the entry of the transparency log.
    public static let journalRecord = CommitmentDomain(known: "breakwater journal record v1")

    /// A content key that another one wraps.
    static let wrappedKey = CommitmentDomain(known: "breakwater wrapped key v1")

    /// The name.
    public let name: String

    /// A domain, or nil unless the name is 1 to 255 bytes of printable ASCII.
    public init?(_ name: String) {
        let bytes = name.utf8
        guard (1...CommitmentDomain.maximumByteCount).contains(bytes.count),
            bytes.allSatisfy({ (0x20...0x7E).contains($0) })
        else { return nil }
        self.name = name
    }

    private init(known name: String) {
        self.name = name
    }
}

/// 32 random bytes that hide what a commitment is about until they are published with the content.
///
/// Without it, anyone could try likely contents ("CVE-… in openssl") until the digest fits. Draw a fresh one for each
/// commitment; it is as secret as the content, so it does not describe itself.
public struct CommitmentSalt: Sendable, Hashable {
    /// The length of every salt, in bytes.
    public static let byteCount = 32

    private let digest: Digest

    /// The salt with these bytes, or nil unless there are exactly 32.
    public init?(bytes: [UInt8]) {
        guard let digest = Digest(bytes: bytes) else { return nil }
        self.digest = digest
    }

    /// The bytes, for storing them and for revealing them.
    public var bytes: [UInt8] { digest.bytes }

    func update(_ hasher: inout SHA256Hasher) {
        digest.withUnsafeBytes { hasher.update($0) }
    }
}

extension CommitmentSalt: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Shows nothing of the bytes.
    public var description: String { "CommitmentSalt(redacted)" }
    /// The same as `description`.
    public var debugDescription: String { description }
    /// Shows nothing of the bytes.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A salted commitment: a digest that fixes some content today and says nothing about it until it is revealed.
///
/// It is SHA-256 over one byte with the length of the domain's name, the name, the 32 bytes of the salt, the length of
/// the content as a big-endian 64-bit number, and the content. Both lengths are there so that no other domain, salt and
/// content gives the same input, and so that the construction of SHA-256 does not let a stranger extend a commitment
/// they have seen to one over longer content.
///
/// Hiding rests on the salt, binding on the collision resistance of SHA-256. A commitment says nothing about *who* knew
/// the content: name the author inside the content.
public struct Commitment: Sendable, Hashable {
    /// The digest, which may be public.
    public let digest: Digest

    /// A commitment that someone else made, of which we know the digest only.
    public init(digest: Digest) {
        self.digest = digest
    }

    /// Commits to the content.
    public init(domain: CommitmentDomain, salt: CommitmentSalt, content: [UInt8]) {
        self.init(domain: domain, salt: salt, content: content[...])
    }

    /// Commits to the content.
    public init(domain: CommitmentDomain, salt: CommitmentSalt, content: ArraySlice<UInt8>) {
        var hasher = SHA256Hasher()
        hasher.update(UInt8(truncatingIfNeeded: domain.name.utf8.count))
        hasher.update(domain.name)
        salt.update(&hasher)
        withUnsafeBytes(of: UInt64(content.count).bigEndian) { hasher.update($0) }
        hasher.update(content)
        self.digest = hasher.finalize()
    }

    /// Whether this is the commitment to the revealed content.
    public func isOpened(by salt: CommitmentSalt, content: [UInt8], domain: CommitmentDomain) -> Bool {
        self == Commitment(domain: domain, salt: salt, content: content)
    }
}
