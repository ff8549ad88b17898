import GRDB
import Journal

extension CommitQueue {
    /// Appends committed by the pool's single writer.
    init(pool: DatabasePool, environment: JournalEnvironment, projections: [Projection]) {
        self.init { body in
            let keys = KeyRing(masterKey: environment.masterKey)
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
