import Journal
import Sealing

/// Derives every table again from the records, in memory, by the projections' pure functions.
struct ProjectionReplay {
    private let projections: [Projection]
    private let contents: ContentReader
    private let findings: FindingList
    /// In the order of the projections; a table that several declare is there once.
    private(set) var tables: [DerivedTable] = []
    private var places: [String: Int] = [:]

    init(_ projections: [Projection], contents: ContentReader, findings: FindingList) {
        self.projections = projections
        self.contents = contents
        self.findings = findings
        for schema in projections.flatMap(\.tables) where places[schema.name] == nil {
            places[schema.name] = tables.count
            tables.append(DerivedTable(schema))
        }
    }

    func apply(_ record: JournalRecord) {
        let contents = contents
        let lookup = ContentLookup { contents.bytes($0, sealedUnder: record.contentKey?.text) }
        for projection in projections {
            for change in projection.changes(record, lookup) { apply(change, of: record) }
        }
    }

    private func apply(_ change: RowChange, of record: JournalRecord) {
        switch change {
        case .insert(let schema, let values):
            guard let (table, key) = place(schema, values, record) else { return }
            guard !table.contains(key) else {
                findings.add(
                    .projectionCollision, at: "record \(record.sequence), \(schema.name)[\(key)]",
                    "the record inserts a row that is there already"
                )
                return
            }
            table.put(values, key: key)
        case .insertIfAbsent(let schema, let values):
            guard let (table, key) = place(schema, values, record), !table.contains(key) else { return }
            table.put(values, key: key)
        case .put(let schema, let values):
            guard let (table, key) = place(schema, values, record) else { return }
            table.put(values, key: key)
        case .update(let schema, let key, let assignments):
            for assignment in assignments { update(schema, key, assignment, record) }
        case .delete(let schema, let prefix):
            table(schema, record)?.delete(keyPrefix: prefix)
        }
    }

    private func update(
        _ schema: TableSchema, _ key: [SQLValue], _ assignment: RowChange.Assignment, _ record: JournalRecord
    ) {
        guard let table = table(schema, record) else { return }
        let column = schema.columns.firstIndex { $0.name == assignment.column }
        guard let column, !schema.primaryKey.contains(assignment.column) else {
            findings.add(
                .projectionTable, at: "record \(record.sequence), \(schema.name)",
                "the record sets \(assignment.column), which is no column or part of the key"
            )
            return
        }
        table.update(keyPrefix: key, column: column, to: assignment.value)
    }

    private func place(
        _ schema: TableSchema, _ values: [SQLValue], _ record: JournalRecord
    ) -> (table: DerivedTable, key: RowKey)? {
        guard let table = table(schema, record) else { return nil }
        guard values.count == schema.columns.count else {
            findings.add(
                .projectionTable, at: "record \(record.sequence), \(schema.name)",
                "the record gives \(values.count) values for \(schema.columns.count) columns"
            )
            return nil
        }
        return (table, table.key(of: values))
    }

    private func table(_ schema: TableSchema, _ record: JournalRecord) -> DerivedTable? {
        if let place = places[schema.name] { return tables[place] }
        findings.add(
            .projectionTable, at: "record \(record.sequence), \(schema.name)", "the record changes a table nobody declares"
        )
        return nil
    }
}
