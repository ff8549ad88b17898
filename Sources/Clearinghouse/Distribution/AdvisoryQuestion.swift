import Journal
package import Matching

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

    /// What can't be decided, and why, as a sentence.
    package struct Undecided: Sendable {
        /// Nil where the reason is about advisories that nobody can name.
        package let identifier: String?
        package let reason: String
    }

    package private(set) var advisories: [Advisory] = []
    /// Advisories about the package of which it can't be decided whether they concern the version. Those that concern it in one
    /// release of its distribution, where the question names none, stand in `advisories` as well.
    package private(set) var undecided: [Undecided] = []
    /// Where the next page begins; nil after the last.
    package internal(set) var next: String?

    /// A page ends with the advisory that reaches one of these.
    private static let limit = 1_000
    private static let byteLimit = 16 * 1_024 * 1_024

    private var byteCount = 0

    var isFull: Bool { advisories.count >= Self.limit || undecided.count >= Self.limit || byteCount >= Self.byteLimit }

    mutating func append(_ advisory: Advisory) {
        advisories.append(advisory)
        byteCount += advisory.osv.count
    }

    mutating func append(_ undecided: Undecided) { self.undecided.append(undecided) }
}

extension Distribution {
    /// Answers questions in their order, all of them on one state of the journal.
    ///
    /// An advisory that is withdrawn concerns nothing. The caller gets what is affected, as it does from OSV.dev
    /// (https://google.github.io/osv.dev/post-v1-query/), which takes the advisories of any release where the question names none;
    /// and beside that what can't be decided. What could not be answered within the limit is left to the next page of its question.
    /// - Parameters:
    ///   - withRecords: false for identifiers and times alone: a batch of questions need not hold every record.
    ///   - byteLimit: how many bytes of records are read, roughly, before what is left becomes the next page.
    package func advisories(
        concerning questions: [AdvisoryQuestion], withRecords: Bool, byteLimit: Int = AdvisoryReader.byteLimit
    ) async throws -> [AdvisoryAnswers] {
        try await journal.read { snapshot in
            var reader = AdvisoryReader(snapshot, recent: recent, keepingRecords: withRecords, byteLimit: byteLimit)
            return try questions.map { try reader.answers(to: $0) }
        }
    }
}
