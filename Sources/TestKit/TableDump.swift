package import Journal

/// Every row of some tables as text, in key order, so that two databases can be compared line by line.
package enum TableDump {
    package static func lines(of tables: [TableSchema], in snapshot: JournalSnapshot) throws -> [String] {
        try tables.flatMap { table in
            let columns = table.columns.map(\.name).joined(separator: ", ")
            return try snapshot.rows("SELECT \(columns) FROM \(table.name)")
                .map { "\(table.name): \($0.values.map(text).joined(separator: " | "))" }
                .sorted()
        }
    }

    private static func text(_ value: SQLValue) -> String {
        switch value {
        case .null: "null"
        case .integer(let number): String(number)
        case .text(let text): "\"\(text)\""
        case .blob(let bytes): "x" + bytes.map { String($0, radix: 16) }.joined(separator: ",")
        }
    }
}
