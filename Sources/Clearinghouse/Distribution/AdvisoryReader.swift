import AdvisoryFormats
import Journal
import Matching
import PackageIdentity
import Sealing

/// Answers questions on one state of the journal; what was read for one is not read again for the next about the same package.
package struct AdvisoryReader {
    private let snapshot: JournalSnapshot
    private let recent: RecentlyReadAdvisories
    private let keepsRecords: Bool
    /// What was read for this batch, by identifier: packages share advisories, and no page.
    private var known: [String: (advisory: IndexedAdvisory, modified: String)] = [:]
    private let byteLimit: Int
    private var byteCount = 0

    /// Anybody may ask, and a batch of questions about the kernel would read a gigabyte: some thousand advisories, read and looked
    /// at in a second or two, are a page.
    package static let byteLimit = 64 * 1_024 * 1_024
    /// What looking at an advisory counts that was read already.
    private static let glanceByteCount = 512
    /// Advisories looked at together.
    private static let batch: Int64 = 200
    /// A place before every identifier: the page token of a question that could not even be begun.
    private static let beginning = " "

    /// - Parameter keepingRecords: whether the answers have the records, byte for byte.
    init(_ snapshot: JournalSnapshot, recent: RecentlyReadAdvisories, keepingRecords: Bool, byteLimit: Int) {
        self.snapshot = snapshot
        self.recent = recent
        self.byteLimit = byteLimit
        keepsRecords = keepingRecords
    }

    mutating func answers(to question: AdvisoryQuestion) throws -> AdvisoryAnswers {
        var answers = AdvisoryAnswers()
        var after = question.after
        if case .commit = question.subject, after.isEmpty { answers.append(Self.otherCommits) }
        while true {
            guard byteCount < byteLimit else {
                answers.next = after.isEmpty ? Self.beginning : after
                return answers
            }
            let rows = try candidates(for: question.subject, after: after)
            let read = try advisories(in: rows)
            let judgements = Self.judgements(of: question.subject, by: read)
            var last = after
            for advisory in read.advisories {
                guard let judgement = judgements[advisory.identifier] else { continue }
                if answers.isFull {
                    answers.next = last
                    return answers
                }
                last = advisory.identifier
                if judgement.isAnswer { answers.append(try answer(advisory)) }
                if let reason = judgement.doubt { answers.append(.init(identifier: last, reason: reason)) }
            }
            guard let last = read.advisories.last?.identifier, rows.count == Int(Self.batch) else { return answers }
            after = last
        }
    }

    private func candidates(for subject: AdvisoryQuestion.Subject, after: String) throws -> [SQLRow] {
        switch subject {
        case .component(let component): try candidates(for: component, after: after)
        case .commit(let hash):
            try snapshot.rows(
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
        return try snapshot.rows(
            """
            SELECT DISTINCT r.advisory, a.osv FROM affected_range r JOIN advisory a ON a.id = r.advisory
            WHERE r.name = $1 AND r.ecosystem >= $2 AND r.ecosystem < $3 AND r.advisory > $4 ORDER BY r.advisory LIMIT $5
            """,
            [.text(component.name), .text(name), .text(name + ";"), .text(after), .integer(Self.batch)]
        )
    }

    private mutating func advisories(in rows: [SQLRow]) throws -> ReadAdvisories {
        if let known = recent[try rows.map { try $0.text(1) }] {
            byteCount += Self.glanceByteCount * rows.count
            return known
        }
        var (advisories, indexed): ([ReadAdvisories.Advisory], [IndexedAdvisory]) = ([], [])
        for row in rows {
            let (identifier, digest) = (try row.text(0), try row.text(1))
            let (advisory, modified) = try advisory(identifier, digest: digest)
            advisories.append(.init(identifier: identifier, modified: modified, digest: digest))
            indexed.append(advisory)
        }
        let read = ReadAdvisories(advisories: advisories, index: try AdvisoryIndex(of: indexed))
        recent.keep(read)
        return read
    }

    private mutating func advisory(_ identifier: String, digest: String) throws -> (IndexedAdvisory, modified: String) {
        if let known = known[identifier] {
            byteCount += Self.glanceByteCount
            return known
        }
        let (record, bytes) = try snapshot.osvRecord(identifier, digest: digest)
        byteCount += bytes.count
        let advisory = (IndexedAdvisory(record), record.modified.text)
        known[identifier] = advisory
        return advisory
    }

    private mutating func answer(_ advisory: ReadAdvisories.Advisory) throws -> AdvisoryAnswers.Advisory {
        let osv = keepsRecords ? try snapshot.osvBytes(advisory.identifier, digest: advisory.digest) : []
        byteCount += osv.count
        return .init(identifier: advisory.identifier, modified: advisory.modified, osv: osv)
    }

    private static let otherCommits = AdvisoryAnswers.Undecided(
        identifier: nil, reason: "Which ranges of other advisories hold the commit only its repository knows."
    )

    /// What an advisory means for a question.
    private struct Judgement {
        var isAnswer = true
        var doubt: String?
    }

    /// By identifier; advisories that do not concern the subject have none.
    private static func judgements(
        of subject: AdvisoryQuestion.Subject, by read: ReadAdvisories
    ) -> [String: Judgement] {
        guard case .component(let component) = subject else {
            return Dictionary(uniqueKeysWithValues: read.advisories.map { ($0.identifier, Judgement()) })
        }
        var matcher = Matcher(read.index)
        return Dictionary(
            uniqueKeysWithValues: matcher.matches(component).map { match in
                // Without a version everything that is said of the package is asked for. Where a sentence of the advisory holds
                // the version, the release alone is open, and OSV.dev takes any.
                let isAnswer = component.version == nil || match.evidence.rule != .undecided
                return (match.advisory, Judgement(isAnswer: isAnswer, doubt: component.version == nil ? nil : match.reason))
            }
        )
    }
}

extension JournalSnapshot {
    /// The document of an advisory, by the digest in its row.
    func osvRecord(_ identifier: String, digest: String) throws -> (record: OSVRecord, bytes: [UInt8]) {
        let bytes = try osvBytes(identifier, digest: digest)
        guard let record = try? OSVRecord(parsing: bytes) else { throw noDocument(identifier) }
        return (record, bytes)
    }

    /// The same, byte for byte.
    fileprivate func osvBytes(_ identifier: String, digest: String) throws -> [UInt8] {
        guard let bytes = try Digest(hex: digest).flatMap({ try content($0) }) else { throw noDocument(identifier) }
        return bytes
    }

    private func noDocument(_ identifier: String) -> JournalError {
        JournalError(.contradiction, "the advisory \(identifier) has no document")
    }
}
