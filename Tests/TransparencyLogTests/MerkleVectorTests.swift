import Foundation
import Sealing
import TestSupport
import Testing
import TransparencyLog

/// The proof vectors of transparency-dev/merkle: each states whether it must fail.
@Suite struct MerkleVectorTests {
    private struct Vector: Decodable {
        // Inclusion, in a tree or a subtree.
        var leafIdx: UInt64?
        var treeSize: UInt64?
        var root: Data?
        var leafHash: Data?
        // Consistency, from a tree or a subtree.
        var size1: UInt64?
        var size2: UInt64?
        var size: UInt64?
        var root1: Data?
        var root2: Data?
        // Both.
        var start: UInt64?
        var end: UInt64?
        var proof: [Data]?
        var wantErr: Bool
    }

    private struct NotAHash: Error {}

    private static func digest(_ data: Data?) throws -> Digest {
        guard let data, let digest = Digest(bytes: [UInt8](data)) else { throw NotAHash() }
        return digest
    }

    /// Some consistency vectors have roots like "dont care 1" that are no hashes, and state that equal ones pass. Our
    /// API takes digests only, so such a root becomes a digest that equals itself and no hash that occurs in a tree.
    private static func opaqueRoot(_ data: Data?) throws -> Digest {
        guard let data else { throw NotAHash() }
        return Digest(bytes: [UInt8](data)) ?? Digest(hashing: Array("not a hash: ".utf8) + [UInt8](data))
    }

    private static func verify(_ vector: Vector) throws {
        let hashes = try (vector.proof ?? []).map { try digest($0) }
        if let index = vector.leafIdx {
            let proof =
                if let size = vector.treeSize {
                    InclusionProof(index: index, size: size, hashes: hashes)
                } else {
                    try InclusionProof(
                        index: index, subtree: Subtree(start: vector.start ?? 0, end: vector.end ?? 0), hashes: hashes)
                }
            try proof.verify(leafHash: digest(vector.leafHash), root: digest(vector.root))
        } else if let old = vector.size1 {
            try ConsistencyProof(oldSize: old, newSize: vector.size2 ?? 0, hashes: hashes)
                .verify(oldRoot: opaqueRoot(vector.root1), newRoot: opaqueRoot(vector.root2))
        } else {
            let subtree = try Subtree(start: vector.start ?? 0, end: vector.end ?? 0)
            try ConsistencyProof(subtree: subtree, newSize: vector.size ?? 0, hashes: hashes)
                .verify(subtreeHash: opaqueRoot(vector.root1), root: opaqueRoot(vector.root2))
        }
    }

    @Test(
        .enabled(if: SharedSuite.has("tlog/merkle/testdata"), "needs the merkle vectors"),
        arguments: [
            "inclusion", "consistency", "subtreeinclusion", "subtreeconsistency"
        ])
    func `gives every vector the verdict it states`(_ kind: String) throws {
        let files = try SharedSuite.files(below: "tlog/merkle/testdata/\(kind)", suffix: ".json")
        var right = 0
        var refusals = 0
        for file in files {
            let vector = try JSONDecoder().decode(Vector.self, from: Data(SharedSuite.bytes(file)))
            var verdict = "accepted"
            do { try Self.verify(vector) } catch { verdict = "refused: \(error)" }
            let isRight = (verdict != "accepted") == vector.wantErr
            #expect(isRight, "\(file): \(verdict), and wantErr is \(vector.wantErr)")
            right += isRight ? 1 : 0
            refusals += vector.wantErr ? 1 : 0
        }
        print("merkle/\(kind): \(right) of \(files.count) vectors right, \(refusals) of them must fail")
        #expect(refusals > 0 && files.count > refusals, "the suite has both kinds")
    }
}
