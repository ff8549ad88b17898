import GRDB
import Journal

extension CommitQueue {
    /// Appends committed by the pool's single writer.
    init(pool: DatabasePool, environment: JournalEnvironment, projections: [Projection], keys: KeyRing) {
        self.init { body in
            do {
                let acknowledgements = try await pool.write { database in
                    let session = SQLiteSession(database: database)
                    return try body(
                        AppendRun(in: session, environment: environment, projections: projections, keys: keys)
                    )
                }
                keys.transactionEnded(committed: true)
                return .committed(acknowledgements)
            } catch {
                keys.transactionEnded(committed: false)
                // GRDB's own errors come from beginning and committing; every other is the body's.
                return .rolledBack(error is DatabaseError ? JournalError(.storage, "SQLite: \(error)") : error)
            }
        }
    }
}
