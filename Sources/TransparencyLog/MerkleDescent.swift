internal import Sealing

/// The way from the root of a tree down to a subtree of it: all proofs are the hashes beside this way.
///
/// It follows the recursion by which RFC 6962 section 2.1.2 defines `SUBPROOF`, in the form that section 4.4 of
/// draft-ietf-plants-merkle-tree-certs generalises to subtrees: at each node, go to the side that holds the subtree's
/// end. If the subtree lies on both sides, the left side is wholly in it, and the remainder on the right is no longer
/// the subtree itself ("b = false"). An inclusion proof is the case of a subtree of one entry, which never divides.
struct MerkleDescent {
    /// The interval where the way ends: the subtree, or its part after the last division.
    private(set) var bottom: Range<UInt64>
    /// How many steps the way has.
    private(set) var depth = 0
    /// Bit i is set if at the i-th step from the bottom the hash beside the way is on its left.
    private(set) var leftSides: UInt64 = 0
    /// Bit i is set if that left hash is part of the subtree.
    private(set) var dividingSides: UInt64 = 0

    /// Whether the way ends at the subtree itself, whose hash the verifier already has.
    var endsAtSubtree: Bool { dividingSides == 0 }

    /// How many hashes a proof has.
    var proofLength: Int { endsAtSubtree ? depth : depth + 1 }

    /// The subtree must not be empty and must lie in the tree.
    init<Failure: Error>(
        to subtree: Subtree, in size: UInt64, visiting side: (Range<UInt64>) throws(Failure) -> Void
    ) throws(Failure) {
        var start = subtree.start
        var node: Range<UInt64> = 0..<size
        while start != node.lowerBound || subtree.end != node.upperBound {
            let middle = node.lowerBound + MerkleDescent.split(node.upperBound - node.lowerBound)
            let goesLeft = subtree.end <= middle
            let divides = !goesLeft && start < middle
            leftSides = leftSides << 1 | (goesLeft ? 0 : 1)
            dividingSides = dividingSides << 1 | (divides ? 1 : 0)
            depth += 1
            try side(goesLeft ? middle..<node.upperBound : node.lowerBound..<middle)
            node = goesLeft ? node.lowerBound..<middle : middle..<node.upperBound
            if divides { start = middle }
        }
        bottom = node
    }

    /// The largest power of two below the count, which is at least 2 (RFC 6962 section 2.1).
    private static func split(_ count: UInt64) -> UInt64 {
        1 << UInt64(63 - (count - 1).leadingZeroBitCount)
    }

    /// The same without a visitor.
    init(to subtree: Subtree, in size: UInt64) {
        self.init(to: subtree, in: size) { _ in }
    }

    /// The intervals whose hashes make the proof, in the proof's order, each put through `element`.
    static func proof<Element, Failure: Error>(
        for subtree: Subtree, in size: UInt64, _ element: (Range<UInt64>) throws(Failure) -> Element
    ) throws(Failure) -> [Element] {
        var elements: [Element] = []
        elements.reserveCapacity(64 - size.leadingZeroBitCount)
        let descent = try MerkleDescent(to: subtree, in: size) { (side) throws(Failure) in
            elements.append(try element(side))
        }
        if !descent.endsAtSubtree { elements.append(try element(descent.bottom)) }
        elements.reverse()
        return elements
    }

    /// The root that the proof leads to. If the way divides, the proof must also lead to the subtree's hash.
    func root(from subtreeHash: Digest, along proof: [Digest]) throws(TransparencyLogError) -> Digest {
        guard proof.count == proofLength else {
            throw TransparencyLogError(.wrongProofLength, "\(proof.count) hashes where \(proofLength) belong")
        }
        if endsAtSubtree { return climb(subtreeHash, proof[...]) }
        let seed = proof[0]
        var old = seed
        for (step, side) in proof[1...].enumerated() where dividingSides >> UInt64(step) & 1 == 1 {
            old = MerkleHash.node(side, old)
        }
        guard old == subtreeHash else {
            throw TransparencyLogError(.rootMismatch, "the proof leads to another hash for the older tree or subtree")
        }
        return climb(seed, proof[1...])
    }

    private func climb(_ seed: Digest, _ sides: ArraySlice<Digest>) -> Digest {
        var hash = seed
        var bits = leftSides
        for side in sides {
            hash = bits & 1 == 1 ? MerkleHash.node(side, hash) : MerkleHash.node(hash, side)
            bits >>= 1
        }
        return hash
    }
}
