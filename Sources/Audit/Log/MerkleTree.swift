import Sealing

/// The Merkle tree of RFC 6962 section 2.1 over all leaves at once, by its recursive definition:
///
///     MTH(D[n]) = SHA-256(0x01 || MTH(D[0:k]) || MTH(D[k:n])), k the largest power of two smaller than n
///
/// Hashes of complete subtrees are kept by height, so that the root of any earlier size costs its logarithm.
struct MerkleTree {
    /// `heights[h][i]` is the hash over leaves `i << h` to `(i + 1) << h`.
    private let heights: [[Digest]]

    init(leaves: [Digest]) {
        var heights = [leaves]
        while let below = heights.last, below.count > 1 {
            heights.append((0..<below.count / 2).map { MerkleTree.node(below[2 * $0], below[2 * $0 + 1]) })
        }
        self.heights = heights
    }

    var size: Int { heights[0].count }

    /// The tree hash over the first `size` leaves.
    func root(ofSize size: Int) -> Digest {
        size == 0 ? Digest(hashing: [UInt8]()) : hash(from: 0, count: size)
    }

    private func hash(from start: Int, count: Int) -> Digest {
        let height = (count - 1).bitWidth - (count - 1).leadingZeroBitCount
        if count == 1 << height { return heights[height][start >> height] }
        let left = 1 << (height - 1)
        return MerkleTree.node(hash(from: start, count: left), hash(from: start + left, count: count - left))
    }

    /// The bytes of a tile (C2SP tlog-tiles): the hashes at height 8 * level from `256 * position` on.
    func tileBytes(level: Int, position: Int, width: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(width * Digest.byteCount)
        for hash in heights[8 * level][position * 256..<position * 256 + width] {
            hash.withUnsafeBytes { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    /// SHA-256(0x00 || d); the log's entry is the commitment itself.
    static func leaf(_ commitment: Digest) -> Digest {
        var hasher = SHA256Hasher()
        hasher.update(0x00)
        commitment.withUnsafeBytes { hasher.update($0) }
        return hasher.finalize()
    }

    private static func node(_ left: Digest, _ right: Digest) -> Digest {
        var hasher = SHA256Hasher()
        hasher.update(0x01)
        left.withUnsafeBytes { hasher.update($0) }
        right.withUnsafeBytes { hasher.update($0) }
        return hasher.finalize()
    }
}
