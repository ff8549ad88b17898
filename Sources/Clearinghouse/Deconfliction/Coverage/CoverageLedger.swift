package import CivilTime
package import Journal

/// The coverage ledger: target × revision × bug class × tool family, with age.
package struct CoverageLedger: Sendable {
    let journal: any Journal

    package init(journal: any Journal) {
        self.journal = journal
    }

    /// What is shown of one target at most: the latest searches.
    package static let mostEntries: Int64 = 500

    /// The searches of a target, latest first.
    package func entries(of target: ScanTarget, limit: Int64 = mostEntries) async throws -> [CoverageEntry] {
        try await journal.read { snapshot in
            try snapshot.coverage(of: try snapshot.targetName(target.name), limit: limit)
        }
    }

    /// Where to look next: the most critical targets that nobody searched, then those whose last search is oldest. Targets that
    /// opted out, and those that are being scanned, are none.
    /// - Parameter bugClass: only searches for this very class, or for all, count.
    /// - Parameter toolFamily: only searches by this family, or by all, count.
    package func gaps(
        bugClass: BugClass? = nil, toolFamily: String? = nil, at now: Timestamp, limit: Int64
    ) async throws -> [CoverageGap] {
        try await journal.read { snapshot in
            let time = try snapshot.time(atLeast: now)
            let rows = try snapshot.rows(
                """
                WITH named (target, name) AS (SELECT name, name FROM scan_target UNION ALL SELECT target, alias FROM target_alias)
                SELECT scan_target.name, scan_target.criticality, max(coverage.searched) FROM scan_target
                JOIN named ON named.target = scan_target.name
                LEFT JOIN coverage ON coverage.target = named.name
                    AND ($1 = '' OR coverage.tool_family = $1 OR coverage.tool_family = '')
                    AND ($2 = '' OR coverage.bug_class = $2 OR coverage.bug_class = '')
                WHERE scan_target.opted_out IS NULL AND NOT EXISTS (
                    SELECT 1 FROM named AS held JOIN scan_lease ON scan_lease.target = held.name
                    WHERE held.target = scan_target.name AND scan_lease.until > $3)
                GROUP BY scan_target.name, scan_target.criticality
                ORDER BY CASE WHEN max(coverage.searched) IS NULL THEN 0 ELSE 1 END, scan_target.criticality DESC,
                    max(coverage.searched), scan_target.name LIMIT $4
                """,
                [
                    .text(toolFamily ?? ""), .text(bugClass?.description ?? ""), .integer(time.millisecondsSinceEpoch),
                    .integer(limit)
                ]
            )
            return try rows.map {
                CoverageGap(
                    target: try $0.text(0), criticality: try $0.integer(1),
                    lastSearched: try $0.optionalInteger(2).map { .init(millisecondsSinceEpoch: $0) }
                )
            }
        }
    }
}

extension JournalSnapshot {
    /// The searches of a target under any of its names, latest first.
    func coverage(of target: String, limit: Int64) throws -> [CoverageEntry] {
        let names = try names(of: target)
        let entries = try names.flatMap { name in
            try rows(
                "SELECT \(CoverageEntry.columns) FROM coverage WHERE target = $1 ORDER BY searched DESC, revision LIMIT $2",
                [.text(name), .integer(limit)]
            ).map(CoverageEntry.init(row:))
        }
        return names.count == 1 ? entries : Array(entries.sorted { $0.searched > $1.searched }.prefix(Int(limit)))
    }
}
