import Sealing

/// Bringing a database's tables to the projections of this program.
///
/// Tables are derived, so there are no migrations: where the definition that the rows follow is another one, the tables are
/// dropped, made anew and filled by replay, in the transaction that opens the journal. Either all of it is there or the
/// database is as an older program left it.
package enum ProjectionUpgrade {
    /// - Parameter create: makes a table and its indexes where they are missing, as the engine spells it.
    package static func run(
        _ projections: [Projection], in transaction: any SQLTransaction, keys: KeyRing,
        create: (TableSchema) throws -> Void
    ) throws {
        let tables = projections.flatMap(\.tables)
        let definition = definition(of: projections)
        let isCurrent = try setting(definitionName, in: transaction) == definition
        if !isCurrent {
            let earlier = try setting(tablesName, in: transaction)?.split(separator: " ").map(String.init) ?? []
            for name in Set(earlier + tables.map(\.name)).sorted() {
                try transaction.execute("DROP TABLE IF EXISTS \(name)", [])
            }
        }
        for table in tables { try create(table) }
        guard !isCurrent else { return }
        _ = try Replay.run(projections, in: transaction, keys: keys)
        try set(definitionName, definition, in: transaction)
        try set(tablesName, tables.map(\.name).joined(separator: " "), in: transaction)
    }

    private static let definitionName = "projections.definition"
    private static let tablesName = "projections.tables"

    /// SHA-256 of everything that decides what rows there are, apart from the functions' code, whose revision stands for it.
    private static func definition(of projections: [Projection]) -> String {
        let lines = projections.flatMap { projection in
            ["\(projection.name) \(projection.revision)"] + projection.tables.map(line)
        }
        return Digest(hashing: lines.joined(separator: "\n")).hex
    }

    private static func line(_ table: TableSchema) -> String {
        let columns = table.columns.map { "\($0.name) \($0.type)\($0.isOptional ? "?" : "")" }
        return "\(table.name) \(columns) \(table.primaryKey) \(table.indexes) \(table.uniqueIndexes) \(table.holdsLargeRows)"
    }

    private static func setting(_ name: String, in transaction: any SQLTransaction) throws -> String? {
        try transaction.firstRow("SELECT value FROM setting WHERE name = $1", [.text(name)])?.text(0)
    }

    private static func set(_ name: String, _ value: String, in transaction: any SQLTransaction) throws {
        try transaction.execute(BaseSchema.setting.putSQL, [.text(name), .text(value)])
    }
}
