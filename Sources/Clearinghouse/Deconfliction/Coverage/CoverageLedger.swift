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

    /// The searches of a target as far as the principal may know, latest first.
    /// - Throws: `forbidden` without the scope.
    package func entries(
        of target: ScanTarget, limit: Int64 = mostEntries, for principal: Principal
    ) async throws -> [CoverageEntry] {
        try principal.require(.claimLeases)
        return try await journal.read { snapshot in
            try snapshot.coverage(of: try snapshot.targetName(target.name), limit: limit, for: principal)
        }
    }

    /// Where to look next: the most critical targets that nobody searched as a whole, then those whose last such search is oldest.
    /// Targets that opted out, and those that somebody scans as a whole right now, are none.
    /// - Parameter bugClass: searches for this very class count too; else only those for all classes do.
    /// - Parameter toolFamily: only searches by this family, or by all, count.
    /// - Throws: `forbidden` without the scope.
    package func gaps(
        bugClass: BugClass? = nil, toolFamily: String? = nil, at now: Timestamp, limit: Int64, for principal: Principal
    ) async throws -> [CoverageGap] {
        try principal.require(.claimLeases)
        return try await journal.read { snapshot in
            let question = GapQuestion(
                bugClass: bugClass?.description ?? "", toolFamily: toolFamily ?? "",
                asker: principal.seesEverything ? "" : principal.member, now: try snapshot.time(atLeast: now))
            let unsearched = try snapshot.unsearchedTargets(question, limit: limit)
            guard Int64(unsearched.count) < limit else { return unsearched }
            return unsearched + (try snapshot.longestUnsearched(question, limit: limit - Int64(unsearched.count)))
        }
    }
}

/// Which searches and leases count; what is not asked for is empty.
private struct GapQuestion: Sendable {
    let bugClass: String
    let toolFamily: String
    /// Empty for who sees everything.
    let asker: String
    let now: Timestamp

    var parameters: [SQLValue] {
        [.text(toolFamily), .text(bugClass), .text(asker), .integer(now.millisecondsSinceEpoch)]
    }

    /// All names of the row's target.
    static let names = """
        (SELECT scan_target.name UNION ALL SELECT alias FROM target_alias WHERE target_alias.target = scan_target.name)
        """

    static let searchCounts = """
        ($1 = '' OR whole_search.tool_family IN ('', $1)) AND whole_search.bug_class IN ('', $2)
        AND ($3 = '' OR whole_search.seen_by IN ('', $3))
        """

    static let isOpenTarget = """
        scan_target.opted_out IS NULL AND NOT EXISTS (
            SELECT 1 FROM scan_lease WHERE scan_lease.target IN \(names) AND scan_lease.until > $4
                AND scan_lease.subsystem IS NULL AND scan_lease.revision_only = 0
                AND ($1 = '' OR coalesce(scan_lease.tool_family, '') IN ('', $1))
                AND coalesce(scan_lease.bug_class, '') IN ('', $2))
        """
}

extension JournalSnapshot {
    /// The searches of a target under any of its names, latest first.
    func coverage(of target: String, limit: Int64, for principal: Principal) throws -> [CoverageEntry] {
        let names = try self.names(of: target)
        let entries = try names.flatMap { name in
            try rows(
                "SELECT \(CoverageEntry.columns) FROM coverage WHERE target = $1 ORDER BY searched DESC, revision LIMIT $2",
                [.text(name), .integer(limit)]
            ).map { try CoverageEntry(row: $0, for: principal) }
        }
        return names.count == 1 ? entries : Array(entries.sorted { $0.searched > $1.searched }.prefix(Int(limit)))
    }

    fileprivate func unsearchedTargets(_ question: GapQuestion, limit: Int64) throws -> [CoverageGap] {
        try rows(
            """
            SELECT name, criticality FROM scan_target WHERE \(GapQuestion.isOpenTarget) AND NOT EXISTS (
                SELECT 1 FROM whole_search WHERE whole_search.target IN \(GapQuestion.names) AND \(GapQuestion.searchCounts))
            ORDER BY criticality DESC, name LIMIT $5
            """,
            question.parameters + [.integer(limit)]
        ).map { CoverageGap(target: try $0.text(0), criticality: try $0.integer(1), lastSearched: nil) }
    }

    fileprivate func longestUnsearched(_ question: GapQuestion, limit: Int64) throws -> [CoverageGap] {
        try rows(
            """
            WITH named (target, name) AS (SELECT name, name FROM scan_target UNION ALL SELECT target, alias FROM target_alias)
            SELECT scan_target.name, scan_target.criticality, max(whole_search.searched) AS last FROM scan_target
            JOIN named ON named.target = scan_target.name
            JOIN whole_search ON whole_search.target = named.name AND \(GapQuestion.searchCounts)
            WHERE \(GapQuestion.isOpenTarget) GROUP BY scan_target.name, scan_target.criticality
            ORDER BY last, scan_target.criticality DESC, scan_target.name LIMIT $5
            """,
            question.parameters + [.integer(limit)]
        ).map {
            CoverageGap(
                target: try $0.text(0), criticality: try $0.integer(1),
                lastSearched: Timestamp(millisecondsSinceEpoch: try $0.integer(2))
            )
        }
    }
}
