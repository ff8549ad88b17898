import Journal
import Sealing
import TransparencyLog

extension JournalConformance {
    static let logChecks: [Check] = [
        Check(name: "integrates the log in steps as it would at once") { subject in
            let steps = [1, 2, 250, 4, 300, 1]
            for (index, count) in steps.enumerated() {
                try await subject.journal.append((0..<count).map { counted("s\(index)-\($0)") })
                let checkpoint = try await subject.journal.integrate()
                let leaves = try await subject.journal.read { snapshot in
                    try snapshot.records(from: 0, limit: 10_000).map { MerkleHash.leaf($0.commitment) }
                }
                try require(checkpoint?.size == Int64(leaves.count), "the checkpoint covers every record")
                try require(checkpoint?.root == recursiveRoot(leaves[...]), "the root is RFC 6962's after step \(index)")
            }
            let again = try await subject.journal.integrate()
            try require(again == nil, "there is nothing to integrate twice")
        },
        Check(name: "keeps every checkpoint it signed") { subject in
            for count in 1...5 {
                try await subject.journal.append([counted("n\(count)")])
                _ = try await subject.journal.integrate()
            }
            let sizes = try await subject.journal.read {
                try $0.rows("SELECT size FROM checkpoint ORDER BY size").map { try $0.integer(0) }
            }
            try require(sizes == [1, 2, 3, 4, 5], "five checkpoints: \(sizes)")
        }
    ]

    /// RFC 6962 section 2.1, as it is written there.
    private static func recursiveRoot(_ leaves: ArraySlice<Digest>) -> Digest {
        guard leaves.count > 1 else { return leaves.first ?? MerkleHash.emptyRoot }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        return MerkleHash.node(
            recursiveRoot(leaves.prefix(split)), recursiveRoot(leaves.dropFirst(split))
        )
    }
}
