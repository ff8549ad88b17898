import FoundationEssentials
package import Journal
package import TransparencyLog

/// The independent auditor: checks a data directory offline, sharing no code with what wrote it except the projections, which
/// are the definition of the tables, and the values of floor 0.
///
/// It reads the database by itself, recomputes commitments, log and tables from the records by their definitions, and names
/// whatever does not agree. It writes nothing but SQLite's shared memory beside the journal, and may run beside a server: it sees
/// the journal as of its first read.
package enum Audit {
    /// Runs every check, whatever the ones before it found.
    ///
    /// - Parameters:
    ///   - directory: the data directory: `journal.db` and, as far as they are at hand, the keys under `keys/`. Without the
    ///     master key sealed payloads are not checkable, and the report says so.
    ///   - projections: the tables to derive; all of the clearinghouse's.
    ///   - logKey: the log's public key, for an auditor who has no `keys/`.
    /// - Throws: `AuditError` where there is no journal, or SQLite can't read it.
    package static func run(
        directory: String, projections: [Projection], logKey: NoteVerifier? = nil
    ) throws(AuditError) -> AuditReport {
        let path = "\(directory)/journal.db"
        guard FileManager.default.fileExists(atPath: path) else {
            throw AuditError(
                .noJournal, "there is no journal.db in \(directory); a journal in PostgreSQL can't be audited offline yet")
        }
        let file = try JournalFile(path: path)
        let findings = FindingList()
        let files = KeyFiles(directory: directory, findings: findings)
        let noteKey = logKey.map { .verifier($0) } ?? files.logKey.map { .logKey($0) } ?? CheckpointCheck.NoteKey.none
        var run = AuditRun(
            file: file, files: files, noteKey: noteKey, projections: projections, findings: findings
        )
        run.perform()
        return AuditReport(findings: findings.findings, unlisted: findings.unlisted, counts: run.counts)
    }
}
