import GRDB
import GRDBSQLite
import Synchronization

/// How much SQLite's write-ahead log holds, and when it is copied back into the database file.
///
/// SQLite by itself copies inside the commit that crosses its limit, and everybody who waits for that commit waits for the copy
/// too. Here it is copied while nobody waits for the writer, or, where somebody always does, between two transactions once it is
/// long: a bulk import then writes most pages twice instead of many times.
///
/// It is copied by the connection that writes, and by no other: SQLite up to 3.51.2 can lose pages where one connection copies
/// a log that another begins anew at the same moment (https://sqlite.org/wal.html, "The WAL-reset bug").
final class WriteAheadLog: Sendable {
    /// 4 MiB, copied in a few milliseconds while the writer has nothing to do.
    private static let worthCopying = 1_024
    /// 32 MiB, copied although appends are waiting.
    private static let tooLong = 8_192

    private let pageCount = Mutex(0)

    var isWorthCopying: Bool { pageCount.withLock { $0 } >= WriteAheadLog.worthCopying }
    var isTooLong: Bool { pageCount.withLock { $0 } >= WriteAheadLog.tooLong }

    /// Counts what each commit of this connection leaves in the log, in place of SQLite's own copying. Must outlive it.
    func watch(_ database: Database) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        _ = sqlite3_wal_hook(
            database.sqliteConnection,
            { context, _, _, pageCount in
                guard let context else { return SQLITE_OK }
                let log = Unmanaged<WriteAheadLog>.fromOpaque(context).takeUnretainedValue()
                log.pageCount.withLock { $0 = Int(pageCount) }
                return SQLITE_OK
            }, context
        )
    }

    /// Copies back what no reader still needs; the next commit begins the log anew where that was everything. A copy that could
    /// not be made loses nothing: the log keeps the pages, and a later one takes them too.
    func copyBack(in database: Database) {
        _ = try? database.checkpoint(.passive)
        // Asked again after the next commit, not before: what readers hold would be asked for in vain.
        pageCount.withLock { $0 = 0 }
    }
}
