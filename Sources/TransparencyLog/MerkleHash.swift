public import Sealing

/// The three hashes of RFC 6962 section 2.1, with SHA-256.
///
/// Leaves and inner nodes start with different bytes, so that nobody can present an inner node as an entry.
public enum MerkleHash {
    private static let leafPrefix: UInt8 = 0x00
    private static let nodePrefix: UInt8 = 0x01

    /// The root of the tree without entries: the hash of the empty string.
    public static let emptyRoot = Digest(hashing: [UInt8]())

    /// The hash of an entry.
    public static func leaf(_ entry: [UInt8]) -> Digest {
        leaf(entry[...])
    }

    /// The hash of an entry.
    public static func leaf(_ entry: ArraySlice<UInt8>) -> Digest {
        var hasher = SHA256Hasher()
        hasher.update(leafPrefix)
        hasher.update(entry)
        return hasher.finalize()
    }

    /// The hash of the entry that a commitment is: its 32 bytes.
    public static func leaf(_ commitment: Commitment) -> Digest {
        var hasher = SHA256Hasher()
        hasher.update(leafPrefix)
        commitment.digest.withUnsafeBytes { hasher.update($0) }
        return hasher.finalize()
    }

    /// The hash of an inner node. Everything the log does comes down to this call; it copies 65 bytes on the stack.
    public static func node(_ left: Digest, _ right: Digest) -> Digest {
        withUnsafeTemporaryAllocation(byteCount: 1 + 2 * Digest.byteCount, alignment: 8) { input in
            input[0] = nodePrefix
            left.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: input[1..<33]).copyMemory(from: $0) }
            right.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: input[33..<65]).copyMemory(from: $0) }
            return Digest(hashing: UnsafeRawBufferPointer(input))
        }
    }
}
