/// Which tile of the tree: a run of up to 256 consecutive hashes at a height that is a multiple of eight.
///
/// https://c2sp.org/tlog-tiles. The hashes at level `l` are those of complete subtrees of `256^l` entries; tile `n`
/// holds the 256 that start at `n * 256`. At the right edge of a tree a tile may be partial: narrower than 256.
public struct TileCoordinate: Sendable, Hashable {
    /// The width of a full tile, in hashes.
    public static let fullWidth = 256
    /// The highest level a path may state. Trees of `TreeHead.maximumSize` entries reach level 7.
    public static let maximumLevel = 63

    /// The height above the leaves, in steps of eight.
    public let level: Int
    /// The position among the tiles of the level.
    public let index: UInt64
    /// How many hashes, 1...256.
    public let width: Int

    /// A tile.
    ///
    /// - Throws: `malformedPath` if level or width is out of range.
    public init(level: Int, index: UInt64, width: Int = TileCoordinate.fullWidth) throws(TransparencyLogError) {
        guard (0...TileCoordinate.maximumLevel).contains(level), (1...TileCoordinate.fullWidth).contains(width) else {
            throw TransparencyLogError(.malformedPath, "no tile has level \(level) and width \(width)")
        }
        self.init(knownLevel: level, index: index, width: width)
    }

    init(knownLevel level: Int, index: UInt64, width: Int) {
        self.level = level
        self.index = index
        self.width = width
    }

    /// Whether the tile has less than 256 hashes.
    public var isPartial: Bool { width < TileCoordinate.fullWidth }

    /// How many hashes the tree of the given size has at a level: complete subtrees of `256^level` entries.
    static func hashCount(level: Int, treeSize: UInt64) -> UInt64 {
        (0..<8).contains(level) ? treeSize >> UInt64(8 * level) : 0
    }

    /// The tile at this place in the tree of the given size, or nil if that tree has none there.
    public init?(level: Int, index: UInt64, treeSize: UInt64) {
        let count = TileCoordinate.hashCount(level: level, treeSize: treeSize)
        guard index <= count >> 8 else { return nil }
        let width = index < count >> 8 ? TileCoordinate.fullWidth : Int(count & 255)
        guard width > 0 else { return nil }
        self.init(knownLevel: level, index: index, width: width)
    }
}

extension TileCoordinate {
    /// The tiles that a tree of `newSize` entries has and a tree of `oldSize` has not, or has only narrower, level by
    /// level from the leaves. They are what a sequencer must store before it signs the newer checkpoint.
    ///
    /// - Throws: `sizeOutOfRange` if the new size is below the old, or above `TreeHead.maximumSize`.
    public static func changed(from oldSize: UInt64, to newSize: UInt64) throws(TransparencyLogError) -> [TileCoordinate] {
        guard oldSize <= newSize, newSize <= TreeHead.maximumSize else {
            throw TransparencyLogError(.sizeOutOfRange, "a tree does not grow from \(oldSize) to \(newSize) entries")
        }
        var tiles: [TileCoordinate] = []
        for level in 0..<8 {
            let old = hashCount(level: level, treeSize: oldSize)
            let new = hashCount(level: level, treeSize: newSize)
            guard old < new else { break }
            for index in (old >> 8)...((new - 1) >> 8) {
                if let tile = TileCoordinate(level: level, index: index, treeSize: newSize) { tiles.append(tile) }
            }
        }
        return tiles
    }

    /// Where the hash of a complete subtree is found: it is the tree hash over a run of hashes in one tile, or one of
    /// them. Nil if the tree of the given size does not contain the subtree.
    public static func holding(_ node: MerkleNode, treeSize: UInt64) -> TileCoordinate? {
        let place = TilePlace(node)
        guard let tile = TileCoordinate(level: place.level, index: place.tileIndex, treeSize: treeSize),
            place.offset + place.count <= tile.width
        else { return nil }
        return tile
    }

    /// The tiles that hold the given nodes, each once, in the order of first use. With `InclusionProof.nodes` or
    /// `ConsistencyProof.nodes`, they are what must be fetched to make a proof.
    ///
    /// - Throws: `missingTile` if the tree of the given size lacks one of the nodes.
    public static func holding(
        _ nodes: [MerkleNode], treeSize: UInt64
    ) throws(TransparencyLogError) -> [TileCoordinate] {
        var tiles: [TileCoordinate] = []
        var seen: Set<TileCoordinate> = []
        for node in nodes {
            guard let tile = holding(node, treeSize: treeSize) else {
                throw TransparencyLogError(.missingTile, "a tree of \(treeSize) entries has no such node")
            }
            if seen.insert(tile).inserted { tiles.append(tile) }
        }
        return tiles
    }
}

/// The run of a tile's hashes whose tree hash is the hash of a node.
struct TilePlace {
    let level: Int
    let tileIndex: UInt64
    let offset: Int
    /// The node's height above the tile's hashes, 0...7.
    let height: Int

    /// How many hashes.
    var count: Int { 1 << height }

    init(_ node: MerkleNode) {
        level = node.level >> 3
        height = node.level & 7
        // The node's first hash at the tile's level is number `index << height`; both parts are taken without
        // shifting left, which could lose bits of a hostile index.
        tileIndex = node.index >> UInt64(8 - height)
        offset = Int(node.index & (255 >> UInt64(height))) << height
    }
}
