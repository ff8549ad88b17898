public import Sealing

/// How many entries a tree has, and the one hash that fixes all of them (RFC 6962 section 2.1).
///
/// A tree head by itself is a claim; a `VerifiedCheckpoint` says who made it.
public struct TreeHead: Sendable, Hashable {
    /// The largest size that checkpoints and tiles may state. Most other implementations count entries in signed 64-bit
    /// numbers, so a greater one could not be witnessed. A log that grows by a million entries a second would take
    /// 292,000 years to get there.
    public static let maximumSize = UInt64(Int64.max)

    /// The head of the tree without entries.
    public static let empty = TreeHead(size: 0, root: MerkleHash.emptyRoot)

    /// How many entries.
    public let size: UInt64
    /// The Merkle tree hash over them.
    public let root: Digest

    /// A tree head.
    public init(size: UInt64, root: Digest) {
        self.size = size
        self.root = root
    }
}
