import Journal

/// Compares the database's tables with the derived ones, both ways.
struct ProjectionCheck {
    let file: JournalFile
    let findings: FindingList
    /// Records that could not be read for want of a key: any row that differs may be theirs.
    let opaqueRecordCount: Int64

    /// - Returns: the number of rows that are equal. The table's rows are taken out.
    func compare(_ table: DerivedTable) -> Int64 {
        var differences = Differences()
        do throws(AuditError) {
            try file.forEachRow(query(table.schema)) { row in examine(row, of: table, counting: &differences) }
        } catch {
            findings.add(.projectionTable, at: table.schema.name, "the table can't be read: \(error.reason)")
            return differences.equal
        }
        for key in table.remainingKeys {
            differences.missing += 1
            report(.projectionMissingRow, at: "\(table.schema.name)[\(key)]", "the records derive this row, the table lacks it")
        }
        if opaqueRecordCount > 0, differences.count > 0 {
            findings.add(
                .projectionTable, at: table.schema.name,
                "\(differences.extra) rows more, \(differences.missing) less and \(differences.changed) others than the readable "
                    + "records derive: not checkable without the master key", grade: .notCheckable
            )
        }
        return differences.equal
    }

    private struct Differences {
        var equal: Int64 = 0
        var extra = 0
        var missing = 0
        var changed = 0

        var count: Int { extra + missing + changed }
    }

    private func examine(_ row: Statement, of table: DerivedTable, counting differences: inout Differences) {
        let key = table.key(of: row)
        guard let columns = table.takeDifferences(from: row, key: key) else {
            differences.extra += 1
            return report(.projectionExtraRow, at: "\(table.schema.name)[\(key)]", "no record derives this row")
        }
        guard !columns.isEmpty else { return differences.equal += 1 }
        differences.changed += 1
        for column in columns {
            report(
                .projectionColumn, at: "\(table.schema.name)[\(key)].\(column)", "the column is not what the records derive"
            )
        }
    }

    /// One line for each row where everything could be read; else the rows are only counted.
    private func report(_ check: AuditCheck, at place: @autoclosure () -> String, _ detail: String) {
        guard opaqueRecordCount == 0 else { return }
        findings.add(check, at: place(), detail)
    }

    private func query(_ schema: TableSchema) -> String {
        "SELECT \(schema.columns.map(\.name).joined(separator: ", ")) FROM \(schema.name)"
    }
}
