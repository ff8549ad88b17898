/// Which entry bundle: the entries under the tile of level 0 with the same index and width.
public struct EntryBundleCoordinate: Sendable, Hashable {
    /// The position among the bundles.
    public let index: UInt64
    /// How many entries, 1...256.
    public let width: Int

    /// A bundle.
    ///
    /// - Throws: `malformedPath` if the width is out of range.
    public init(index: UInt64, width: Int = TileCoordinate.fullWidth) throws(TransparencyLogError) {
        guard (1...TileCoordinate.fullWidth).contains(width) else {
            throw TransparencyLogError(.malformedPath, "no bundle has width \(width)")
        }
        self.init(knownIndex: index, width: width)
    }

    init(knownIndex index: UInt64, width: Int) {
        self.index = index
        self.width = width
    }

    /// The bundles that a tree of `newSize` entries has and a tree of `oldSize` has not, or has only narrower.
    ///
    /// - Throws: `sizeOutOfRange` if the new size is below the old, or above `TreeHead.maximumSize`.
    public static func changed(
        from oldSize: UInt64, to newSize: UInt64
    ) throws(TransparencyLogError) -> [EntryBundleCoordinate] {
        try TileCoordinate.changed(from: oldSize, to: newSize).filter { $0.level == 0 }
            .map { EntryBundleCoordinate(knownIndex: $0.index, width: $0.width) }
    }
}

/// Up to 256 consecutive entries, as https://c2sp.org/tlog-tiles serves them: each after its length in two bytes,
/// big-endian.
public struct EntryBundle: Sendable, Hashable {
    /// The longest entry that two bytes can announce.
    public static let maximumEntryByteCount = 65_535

    /// Which bundle.
    public let coordinate: EntryBundleCoordinate
    /// As many as the coordinate's width.
    public let entries: [[UInt8]]

    /// A bundle.
    ///
    /// - Throws: `malformedEntryBundle` if the number of entries is not the width; `entryTooLong`.
    public init(_ coordinate: EntryBundleCoordinate, entries: [[UInt8]]) throws(TransparencyLogError) {
        guard entries.count == coordinate.width else {
            throw TransparencyLogError(
                .malformedEntryBundle, "\(entries.count) entries in a bundle of \(coordinate.width)")
        }
        if let position = entries.firstIndex(where: { $0.count > EntryBundle.maximumEntryByteCount }) {
            throw TransparencyLogError(
                .entryTooLong, "an entry of \(entries[position].count) bytes", at: "entry \(position)")
        }
        self.coordinate = coordinate
        self.entries = entries
    }

    /// Reads the served form: exactly as many entries as the width says, and nothing after them.
    ///
    /// - Throws: `malformedEntryBundle` with the offset.
    public init(_ coordinate: EntryBundleCoordinate, parsing bytes: [UInt8]) throws(TransparencyLogError) {
        var entries: [[UInt8]] = []
        entries.reserveCapacity(coordinate.width)
        var offset = 0
        while offset < bytes.count {
            guard entries.count < coordinate.width, offset + 2 <= bytes.count else {
                throw TransparencyLogError(
                    .malformedEntryBundle, "superfluous bytes, or half a length", at: "byte \(offset)")
            }
            let start = offset + 2
            let end = start + (Int(bytes[offset]) << 8 | Int(bytes[offset + 1]))
            guard end <= bytes.count else {
                throw TransparencyLogError(.malformedEntryBundle, "an entry is cut off", at: "byte \(offset)")
            }
            entries.append([UInt8](bytes[start..<end]))
            offset = end
        }
        try self.init(coordinate, entries: entries)
    }

    /// The served form.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entries.reduce(0) { $0 + 2 + $1.count })
        for entry in entries {
            bytes.append(UInt8(truncatingIfNeeded: entry.count >> 8))
            bytes.append(UInt8(truncatingIfNeeded: entry.count))
            bytes += entry
        }
        return bytes
    }

    /// The tile of level 0 that these entries belong to. A bundle is authentic if this tile is.
    public var tile: Tile {
        Tile(
            known: TileCoordinate(knownLevel: 0, index: coordinate.index, width: coordinate.width),
            hashes: entries.map { MerkleHash.leaf($0) })
    }
}
