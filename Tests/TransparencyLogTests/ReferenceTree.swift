import Sealing
import TransparencyLog

/// RFC 6962 section 2.1 as it is written: slow, recursive, over leaf hashes in an array.
struct ReferenceTree {
    let leaves: [Digest]

    init(size: Int) {
        leaves = (0..<size).map { MerkleHash.leaf(Array("entry \($0)".utf8)) }
    }

    /// MTH(D[range]).
    func root(_ range: Range<Int>) -> Digest {
        if range.isEmpty { return Digest(hashing: [UInt8]()) }
        if range.count == 1 { return leaves[range.lowerBound] }
        let middle = range.lowerBound + split(range.count)
        let left = root(range.lowerBound..<middle)
        let right = root(middle..<range.upperBound)
        return Digest(hashing: [1] + left.bytes + right.bytes)
    }

    /// PATH(m, D[range]), section 2.1.1; `index` counts from the range's start.
    func path(_ index: Int, _ range: Range<Int>) -> [Digest] {
        if range.count == 1 { return [] }
        let half = split(range.count)
        let middle = range.lowerBound + half
        return index < half
            ? path(index, range.lowerBound..<middle) + [root(middle..<range.upperBound)]
            : path(index - half, middle..<range.upperBound) + [root(range.lowerBound..<middle)]
    }

    /// PROOF(m, D[0:size]), section 2.1.2.
    func proof(_ old: Int, _ size: Int) -> [Digest] {
        subproof(old, 0..<size, true)
    }

    private func subproof(_ old: Int, _ range: Range<Int>, _ isComplete: Bool) -> [Digest] {
        if old == range.count { return isComplete ? [] : [root(range)] }
        let half = split(range.count)
        let middle = range.lowerBound + half
        return old <= half
            ? subproof(old, range.lowerBound..<middle, isComplete) + [root(middle..<range.upperBound)]
            : subproof(old - half, middle..<range.upperBound, false) + [root(range.lowerBound..<middle)]
    }

    private func split(_ count: Int) -> Int {
        var half = 1
        while half * 2 < count { half *= 2 }
        return half
    }
}

/// All complete subtrees' hashes of a tree, level by level: what a proof generator reads from.
struct NodeTable {
    private var levels: [[Digest]] = []

    init(_ leaves: [Digest]) {
        var level = leaves
        while !level.isEmpty {
            levels.append(level)
            level = stride(from: 0, to: level.count - 1, by: 2).map { MerkleHash.node(level[$0], level[$0 + 1]) }
        }
    }

    func hash(_ node: MerkleNode) throws(TransparencyLogError) -> Digest {
        levels[node.level][Int(node.index)]
    }
}
