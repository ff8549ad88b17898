import CSQLite
import FoundationEssentials

/// The journal's database, read and never written: one read transaction over one consistent state, beside a running server
/// or after a crash. SQLite reads what is still in the write-ahead log with it.
final class JournalFile {
    private let connection: OpaquePointer

    /// - Throws: `noJournal` or `unreadable`.
    init(path: String) throws(AuditError) {
        var result = JournalFile.open(path: path, isImmutable: false)
        if case .failure(let failure) = result, failure.isForWantOfPermission, JournalFile.isSettled(path) {
            // On a medium nobody can write to, SQLite can't share a WAL database with others and refuses it. Where nothing is
            // left in the write-ahead log, the one file is the whole database.
            result = JournalFile.open(path: path, isImmutable: true)
        }
        switch result {
        case .success(let opened): connection = opened
        case .failure(let failure):
            let advice =
                failure.isForWantOfPermission
                ? "; copy the whole directory, journal.db-wal with it, to where you may write, and audit the copy" : ""
            throw AuditError(.unreadable, "SQLite does not read \(path): \(failure.message)\(advice)")
        }
    }

    deinit {
        sqlite3_close_v2(connection)
    }

    func prepare(_ sql: String) throws(AuditError) -> Statement {
        var handle: OpaquePointer?
        guard sqlite3_prepare_v2(connection, sql, -1, &handle, nil) == SQLITE_OK, let handle else {
            throw AuditError(.unreadable, String(cString: sqlite3_errmsg(connection)))
        }
        return Statement(handle: handle, connection: connection)
    }

    /// Calls `body` for each row of the result; the row must not be kept.
    func forEachRow(_ sql: String, _ body: (Statement) throws(AuditError) -> Void) throws(AuditError) {
        let statement = try prepare(sql)
        while try statement.step() { try body(statement) }
    }

    private static func isSettled(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path + "-wal")
        return attributes?[.size] as? Int ?? 0 == 0
    }

    private struct OpenFailure: Error {
        let code: Int32
        let message: String

        var isForWantOfPermission: Bool { [SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_IOERR].contains(code & 0xFF) }
    }

    private static func open(path: String, isImmutable: Bool) -> Result<OpaquePointer, OpenFailure> {
        var handle: OpaquePointer?
        let name = "file:\(uriEscaped(path))?mode=ro" + (isImmutable ? "&immutable=1" : "")
        let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX
        var code = sqlite3_open_v2(name, &handle, flags, nil)
        if code == SQLITE_OK {
            sqlite3_busy_timeout(handle, busyTimeoutInMilliseconds)
            // The first read begins the transaction, and says whether there is anything to read.
            code = sqlite3_exec(handle, "BEGIN; SELECT count(*) FROM sqlite_schema", nil, nil, nil)
        }
        if code == SQLITE_OK, let handle { return .success(handle) }
        let message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
        sqlite3_close_v2(handle)
        return .failure(OpenFailure(code: code, message: message))
    }

    /// A server that recovers the write-ahead log after a crash holds its lock for this long at most.
    private static let busyTimeoutInMilliseconds: Int32 = 5_000

    /// `?`, `#` and `%` mean something in SQLite's file names (https://www.sqlite.org/uri.html).
    private static func uriEscaped(_ path: String) -> String {
        String(
            decoding: path.utf8.flatMap { byte -> [UInt8] in
                switch byte {
                case UInt8(ascii: "%"): Array("%25".utf8)
                case UInt8(ascii: "?"): Array("%3f".utf8)
                case UInt8(ascii: "#"): Array("%23".utf8)
                default: [byte]
                }
            }, as: UTF8.self
        )
    }
}
