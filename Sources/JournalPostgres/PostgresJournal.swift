import CivilTime
package import Journal
import Sealing

/// The journal in one PostgreSQL database, for one server or many beside each other.
///
/// Durability: `synchronous_commit` is on and the server must run with `fsync`; where it has synchronous standbys, a commit
/// waits for them. Appends are serial among all servers by an advisory lock that lasts as long as its transaction. Appends of
/// this server that arrive while a commit is under way are committed together by the next one.
///
/// When the connection is lost, everything under way on it throws `storage` and nothing of it is acknowledged: before the
/// commit was sent it is certainly not there; after that it may be, and the reason says that this is unknown. The next use
/// connects again, and throws `storage` until that succeeds.
///
/// Content keys are read from the database in every transaction, never remembered, because another server may destroy one.
/// PostgreSQL keeps the old versions of a destroyed key's row, and of the rows that went with it, until a vacuum, which follows
/// the commit and frees their space without blanking it, and in its write-ahead log for as long as that is kept: bound the retention of archived log and of backups. What lies there is wrapped by the
/// master key.
package final class PostgresJournal: Journal {
    private let writer: PostgresConnection
    private let readers: ReaderPool
    private let environment: JournalEnvironment
    private let projections: [Projection]
    private let commits: CommitQueue

    /// Readers beyond the cores of a small server only wait for each other.
    private static let readerCount = 4

    /// Connects, and creates missing tables. Tables that another definition of the projections filled are derived anew; stop
    /// servers of the older program first, because they know the old tables only.
    /// - Parameter connectionString: as libpq takes it, a URI or keywords (`host=/run/postgresql dbname=breakwater`).
    /// - Throws: `storage` where the server can't be reached or its settings would break the journal's promises,
    ///   `otherClearinghouse` where the database is another clearinghouse's; nothing was written then.
    package init(
        connectionString: String, environment: JournalEnvironment, projections: [Projection]
    ) async throws {
        let writer = PostgresConnection(connectionString, role: .writer)
        self.writer = writer
        readers = ReaderPool(
            (0..<PostgresJournal.readerCount).map { _ in PostgresConnection(connectionString, role: .reader) }
        )
        self.environment = environment
        self.projections = projections
        let stale = [BaseSchema.contentKey] + projections.flatMap(\.tables)
        let vacuum = "VACUUM " + Set(stale.map(\.name)).sorted().joined(separator: ", ")
        commits = CommitQueue { body in
            let keys = KeyRing(masterKey: environment.masterKey)
            let end = await writer.transact(.exclusive) { session in
                try body(AppendRun(in: session, environment: environment, projections: projections, keys: keys))
            }
            // Where it fails the key is destroyed all the same, and autovacuum comes later.
            if case .committed = end, keys.hasDestroyed { try? await writer.run(vacuum) }
            return end
        }
        let keys = KeyRing(masterKey: environment.masterKey)
        try await transact { session in
            try JournalOpening.run(projections, in: session, environment: environment, keys: keys) {
                try PostgresSchema.create($0, in: session)
            }
        }
    }

    package func append<Answer: Sendable>(
        _ decide: @escaping @Sendable (JournalSnapshot) throws -> Decision<Answer>
    ) async throws -> Appended<Answer> {
        try await commits.append(decide)
    }

    package func read<Answer: Sendable>(
        _ query: @escaping @Sendable (JournalSnapshot) throws -> Answer
    ) async throws -> Answer {
        let masterKey = environment.masterKey
        return try await readers.read { session in
            try query(JournalSnapshot(session: session, keys: KeyRing(masterKey: masterKey)))
        }
    }

    package func integrate() async throws -> StoredCheckpoint? {
        let environment = environment
        return try await transact { try LogIntegration.run(in: $0, environment: environment) }
    }

    package func leaseJob(kinds: [String], for duration: Duration) async throws -> LeasedJob? {
        let environment = environment
        return try await transact { session in
            let now = environment.now()
            return try JobLeasing.lease(
                kinds: kinds, until: now.advanced(by: duration), now: now,
                token: Hexadecimal.encode(environment.random(16)), in: session
            )
        }
    }

    package func renewJob(_ job: LeasedJob, for duration: Duration) async throws -> Bool {
        let environment = environment
        return try await transact { try JobLeasing.renew(job, until: environment.now().advanced(by: duration), in: $0) }
    }

    package func releaseJob(_ job: LeasedJob, as release: JobRelease) async throws {
        let environment = environment
        try await transact { try JobLeasing.release(job, as: release, now: environment.now(), in: $0) }
    }

    package func rebuild() async throws -> Int64 {
        let (projections, masterKey) = (projections, environment.masterKey)
        return try await transact { try Replay.run(projections, in: $0, keys: KeyRing(masterKey: masterKey)) }
    }

    private func transact<Answer: Sendable>(
        _ body: @escaping @Sendable (PostgresSession) throws -> Answer
    ) async throws -> Answer {
        try await writer.transact(.exclusive, body).get()
    }
}
