import Sealing
import TestSupport
import Testing
import TransparencyLog

@Suite struct TileTests {
    private static let size = 700
    private static let leaves = ReferenceTree(size: size).leaves
    private static let table = NodeTable(leaves)

    /// The widths that the specification's example gives for a tree of 70,000, and for one of 256.
    @Test func `a tree has the tiles that the specification says`() {
        func widths(_ level: Int, _ size: UInt64) -> [Int] {
            var widths: [Int] = []
            while let tile = TileCoordinate(level: level, index: UInt64(widths.count), treeSize: size) {
                widths.append(tile.width)
            }
            return widths
        }
        #expect(widths(0, 70_000) == [Int](repeating: 256, count: 273) + [112])
        #expect(widths(1, 70_000) == [256, 17])
        #expect(widths(2, 70_000) == [1])
        #expect(widths(3, 70_000).isEmpty)
        #expect(widths(0, 256) == [256])
        #expect(widths(1, 256) == [1])
        #expect(widths(1, 255).isEmpty)
        #expect(widths(0, 0).isEmpty)
        #expect(TileCoordinate(level: 8, index: 0, treeSize: .max) == nil)
        #expect(TileCoordinate(level: 63, index: 0, treeSize: .max) == nil)
        #expect(TileCoordinate(level: -1, index: 0, treeSize: .max) == nil)
        #expect(TileCoordinate(level: 0, index: .max, treeSize: .max) == nil)
        #expect(TileCoordinate(level: 7, index: 0, treeSize: .max)?.width == 255)
    }

    @Test func `growth changes exactly the tiles that differ between two trees`() throws {
        func all(_ size: UInt64) -> Set<TileCoordinate> {
            var tiles: Set<TileCoordinate> = []
            for level in 0..<4 {
                var index: UInt64 = 0
                while let tile = TileCoordinate(level: level, index: index, treeSize: size) {
                    tiles.insert(tile)
                    index += 1
                }
            }
            return tiles
        }
        let sizes: [UInt64] = [0, 1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, 66_000, 131_072, 140_000]
        for old in sizes {
            for new in sizes where new >= old {
                let changed = try TileCoordinate.changed(from: old, to: new)
                #expect(Set(changed) == all(new).subtracting(all(old)), "\(old) to \(new)")
                #expect(Set(changed).count == changed.count, "\(old) to \(new)")
                let bundles = try EntryBundleCoordinate.changed(from: old, to: new)
                #expect(bundles.map(\.index) == changed.filter { $0.level == 0 }.map(\.index), "\(old) to \(new)")
                #expect(bundles.map(\.width) == changed.filter { $0.level == 0 }.map(\.width), "\(old) to \(new)")
            }
        }
        #expect(try TileCoordinate.changed(from: 1 << 62, to: 1 << 62 + 1).count == 1)
        #expect(refusal { _ = try TileCoordinate.changed(from: 2, to: 1) } == .sizeOutOfRange)
        #expect(refusal { _ = try TileCoordinate.changed(from: .max - 1, to: .max) } == .sizeOutOfRange)
    }

    @Test func `the builder gives the changed tiles, from which every node can be read`() throws {
        var random = SeededGenerator(seed: 0x5E9)
        var builder = TileBuilder()
        var map = TileMap()
        var size = 0
        while size < Self.size {
            let next = min(Self.size, size + Int.random(in: 1...90, using: &random))
            for leaf in Self.leaves[size..<next] { try builder.append(leaf) }
            let tiles = builder.takeChangedTiles()
            let expected = try TileCoordinate.changed(from: UInt64(size), to: UInt64(next))
            #expect(Set(tiles.map(\.coordinate)) == Set(expected), "\(size) to \(next)")
            #expect(tiles.count == expected.count, "\(size) to \(next)")
            #expect(builder.takeChangedTiles().isEmpty)
            for tile in tiles { map.insert(try Tile(tile.coordinate, parsing: tile.bytes)) }
            #expect(try TreeHead(size: UInt64(next), reading: map.hash) == builder.treeHead, "\(next)")
            #expect(builder.frontier.root == ReferenceTree(size: next).root(0..<next), "\(next)")
            size = next
        }
        for level in 0..<10 {
            for index in 0..<(Self.size >> level) {
                let node = MerkleNode(level: level, index: UInt64(index))
                #expect(try map.hash(of: node) == Self.table.hash(node), "\(node)")
            }
            let beyond = MerkleNode(level: level, index: UInt64(Self.size >> level))
            #expect(refusal { _ = try map.hash(of: beyond) } == .missingTile, "\(beyond)")
        }
    }

    @Test func `the builder resumes from the partial tiles of its right edge`() throws {
        for size in [0, 1, 2, 200, 255, 256, 257, 300, 511, 512, 600] {
            var whole = TileBuilder()
            var map: [TileCoordinate: Tile] = [:]
            for leaf in Self.leaves[..<size] { try whole.append(leaf) }
            for tile in whole.takeChangedTiles() { map[tile.coordinate] = tile }
            let edge = TileBuilder.edge(of: UInt64(size)).compactMap { map[$0] }
            var resumed = try TileBuilder(resumingAt: UInt64(size), edge: edge)
            #expect(resumed.frontier == whole.frontier, "\(size)")
            for leaf in Self.leaves[size...] {
                try whole.append(leaf)
                try resumed.append(leaf)
            }
            #expect(resumed.treeHead == whole.treeHead, "\(size)")
            #expect(Set(resumed.takeChangedTiles()) == Set(whole.takeChangedTiles()), "\(size)")
            for missing in edge.indices {
                var less = edge
                less.remove(at: missing)
                #expect(refusal { _ = try TileBuilder(resumingAt: UInt64(size), edge: less) } == .missingTile, "\(size)")
            }
        }
        #expect(refusal { _ = try TileBuilder(resumingAt: .max, edge: []) } == .sizeOutOfRange)
    }

    /// More than two levels, which no test of real leaves reaches in reasonable time: every leaf is the same.
    @Test func `tiles of the third level come from full tiles of the second`() throws {
        let leaf = MerkleHash.leaf([])
        var powers = [leaf]
        for level in 0..<16 { powers.append(MerkleHash.node(powers[level], powers[level])) }
        var builder = TileBuilder()
        for _ in 0..<65_536 + 256 + 1 { try builder.append(leaf) }
        let tiles = builder.takeChangedTiles()
        let expected = try TileCoordinate.changed(from: 0, to: 65_536 + 256 + 1)
        #expect(Set(tiles.map(\.coordinate)) == Set(expected))
        let top = try #require(tiles.first { $0.coordinate.level == 2 })
        #expect(top.hashes == [powers[16]])
        let right = MerkleHash.node(powers[8], leaf)
        #expect(builder.treeHead.root == MerkleHash.node(powers[16], right))
    }

    @Test func `proofs made from tiles verify, and name the tiles they need`() throws {
        var builder = TileBuilder()
        for leaf in Self.leaves { try builder.append(leaf) }
        let tiles = Dictionary(uniqueKeysWithValues: builder.takeChangedTiles().map { ($0.coordinate, $0) })
        let size = UInt64(Self.size)
        for index in stride(from: UInt64(0), to: size, by: 11) {
            let nodes = try InclusionProof.nodes(index: index, size: size)
            var map = TileMap()
            for coordinate in try TileCoordinate.holding(nodes, treeSize: size) {
                map.insert(try #require(tiles[coordinate]))
            }
            #expect(map.count <= 4)
            try InclusionProof(index: index, size: size, reading: map.hash)
                .verify(leafHash: Self.leaves[Int(index)], root: builder.treeHead.root)
        }
        let beyond = [MerkleNode(level: 0, index: size)]
        #expect(refusal { _ = try TileCoordinate.holding(beyond, treeSize: size) } == .missingTile)
        #expect(TileCoordinate.holding(MerkleNode(level: 63, index: .max), treeSize: .max) == nil)
    }

    @Test func `a map keeps the wider tile and forgets on demand`() throws {
        let full = try Tile(TileCoordinate(level: 0, index: 0), hashes: Array(Self.leaves[..<256]))
        let partial = try Tile(TileCoordinate(level: 0, index: 0, width: 3), hashes: Array(Self.leaves[..<3]))
        var map = TileMap()
        map.insert(partial)
        let pair = MerkleNode(level: 1, index: 1)
        #expect(refusal { _ = try map.hash(of: pair) } == .missingTile)
        map.insert(full)
        map.insert(partial)
        #expect(try map.hash(of: pair) == Self.table.hash(pair))
        #expect(map.count == 1)
        map.remove(level: 0, index: 0)
        #expect(refusal { _ = try map.hash(of: pair) } == .missingTile)
    }

    @Test func `a tile has exactly its width of hashes`() throws {
        let coordinate = try TileCoordinate(level: 0, index: 0, width: 3)
        let bytes = try Tile(coordinate, hashes: Array(Self.leaves[..<3])).bytes
        #expect(bytes == Self.leaves[0].bytes + Self.leaves[1].bytes + Self.leaves[2].bytes)
        for count in [0, 31, 64, 95, 97, 128] {
            let wrong = Array((bytes + bytes)[..<count])
            #expect(refusal { _ = try Tile(coordinate, parsing: wrong) } == .malformedTile, "\(count) bytes")
        }
        #expect(refusal { _ = try Tile(coordinate, hashes: [Self.leaves[0]]) } == .malformedTile)
    }
}
