import TransparencyLog

/// A tile as the database names it.
struct TilePlace: Hashable {
    let level: Int64
    let position: Int64

    /// The place of a tile in a tree of this size, and how many hashes it holds there; nil where the tree has no such tile.
    ///
    /// https://c2sp.org/tlog-tiles: level l holds the hashes of complete subtrees of 256^l leaves, 256 to a tile.
    func width(inTreeOf size: Int64) -> Int? {
        guard (0..<8).contains(level), position >= 0 else { return nil }
        let hashCount = size >> (8 * level)
        guard position <= hashCount >> 8 else { return nil }
        let width = min(256, hashCount - position << 8)
        return width > 0 ? Int(width) : nil
    }

    /// The path the tile is served under.
    func path(width: Int?) -> String {
        let coordinate =
            (0...63).contains(level) && position >= 0
            ? try? TileCoordinate(level: Int(level), index: UInt64(position), width: width ?? 256) : nil
        return coordinate.map { TileResource.tile($0).path } ?? "tile level \(level) position \(position)"
    }

    /// How many tiles a tree of this size has at each level, from the leaves.
    static func counts(inTreeOf size: Int64) -> [Int64] {
        (0..<8).map { (size >> (8 * $0) + 255) >> 8 }.prefix { $0 > 0 }.map(\.self)
    }
}
