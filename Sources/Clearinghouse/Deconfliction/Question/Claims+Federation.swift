import AdvisoryFormats
package import CivilTime
package import JSONText
import Journal
import Sealing

/// What a federation's members say they hold, beside what is held here.
extension Claims {
    /// A member of the federation that says it holds a finding with the same hash.
    package struct Peer: Sendable, Hashable {
        /// How to reach it, in its own words.
        package let contact: String
        package let received: Timestamp
    }

    /// Our own claims, for who passes them on: of every finding for which `contact` answers, but for those whose advisory is
    /// published, which need no coordination any more. They say what `POST /claim-check` says to whoever asks for a hash.
    ///
    /// A page has one claim a hash and comes in the order of hashes, which tells nobody what came when.
    /// - Throws: `forbidden` without the scope.
    package func statements(
        before sequence: Int64, limit: Int64, for principal: Principal
    ) async throws -> (statements: [JSONValue], sequences: [Int64]) {
        try principal.require(.exchangeRecords)
        let (contact, salt) = (federation.contact, federation.salt)
        return try await journal.read { snapshot in
            let sequences = try snapshot.rows(
                """
                SELECT sequence FROM finding WHERE sequence < $1
                AND NOT EXISTS (SELECT 1 FROM awaited_review WHERE awaited_review.finding = finding.id)
                AND NOT EXISTS (
                    SELECT 1 FROM case_file WHERE case_file.vulnerability = finding.vulnerability AND case_file.phase = $2)
                ORDER BY sequence DESC LIMIT $3
                """, [.integer(sequence), .text(CaseState.Phase.published.rawValue), .integer(limit)]
            ).map { try $0.integer(0) }
            let hashes = try Set(sequences.compactMap { try snapshot.claimHash(ofFindingAt: $0, salt: salt)?.hex })
            let statements = hashes.sorted().map { hash in
                InterchangeRecord.claim(hash: hash, contact: contact).json { Digest(hashing: $0).hex }
            }
            return (statements, sequences)
        }
    }

    /// The findings here with the hash of a claim that came in, for coordinators; none for anybody else, and until all was read once.
    package func findings(with hash: String, for principal: Principal) async throws -> [String] {
        guard principal.seesEverything, let digest = Digest(hex: hash) else { return [] }
        let known = (indexed(digest) ?? []).prefix(Int(FederationExchange.mostAbout))
        return try await journal.read { snapshot in
            // A member may have left since.
            try known.filter { try snapshot.firstRow("SELECT 1 FROM finding WHERE id = $1", [.text($0)]) != nil }
        }
    }

    /// Who else says it holds a finding of this vulnerability, for coordinators; nobody for anybody else.
    package func peers(ofVulnerability identifier: String, for principal: Principal) async throws -> [Peer] {
        try await peers("vulnerability = $1", identifier, for: principal)
    }

    /// Who else says it holds this finding, for coordinators; nobody for anybody else.
    package func peers(ofFinding identifier: String, for principal: Principal) async throws -> [Peer] {
        try await peers("id = $1", identifier, for: principal)
    }

    private func peers(_ condition: String, _ value: String, for principal: Principal) async throws -> [Peer] {
        guard principal.seesEverything else { return [] }
        let salt = federation.salt
        return try await journal.read { snapshot in
            let sequences = try snapshot.rows(
                "SELECT sequence FROM finding WHERE \(condition) ORDER BY sequence LIMIT $2",
                [.text(value), .integer(FederationExchange.mostAbout)]
            ).map { try $0.integer(0) }
            let hashes = try Set(sequences.compactMap { try snapshot.claimHash(ofFindingAt: $0, salt: salt)?.hex })
            var peers: [String: Timestamp] = [:]
            for statement in try hashes.flatMap({ try snapshot.statements(about: $0) }) {
                guard case .claim(_, let contact) = statement.content else { continue }
                peers[contact] = min(peers[contact] ?? statement.received, statement.received)
            }
            return peers.map { Peer(contact: $0, received: $1) }.sorted { ($0.received, $0.contact) < ($1.received, $1.contact) }
        }
    }
}

extension JournalSnapshot {
    /// Nil for a finding that names no repository or no file.
    func claimHash(ofFindingAt sequence: Int64, salt: String) throws -> Digest? {
        try record(at: sequence)?.payload?["report"].flatMap(FindingReport.init(json:))?.claimHash(salt: salt)
    }
}
