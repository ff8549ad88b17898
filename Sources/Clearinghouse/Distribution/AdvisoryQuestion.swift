import AdvisoryFormats
import Journal
package import Matching
import PackageIdentity
import Sealing

/// Which advisories concern a package, at one version or at any, or a commit.
package struct AdvisoryQuestion: Sendable {
    package enum Subject: Sendable {
        /// A package; without a version everything that is said of it is asked for.
        case component(Component)
        /// A full commit hash in lowercase: advisories that name it as affected. Which others hold it, only the repository knows.
        case commit(String)
    }

    package let subject: Subject
    /// Advisories up to this identifier were answered before; empty for the first page.
    package let after: String

    package init(_ subject: Subject, after: String = "") {
        self.subject = subject
        self.after = after
    }
}

/// A page of advisories, sorted by identifier.
package struct AdvisoryAnswers: Sendable {
    package struct Advisory: Sendable {
        package let identifier: String
        /// When it last changed, as the record writes it (RFC 3339).
        package let modified: String
        /// The record, byte for byte; empty where only identifiers were asked for.
        package let osv: [UInt8]
    }

    package private(set) var advisories: [Advisory] = []
    /// Where the next page begins; nil after the last.
    package fileprivate(set) var next: String?

    /// A page ends with the advisory that reaches one of these.
    private static let limit = 1_000
    private static let byteLimit = 16 * 1_024 * 1_024

    private var byteCount = 0

    fileprivate var isFull: Bool { advisories.count >= Self.limit || byteCount >= Self.byteLimit }

    fileprivate mutating func append(_ advisory: Advisory) {
        advisories.append(advisory)
        byteCount += advisory.osv.count
    }
}

extension Distribution {
    /// Answers questions in their order, all of them on one state of the journal.
    ///
    /// An advisory that is withdrawn concerns nothing. One that can't be decided for the version is left out: the caller gets
    /// what is affected, as it does from OSV.dev (https://google.github.io/osv.dev/post-v1-query/).
    /// - Parameter withRecords: false for identifiers and times alone: a batch of questions need not hold every record.
    package func advisories(
        concerning questions: [AdvisoryQuestion], withRecords: Bool
    ) async throws -> [AdvisoryAnswers] {
        try await journal.read { snapshot in try questions.map { try snapshot.answers(to: $0, withRecords) } }
    }
}

extension JournalSnapshot {
    /// Records looked at together.
    private static let batch: Int64 = 200

    fileprivate func answers(to question: AdvisoryQuestion, _ withRecords: Bool) throws -> AdvisoryAnswers {
        var answers = AdvisoryAnswers()
        var after = question.after
        while true {
            let rows = try candidates(for: question.subject, after: after)
            let records = try rows.map { try osvRecord($0.text(0), digest: $0.text(1)) }
            let concerned = try Self.concerned(question.subject, by: records.map(\.record))
            for (record, bytes) in records where concerned.contains(record.id) {
                if answers.isFull {
                    answers.next = answers.advisories.last?.identifier
                    return answers
                }
                answers.append(
                    .init(identifier: record.id, modified: record.modified.text, osv: withRecords ? bytes : [])
                )
            }
            guard let last = records.last?.record.id, rows.count == Int(Self.batch) else { return answers }
            after = last
        }
    }

    private func candidates(for subject: AdvisoryQuestion.Subject, after: String) throws -> [SQLRow] {
        switch subject {
        case .component(let component): try candidates(for: component, after: after)
        case .commit(let hash):
            try rows(
                """
                SELECT c.advisory, a.osv FROM affected_commit c JOIN advisory a ON a.id = c.advisory
                WHERE c.hash = $1 AND c.advisory > $2 ORDER BY c.advisory LIMIT $3
                """,
                [.text(hash), .text(after), .integer(Self.batch)]
            )
        }
    }

    /// Everything that is said of a package in any release, by the index on name and ecosystem.
    private func candidates(for component: Component, after: String) throws -> [SQLRow] {
        // `:` stands before every release, and `;` is the byte after it.
        let name = component.ecosystem.name
        return try rows(
            """
            SELECT DISTINCT r.advisory, a.osv FROM affected_range r JOIN advisory a ON a.id = r.advisory
            WHERE r.name = $1 AND r.ecosystem >= $2 AND r.ecosystem < $3 AND r.advisory > $4 ORDER BY r.advisory LIMIT $5
            """,
            [.text(component.name), .text(name), .text(name + ";"), .text(after), .integer(Self.batch)]
        )
    }

    /// The document of an advisory, by the digest in its row.
    func osvRecord(_ identifier: String, digest: String) throws -> (record: OSVRecord, bytes: [UInt8]) {
        guard let bytes = try Digest(hex: digest).flatMap({ try content($0) }),
            let record = try? OSVRecord(parsing: bytes)
        else { throw JournalError(.contradiction, "the advisory \(identifier) has no document") }
        return (record, bytes)
    }

    private static func concerned(_ subject: AdvisoryQuestion.Subject, by records: [OSVRecord]) throws -> Set<String> {
        guard case .component(let component) = subject else { return Set(records.map(\.id)) }
        var matcher = Matcher(try AdvisoryIndex(of: records.map { IndexedAdvisory($0) }))
        let matches = matcher.matches(component).filter { component.version == nil || $0.verdict == .affected }
        return Set(matches.map(\.advisory))
    }
}
