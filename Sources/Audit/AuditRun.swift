import JSONText
import Journal
import Sealing

/// One audit under way.
struct AuditRun {
    private let file: JournalFile
    private let findings: FindingList
    private let projections: [Projection]
    private let payloads: PayloadOpener
    private let replay: ProjectionReplay
    private var records: RecordCheck
    private var contents: ContentCheck
    private var log: LogCheck
    private var signatures: SignatureCheck
    private var authorisations: AuthorisationCheck
    private var leases: LeaseCheck
    private var questions: QuestionCheck
    private var attachments: AttachmentCheck
    private(set) var counts = AuditCounts()

    init(
        file: JournalFile, files: KeyFiles, noteKey: CheckpointCheck.NoteKey, projections: [Projection],
        findings: FindingList
    ) {
        self.file = file
        self.findings = findings
        self.projections = projections
        var keys = ContentKeys.none
        AuditRun.attempt("content_key", findings) { () throws(AuditError) in
            keys = try ContentKeys(reading: file, masterKey: files.masterKey, findings: findings)
        }
        payloads = PayloadOpener(keys: keys, findings: findings)
        let reader = ContentReader(file: file, keys: keys)
        replay = ProjectionReplay(projections, contents: reader, findings: findings)
        authorisations = AuthorisationCheck(contents: reader, findings: findings)
        leases = LeaseCheck(findings: findings)
        questions = QuestionCheck(contents: reader, findings: findings)
        attachments = AttachmentCheck(contents: reader, findings: findings)
        records = RecordCheck(findings: findings)
        contents = ContentCheck(keys: keys, findings: findings)
        log = LogCheck(file: file, key: noteKey, origin: files.origin, findings: findings)
        signatures = SignatureCheck(key: files.signingKey, findings: findings)
    }

    mutating func perform() {
        let (file, findings) = (file, findings)
        let database = DatabaseCheck(file: file, findings: findings)
        attempt("journal.db") { (_) throws(AuditError) in try database.checkStructure() }
        attempt("sqlite_schema") { (run) throws(AuditError) in try database.checkSchema(run.projections) }
        attempt("content") { (run) throws(AuditError) in try run.contents.read(file) }
        attempt("record") { (run) throws(AuditError) in try run.readRecords() }
        finishRecords()
        attempt("tile, checkpoint") { (run) throws(AuditError) in
            try run.log.finish(recordCount: run.records.nextSequence, counts: &run.counts)
        }
        compareTables()
        attempt("job_lease") { (run) throws(AuditError) in try database.checkLeases(run.projections) }
        signatures.finish()
    }

    private mutating func readRecords() throws(AuditError) {
        let statement = try file.prepare(RecordRow.query)
        while try statement.step() { take(RecordRow(statement)) }
    }

    private mutating func take(_ row: RecordRow) {
        counts.records += 1
        records.check(row)
        log.take(row)
        if row.contentKey != nil { counts.sealedRecords += 1 }
        let payload = payloads.open(row)
        switch payload {
        case .readable(let json):
            let kind = String(decoding: row.kind, as: UTF8.self)
            contents.follow(row, kind: kind, payload: json)
            signatures.take(row, kind: kind, payload: json)
            authorisations.take(row, kind: kind, payload: json)
            leases.take(row, kind: kind, payload: json)
            questions.take(row, kind: kind, payload: json)
            attachments.take(row, kind: kind, payload: json)
        case .destroyed: counts.destroyedRecords += 1
        case .opaque: counts.opaqueRecords += 1
        case .broken: break
        }
        if let record = row.journalRecord(payload: payload.json) { replay.apply(record) }
    }

    private mutating func finishRecords() {
        counts.streams = Int64(records.streamCount)
        counts.contents = Int64(contents.count)
        if counts.opaqueRecords > 0 {
            findings.add(
                .recordSealing, at: "record",
                "the payloads of \(counts.opaqueRecords) sealed records are not checkable without the master key",
                grade: .notCheckable
            )
        }
        contents.reportOrphans(opaqueRecordCount: counts.opaqueRecords)
    }

    private mutating func compareTables() {
        let check = ProjectionCheck(file: file, findings: findings, opaqueRecordCount: counts.opaqueRecords)
        for table in replay.tables {
            counts.tables += 1
            if table.schema.name == "job" { counts.jobs = Int64(table.rowCount) }
            counts.rows += check.compare(table)
        }
        counts.advisoryStatements = signatures.advisoryCount
        counts.verdicts = signatures.verdictCount
    }

    /// Runs a check; a part of the database that can't be read is a finding, and the other checks go on.
    private mutating func attempt(_ place: String, _ check: (inout AuditRun) throws(AuditError) -> Void) {
        do throws(AuditError) { try check(&self) } catch { AuditRun.report(error, at: place, findings) }
    }

    private static func attempt(_ place: String, _ findings: FindingList, _ check: () throws(AuditError) -> Void) {
        do throws(AuditError) { try check() } catch { report(error, at: place, findings) }
    }

    private static func report(_ error: AuditError, at place: String, _ findings: FindingList) {
        findings.add(.databaseUnreadable, at: place, "SQLite can't read it: \(error.reason)")
    }
}
