/// Deriving every projection again from the records.
package enum Replay {
    /// Empties the tables of the projections and fills them from the journal, in the caller's transaction.
    /// - Returns: the number of records replayed.
    package static func run(_ projections: [Projection], in transaction: any SQLTransaction, keys: KeyRing) throws -> Int64 {
        for table in projections.flatMap(\.tables) {
            try transaction.execute("DELETE FROM \(table.name)", [])
        }
        let snapshot = JournalSnapshot(session: transaction, keys: keys)
        return try forEachRecord(in: snapshot) { record in
            for projection in projections {
                for change in projection.changes(record, snapshot.contentLookup(for: record)) {
                    let (sql, parameters) = change.statement
                    try transaction.execute(sql, parameters)
                }
            }
        }
    }

    /// Every record in order, a page at a time.
    package static func forEachRecord(
        in snapshot: JournalSnapshot, _ body: (JournalRecord) throws -> Void
    ) throws -> Int64 {
        var next: Int64 = 0
        while true {
            let page = try snapshot.records(from: next, limit: try snapshot.replayPageSize(from: next))
            guard let last = page.last else { return next }
            for record in page { try body(record) }
            next = last.sequence + 1
        }
    }
}

extension JournalSnapshot {
    /// How many records from here on are read at once: up to `replayPageSize`, and no more bytes than a replay may hold.
    fileprivate func replayPageSize(from sequence: Int64) throws -> Int64 {
        var (count, byteCount): (Int64, Int64) = (0, 0)
        let lengths = try rows(
            "SELECT length(payload) FROM record WHERE sequence >= $1 ORDER BY sequence LIMIT $2",
            [.integer(sequence), .integer(JournalLimits.replayPageSize)]
        )
        for row in lengths {
            byteCount += try row.integer(0)
            if count > 0, byteCount > JournalLimits.replayPageByteCount { break }
            count += 1
        }
        return max(1, count)
    }

    /// What a projection of this record may look up.
    package func contentLookup(for record: JournalRecord) -> ContentLookup {
        ContentLookup { try? content($0, sealedUnder: record.contentKey) }
    }
}
