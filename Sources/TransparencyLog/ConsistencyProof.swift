public import Sealing

/// The hashes that show that a newer tree starts with all entries of an older one (RFC 6962 section 2.1.2), or that it
/// contains a subtree (section 4.4 of draft-ietf-plants-merkle-tree-certs).
///
/// As parsed or received it proves nothing: call `verify`.
public struct ConsistencyProof: Sendable, Hashable {
    /// The older tree, `[0, oldSize)`, or the subtree.
    public let subtree: Subtree
    /// The size of the newer tree.
    public let newSize: UInt64
    /// The hashes, in the order of the RFC.
    public let hashes: [Digest]

    /// A proof between two trees.
    public init(oldSize: UInt64, newSize: UInt64, hashes: [Digest]) {
        self.init(subtree: Subtree(wholeTreeOf: oldSize), newSize: newSize, hashes: hashes)
    }

    /// A proof between a subtree and a tree.
    public init(subtree: Subtree, newSize: UInt64, hashes: [Digest]) {
        self.subtree = subtree
        self.newSize = newSize
        self.hashes = hashes
    }

    /// Judges a proof between two trees: returning means that the newer one starts with all entries of the older.
    ///
    /// The empty tree is a prefix of every tree, so a proof from it would prove nothing, and RFC 6962 defines none: it
    /// is refused. Callers decide what a first sight of a log is worth.
    ///
    /// - Throws: `sizeOutOfRange` if the older size is zero or above the newer; `wrongProofLength` or `rootMismatch`.
    public func verify(oldRoot: Digest, newRoot: Digest) throws(TransparencyLogError) {
        guard subtree.start == 0, subtree.end > 0 else {
            throw TransparencyLogError(.sizeOutOfRange, "only a tree that starts at 0 and has entries can be older")
        }
        try verify(subtreeHash: oldRoot, root: newRoot)
    }

    /// Judges a proof between a subtree and a tree: returning means that the tree contains these entries there.
    ///
    /// An empty subtree, which lies in every tree that reaches it, needs the empty root and an empty proof, and then
    /// says nothing about `root`.
    ///
    /// - Throws: `sizeOutOfRange` if the subtree ends behind the tree; `wrongProofLength` or `rootMismatch`.
    public func verify(subtreeHash: Digest, root: Digest) throws(TransparencyLogError) {
        guard subtree.end <= newSize else {
            throw TransparencyLogError(.sizeOutOfRange, "a tree of \(newSize) entries has no entry \(subtree.end - 1)")
        }
        guard subtree.count > 0 else { return try verifyEmpty(subtreeHash) }
        guard try MerkleDescent(to: subtree, in: newSize).root(from: subtreeHash, along: hashes) == root else {
            throw TransparencyLogError(.rootMismatch, "the proof leads to another root")
        }
    }

    private func verifyEmpty(_ subtreeHash: Digest) throws(TransparencyLogError) {
        guard hashes.isEmpty else {
            throw TransparencyLogError(.wrongProofLength, "\(hashes.count) hashes where none belong")
        }
        guard subtreeHash == MerkleHash.emptyRoot else {
            throw TransparencyLogError(.rootMismatch, "an empty subtree has the empty root")
        }
    }
}

extension ConsistencyProof {
    /// Makes the proof between two trees, from the hashes of complete subtrees of the newer.
    ///
    /// - Throws: `sizeOutOfRange` unless `0 < oldSize <= newSize`; what `hash` throws.
    public init(
        oldSize: UInt64, newSize: UInt64, reading hash: (MerkleNode) throws(TransparencyLogError) -> Digest
    ) throws(TransparencyLogError) {
        try self.init(subtree: Subtree(wholeTreeOf: oldSize), newSize: newSize, reading: hash)
    }

    /// Makes the proof between a subtree and a tree, from the hashes of complete subtrees of the tree.
    ///
    /// - Throws: `sizeOutOfRange` if the subtree is empty or ends behind the tree; what `hash` throws.
    public init(
        subtree: Subtree, newSize: UInt64, reading hash: (MerkleNode) throws(TransparencyLogError) -> Digest
    ) throws(TransparencyLogError) {
        let hashes = try ConsistencyProof.proof(subtree, newSize) { (interval) throws(TransparencyLogError) in
            try MerkleNode.hash(of: interval, reading: hash)
        }
        self.init(subtree: subtree, newSize: newSize, hashes: hashes)
    }

    /// The nodes that the proof between two trees reads, for fetching them, or the tiles they are in, beforehand.
    ///
    /// - Throws: `sizeOutOfRange` unless `0 < oldSize <= newSize`.
    public static func nodes(oldSize: UInt64, newSize: UInt64) throws(TransparencyLogError) -> [MerkleNode] {
        try proof(Subtree(wholeTreeOf: oldSize), newSize) { MerkleNode.decomposition(of: $0) }.flatMap { $0 }
    }

    private static func proof<Element>(
        _ subtree: Subtree, _ newSize: UInt64, _ element: (Range<UInt64>) throws(TransparencyLogError) -> Element
    ) throws(TransparencyLogError) -> [Element] {
        guard subtree.count > 0, subtree.end <= newSize else {
            throw TransparencyLogError(
                .sizeOutOfRange, "no proof from [\(subtree.start), \(subtree.end)) to \(newSize) entries")
        }
        return try MerkleDescent.proof(for: subtree, in: newSize, element)
    }
}
