import Journal
import Sealing
import Synchronization

/// A journal whose process is killed: once an append has brought a record that is waited for, nothing more is written.
final class KilledJournal: Journal {
    struct Death: Error {}

    private let journal: any Journal
    private let isFatal: @Sendable (RecordDraft) -> Bool
    private let isDead = Mutex(false)

    init(_ journal: any Journal, after isFatal: @escaping @Sendable (RecordDraft) -> Bool) {
        self.journal = journal
        self.isFatal = isFatal
    }

    func append<Answer: Sendable>(
        _ decide: @escaping @Sendable (JournalSnapshot) throws -> Decision<Answer>
    ) async throws -> Appended<Answer> {
        guard !isDead.withLock({ $0 }) else { throw Death() }
        return try await journal.append { snapshot in
            let decision = try decide(snapshot)
            if decision.drafts.contains(where: self.isFatal) { self.isDead.withLock { $0 = true } }
            return decision
        }
    }

    func read<Answer: Sendable>(_ query: @escaping @Sendable (JournalSnapshot) throws -> Answer) async throws -> Answer {
        try await journal.read(query)
    }

    func integrate() async throws -> StoredCheckpoint? { try await journal.integrate() }

    func leaseJob(kinds: [String], for duration: Duration) async throws -> LeasedJob? {
        try await journal.leaseJob(kinds: kinds, for: duration)
    }

    func renewJob(_ job: LeasedJob, for duration: Duration) async throws -> Bool {
        try await journal.renewJob(job, for: duration)
    }

    func releaseJob(_ job: LeasedJob, as release: JobRelease) async throws {
        try await journal.releaseJob(job, as: release)
    }

    func rebuild() async throws -> Int64 { try await journal.rebuild() }
}
