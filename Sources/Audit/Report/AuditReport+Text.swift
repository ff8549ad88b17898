extension AuditReport {
    /// A few lines for people: what was looked at, what was found, and the judgement last.
    package var text: String {
        (summaryLines + findingLines + [judgement]).map { $0 + "\n" }.joined()
    }

    private var summaryLines: [String] {
        [
            "records      \(counts.records) in \(counts.streams) streams, \(counts.sealedRecords) of them sealed",
            "contents     \(counts.contents)",
            "log          \(counts.checkpoints) checkpoints, \(counts.tiles) tiles, size \(counts.logSize), "
                + "\(counts.recordsBehind) records behind the journal",
            "projections  \(counts.rows) rows of \(counts.tables) tables as a replay derives them, \(counts.jobs) jobs waiting",
            "signatures   \(counts.advisoryStatements) advisories, \(counts.verdicts) verdicts"
        ]
    }

    private var findingLines: [String] {
        let listed = findings.map { printable("\($0.grade.rawValue): \($0.check.rawValue) at \($0.place): \($0.detail)") }
        let more = unlisted.map { "\($0.grade.rawValue): \($0.check.rawValue): \($0.count) more" }
        return listed + more
    }

    /// Places quote the database, which may hold anything: one finding stays one line, and moves no cursor.
    private func printable(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) ? "\u{FFFD}" : $0 }
        return String(String.UnicodeScalarView(scalars))
    }

    private var judgement: String {
        let (wrong, open) = (count(of: .contradiction), count(of: .notCheckable))
        if wrong > 0 { return "NOT CLEAN: \(wrong) contradictions" + (open > 0 ? ", \(open) checks could not be made" : "") }
        if open > 0 { return "INCOMPLETE: nothing contradicts anything so far, but \(open) checks could not be made" }
        return "CLEAN: the journal, its log and every table agree"
    }
}
