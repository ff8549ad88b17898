import Journal
import Sealing

/// `TableSchema` as PostgreSQL spells it.
enum PostgresSchema {
    static func create(_ table: TableSchema, in session: PostgresSession) throws {
        let columns = table.columns.map { "\($0.name) \(type(of: $0))\($0.isOptional ? "" : " NOT NULL")" }
        let key = "PRIMARY KEY (\(table.primaryKey.joined(separator: ", ")))"
        try session.define("CREATE TABLE IF NOT EXISTS \(table.name) (\((columns + [key]).joined(separator: ", ")))")
        for index in table.indexes { try createIndex(index, on: table, unique: false, in: session) }
        for index in table.uniqueIndexes { try createIndex(index, on: table, unique: true, in: session) }
    }

    private static func createIndex(
        _ columns: [String], on table: TableSchema, unique: Bool, in session: PostgresSession
    ) throws {
        let name = identifier("\(table.name)_by_\(columns.joined(separator: "_"))")
        try session.define(
            "CREATE \(unique ? "UNIQUE " : "")INDEX IF NOT EXISTS \(name) ON \(table.name) (\(columns.joined(separator: ", ")))"
        )
    }

    /// PostgreSQL cuts longer names off; two indexes would then share one name, and the second would silently not be made.
    private static let maximumIdentifierByteCount = 63

    static func identifier(_ name: String) -> String {
        guard name.utf8.count > maximumIdentifierByteCount else { return name }
        let digest = Digest(hashing: Array(name.utf8)).hex.prefix(16)
        return "\(name.prefix(maximumIdentifierByteCount - digest.count - 1))_\(digest)"
    }

    private static func type(of column: TableSchema.Column) -> String {
        switch column.type {
        case .integer: "BIGINT"
        // Compared by its bytes, as SQLite does, whatever the database's locale.
        case .text: "TEXT COLLATE \"C\""
        case .blob: "BYTEA"
        }
    }
}
