public import Sealing

/// A tree that grows by its right edge, remembering only what its future roots depend on: at most 64 hashes.
///
/// The hashes ("peaks") are those of the complete subtrees that the entries split into, largest first, one for each bit
/// of the size that is set. Appending costs one node hash on average.
public struct MerkleFrontier: Sendable, Hashable {
    /// How many entries were appended.
    public private(set) var size: UInt64

    /// The hashes of the complete subtrees, left to right. With `size`, they are the whole state.
    public private(set) var peaks: [Digest]

    /// The tree without entries.
    public init() {
        self.size = 0
        self.peaks = []
    }

    /// The tree that had this state.
    ///
    /// - Throws: `sizeOutOfRange` if the number of peaks is not that of the bits set in the size. The hashes
    ///   themselves cannot be checked: compare `root` with a checkpoint.
    public init(size: UInt64, peaks: [Digest]) throws(TransparencyLogError) {
        guard peaks.count == size.nonzeroBitCount else {
            throw TransparencyLogError(
                .sizeOutOfRange, "\(peaks.count) peaks, where a tree of \(size) entries has \(size.nonzeroBitCount)")
        }
        self.size = size
        self.peaks = peaks
    }

    /// The tree of the given size, from the hashes of its complete subtrees.
    ///
    /// - Throws: what `hash` throws.
    public init(
        size: UInt64, reading hash: (MerkleNode) throws(TransparencyLogError) -> Digest
    ) throws(TransparencyLogError) {
        self.size = size
        self.peaks = []
        for node in MerkleNode.decomposition(of: 0..<size) { peaks.append(try hash(node)) }
    }

    /// Appends an entry by its leaf hash.
    public mutating func append(_ leafHash: Digest) {
        append(leafHash) { _, _ in }
    }

    /// Appends an entry and reports each complete subtree that it finishes, from the leaf upwards, by level.
    @inline(__always)
    mutating func append(_ leafHash: Digest, finishing report: (Int, Digest) -> Void) {
        var hash = leafHash
        var level = 0
        report(level, hash)
        while size >> UInt64(level) & 1 == 1 {
            hash = MerkleHash.node(peaks.removeLast(), hash)
            level += 1
            report(level, hash)
        }
        peaks.append(hash)
        size += 1
    }

    /// The Merkle tree hash over all entries so far. It costs up to 63 node hashes.
    public var root: Digest {
        guard var hash = peaks.last else { return MerkleHash.emptyRoot }
        for peak in peaks.dropLast().reversed() { hash = MerkleHash.node(peak, hash) }
        return hash
    }

    /// Size and root.
    public var treeHead: TreeHead { TreeHead(size: size, root: root) }
}
