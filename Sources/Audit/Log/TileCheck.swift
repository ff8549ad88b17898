import Sealing

/// Recomputes every tile from the leaves and compares byte by byte; there must be no other.
struct TileCheck {
    let file: JournalFile
    let findings: FindingList

    /// The hash of a leaf as the log stored it.
    func storedLeaf(_ index: Int) -> Digest? {
        var leaf: Digest?
        let (position, offset) = (index / 256, index % 256 * Digest.byteCount)
        try? file.forEachRow("SELECT hashes FROM tile WHERE level = 0 AND position = \(position)") { row in
            row.withBytes(0) { bytes in
                guard bytes.count >= offset + Digest.byteCount else { return }
                leaf = Digest(bytes: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + Digest.byteCount]))
            }
        }
        return leaf
    }

    /// - Parameter size: the signed size the stored tiles must be those of; not above the tree's.
    /// - Returns: the number of tiles stored.
    func check(against tree: MerkleTree, size: Int64) throws(AuditError) -> Int64 {
        var seen: Set<TilePlace> = []
        let statement = try file.prepare("SELECT level, position, hashes FROM tile")
        while try statement.step() {
            let place = TilePlace(level: statement.integer(0), position: statement.integer(1))
            seen.insert(place)
            compare(statement, place, tree, size)
        }
        for (level, count) in TilePlace.counts(inTreeOf: size).enumerated() {
            for position in 0..<count {
                let place = TilePlace(level: Int64(level), position: position)
                guard !seen.contains(place) else { continue }
                findings.add(
                    .logTileMissing, at: place.path(width: place.width(inTreeOf: size)), "a log of \(size) entries has this tile"
                )
            }
        }
        return Int64(seen.count)
    }

    private func compare(_ row: Statement, _ place: TilePlace, _ tree: MerkleTree, _ size: Int64) {
        guard let width = place.width(inTreeOf: size) else {
            findings.add(.logTileExtra, at: place.path(width: nil), "a log of \(size) entries has no such tile")
            return
        }
        let expected = tree.tileBytes(level: Int(place.level), position: Int(place.position), width: width)
        row.withBytes(2) { stored in
            guard stored.count == expected.count else {
                findings.add(
                    .logTile, at: place.path(width: width),
                    "it has \(stored.count) bytes, \(width) hashes have \(expected.count)"
                )
                return
            }
            guard let first = expected.indices.first(where: { stored[$0] != expected[$0] }) else { return }
            let hash = first / Digest.byteCount
            let record = place.level == 0 ? " (record \(Int(place.position) * 256 + hash))" : ""
            findings.add(
                .logTile, at: place.path(width: width), "hash \(hash)\(record) is not the one the commitments give"
            )
        }
    }
}
