import Clearinghouse
import Foundation
import Journal
import Testing

@testable import Audit

@Suite struct ProjectionTamperTests {
    private var tables: [TableSchema] {
        var names: Set<String> = []
        return Projections.all.flatMap(\.tables).filter { names.insert($0.name).inserted }
    }

    private func isText(_ column: TableSchema.Column) -> Bool {
        if case .text = column.type { true } else { false }
    }

    /// Another value of a column, in SQL.
    private func other(_ column: TableSchema.Column) -> String {
        switch column.type {
        case .integer: "coalesce(\(column.name), 0) + 1"
        case .text: "coalesce(\(column.name), '') || 'x'"
        case .blob: "CAST(coalesce(\(column.name), x'') || x'00' AS BLOB)"
        }
    }

    @Test func `names table, key and column of every cell that can be changed`() async throws {
        let copy = try await AuditFixture.shared.value.copy()
        for table in tables {
            let key = table.primaryKey.joined(separator: " || ',' || ")
            let name = try copy.text("SELECT \(key) FROM \(table.name) LIMIT 1")
            let row = "\(key) = '\(name)'"
            for column in table.columns where !table.primaryKey.contains(column.name) {
                try copy.execute("BEGIN; CREATE TEMP TABLE kept AS SELECT * FROM \(table.name) WHERE \(row); COMMIT")
                try copy.execute("UPDATE \(table.name) SET \(column.name) = \(other(column)) WHERE \(row)")
                let report = try copy.audit()
                let place = "\(table.name)[\(name)].\(column.name)"
                #expect(report.findings(.projectionColumn).map(\.place) == [place], "\(report.text)")
                #expect(report.contradicted == [.projectionColumn], "\(place): \(report.text)")
                try copy.execute(
                    "DELETE FROM \(table.name) WHERE \(row); INSERT INTO \(table.name) SELECT * FROM kept; DROP TABLE kept")
            }
        }
        #expect(try copy.audit().isClean, "every change was taken back")
    }

    /// The key as the auditor shows it.
    private func shownKey(of table: TableSchema) -> String {
        table.columns.filter { table.primaryKey.contains($0.name) }.map { column in
            if case .blob = column.type { "'blob of ' || length(\(column.name)) || ' bytes'" } else { column.name }
        }
        .joined(separator: " || ',' || ")
    }

    @Test func `names the row that is missing, in every table`() async throws {
        let copy = try await AuditFixture.shared.value.copy()
        for table in tables {
            let key = shownKey(of: table)
            let name = try copy.text("SELECT \(key) FROM \(table.name) LIMIT 1")
            try copy.execute("DELETE FROM \(table.name) WHERE \(key) = '\(name)'")
            let places = try copy.audit().findings(.projectionMissingRow).map(\.place)
            #expect(places.contains("\(table.name)[\(name)]"), "\(table.name): \(places)")
        }
    }

    @Test func `names the row that nothing derives, in every table`() async throws {
        let copy = try await AuditFixture.shared.value.copy()
        for table in tables {
            let columns = table.columns.map { column in
                if column.name == table.primaryKey.first { return isText(column) ? "'forged'" : "\(column.name) + 777000" }
                // A row that differs in its key alone would be refused where something else must be unique too.
                guard table.uniqueIndexes.joined().contains(column.name) else { return column.name }
                return isText(column) ? "\(column.name) || '+'" : "\(column.name) + 1000"
            }
            try copy.execute("INSERT INTO \(table.name) SELECT \(columns.joined(separator: ", ")) FROM \(table.name) LIMIT 1")
            let places = try copy.audit().findings(.projectionExtraRow).map(\.place)
            let isForged = places.contains { $0.hasPrefix("\(table.name)[forged") || $0.hasPrefix("\(table.name)[777") }
            #expect(isForged, "\(table.name): \(places)")
        }
    }

    @Test func `names the table that can't be compared`() async throws {
        let dropped = try await AuditFixture.shared.value.copy()
        try dropped.execute("DROP TABLE fix")
        #expect(try dropped.audit().findings(.projectionTable).map(\.place) == ["fix"])
        let renamed = try await AuditFixture.shared.value.copy()
        try renamed.execute("ALTER TABLE fix RENAME COLUMN state TO status")
        #expect(try renamed.audit().findings(.projectionTable).map(\.place) == ["fix"])
    }

    @Test func `names what a journal's database must not hold, and mentions tables it does not know`() async throws {
        let copy = try await AuditFixture.shared.value.copy()
        try copy.execute("CREATE TRIGGER sleeper AFTER INSERT ON record BEGIN DELETE FROM finding; END")
        try copy.execute("CREATE VIEW window AS SELECT * FROM finding; CREATE TABLE notes (x)")
        let report = try copy.audit()
        #expect(report.findings(.databaseSchema, at: "sleeper").map(\.grade) == [.contradiction], "\(report.text)")
        #expect(report.findings(.databaseSchema, at: "window").map(\.grade) == [.contradiction], "\(report.text)")
        #expect(report.findings(.databaseSchema, at: "notes").map(\.grade) == [.information], "\(report.text)")
    }

    @Test func `names the index that does not agree with its table`() async throws {
        let copy = try await AuditFixture.shared.value.copy()
        // The row changes while the index is out of sight, so that it keeps the old value.
        try copy.execute(
            """
            PRAGMA writable_schema = ON;
            CREATE TEMP TABLE hidden AS SELECT * FROM sqlite_schema WHERE name = 'case_file_by_vulnerability';
            DELETE FROM sqlite_schema WHERE name = 'case_file_by_vulnerability';
            PRAGMA writable_schema = RESET;
            """
        )
        try copy.execute("UPDATE case_file SET vulnerability = vulnerability || 'x'")
        try copy.execute(
            """
            PRAGMA writable_schema = ON;
            INSERT INTO sqlite_schema SELECT * FROM hidden;
            PRAGMA writable_schema = RESET;
            """
        )
        let report = try copy.audit()
        #expect(
            report.findings(.databaseStructure).contains { $0.detail.contains("case_file_by_vulnerability") }, "\(report.text)")
    }
}
