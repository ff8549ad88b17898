/// A table of a projection, described once for both engines.
///
/// SQL that both engines understand is made here, once a table; what they spell differently (the types of columns, `STRICT`)
/// is printed by the engine. A class, because every changed row refers to its table.
package final class TableSchema: Sendable {
    package enum ColumnType: Sendable {
        case integer, text, blob
    }

    package struct Column: Sendable {
        package let name: String
        package let type: ColumnType
        package let isOptional: Bool

        package static func integer(_ name: String) -> Column { Column(name: name, type: .integer, isOptional: false) }
        package static func text(_ name: String) -> Column { Column(name: name, type: .text, isOptional: false) }
        package static func blob(_ name: String) -> Column { Column(name: name, type: .blob, isOptional: false) }
        package var optional: Column { Column(name: name, type: type, isOptional: true) }
    }

    package let name: String
    package let columns: [Column]
    package let primaryKey: [String]
    package let indexes: [[String]]
    package let uniqueIndexes: [[String]]
    /// True where rows carry documents: an engine that clusters rows by their key should not do so here.
    package let holdsLargeRows: Bool
    package let insertSQL: String
    package let insertIfAbsentSQL: String
    package let putSQL: String

    package init(
        _ name: String, columns: [Column], primaryKey: [String], indexes: [[String]] = [], uniqueIndexes: [[String]] = [],
        holdsLargeRows: Bool = false
    ) {
        self.name = name
        self.columns = columns
        self.primaryKey = primaryKey
        self.indexes = indexes
        self.uniqueIndexes = uniqueIndexes
        self.holdsLargeRows = holdsLargeRows
        let names = columns.map(\.name)
        let places = (1...columns.count).map { "$\($0)" }.joined(separator: ", ")
        let insert = "INSERT INTO \(name) (\(names.joined(separator: ", "))) VALUES (\(places))"
        let others = names.filter { !primaryKey.contains($0) }.map { "\($0) = excluded.\($0)" }
        let conflict = " ON CONFLICT (\(primaryKey.joined(separator: ", "))) DO "
        insertSQL = insert
        insertIfAbsentSQL = insert + conflict + "NOTHING"
        putSQL = insert + conflict + (others.isEmpty ? "NOTHING" : "UPDATE SET " + others.joined(separator: ", "))
    }
}
