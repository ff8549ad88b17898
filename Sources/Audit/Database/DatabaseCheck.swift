import Journal

/// Checks the database as a database: its pages and indexes, and that it holds the journal's tables and nothing that acts.
struct DatabaseCheck {
    let file: JournalFile
    let findings: FindingList

    private static let baseTables: Set<String> = [
        "record", "content", "content_key", "tile", "checkpoint", "job_lease", "setting"
    ]

    /// Queries are answered from indexes, so an index that disagrees with its table is a wrong answer.
    func checkStructure() throws(AuditError) {
        try file.forEachRow("PRAGMA integrity_check(\(FindingList.maximumListed))") { row in
            let line = row.text(0)
            if line != "ok" { findings.add(.databaseStructure, at: "journal.db", line) }
        }
    }

    func checkSchema(_ projections: [Projection]) throws(AuditError) {
        let known = DatabaseCheck.baseTables.union(projections.flatMap(\.tables).map(\.name))
        try file.forEachRow("SELECT type, name FROM sqlite_schema ORDER BY name") { row in
            let (type, name) = (row.text(0), row.text(1))
            switch type {
            case "index": break
            case "table" where known.contains(name) || name.hasPrefix("sqlite_"): break
            case "table":
                findings.add(
                    .databaseSchema, at: name, "a table of the database that no projection declares is not checked",
                    grade: .information
                )
            default: findings.add(.databaseSchema, at: name, "a journal has no \(type)")
            }
        }
    }

    /// A job that is done leaves its lease behind, until a worker forgets it; nobody can hold a job that is not there.
    func checkLeases(_ projections: [Projection]) throws(AuditError) {
        guard projections.flatMap(\.tables).contains(where: { $0.name == "job" }) else { return }
        var stale = 0
        try file.forEachRow("SELECT count(*) FROM job_lease WHERE job NOT IN (SELECT id FROM job)") { row in
            stale = Int(row.integer(0))
        }
        guard stale > 0 else { return }
        findings.add(.jobLease, at: "job_lease", "\(stale) leases of jobs that are done", grade: .information)
    }
}
