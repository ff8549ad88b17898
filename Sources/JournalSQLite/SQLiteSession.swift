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
    private var statements: [StatementText: Statement] = [:]
    private let memory = ParameterMemory()

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
        // A place left as it was would be read from memory that holds another statement's values by now.
        guard sqlite3_bind_parameter_count(statement) == parameters.count else {
            throw JournalError(.storage, "\(parameters.count) parameters for \(sql)")
        }
        memory.begin(parameters)
        for (index, value) in parameters.enumerated() { try bind(value, to: Int32(index + 1), of: statement) }
        return statement
    }

    private func known(_ sql: String) throws -> Statement {
        if let statement = statements[StatementText(sql)] { return statement }
        do {
            let statement = try database.cachedStatement(sql: sqliteParameters(sql))
            statements[StatementText(sql)] = statement
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
            let bytes = text.withUTF8 { memory.lay(UnsafeRawBufferPointer($0)) }
            result = sqlite3_bind_text(
                statement, index, bytes.assumingMemoryBound(to: CChar.self).baseAddress, Int32(bytes.count), SQLiteSession.inPlace
            )
        case .blob(let blob):
            let bytes = blob.withUnsafeBytes { memory.lay($0) }
            result = sqlite3_bind_blob(statement, index, bytes.baseAddress, Int32(bytes.count), SQLiteSession.inPlace)
        }
        guard result == SQLITE_OK else { throw failure("bind") }
    }

    /// SQLITE_STATIC: SQLite reads the bytes where they are, while the statement runs.
    private static let inPlace: sqlite3_destructor_type? = nil

    /// - Returns: true where there is a row.
    private func step(_ statement: OpaquePointer) throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw failure("step")
        }
    }

    /// The bindings stay, and each of them is replaced before the statement runs again.
    private func finish(_ statement: OpaquePointer) {
        sqlite3_reset(statement)
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

/// A statement's text as a key that is found by its length and then compared: hashing two hundred bytes would cost more than
/// many a statement, and few of them have the same length.
private struct StatementText: Hashable {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(text.utf8.count)
    }
}
