import AdvisoryFormats
import JSONText
package import Journal
package import Sealing
import Synchronization

/// What members of a scrutineer federation share, and how to reach this clearinghouse.
package struct Federation: Sendable {
    package let salt: String
    package let contact: String

    /// Nil unless both are there: without a salt anybody could ask, without a contact an answer is of no use.
    package init?(salt: String, contact: String) {
        guard !salt.isEmpty, !contact.isEmpty else { return nil }
        self.salt = salt
        self.contact = contact
    }
}

/// Answers scrutineer's `POST /claim-check` from the recorded findings.
///
/// Weaker than a blinded question, and off unless a federation is configured: the hash is one salt for all, so whoever has the salt can
/// try a dictionary without a budget, and the server sees what is asked (docs/threat-model.md).
package struct Claims: Sendable {
    private let journal: any Journal
    private let federation: Federation
    private let index = ClaimIndex()

    package init(journal: any Journal, federation: Federation) {
        self.journal = journal
        self.federation = federation
    }

    /// The contact, where a finding with this hash is recorded; nil where none is.
    package func contact(for hash: Digest) async throws -> String? {
        let (index, salt) = (index, federation.salt)
        let isHeld = try await journal.read { snapshot in
            try index.extend(in: snapshot, salt: salt)
            // A member may have left since, and what was read with doubts is known when a person has read it.
            return try index.findings(with: hash).contains { finding in
                try snapshot.firstRow("SELECT 1 FROM finding WHERE id = $1", [.text(finding)]) != nil
                    && !snapshot.needsReview(finding)
            }
        }
        return isHeld ? federation.contact : nil
    }
}

/// The hashes of the findings that were looked at, in memory: a salt is no record.
private final class ClaimIndex: Sendable {
    private struct State {
        var through: Int64 = -1
        var findings: [Digest: [String]] = [:]
    }

    private let state = Mutex(State())
    private static let pageSize: Int64 = 1_000

    func findings(with hash: Digest) -> [String] { state.withLock { $0.findings[hash] ?? [] } }

    func extend(in snapshot: JournalSnapshot, salt: String) throws {
        try state.withLock { state in
            while true {
                let rows = try snapshot.rows(
                    "SELECT id, sequence FROM finding WHERE sequence > $1 ORDER BY sequence LIMIT $2",
                    [.integer(state.through), .integer(Self.pageSize)])
                for row in rows {
                    let (finding, sequence) = (try row.text(0), try row.integer(1))
                    let report = try snapshot.record(at: sequence)?.payload?["report"].flatMap(FindingReport.init(json:))
                    if let hash = report?.claimHash(salt: salt) { state.findings[hash, default: []].append(finding) }
                    state.through = sequence
                }
                if rows.isEmpty { return }
            }
        }
    }
}

extension FindingReport {
    /// The salted hash of scrutineer's federation; nil for a finding that names no repository or no file.
    func claimHash(salt: String) -> Digest? {
        guard let repository, let file else { return nil }
        return Digest(
            hashing: FindingHash.message(salt: salt, repository: repository, location: file, weaknesses: weakness ?? ""))
    }
}
