public import Sealing

/// A tile with its hashes, as it is stored and served: 32 bytes for each hash, nothing else.
///
/// A tile that was fetched proves nothing by itself: make the root of the tree, or a proof, from it and compare with a
/// verified checkpoint.
public struct Tile: Sendable, Hashable {
    /// Which tile.
    public let coordinate: TileCoordinate
    /// As many as the coordinate's width.
    public let hashes: [Digest]

    /// A tile.
    ///
    /// - Throws: `malformedTile` if the number of hashes is not the width.
    public init(_ coordinate: TileCoordinate, hashes: [Digest]) throws(TransparencyLogError) {
        guard hashes.count == coordinate.width else {
            throw TransparencyLogError(
                .malformedTile, "\(hashes.count) hashes in a tile of \(coordinate.width)",
                at: TileResource.tile(coordinate).path)
        }
        self.coordinate = coordinate
        self.hashes = hashes
    }

    init(known coordinate: TileCoordinate, hashes: [Digest]) {
        self.coordinate = coordinate
        self.hashes = hashes
    }

    /// Reads the served form.
    ///
    /// - Throws: `malformedTile` unless there are exactly 32 bytes for each hash.
    public init(_ coordinate: TileCoordinate, parsing bytes: [UInt8]) throws(TransparencyLogError) {
        let hashes = stride(from: 0, to: bytes.count, by: Digest.byteCount).compactMap { start in
            Digest(bytes: bytes[start..<min(start + Digest.byteCount, bytes.count)])
        }
        guard bytes.count == coordinate.width * Digest.byteCount else {
            throw TransparencyLogError(
                .malformedTile, "\(bytes.count) bytes in a tile of \(coordinate.width) hashes",
                at: TileResource.tile(coordinate).path)
        }
        try self.init(coordinate, hashes: hashes)
    }

    /// The served form.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(hashes.count * Digest.byteCount)
        for hash in hashes { hash.withUnsafeBytes { bytes.append(contentsOf: $0) } }
        return bytes
    }
}
