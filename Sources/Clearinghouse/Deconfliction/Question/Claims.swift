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
    let journal: any Journal
    let federation: Federation
    private let index = ClaimIndex()

    package init(journal: any Journal, federation: Federation) {
        self.journal = journal
        self.federation = federation
    }

    /// Looks at the next page of findings, beside the requests: nobody who asks waits for it.
    /// - Returns: true where there is more to do at once.
    package func extend() async throws -> Bool {
        let (after, salt) = (index.through, federation.salt)
        let page = try await journal.read { try ClaimPage(after: after, salt: salt, in: $0) }
        index.take(page)
        return !page.isLast
    }

    /// The findings with this hash; nil until all was looked at once.
    func indexed(_ hash: Digest) -> [String]? { index.findings(with: hash) }

    /// The contact, where a finding with this hash was looked at; nil where none was.
    /// - Throws: `unavailable` until `extend` has once looked at all.
    package func contact(for hash: Digest) async throws -> String? {
        guard let findings = index.findings(with: hash) else {
            throw Refusal(.unavailable, "the findings are still being read", retryAfter: Claims.readingTime)
        }
        guard !findings.isEmpty else { return nil }
        let isHeld = try await journal.read { snapshot in
            // A member may have left since, and what was read with doubts is known when a person has read it.
            try findings.contains { finding in
                try snapshot.firstRow("SELECT 1 FROM finding WHERE id = $1", [.text(finding)]) != nil
                    && !snapshot.needsReview(finding)
            }
        }
        return isHeld ? federation.contact : nil
    }

    /// What reading some hundred thousand findings takes.
    private static let readingTime: Duration = .seconds(30)
}

/// Findings that the index lacks, with their hashes.
private struct ClaimPage: Sendable {
    let through: Int64
    let hashes: [(hash: Digest, finding: String)]
    let isLast: Bool

    private static let mostFindings: Int64 = 1_000

    init(after start: Int64, salt: String, in snapshot: JournalSnapshot) throws {
        let rows = try snapshot.rows(
            """
            SELECT finding.id, finding.sequence, length(record.payload) FROM finding
            JOIN record ON record.sequence = finding.sequence WHERE finding.sequence > $1 ORDER BY finding.sequence LIMIT $2
            """, [.integer(start), .integer(Self.mostFindings)])
        var (through, length): (Int64, Int64) = (start, 0)
        var hashes: [(hash: Digest, finding: String)] = []
        for row in rows {
            length += try row.integer(2)
            if through > start, length > JournalLimits.replayPageByteCount { break }
            through = try row.integer(1)
            if let hash = try snapshot.claimHash(ofFindingAt: through, salt: salt) { hashes.append((hash, try row.text(0))) }
        }
        isLast = try rows.last.map { try $0.integer(1) == through && rows.count < Self.mostFindings } ?? true
        (self.through, self.hashes) = (through, hashes)
    }
}

/// The hashes of the findings that were looked at, in memory: a salt is no record.
private final class ClaimIndex: Sendable {
    private struct State {
        var through: Int64 = -1
        var findings: [Digest: [String]] = [:]
        /// Whether all that there was has been looked at once.
        var isWhole = false
    }

    private let state = Mutex(State())

    var through: Int64 { state.withLock { $0.through } }

    /// Nil until all was looked at once.
    func findings(with hash: Digest) -> [String]? { state.withLock { $0.isWhole ? $0.findings[hash] ?? [] : nil } }

    func take(_ page: ClaimPage) {
        state.withLock { state in
            // Another call may have been first.
            guard page.through >= state.through else { return }
            if page.through > state.through {
                for (hash, finding) in page.hashes { state.findings[hash, default: []].append(finding) }
            }
            state.through = page.through
            if page.isLast { state.isWhole = true }
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
