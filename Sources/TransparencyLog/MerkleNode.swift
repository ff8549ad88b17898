public import Sealing

/// The place of a complete subtree: `2^level` entries, the first being `index * 2^level`. Level 0 are the leaves.
///
/// The hash of such a node never changes once its entries are there. Every hash of the tree is made of these.
public struct MerkleNode: Sendable, Hashable {
    /// The height above the leaves, 0...63.
    public let level: Int
    /// The position among the nodes of the level, from the left.
    public let index: UInt64

    /// A place. The level is clamped to 0...63.
    public init(level: Int, index: UInt64) {
        self.level = min(max(level, 0), 63)
        self.index = index
    }
}

extension MerkleNode {
    /// The complete subtrees, left to right, that an interval of entries splits into, as the tree hash of the interval
    /// is defined over them. The interval must start where a subtree of its size may start.
    static func decomposition(of entries: Range<UInt64>) -> [MerkleNode] {
        var nodes: [MerkleNode] = []
        var start = entries.lowerBound
        while start < entries.upperBound {
            let level = 63 - (entries.upperBound - start).leadingZeroBitCount
            nodes.append(MerkleNode(level: level, index: start >> UInt64(level)))
            start += 1 << UInt64(level)
        }
        return nodes
    }

    /// The tree hash of an interval of entries, from the hashes of its complete subtrees. It goes through the same nodes as
    /// `decomposition`, from the right, by the bits of the count from the lowest: no array is made.
    static func hash(
        of entries: Range<UInt64>, reading hash: (MerkleNode) throws(TransparencyLogError) -> Digest
    ) throws(TransparencyLogError) -> Digest {
        var end = entries.upperBound
        guard var result = try nextFromRight(entries.lowerBound, &end, hash) else { return MerkleHash.emptyRoot }
        while let left = try nextFromRight(entries.lowerBound, &end, hash) { result = MerkleHash.node(left, result) }
        return result
    }

    private static func nextFromRight(
        _ start: UInt64, _ end: inout UInt64, _ hash: (MerkleNode) throws(TransparencyLogError) -> Digest
    ) throws(TransparencyLogError) -> Digest? {
        guard start < end else { return nil }
        let level = (end - start).trailingZeroBitCount
        end -= 1 << UInt64(level)
        return try hash(MerkleNode(level: level, index: end >> UInt64(level)))
    }
}

extension TreeHead {
    /// The head of the tree of the given size, from the hashes of its complete subtrees.
    ///
    /// - Throws: what `hash` throws.
    public init(
        size: UInt64, reading hash: (MerkleNode) throws(TransparencyLogError) -> Digest
    ) throws(TransparencyLogError) {
        self.init(size: size, root: try MerkleNode.hash(of: 0..<size, reading: hash))
    }
}
