import Glibc

/// One change of one table, as data.
///
/// Projections answer with these instead of writing, so that the engines apply them to SQL, the auditor applies them to plain
/// dictionaries, and neither trusts the other.
package enum RowChange: Sendable {
    /// A new row, values in column order. A row with the same key is a contradiction and fails the append.
    case insert(TableSchema, [SQLValue])
    /// A new row unless one with the same key is there, which then stays as it is.
    case insertIfAbsent(TableSchema, [SQLValue])
    /// A row that replaces the one with the same key.
    case put(TableSchema, [SQLValue])
    /// New values of some columns of the row with this key; nothing where there is no such row.
    case update(TableSchema, key: [SQLValue], set: [Assignment])
    /// All rows whose primary key begins with these values.
    case delete(TableSchema, keyPrefix: [SQLValue])

    package struct Assignment: Sendable {
        package let column: String
        package let value: SQLValue

        package init(_ column: String, _ value: SQLValue) {
            self.column = column
            self.value = value
        }
    }
}

extension RowChange {
    /// The statement both engines understand, and its parameters.
    var statement: (sql: String, parameters: [SQLValue]) {
        switch self {
        case .insert(let table, let values): (table.insertSQL, values)
        case .insertIfAbsent(let table, let values): (table.insertIfAbsentSQL, values)
        case .put(let table, let values): (table.putSQL, values)
        case .update(let table, let key, let assignments):
            (
                "UPDATE \(table.name) SET "
                    + assignments.enumerated().map { "\($1.column) = $\($0 + 1)" }.joined(separator: ", ")
                    + RowChange.condition(table, count: key.count, from: assignments.count + 1),
                assignments.map(\.value) + key
            )
        case .delete(let table, let prefix):
            ("DELETE FROM \(table.name)" + RowChange.condition(table, count: prefix.count, from: 1), prefix)
        }
    }

    private static func condition(_ table: TableSchema, count: Int, from first: Int) -> String {
        let terms = table.primaryKey.prefix(count).enumerated().map { "\($1) = $\(first + $0)" }
        return terms.isEmpty ? "" : " WHERE " + terms.joined(separator: " AND ")
    }
}

extension RowChange {
    /// The change with values that every engine can store and compare.
    var storable: RowChange {
        guard !isStorable else { return self }
        return switch self {
        case .insert(let table, let values): .insert(table, values.map(\.storable))
        case .insertIfAbsent(let table, let values): .insertIfAbsent(table, values.map(\.storable))
        case .put(let table, let values): .put(table, values.map(\.storable))
        case .update(let table, let key, let set):
            .update(table, key: key.map(\.storable), set: set.map { Assignment($0.column, $0.value.storable) })
        case .delete(let table, let prefix): .delete(table, keyPrefix: prefix.map(\.storable))
        }
    }

    var isStorable: Bool {
        switch self {
        case .insert(_, let values), .insertIfAbsent(_, let values), .put(_, let values), .delete(_, let values):
            values.allSatisfy { $0.isStorable }
        case .update(_, let key, let set): key.allSatisfy { $0.isStorable } && set.allSatisfy { $0.value.isStorable }
        }
    }
}

extension SQLValue {
    fileprivate var isStorable: Bool {
        guard case .text(var text) = self else { return true }
        return text.withUTF8 { bytes in bytes.baseAddress.map { memchr($0, 0, bytes.count) == nil } ?? true }
    }

    fileprivate var storable: SQLValue {
        guard case .text(let text) = self, !isStorable else { return self }
        return .text(String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 })))
    }
}
