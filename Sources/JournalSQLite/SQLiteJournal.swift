import CivilTime
import GRDB
package import Journal
import Sealing

/// The journal on one SQLite file: WAL, `synchronous=FULL`, one writer, readers beside it.
///
/// Durability: a commit is acknowledged after SQLite has synced the write-ahead log, so it survives `kill -9` and power loss.
/// Appends that arrive while a commit is under way are committed together by the next one.
package final class SQLiteJournal: Journal {
    private let pool: DatabasePool
    private let environment: JournalEnvironment
    private let projections: [Projection]
    private let commits: CommitQueue

    /// What `PRAGMA synchronous` answers where each commit is synced.
    private static let fullySynchronous = 2

    /// Opens the file, creating it and missing tables. Tables that another definition of the projections filled are derived
    /// anew, which takes as long as a rebuild.
    /// - Throws: `storage` where the file can't be opened, `otherClearinghouse` where it is another clearinghouse's.
    package init(path: String, environment: JournalEnvironment, projections: [Projection]) throws {
        var configuration = Configuration()
        let log = WriteAheadLog()
        // What this captures lives as long as the connections it prepares.
        configuration.prepareDatabase { database in
            // Neither destroyed content keys nor the rows that go with them may linger in free pages.
            try database.execute(sql: "PRAGMA secure_delete = ON")
            // 16 MiB of pages a connection: the interior pages of every index stay in memory at a million records.
            try database.execute(sql: "PRAGMA cache_size = -16384")
            log.watch(database)
        }
        // Readers beyond the cores only wait for each other.
        configuration.maximumReaderCount = 4
        configuration.busyMode = .timeout(5)
        let keys = KeyRing(masterKey: environment.masterKey)
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            // Only now: opening a pool sets NORMAL, with which a commit is not synced and is lost with the power.
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
                guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == SQLiteJournal.fullySynchronous else {
                    throw JournalError(.storage, "SQLite does not sync its commits")
                }
            }
            try pool.write { database in
                let session = SQLiteSession(database: database)
                try JournalOpening.run(projections, in: session, environment: environment, keys: keys) {
                    try SQLiteSchema.create($0, in: session)
                }
            }
        } catch let error as JournalError {
            throw error
        } catch {
            throw JournalError(.storage, "cannot open the journal at \(path): \(error)")
        }
        self.environment = environment
        self.projections = projections
        commits = CommitQueue(pool: pool, log: log, environment: environment, projections: projections)
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
        return try await pool.read { database in
            let keys = KeyRing(masterKey: masterKey)
            return try query(JournalSnapshot(session: SQLiteSession(database: database), keys: keys))
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
                kinds: kinds, until: now.advanced(by: duration), now: now, token: Hexadecimal.encode(environment.random(16)),
                in: session
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
        _ body: @escaping @Sendable (SQLiteSession) throws -> Answer
    ) async throws -> Answer {
        try await pool.write { try body(SQLiteSession(database: $0)) }
    }
}
