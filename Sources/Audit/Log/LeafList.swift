import Sealing

/// The leaf hashes of the log as the records' commitments give them.
///
/// Where a record is missing, which is a finding of its own, the log's stored hash stands in for it, so that everything above
/// is still checked and one lost record does not show as a wrong log from there on.
struct LeafList {
    private(set) var hashes: [Digest] = []
    private(set) var missing: [Int] = []

    /// A gap beyond this is damage to a sequence number, not a loss of records, and is not filled.
    private static let longestGap: Int64 = 10_000_000

    private static let unknown = Digest(hashing: [UInt8]())

    /// - Returns: false where the record lies so far ahead that the log can't be recomputed from there on.
    mutating func append(_ row: RecordRow) -> Bool {
        // A negative sequence is a finding and no leaf.
        guard row.sequence >= 0 else { return true }
        guard extend(to: row.sequence) else { return false }
        if let commitment = Digest(bytes: row.commitment) {
            hashes.append(MerkleTree.leaf(commitment))
        } else {
            missing.append(hashes.count)
            hashes.append(LeafList.unknown)
        }
        return true
    }

    /// Lengthens the list by missing leaves.
    mutating func extend(to size: Int64) -> Bool {
        guard size - Int64(hashes.count) <= LeafList.longestGap else { return false }
        while hashes.count < size {
            missing.append(hashes.count)
            hashes.append(LeafList.unknown)
        }
        return true
    }

    /// Puts in for each missing leaf what `stored` knows of it.
    mutating func fill(_ stored: (Int) -> Digest?) {
        for index in missing { hashes[index] = stored(index) ?? LeafList.unknown }
    }
}
