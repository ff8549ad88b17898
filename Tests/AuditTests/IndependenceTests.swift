import CivilTime
import Handling
import Journal
import Sealing
import TestKit
import Testing
import TransparencyLog

@testable import Audit

/// The auditor's own implementations against the ones it audits: two that were written apart and agree.
@Suite struct IndependenceTests {
    @Test func `its Merkle tree and tiles are those of the log, at every size`() throws {
        var (frontier, builder) = (MerkleFrontier(), TileBuilder())
        var leaves: [Digest] = []
        var tiles: [TilePlace: [UInt8]] = [:]
        var roots = [MerkleHash.emptyRoot]
        for number in 0..<1_400 {
            let commitment = Digest(hashing: "record \(number)")
            leaves.append(MerkleTree.leaf(commitment))
            frontier.append(MerkleHash.leaf(Commitment(digest: commitment)))
            try builder.append(MerkleHash.leaf(Commitment(digest: commitment)))
            roots.append(frontier.root)
        }
        for tile in builder.takeChangedTiles() {
            tiles[TilePlace(level: Int64(tile.coordinate.level), position: Int64(tile.coordinate.index))] = tile.bytes
        }
        let tree = MerkleTree(leaves: leaves)
        for (size, root) in roots.enumerated() {
            #expect(tree.root(ofSize: size) == root, "size \(size)")
        }
        let counts = TilePlace.counts(inTreeOf: 1_400)
        #expect(counts == [6, 1])
        #expect(tiles.count == 7)
        for (place, bytes) in tiles {
            let width = try #require(place.width(inTreeOf: 1_400))
            #expect(tree.tileBytes(level: Int(place.level), position: Int(place.position), width: width) == bytes, "\(place)")
        }
    }

    @Test func `the tiles of a tree are counted as the log counts them, at sizes around every power`() throws {
        for size in [0, 1, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 16_777_216, 16_777_217, Int64.max] {
            for level in Int64(0)..<9 {
                for position in [0, 1, 254, 255, 256, 257, size >> 8, size >> 16] {
                    let place = TilePlace(level: level, position: position)
                    let known = TileCoordinate(level: Int(level), index: UInt64(position), treeSize: UInt64(size))
                    #expect(place.width(inTreeOf: size) == known?.width, "size \(size), \(place)")
                }
            }
        }
    }

    @Test func `its text of a time is the journal's, for any time the journal can write`() {
        let seed = UInt64.random(in: .min ... .max)
        let random = SeededRandom(seed: seed)
        let range = Int64(-62_167_219_200_000)...253_402_300_799_999
        let edges: [Int64] = [range.lowerBound, range.upperBound, 0, -1, 951_782_400_000, 951_868_800_000, 4_107_542_400_000]
        for milliseconds in edges + (0..<20_000).map({ _ in Int64.random(in: range, using: &random.copy) }) {
            let expected = Timestamp(millisecondsSinceEpoch: milliseconds).description
            #expect(RecordCommitment.timeText(milliseconds) == expected, "\(milliseconds), seed \(seed)")
        }
    }

    @Test func `its commitment is the journal's, whatever the words hold`() throws {
        let seed = UInt64.random(in: .min ... .max)
        let random = SeededRandom(seed: seed)
        for number in 0..<2_000 {
            let words = (0..<4).map { _ in IndependenceTests.word(random) }
            let payload = Array("{\"n\":\(number)}".utf8)
            let salt = random.bytes(32)
            let time = Int64(random.next() % 4_000_000_000_000)
            let body = RecordBody.bytes(
                stream: StreamName(text: words[0]), version: Int64(number), kind: RecordKind(words[1]), actor: words[2],
                label: words[3], time: Timestamp(millisecondsSinceEpoch: time), payload: payload
            )
            let row = RecordRow(
                sequence: 0, stream: Array(words[0].utf8), version: Int64(number), kind: Array(words[1].utf8),
                actor: Array(words[2].utf8), label: Array(words[3].utf8), time: time, contentKey: nil, payload: payload,
                salt: salt, commitment: []
            )
            let (head, tail) = RecordCommitment.bodyAroundPayload(of: row)
            #expect(head + payload + tail == body, "seed \(seed)")
            let commitment = RecordBody.commitment(to: body, salt: try #require(CommitmentSalt(bytes: salt)))
            #expect(RecordCommitment.digest(of: row) == commitment.digest, "seed \(seed)")
        }
    }

    private static func word(_ random: SeededRandom) -> String {
        let scalars: [Unicode.Scalar] = [
            "a", "\"", "\\", "\u{0}", "\u{8}", "\t", "\n", "\u{c}", "\r", "\u{1f}", "\u{7f}", "é", "\u{2028}", "😀"
        ]
        return String(String.UnicodeScalarView((0..<Int(random.next() % 12)).map { _ in scalars[Int(random.next() % 14)] }))
    }
}

extension SeededRandom {
    /// A generator to pass by reference; its state is shared.
    var copy: SeededRandom {
        get { self }
        set {}
    }
}
