public import Sealing

/// The hashes that lead from one entry to the root (RFC 6962 section 2.1.1), or to the hash of a subtree.
///
/// As parsed or received it proves nothing: call `verify`.
public struct InclusionProof: Sendable, Hashable {
    /// The entry's index in the log.
    public let index: UInt64
    /// The tree, `[0, size)`, or the subtree that the proof leads to.
    public let subtree: Subtree
    /// The hashes beside the way, from the leaf's sibling upwards.
    public let hashes: [Digest]

    /// A proof for the tree of the given size.
    public init(index: UInt64, size: UInt64, hashes: [Digest]) {
        self.init(index: index, subtree: Subtree(wholeTreeOf: size), hashes: hashes)
    }

    /// A proof for a subtree (section 4.3 of draft-ietf-plants-merkle-tree-certs).
    public init(index: UInt64, subtree: Subtree, hashes: [Digest]) {
        self.index = index
        self.subtree = subtree
        self.hashes = hashes
    }

    /// Judges the proof: returning means that the entry is at `index` in the tree or subtree with this root.
    ///
    /// - Throws: `indexOutOfRange`, `wrongProofLength` or `rootMismatch`.
    public func verify(leafHash: Digest, root: Digest) throws(TransparencyLogError) {
        guard try self.root(leafHash: leafHash) == root else {
            throw TransparencyLogError(.rootMismatch, "the proof leads to another root")
        }
    }

    /// The root that the proof leads to. Use it only where something else vouches for the result.
    ///
    /// - Throws: `indexOutOfRange` or `wrongProofLength`.
    public func root(leafHash: Digest) throws(TransparencyLogError) -> Digest {
        try descent().root(from: leafHash, along: hashes)
    }

    private func descent() throws(TransparencyLogError) -> MerkleDescent {
        try InclusionProof.check(index, in: subtree)
        return MerkleDescent(to: Subtree(leaf: index - subtree.start), in: subtree.count)
    }

    private static func check(_ index: UInt64, in subtree: Subtree) throws(TransparencyLogError) {
        guard index >= subtree.start, index < subtree.end else {
            throw TransparencyLogError(
                .indexOutOfRange, "entry \(index) is not in [\(subtree.start), \(subtree.end))")
        }
    }
}

extension InclusionProof {
    /// Makes the proof for an entry of the tree of the given size, from the hashes of complete subtrees.
    ///
    /// - Throws: `indexOutOfRange`; what `hash` throws.
    public init(
        index: UInt64, size: UInt64, reading hash: (MerkleNode) throws(TransparencyLogError) -> Digest
    ) throws(TransparencyLogError) {
        try self.init(index: index, subtree: Subtree(wholeTreeOf: size), reading: hash)
    }

    /// Makes the proof for an entry of a subtree, from the hashes of complete subtrees.
    ///
    /// - Throws: `indexOutOfRange`; what `hash` throws.
    public init(
        index: UInt64, subtree: Subtree, reading hash: (MerkleNode) throws(TransparencyLogError) -> Digest
    ) throws(TransparencyLogError) {
        let hashes = try InclusionProof.proof(index, subtree) { (interval) throws(TransparencyLogError) in
            try MerkleNode.hash(of: interval, reading: hash)
        }
        self.init(index: index, subtree: subtree, hashes: hashes)
    }

    /// The nodes that the proof for an entry reads, for fetching them, or the tiles they are in, beforehand.
    ///
    /// - Throws: `indexOutOfRange`.
    public static func nodes(index: UInt64, size: UInt64) throws(TransparencyLogError) -> [MerkleNode] {
        try proof(index, Subtree(wholeTreeOf: size)) { MerkleNode.decomposition(of: $0) }.flatMap { $0 }
    }

    private static func proof<Element>(
        _ index: UInt64, _ subtree: Subtree, _ element: (Range<UInt64>) throws(TransparencyLogError) -> Element
    ) throws(TransparencyLogError) -> [Element] {
        try check(index, in: subtree)
        let base = subtree.start
        return try MerkleDescent.proof(
            for: Subtree(leaf: index - base), in: subtree.count
        ) { (interval) throws(TransparencyLogError) in
            try element(base + interval.lowerBound..<base + interval.upperBound)
        }
    }
}
