import CSQLite
import Journal
import Sealing

/// A prepared query and, while it runs, its current row. Columns are counted from 0.
final class Statement {
    private let handle: OpaquePointer
    private let connection: OpaquePointer

    init(handle: OpaquePointer, connection: OpaquePointer) {
        self.handle = handle
        self.connection = connection
    }

    deinit {
        sqlite3_finalize(handle)
    }

    /// - Returns: false after the last row.
    /// - Throws: `unreadable` where the database is damaged.
    func step() throws(AuditError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw AuditError(.unreadable, String(cString: sqlite3_errmsg(connection)))
        }
    }

    /// Makes the query ready to run again with these parameters, which must live until the next `restart`.
    func restart(digest: Digest, text: String) {
        sqlite3_reset(handle)
        digest.withUnsafeBytes { _ = sqlite3_bind_blob(handle, 1, $0.baseAddress, Int32($0.count), Statement.copyAtOnce) }
        sqlite3_bind_text(handle, 2, text, Int32(text.utf8.count), Statement.copyAtOnce)
    }

    /// SQLITE_TRANSIENT: SQLite copies the bytes before the call returns.
    private static var copyAtOnce: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    func integer(_ column: Int) -> Int64 {
        sqlite3_column_int64(handle, Int32(column))
    }

    func isNull(_ column: Int) -> Bool {
        sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL
    }

    func bytes(_ column: Int) -> [UInt8] {
        withBytes(column) { [UInt8]($0) }
    }

    /// The text, repaired where it is not UTF-8; where that matters, compare `bytes`.
    func text(_ column: Int) -> String {
        withBytes(column) { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of a text or a blob, in place until the next step.
    func withBytes<Answer>(_ column: Int, _ body: (UnsafeRawBufferPointer) -> Answer) -> Answer {
        let start = sqlite3_column_blob(handle, Int32(column))
        return body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, Int32(column)))))
    }

    /// The value as one cell of a projection.
    func cell(_ column: Int) -> Cell {
        switch sqlite3_column_type(handle, Int32(column)) {
        case SQLITE_NULL: .null
        case SQLITE_INTEGER: Cell(integer(column))
        case SQLITE_TEXT: withBytes(column) { Cell(text: $0) }
        default: withBytes(column) { Cell(blob: $0) }
        }
    }

    func append(_ column: Int, to key: inout RowKey) {
        switch sqlite3_column_type(handle, Int32(column)) {
        case SQLITE_NULL: key.appendNull()
        case SQLITE_INTEGER: key.append(integer(column))
        case SQLITE_TEXT: withBytes(column) { key.append(text: $0) }
        default: withBytes(column) { key.append(blob: $0) }
        }
    }
}
