import CivilTime
import Sealing
import TransparencyLog

/// Bringing the transparency log up to the journal.
///
/// The leaf at index n is the commitment of record n, so the log needs no queue of its own: what lies between the last
/// checkpoint and the end of the journal is what has to be integrated. Tiles and checkpoint are written in one transaction;
/// a kill before it leaves the log where it was, and the next run does the same work again.
package enum LogIntegration {
    package static func run(
        in transaction: any SQLTransaction, environment: JournalEnvironment
    ) throws -> StoredCheckpoint? {
        let snapshot = JournalSnapshot(session: transaction, keys: KeyRing(masterKey: environment.masterKey))
        let latest = try snapshot.latestCheckpoint()
        let size = latest?.size ?? 0
        let target = try snapshot.recordCount()
        guard target > size else { return nil }
        var builder = try resume(after: latest, in: transaction)
        var next = size
        while next < target {
            next += try integratePage(from: next, into: &builder, in: transaction)
        }
        return try sign(builder.treeHead, in: transaction, environment: environment)
    }

    /// The builder as it stood after the last checkpoint, from the partial tiles on the right edge.
    private static func resume(
        after checkpoint: StoredCheckpoint?, in transaction: any SQLTransaction
    ) throws -> TileBuilder {
        guard let checkpoint else { return TileBuilder() }
        let size = UInt64(checkpoint.size)
        do {
            let edge = try TileBuilder.edge(of: size).map { coordinate in
                try Tile(coordinate, parsing: try hashes(of: coordinate, in: transaction))
            }
            let builder = try TileBuilder(resumingAt: size, edge: edge)
            // Signing on top of tiles that do not give the signed root would fork the log for good.
            guard builder.treeHead.root == checkpoint.root else {
                throw JournalError(.contradiction, "the log's tiles do not give the root of its checkpoint at \(size)")
            }
            return builder
        } catch let error as TransparencyLogError {
            throw JournalError(.contradiction, "the log's tiles do not continue at \(size): \(error)")
        }
    }

    private static func hashes(of tile: TileCoordinate, in transaction: any SQLTransaction) throws -> [UInt8] {
        let row = try transaction.firstRow(
            "SELECT hashes FROM tile WHERE level = $1 AND position = $2",
            [.integer(Int64(tile.level)), .integer(Int64(tile.index))]
        )
        guard let bytes = try row?.blob(0) else { return [] }
        return Array(bytes.prefix(tile.width * Digest.byteCount))
    }

    /// Appends up to a page of leaves and stores the tiles they changed; keeps memory flat however far behind the log is.
    private static func integratePage(
        from first: Int64, into builder: inout TileBuilder, in transaction: any SQLTransaction
    ) throws -> Int64 {
        let rows = try transaction.rows(
            "SELECT commitment FROM record WHERE sequence >= $1 ORDER BY sequence LIMIT $2",
            [.integer(first), .integer(JournalLimits.replayPageSize)]
        )
        for row in rows {
            guard let digest = Digest(bytes: try row.blob(0)) else {
                throw JournalError(.contradiction, "a commitment is not a SHA-256")
            }
            try builder.append(MerkleHash.leaf(Commitment(digest: digest)))
        }
        for tile in builder.takeChangedTiles() {
            try transaction.execute(
                BaseSchema.tile.putSQL,
                [.integer(Int64(tile.coordinate.level)), .integer(Int64(tile.coordinate.index)), .blob(tile.bytes)]
            )
        }
        guard !rows.isEmpty else { throw JournalError(.contradiction, "record \(first) is missing") }
        return Int64(rows.count)
    }

    private static func sign(
        _ head: TreeHead, in transaction: any SQLTransaction, environment: JournalEnvironment
    ) throws -> StoredCheckpoint {
        let checkpoint = StoredCheckpoint(
            size: Int64(head.size), root: head.root, note: try environment.log.signedNote(head), time: environment.now()
        )
        try transaction.execute(
            BaseSchema.checkpoint.insertSQL,
            [
                .integer(checkpoint.size), .blob(checkpoint.root.bytes), .text(checkpoint.note),
                .integer(checkpoint.time.millisecondsSinceEpoch)
            ]
        )
        return checkpoint
    }
}
