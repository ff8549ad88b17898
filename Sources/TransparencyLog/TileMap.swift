public import Sealing

/// Tiles in memory, with the hashes between their levels worked out once, from which proofs are made by look-up.
///
/// A full tile costs 255 node hashes when it is inserted and 16 KiB while it is held.
public struct TileMap: Sendable {
    private struct Place: Hashable {
        let level: Int
        let index: UInt64
    }

    /// The tile's hashes, then those of each pair of them, and so on up to one hash for all 256.
    private struct Pyramid {
        /// The hashes of height 0, 1, … 8, one height after the other.
        var hashes: [Digest]
        let width: Int

        init(_ tile: [Digest]) {
            width = tile.count
            hashes = tile
            hashes.reserveCapacity(2 * width)
            var start = 0
            var count = width
            while count > 1 {
                for pair in 0..<count / 2 {
                    hashes.append(MerkleHash.node(hashes[start + 2 * pair], hashes[start + 2 * pair + 1]))
                }
                start += count
                count /= 2
            }
        }

        func hash(_ place: TilePlace) -> Digest? {
            guard place.offset + place.count <= width else { return nil }
            var start = 0
            for height in 0..<place.height { start += width >> height }
            return hashes[start + place.offset >> place.height]
        }
    }

    private var pyramids: [Place: Pyramid] = [:]

    /// No tiles.
    public init() {}

    /// How many tiles are held.
    public var count: Int { pyramids.count }

    /// Holds a tile. A wider tile takes the place of a narrower one at the same coordinate; a narrower one is ignored.
    public mutating func insert(_ tile: Tile) {
        let place = Place(level: tile.coordinate.level, index: tile.coordinate.index)
        if let known = pyramids[place], known.width >= tile.hashes.count { return }
        pyramids[place] = Pyramid(tile.hashes)
    }

    /// Forgets the tile at a coordinate, whatever its width.
    public mutating func remove(level: Int, index: UInt64) {
        pyramids[Place(level: level, index: index)] = nil
    }

    /// The hash of a complete subtree.
    ///
    /// - Throws: `missingTile` with the path of the full tile, if it is not held or is too narrow.
    public func hash(of node: MerkleNode) throws(TransparencyLogError) -> Digest {
        let place = TilePlace(node)
        guard let hash = pyramids[Place(level: place.level, index: place.tileIndex)]?.hash(place) else {
            let full = TileCoordinate(
                knownLevel: place.level, index: place.tileIndex, width: TileCoordinate.fullWidth)
            throw TransparencyLogError(.missingTile, "the tile is not held", at: TileResource.tile(full).path)
        }
        return hash
    }
}
