import Journal

/// One table as a replay of the records derives it, held as cells instead of rows.
///
/// This is the auditor's own reading of `RowChange`, by its documentation; the engines translate the same changes to SQL.
final class DerivedTable {
    let schema: TableSchema
    private let keyColumns: [Int]
    private let columnCount: Int
    private var slots: [RowKey: Int] = [:]
    /// `columnCount` cells for each slot.
    private var cells: [Cell] = []
    private var freeSlots: [Int] = []
    /// Keys by their first value; made when rows are first asked for by less than a whole key.
    private var groups: [RowKey: [RowKey]]?

    init(_ schema: TableSchema) {
        self.schema = schema
        columnCount = schema.columns.count
        keyColumns = schema.primaryKey.compactMap { name in schema.columns.firstIndex { $0.name == name } }
    }

    var rowCount: Int { slots.count }

    /// The key of a row whose values stand in column order.
    func key(of values: [SQLValue]) -> RowKey {
        var key = RowKey()
        for column in keyColumns { values[column].append(to: &key) }
        return key
    }

    /// The key of the current row of a query for all columns in order.
    func key(of row: Statement) -> RowKey {
        var key = RowKey()
        for column in keyColumns { row.append(column, to: &key) }
        return key
    }

    func contains(_ key: RowKey) -> Bool { slots[key] != nil }

    /// Adds the row, or replaces the one with the same key.
    func put(_ values: [SQLValue], key: RowKey) {
        if let slot = slots[key] {
            for (column, value) in values.enumerated() { cells[slot * columnCount + column] = value.cell }
            return
        }
        if let slot = freeSlots.popLast() {
            for (column, value) in values.enumerated() { cells[slot * columnCount + column] = value.cell }
            slots[key] = slot
        } else {
            slots[key] = cells.count / columnCount
            for value in values { cells.append(value.cell) }
        }
        groups?[key.first, default: []].append(key)
    }

    /// Sets columns of the rows whose keys begin with `prefix`.
    func update(keyPrefix prefix: [SQLValue], column: Int, to value: SQLValue) {
        for key in keys(beginningWith: prefix) {
            if let slot = slots[key] { cells[slot * columnCount + column] = value.cell }
        }
    }

    func delete(keyPrefix prefix: [SQLValue]) {
        for key in keys(beginningWith: prefix) {
            if let slot = slots.removeValue(forKey: key) { freeSlots.append(slot) }
            groups?[key.first]?.removeAll { $0 == key }
        }
    }

    /// The columns in which the database's row differs from the derived one with the same key, which is taken out; nil where
    /// there is none.
    func takeDifferences(from row: Statement, key: RowKey) -> [String]? {
        guard let slot = slots.removeValue(forKey: key) else { return nil }
        return schema.columns.indices.filter { row.cell($0) != cells[slot * columnCount + $0] }.map { schema.columns[$0].name }
    }

    /// Keys of rows that were not taken out.
    var remainingKeys: Dictionary<RowKey, Int>.Keys { slots.keys }

    private func keys(beginningWith values: [SQLValue]) -> [RowKey] {
        // No key has a null, and in SQL nothing equals null.
        guard !values.contains(.null) else { return [] }
        var prefix = RowKey()
        for value in values { value.append(to: &prefix) }
        if values.count == keyColumns.count { return slots[prefix] == nil ? [] : [prefix] }
        guard let first = values.first else { return Array(slots.keys) }
        var firstKey = RowKey()
        first.append(to: &firstKey)
        return (grouped()[firstKey] ?? []).filter { $0.begins(with: prefix) }
    }

    private func grouped() -> [RowKey: [RowKey]] {
        if let groups { return groups }
        let made = Dictionary(grouping: slots.keys, by: \.first)
        groups = made
        return made
    }
}
