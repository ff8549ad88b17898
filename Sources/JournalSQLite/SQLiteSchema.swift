import Journal

/// `TableSchema` as SQLite spells it: STRICT tables, clustered by their key unless rows are large.
enum SQLiteSchema {
    static func create(_ table: TableSchema, in session: SQLiteSession) throws {
        let columns = table.columns.map { "\($0.name) \(type(of: $0))\($0.isOptional ? "" : " NOT NULL")" }
        // A lone INTEGER key is the row id itself and clusters the table without WITHOUT ROWID.
        let isRowIdentifier =
            table.primaryKey.count == 1
            && table.columns.contains { $0.name == table.primaryKey[0] && $0.type == .integer }
        let options = table.holdsLargeRows || isRowIdentifier ? "STRICT" : "STRICT, WITHOUT ROWID"
        let key = "PRIMARY KEY (\(table.primaryKey.joined(separator: ", ")))"
        try session.execute(
            "CREATE TABLE IF NOT EXISTS \(table.name) (\((columns + [key]).joined(separator: ", "))) \(options)", []
        )
        for index in table.indexes { try createIndex(index, on: table, unique: false, in: session) }
        for index in table.uniqueIndexes { try createIndex(index, on: table, unique: true, in: session) }
    }

    private static func createIndex(
        _ columns: [String], on table: TableSchema, unique: Bool, in session: SQLiteSession
    ) throws {
        let name = "\(table.name)_by_\(columns.joined(separator: "_"))"
        try session.execute(
            "CREATE \(unique ? "UNIQUE " : "")INDEX IF NOT EXISTS \(name) ON \(table.name) (\(columns.joined(separator: ", ")))",
            []
        )
    }

    private static func type(of column: TableSchema.Column) -> String {
        switch column.type {
        case .integer: "INTEGER"
        case .text: "TEXT"
        case .blob: "BLOB"
        }
    }
}
