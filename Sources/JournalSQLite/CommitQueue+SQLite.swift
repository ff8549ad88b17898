import GRDB
import Journal

extension CommitQueue {
    /// Appends committed by the pool's single writer.
    init(pool: DatabasePool, log: WriteAheadLog, environment: JournalEnvironment, projections: [Projection]) {
        let transact: Transact = { body in
            let keys = KeyRing(masterKey: environment.masterKey)
            if log.isTooLong { await CommitQueue.copyBack(log, of: pool) }
            do {
                let acknowledgements = try await pool.write { database in
                    let session = SQLiteSession(database: database)
                    return try body(
                        AppendRun(in: session, environment: environment, projections: projections, keys: keys)
                    )
                }
                if keys.hasDestroyed { await CommitQueue.forgetLog(of: pool) }
                return .committed(acknowledgements)
            } catch {
                // GRDB's own errors come from beginning and committing; every other is the body's.
                return .rolledBack(error is DatabaseError ? JournalError(.storage, "SQLite: \(error)") : error)
            }
        }
        self.init(transact) { if log.isWorthCopying { await CommitQueue.copyBack(log, of: pool) } }
    }

    private static func copyBack(_ log: WriteAheadLog, of pool: DatabasePool) async {
        try? await pool.writeWithoutTransaction { log.copyBack(in: $0) }
    }

    /// Empties the write-ahead log, which still holds the pages as they were before a key was destroyed. A reader that stays
    /// open keeps it from being emptied; it then goes with the next time, at the latest when the journal is closed.
    private static func forgetLog(of pool: DatabasePool) async {
        for _ in 0..<50 {
            let isEmptied = try? await pool.writeWithoutTransaction { database in
                try database.checkpoint(.truncate).walFrameCount == 0
            }
            if isEmptied == true { return }
            try? await Task.sleep(for: .milliseconds(20))
        }
    }
}
