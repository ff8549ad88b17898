import GRDB
import GRDBSQLite
import Journal

/// The journal's SQL on one SQLite connection.
///
/// Statements are prepared and cached by GRDB; values are bound and read through SQLite's own functions, because the journal
/// moves millions of byte arrays and GRDB would carry each in a Foundation `Data`.
final class SQLiteSession: SQLTransaction {
    private let database: Database
    /// The statements of this session by their text, ours rather than SQLite's, so that a statement run a thousand times in a
    /// transaction is looked up and nothing else.
    private var statements: [String: Statement] = [:]

    init(database: Database) {
        self.database = database
    }

    func rows(_ sql: String, _ parameters: [SQLValue]) throws -> [SQLRow] {
        let statement = try prepared(sql, parameters)
        defer { finish(statement) }
        let columnCount = sqlite3_column_count(statement)
        var rows: [SQLRow] = []
        while try step(statement) {
            rows.append(SQLRow(values: (0..<columnCount).map { column(statement, $0) }))
        }
        return rows
    }

    func execute(_ sql: String, _ parameters: [SQLValue]) throws {
        let statement = try prepared(sql, parameters)
        defer { finish(statement) }
        while try step(statement) {}
    }

    private func prepared(_ sql: String, _ parameters: [SQLValue]) throws -> OpaquePointer {
        let statement = try known(sql).sqliteStatement
        for (index, value) in parameters.enumerated() { try bind(value, to: Int32(index + 1), of: statement) }
        return statement
    }

    private func known(_ sql: String) throws -> Statement {
        if let statement = statements[sql] { return statement }
        do {
            let statement = try database.cachedStatement(sql: sqliteParameters(sql))
            statements[sql] = statement
            return statement
        } catch {
            throw JournalError(.storage, "SQLite does not prepare \(sql): \(error)")
        }
    }

    /// `$1` is a *named* parameter to SQLite, numbered by its first appearance; `?1` is the first parameter.
    private func sqliteParameters(_ sql: String) -> String {
        String(decoding: sql.utf8.map { $0 == UInt8(ascii: "$") ? UInt8(ascii: "?") : $0 }, as: UTF8.self)
    }

    private func bind(_ value: SQLValue, to index: Int32, of statement: OpaquePointer) throws {
        let result: Int32
        switch value {
        case .null:
            result = sqlite3_bind_null(statement, index)
        case .integer(let number):
            result = sqlite3_bind_int64(statement, index, number)
        case .text(let text):
            var text = text
            result = text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    sqlite3_bind_text(statement, index, $0.baseAddress, Int32($0.count), SQLiteSession.copyAtOnce)
                }
            }
        case .blob(let bytes):
            result = bytes.withUnsafeBytes {
                // An empty array may have no address, which SQLite would take for NULL.
                $0.isEmpty
                    ? sqlite3_bind_zeroblob(statement, index, 0)
                    : sqlite3_bind_blob(statement, index, $0.baseAddress, Int32($0.count), SQLiteSession.copyAtOnce)
            }
        }
        guard result == SQLITE_OK else { throw failure("bind") }
    }

    /// SQLITE_TRANSIENT: SQLite copies the bytes before the call returns.
    private static var copyAtOnce: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    /// - Returns: true where there is a row.
    private func step(_ statement: OpaquePointer) throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw failure("step")
        }
    }

    private func finish(_ statement: OpaquePointer) {
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
    }

    private func column(_ statement: OpaquePointer, _ index: Int32) -> SQLValue {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER:
            return .integer(sqlite3_column_int64(statement, index))
        case SQLITE_TEXT:
            let bytes = UnsafeRawBufferPointer(
                start: sqlite3_column_text(statement, index), count: Int(sqlite3_column_bytes(statement, index))
            )
            return .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(statement, index)
            return .blob([UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index)))))
        default:
            return .null
        }
    }

    private func failure(_ operation: String) -> JournalError {
        let message = database.sqliteConnection.map { String(cString: sqlite3_errmsg($0)) } ?? "connection closed"
        return JournalError(.storage, "SQLite: \(message) (\(operation))")
    }
}
