import GRDB
import GRDBSQLite
import Synchronization

/// Copies what the write-ahead log holds back into the database file, beside the writer.
///
/// SQLite by itself does this inside the commit that crosses the limit, which then takes a tenth of a second, and everybody who
/// waits for that commit or a later one waits as long. Here a connection of its own copies while the writer goes on; the commit
/// after it copies the few pages that came meanwhile, after which SQLite begins the log anew.
///
/// The file grows without bound only while readers stay on an old state without pause, as with SQLite's own way.
final class WriteAheadCheckpointer: Sendable {
    private enum State {
        case resting
        case copying
        /// Everything was copied that was in the log when the copying began.
        case copied
    }

    /// 32 MiB of log before it is copied back: a bulk import then writes most pages twice instead of many times.
    private static let pageLimit = 8_192

    private let path: String
    private let state = Mutex(State.resting)
    /// Opened with the first copy.
    private let copier = Mutex<DatabaseQueue?>(nil)

    init(path: String) {
        self.path = path
    }

    /// Hears of every commit of this connection, in place of SQLite's own checkpointing. The checkpointer must outlive it.
    func watch(_ database: Database) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        _ = sqlite3_wal_hook(
            database.sqliteConnection,
            { context, connection, _, pageCount in
                guard let context else { return SQLITE_OK }
                let checkpointer = Unmanaged<WriteAheadCheckpointer>.fromOpaque(context).takeUnretainedValue()
                checkpointer.committed(on: connection, pageCount: Int(pageCount))
                return SQLITE_OK
            }, context
        )
    }

    /// Called after each commit, on the writer's thread and with the log at this many pages.
    private func committed(on connection: OpaquePointer?, pageCount: Int) {
        let before = state.withLock { state in
            defer {
                switch state {
                case .resting where pageCount >= WriteAheadCheckpointer.pageLimit: state = .copying
                case .copied: state = .resting
                case .resting, .copying: break
                }
            }
            return state
        }
        switch before {
        case .resting where pageCount >= WriteAheadCheckpointer.pageLimit: copy()
        case .copied: sqlite3_wal_checkpoint_v2(connection, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
        case .resting, .copying: break
        }
    }

    private func copy() {
        guard let copier = connection() else { return state.withLock { $0 = .resting } }
        copier.asyncWriteWithoutTransaction { database in
            // A checkpoint that could not be made loses nothing: the log keeps the pages, and a later commit asks again.
            let isMade = (try? database.checkpoint(.passive)) != nil
            self.state.withLock { $0 = isMade ? .copied : .resting }
        }
    }

    private func connection() -> DatabaseQueue? {
        copier.withLock { copier in
            if copier == nil { copier = try? DatabaseQueue(path: path) }
            return copier
        }
    }
}
