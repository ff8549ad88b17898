import Sealing
import TestSupport
import Testing
import TransparencyLog

@Suite struct MerkleProofTests {
    private static let size = 300
    private static let tree = ReferenceTree(size: size)
    private static let table = NodeTable(tree.leaves)
    private static let roots = (0...size).map { tree.root(0..<$0) }

    /// RFC 6962 section 2.1: the empty tree, an empty entry, and the prefixes.
    @Test func `hashes leaves and nodes with different prefixes`() {
        #expect(MerkleHash.emptyRoot.hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(MerkleHash.leaf([]).hex == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
        let (a, b) = (MerkleHash.leaf([1]), MerkleHash.leaf([2]))
        #expect(MerkleHash.node(a, b) == Digest(hashing: [1] + a.bytes + b.bytes))
        #expect(MerkleHash.leaf(([9, 1])[1...]) == Digest(hashing: [0, 1] as [UInt8]))
        let commitment = Commitment(digest: a)
        #expect(MerkleHash.leaf(commitment) == MerkleHash.leaf(a.bytes))
    }

    @Test func `the frontier agrees with the recursive definition at every size`() throws {
        var frontier = MerkleFrontier()
        #expect(frontier.treeHead == .empty)
        for size in 0..<Self.size {
            #expect(frontier.root == Self.roots[size], "size \(size)")
            #expect(frontier.size == UInt64(size))
            let read = try MerkleFrontier(size: UInt64(size)) { (node) throws(TransparencyLogError) in
                try Self.table.hash(node)
            }
            #expect(read == frontier, "size \(size)")
            #expect(try MerkleFrontier(size: UInt64(size), peaks: frontier.peaks) == frontier)
            #expect(try TreeHead(size: UInt64(size), reading: Self.table.hash).root == Self.roots[size])
            frontier.append(Self.tree.leaves[size])
        }
        let peaks = frontier.peaks
        #expect(refusal { _ = try MerkleFrontier(size: 7, peaks: peaks) } == .sizeOutOfRange)
    }

    @Test func `makes every inclusion proof as the RFC defines it, and verifies it`() throws {
        for size in 1...Self.size {
            for index in 0..<size {
                let proof = try InclusionProof(index: UInt64(index), size: UInt64(size), reading: Self.table.hash)
                // The reference is recursive, so not every pair of the cube is worth its time.
                if size < 70 || (index + size) % 37 == 0 {
                    #expect(proof.hashes == Self.tree.path(index, 0..<size), "\(index) in \(size)")
                }
                try proof.verify(leafHash: Self.tree.leaves[index], root: Self.roots[size])
            }
        }
    }

    @Test func `makes every consistency proof as the RFC defines it, and verifies it`() throws {
        for new in 1...Self.size {
            for old in 1...new {
                let proof = try ConsistencyProof(oldSize: UInt64(old), newSize: UInt64(new), reading: Self.table.hash)
                if new < 70 || (old + new) % 37 == 0 {
                    #expect(proof.hashes == Self.tree.proof(old, new), "\(old) to \(new)")
                }
                try proof.verify(oldRoot: Self.roots[old], newRoot: Self.roots[new])
            }
        }
    }

    @Test func `names beforehand the nodes that a proof reads`() throws {
        for size in stride(from: 1, through: Self.size, by: 7) {
            for index in stride(from: 0, to: size, by: 3) {
                var read: Set<MerkleNode> = []
                let hash = { (node: MerkleNode) throws(TransparencyLogError) -> Digest in
                    read.insert(node)
                    return try Self.table.hash(node)
                }
                _ = try InclusionProof(index: UInt64(index), size: UInt64(size), reading: hash)
                #expect(try Set(InclusionProof.nodes(index: UInt64(index), size: UInt64(size))) == read)
                read = []
                _ = try ConsistencyProof(oldSize: UInt64(index + 1), newSize: UInt64(size), reading: hash)
                #expect(try Set(ConsistencyProof.nodes(oldSize: UInt64(index + 1), newSize: UInt64(size))) == read)
            }
        }
    }

    @Test func `no changed bit, index or size of an inclusion proof verifies`() throws {
        var random = SeededGenerator(seed: 0x1062)
        for size in 1...Self.size {
            let index = Int.random(in: 0..<size, using: &random)
            let leaf = Self.tree.leaves[index]
            let root = Self.roots[size]
            let hashes = Self.tree.path(index, 0..<size)
            func isRefused(_ index: Int, _ size: Int, _ leaf: Digest, _ root: Digest, _ hashes: [Digest]) -> Bool {
                let proof = InclusionProof(index: UInt64(index), size: UInt64(size), hashes: hashes)
                return refusal { try proof.verify(leafHash: leaf, root: root) } != nil
            }
            #expect(!isRefused(index, size, leaf, root, hashes))
            let bit = Int.random(in: 0..<256, using: &random)
            #expect(isRefused(index, size, leaf.flipping(bit), root, hashes), "leaf, \(index) in \(size)")
            #expect(isRefused(index, size, leaf, root.flipping(bit), hashes), "root, \(index) in \(size)")
            for position in hashes.indices {
                var changed = hashes
                changed[position] = changed[position].flipping(bit)
                #expect(isRefused(index, size, leaf, root, changed), "hash \(position), \(index) in \(size)")
                changed.remove(at: position)
                #expect(isRefused(index, size, leaf, root, changed), "without \(position), \(index) in \(size)")
            }
            #expect(isRefused(index, size, leaf, root, hashes + [leaf]), "longer, \(index) in \(size)")
            for other in 0..<size + 2 where other != index {
                #expect(isRefused(other, size, leaf, root, hashes), "index \(other) for \(index) in \(size)")
            }
            for other in 0..<size + 40 where other != size {
                // The proof does not cover the size itself: the same hashes may be the way to the same root in a tree
                // of another size with this one's shape along the way. Whether they are is no secret to a verifier.
                let sameWay = other > index && Self.way(index, other) == Self.way(index, size)
                #expect(isRefused(index, other, leaf, root, hashes) != sameWay, "size \(other) for \(index) in \(size)")
            }
        }
    }

    /// The sides of the hashes from the leaf upwards, by the recursion of the RFC.
    private static func way(_ index: Int, _ size: Int) -> [Bool] {
        if size == 1 { return [] }
        var half = 1
        while half * 2 < size { half *= 2 }
        return index < half ? way(index, half) + [false] : way(index - half, size - half) + [true]
    }

    @Test func `no changed bit or old size of a consistency proof verifies`() throws {
        var random = SeededGenerator(seed: 0x6962)
        for new in 1...Self.size {
            let old = Int.random(in: 1...new, using: &random)
            let hashes = Self.tree.proof(old, new)
            func isRefused(_ old: Int, _ new: Int, _ oldRoot: Digest, _ newRoot: Digest, _ hashes: [Digest]) -> Bool {
                let proof = ConsistencyProof(oldSize: UInt64(old), newSize: UInt64(new), hashes: hashes)
                return refusal { try proof.verify(oldRoot: oldRoot, newRoot: newRoot) } != nil
            }
            let (oldRoot, newRoot) = (Self.roots[old], Self.roots[new])
            #expect(!isRefused(old, new, oldRoot, newRoot, hashes))
            let bit = Int.random(in: 0..<256, using: &random)
            #expect(isRefused(old, new, oldRoot.flipping(bit), newRoot, hashes), "old root, \(old) to \(new)")
            #expect(isRefused(old, new, oldRoot, newRoot.flipping(bit), hashes), "new root, \(old) to \(new)")
            for position in hashes.indices {
                var changed = hashes
                changed[position] = changed[position].flipping(bit)
                #expect(isRefused(old, new, oldRoot, newRoot, changed), "hash \(position), \(old) to \(new)")
                changed.remove(at: position)
                #expect(isRefused(old, new, oldRoot, newRoot, changed), "without \(position), \(old) to \(new)")
            }
            #expect(isRefused(old, new, oldRoot, newRoot, hashes + [oldRoot]), "longer, \(old) to \(new)")
            for other in 0..<new where other != old {
                #expect(isRefused(other, new, oldRoot, newRoot, hashes), "\(other) for \(old) to \(new)")
                #expect(isRefused(old, new, Self.roots[other], newRoot, hashes), "root of \(other) for \(old)")
            }
            for other in new + 1..<Self.size + 1 {
                #expect(isRefused(old, new, oldRoot, Self.roots[other], hashes), "root of \(other) for \(new)")
            }
        }
    }

    @Test func `subtrees prove their entries and lie in every tree that contains them`() throws {
        for start in stride(from: 0, to: 64, by: 1) {
            for end in start...70 {
                guard let subtree = try? Subtree(start: UInt64(start), end: UInt64(end)) else { continue }
                let root = Self.tree.root(start..<end)
                for index in start..<end {
                    let proof = try InclusionProof(index: UInt64(index), subtree: subtree, reading: Self.table.hash)
                    try proof.verify(leafHash: Self.tree.leaves[index], root: root)
                    #expect(proof.hashes == Self.tree.path(index - start, start..<end))
                }
                for size in end...max(end, 75) where start < end {
                    let proof = try ConsistencyProof(subtree: subtree, newSize: UInt64(size), reading: Self.table.hash)
                    try proof.verify(subtreeHash: root, root: Self.roots[size])
                    for position in proof.hashes.indices {
                        var changed = proof.hashes
                        changed[position] = changed[position].flipping(position)
                        let bad = ConsistencyProof(subtree: subtree, newSize: UInt64(size), hashes: changed)
                        let code = refusal {
                            try bad.verify(subtreeHash: root, root: Self.roots[size])
                        }
                        #expect(code == .rootMismatch, "[\(start), \(end)) in \(size), hash \(position)")
                    }
                }
            }
        }
    }

    @Test func `an interval is a subtree if its start is a multiple of the next power of two`() {
        for start in 0..<UInt64(70) {
            for end in 0..<UInt64(140) {
                var power: UInt64 = 1
                while end > start, power < end - start { power *= 2 }
                let isValid = end >= start && start % power == 0
                #expect(((try? Subtree(start: start, end: end)) != nil) == isValid, "[\(start), \(end))")
            }
        }
        #expect((try? Subtree(start: 0, end: .max)) != nil)
        #expect((try? Subtree(start: 1, end: .max)) == nil)
        #expect((try? Subtree(start: 1 << 63, end: .max)) != nil)
        #expect((try? Subtree(start: 1 << 62, end: (1 << 62) + (1 << 62) + 1)) == nil)
    }

    @Test func `refuses what lies outside, and proofs from nothing`() throws {
        let hash = { (node: MerkleNode) throws(TransparencyLogError) -> Digest in MerkleHash.emptyRoot }
        let cases: [(TransparencyLogError.Code, () throws -> Void)] = [
            (.indexOutOfRange, { _ = try InclusionProof(index: 3, size: 3, reading: hash) }),
            (.indexOutOfRange, { _ = try InclusionProof(index: 0, size: 0, reading: hash) }),
            (.indexOutOfRange, { _ = try InclusionProof.nodes(index: .max, size: .max) }),
            (.sizeOutOfRange, { _ = try ConsistencyProof(oldSize: 0, newSize: 3, reading: hash) }),
            (.sizeOutOfRange, { _ = try ConsistencyProof(oldSize: 4, newSize: 3, reading: hash) }),
            (.sizeOutOfRange, { _ = try ConsistencyProof.nodes(oldSize: 0, newSize: 0) }),
            (
                .sizeOutOfRange,
                {
                    try ConsistencyProof(oldSize: 0, newSize: 0, hashes: [])
                        .verify(oldRoot: MerkleHash.emptyRoot, newRoot: MerkleHash.emptyRoot)
                }
            ),
            (
                .sizeOutOfRange,
                {
                    try ConsistencyProof(subtree: Subtree(start: 4, end: 8), newSize: 8, hashes: [])
                        .verify(oldRoot: MerkleHash.emptyRoot, newRoot: MerkleHash.emptyRoot)
                }
            )
        ]
        for (position, (code, body)) in cases.enumerated() { #expect(refusal { try body() } == code, "case \(position)") }
    }

    @Test func `the largest sizes neither trap nor verify by accident`() throws {
        let digest = MerkleHash.emptyRoot
        for size: UInt64 in [.max, .max - 1, 1 << 63, 1 << 63 + 1, 1 << 63 - 1] {
            for index: UInt64 in [0, 1, size / 2, size - 1] {
                for count in [0, 1, 62, 63, 64, 65] {
                    let hashes = [Digest](repeating: digest, count: count)
                    let inclusion = InclusionProof(index: index, size: size, hashes: hashes)
                    #expect(refusal { try inclusion.verify(leafHash: digest, root: digest) } != nil)
                    let consistency = ConsistencyProof(oldSize: index, newSize: size, hashes: hashes)
                    #expect(refusal { try consistency.verify(oldRoot: digest, newRoot: digest) } != nil)
                }
                #expect(try !InclusionProof.nodes(index: index, size: size).isEmpty)
            }
        }
    }
}

extension Digest {
    func flipping(_ bit: Int) -> Digest {
        var bytes = bytes
        bytes[bit / 8 % 32] ^= 1 << UInt8(bit % 8)
        return Digest(bytes: bytes) ?? self
    }
}
