public import Sealing

/// The sequencer's side of a tiled log: takes leaf hashes, gives back the tiles that must be stored.
///
/// It holds the frontier and the partial tiles of the right edge, so its size does not depend on the log's. Between
/// two calls of `takeChangedTiles` it also holds the full tiles that came about.
public struct TileBuilder: Sendable {
    /// The tree so far.
    public private(set) var frontier: MerkleFrontier
    private var edge = Edge()
    private var takenSize: UInt64

    /// The right edge of the tiles.
    private struct Edge: Sendable {
        /// For each level, the hashes of its rightmost tile, if that is partial.
        var partialTiles: [[Digest]] = []
        /// The tiles that were filled since they were last taken.
        var fullTiles: [Tile] = []

        mutating func extend(level: Int, with hash: Digest, at position: UInt64) {
            if partialTiles.count <= level { partialTiles.append([]) }
            partialTiles[level].append(hash)
            guard partialTiles[level].count == TileCoordinate.fullWidth else { return }
            let coordinate = TileCoordinate(knownLevel: level, index: position >> 8, width: TileCoordinate.fullWidth)
            fullTiles.append(Tile(known: coordinate, hashes: partialTiles[level]))
            partialTiles[level].removeAll(keepingCapacity: true)
        }
    }

    /// An empty log.
    public init() {
        frontier = MerkleFrontier()
        takenSize = 0
    }

    /// A log of the given size that goes on, from the partial tiles of its right edge: one for each level that has one.
    ///
    /// Compare `treeHead` with the last checkpoint before appending: the tiles are believed as they are.
    ///
    /// - Throws: `missingTile` if a partial tile is not among them; `sizeOutOfRange` above `TreeHead.maximumSize`.
    public init(resumingAt size: UInt64, edge tiles: [Tile]) throws(TransparencyLogError) {
        guard size <= TreeHead.maximumSize else {
            throw TransparencyLogError(.sizeOutOfRange, "\(size) entries are too many")
        }
        var map = TileMap()
        for coordinate in TileBuilder.edge(of: size) {
            guard let tile = tiles.first(where: { $0.coordinate == coordinate }) else {
                throw TransparencyLogError(
                    .missingTile, "a tile of the right edge is missing", at: TileResource.tile(coordinate).path)
            }
            map.insert(tile)
            while edge.partialTiles.count < coordinate.level { edge.partialTiles.append([]) }
            edge.partialTiles.append(tile.hashes)
        }
        frontier = try MerkleFrontier(size: size) { (node) throws(TransparencyLogError) in try map.hash(of: node) }
        takenSize = size
    }

    /// The partial tiles of the right edge of a tree: what `init(resumingAt:edge:)` needs.
    public static func edge(of size: UInt64) -> [TileCoordinate] {
        (0..<8).compactMap { level in
            let count = TileCoordinate.hashCount(level: level, treeSize: size)
            return TileCoordinate(level: level, index: count >> 8, treeSize: size)
        }
    }

    /// The tree so far: what a checkpoint may be signed over once the changed tiles are durable.
    public var treeHead: TreeHead { frontier.treeHead }

    /// Appends an entry by its leaf hash. One node hash on average.
    ///
    /// - Throws: `sizeOutOfRange` if the tree has `TreeHead.maximumSize` entries; nothing changes.
    public mutating func append(_ leafHash: Digest) throws(TransparencyLogError) {
        guard frontier.size < TreeHead.maximumSize else {
            throw TransparencyLogError(.sizeOutOfRange, "the log is full")
        }
        let size = frontier.size
        frontier.append(leafHash) { height, hash in
            if height & 7 == 0 { edge.extend(level: height >> 3, with: hash, at: size >> UInt64(height)) }
        }
    }

    /// The tiles that are new or wider since the last call, or since the builder was made: exactly those of
    /// `TileCoordinate.changed(from:to:)`. They must be durable before the tree head is signed.
    public mutating func takeChangedTiles() -> [Tile] {
        let partial = edge.partialTiles.indices.compactMap { level -> Tile? in
            let count = TileCoordinate.hashCount(level: level, treeSize: frontier.size)
            guard count > TileCoordinate.hashCount(level: level, treeSize: takenSize),
                let coordinate = TileCoordinate(level: level, index: count >> 8, treeSize: frontier.size)
            else { return nil }
            return Tile(known: coordinate, hashes: edge.partialTiles[level])
        }
        let changed = edge.fullTiles + partial
        edge.fullTiles = []
        takenSize = frontier.size
        return changed
    }
}
