import Foundation
import Journal
import TestKit
import Testing

@testable import Clearinghouse

/// What holds in every house, whatever was done in it.
@Suite struct RebuildTests {
    /// `BREAKWATER_SEED` walks a failed walk again.
    private static let seeds: [UInt64] = {
        if let seed = ProcessInfo.processInfo.environment["BREAKWATER_SEED"].flatMap({ UInt64($0) }) { return [seed] }
        return (0..<3).map { _ in UInt64.random(in: .min ... .max) }
    }()

    @Test func `whatever members do, a rebuild derives the same tables and every commitment opens`() async throws {
        for seed in RebuildTests.seeds {
            let walk = try RandomWalk(seed: seed)
            try await walk.walk(500)
            let kinds = Set(try await walk.house.records().map(\.kind.text))
            // A walk through closed doors would prove nothing.
            #expect(kinds.count >= 16 && walk.refusals.count >= 3, "seed \(seed): only \(kinds.sorted())")
            try await expectConsistent(walk.house, "seed \(seed)")
            try await walk.house.expectProvable("seed \(seed)")
            let twice = try await walk.house.tables()
            _ = try await walk.house.journal.rebuild()
            expectSame(twice, try await walk.house.tables(), "seed \(seed): rebuilt twice")
        }
    }

    /// Every query answers the rows that must not be there.
    private static let contradictions: [(claim: Comment, sql: String)] = [
        (
            "a job waits exactly where a validation has no verdict",
            """
            SELECT id FROM job WHERE id NOT IN (SELECT id FROM validation WHERE outcome IS NULL)
            UNION ALL SELECT id FROM validation WHERE outcome IS NULL AND id NOT IN (SELECT id FROM job)
            """
        ),
        (
            "every finding belongs to a vulnerability there is",
            "SELECT id FROM finding WHERE vulnerability IS NULL OR vulnerability NOT IN (SELECT id FROM vulnerability)"
        ),
        (
            "every fingerprint leads to a vulnerability there is",
            "SELECT digest FROM fingerprint WHERE vulnerability NOT IN (SELECT id FROM vulnerability)"
        ),
        (
            "no vulnerability has two cases",
            "SELECT vulnerability FROM case_file GROUP BY vulnerability HAVING count(*) > 1"
        ),
        (
            "a case is published exactly where its advisory is there and names it",
            """
            SELECT case_file.id FROM case_file LEFT JOIN advisory ON advisory.case_file = case_file.id
            WHERE (case_file.phase = 'published') <> (advisory.id IS NOT NULL) OR case_file.advisory <> advisory.id
            """
        ),
        (
            "a verified fix was calm in a replay of a finding that had crashed the shipped build",
            """
            SELECT id FROM fix WHERE state = 'verified' AND id NOT IN (
                SELECT calm.fix FROM validation AS calm JOIN validation AS shipped ON shipped.finding = calm.finding
                WHERE calm.outcome = 'not-reproduced' AND shipped.fix IS NULL AND shipped.outcome = 'reproduced'
                    AND calm.fix IS NOT NULL
            )
            """
        ),
        (
            "no case is numbered beside its year",
            "SELECT id FROM case_file WHERE id NOT LIKE 'BWC-20__-____'"
        )
    ]

    private func expectConsistent(_ house: House, _ comment: String) async throws {
        for (claim, sql) in RebuildTests.contradictions {
            let rows = try await house.journal.read { try $0.rows(sql).map { try $0.text(0) } }
            #expect(rows.isEmpty, "\(claim.rawValue) (\(comment)): \(rows)")
        }
    }
}
