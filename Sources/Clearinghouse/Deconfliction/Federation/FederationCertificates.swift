import AdvisoryFormats
import CivilTime
package import JSONText
import Journal
import Sealing

/// Certificates: that the fix an advisory advertises was tried and held.
extension FederationExchange {
    /// A certificate for each repository of a published advisory whose fix a replay here has verified, latest advisory first; anybody
    /// may have them. Repositories are those with a policy here that is not closed: a finding may name one that nobody else
    /// knows. Of fixes that did not hold nothing is told: that points at a live weakness, and is for members only.
    package func certificates(
        before sequence: Int64, limit: Int64
    ) async throws -> (statements: [JSONValue], sequences: [Int64]) {
        let origin = environment.origin
        return try await journal.read { snapshot in
            let rows = try snapshot.rows(
                """
                SELECT advisory.id, advisory.case_file, advisory.sequence, max(fix.judged) FROM advisory
                JOIN fix ON fix.case_file = advisory.case_file
                WHERE fix.state = $1 AND advisory.withdrawn IS NULL AND advisory.sequence < $2
                GROUP BY advisory.id, advisory.case_file, advisory.sequence ORDER BY advisory.sequence DESC LIMIT $3
                """, [.text(CaseState.FixState.verified.rawValue), .integer(sequence), .integer(limit)])
            let statements = try rows.flatMap { row in
                let (advisory, audited) = (try row.text(0), Timestamp(millisecondsSinceEpoch: try row.integer(3)))
                return try snapshot.openRepositories(ofCase: try row.text(1)).map { repository in
                    InterchangeRecord.certificate(
                        .init(
                            repository: repository, advisory: advisory, advisoryURL: "\(origin)/advisories/\(advisory)",
                            status: .fixed, auditedAt: audited.description)
                    ).json { Digest(hashing: $0).hex }
                }
            }
            return (statements, try rows.map { try $0.integer(2) })
        }
    }

    /// What others say about the fixes of an advisory, by any of its names, latest first; none for who does not coordinate, because a
    /// fix that did not hold points at a live weakness.
    package func certificates(about names: [String], for principal: Principal) async throws -> [ReceivedStatement] {
        guard principal.seesEverything else { return [] }
        return try await journal.read { snapshot in
            try Set(names.map { $0.uppercased() }).flatMap { try snapshot.statements(about: $0) }
                .sorted { $0.sequence > $1.sequence }
        }
    }

    /// The advisories here that a certificate is about.
    package func advisories(named name: String) async throws -> [String] {
        try await journal.read { snapshot in
            try snapshot.rows(
                """
                SELECT id FROM advisory WHERE id = $1 UNION SELECT advisory FROM advisory_alias WHERE alias = $1 ORDER BY 1 LIMIT $2
                """, [.text(name), .integer(FederationExchange.mostAbout)]
            ).map { try $0.text(0) }
        }
    }

    /// More statements about one thing than a page has room for.
    static let mostAbout: Int64 = 100
}

extension JournalSnapshot {
    /// What came in about a hash or an advisory, latest first, as many as a page has room for.
    func statements(about subject: String) throws -> [ReceivedStatement] {
        try rows(
            """
            SELECT \(ReceivedStatement.columns) FROM federation_statement WHERE subject = $1 ORDER BY sequence DESC LIMIT $2
            """, [.text(subject), .integer(FederationExchange.mostAbout)]
        ).compactMap(ReceivedStatement.init(row:))
    }

    /// The addresses of what the vulnerability of a case is in, where a policy here names it and does not close it.
    fileprivate func openRepositories(ofCase identifier: String) throws -> [String] {
        let targets = try rows("SELECT target FROM case_target WHERE case_file = $1 ORDER BY target", [.text(identifier)])
        let names = try Set(targets.map { try targetName(try $0.text(0)) }).sorted()
        return try names.flatMap { name -> [String] in
            guard let target = try governedTarget(name), !target.policy.isClosed else { return [] }
            return ([target.name] + target.policy.aliases).filter { !$0.hasPrefix("pkg:") }.map { "https://" + $0 }
        }
    }
}
