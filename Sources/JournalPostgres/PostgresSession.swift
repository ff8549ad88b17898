import Journal

/// The journal's SQL in one transaction on one PostgreSQL connection.
///
/// `execute` only sends; `rows` and `commit` wait for the answers. A statement that fails is therefore noticed by a later call
/// than its own, and PostgreSQL runs nothing after it: the failure is kept, every later call throws it again, and the
/// transaction can't be committed whoever caught it.
final class PostgresSession: SQLTransaction {
    private let link: PostgresLink
    /// The first failure of the transaction, after which PostgreSQL accepts nothing but its end.
    private(set) var failure: JournalError?
    private var unansweredCount = 0

    /// Statements sent before their answers are read. Each answer is some fifty bytes, so that this many fit the buffers of
    /// the socket and the server never waits for a client that is still sending.
    private static let maximumUnansweredCount = 256

    init(_ link: PostgresLink) {
        self.link = link
    }

    func rows(_ sql: String, _ parameters: [SQLValue]) throws -> [SQLRow] {
        try send(sql, parameters)
        return try receive()
    }

    func execute(_ sql: String, _ parameters: [SQLValue]) throws {
        try send(sql, parameters)
        if unansweredCount >= PostgresSession.maximumUnansweredCount { _ = try receive() }
    }

    /// A statement that runs once: the definition of a table.
    func define(_ sql: String) throws {
        if let failure { throw failure }
        try keepingFailure { try link.sendUnprepared(sql) }
        unansweredCount += 1
    }

    private func send(_ sql: String, _ parameters: [SQLValue]) throws {
        if let failure { throw failure }
        do {
            try link.send(sql, parameters)
        } catch {
            // A value that can't be stored was refused before anything was sent, and the transaction is what it was.
            if link.isLost { failure = error as? JournalError }
            throw error
        }
        unansweredCount += 1
    }

    private func receive() throws -> [SQLRow] {
        unansweredCount = 0
        return try keepingFailure { try link.receive() }
    }

    private func keepingFailure<Answer>(_ body: () throws -> Answer) throws -> Answer {
        do {
            return try body()
        } catch {
            failure = failure ?? error as? JournalError
            throw error
        }
    }
}

extension PostgresSession {
    enum Mode {
        /// Alone with the journal: nobody else's transaction of this mode runs between its beginning and its end.
        case exclusive
        /// One consistent state, read only.
        case reading
    }

    /// The key of the advisory lock that makes appends serial, the same in every server: "brkwater" in ASCII.
    private static let lockKey: Int64 = 0x6272_6B77_6174_6572

    /// Sends the beginning of the transaction; it is answered with the first rows.
    func begin(_ mode: Mode) throws {
        switch mode {
        case .exclusive:
            // Not REPEATABLE READ: that would fix the state it sees before the lock is had, and miss the appends waited for.
            try execute("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", [])
            try execute("SELECT pg_advisory_xact_lock($1)", [.integer(PostgresSession.lockKey)])
        case .reading:
            try execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", [])
        }
    }

    /// Makes the transaction durable.
    /// - Throws: `storage`. Where the connection is then lost, the outcome is unknown; otherwise nothing was committed.
    func commit() throws {
        if let failure { throw failure }
        _ = link.warnings.take()
        do {
            try execute("COMMIT", [])
            _ = try receive()
        } catch {
            throw link.isLost ? unknownOutcome("\(error)") : error
        }
        // If the wait for a synchronous standby is cancelled, PostgreSQL warns that the commit is durable here only, and
        // reports success (`SyncRepWaitForLSN`). That is not what was promised, and it can't be undone either.
        if let warning = link.warnings.take().first {
            throw unknownOutcome(warning)
        }
        guard link.state.lastCommandTag == "COMMIT", !link.isInTransaction else {
            throw JournalError(.storage, "PostgreSQL answered the commit with \(link.state.lastCommandTag)")
        }
    }

    /// Ends a transaction that only read. Nothing depends on how that goes, so nobody waits for it: the connection reads the
    /// answer before its next use.
    func finishReading() throws {
        if let failure { throw failure }
        try execute("COMMIT", [])
        try keepingFailure { try link.sync() }
    }

    private func unknownOutcome(_ reason: String) -> JournalError {
        let unknown = JournalError(.storage, "whether the commit is durable is unknown: \(reason)")
        failure = unknown
        // Ends the session, so that the next transaction begins after this one has ended either way.
        link.state.isLost = true
        return unknown
    }

    /// Undoes the transaction. A connection that can't even do that is lost, and the server undoes it.
    func rollBack() {
        guard !link.isLost else { return }
        // Reads what is still on its way; until that, a failed pipeline would ignore the ROLLBACK.
        _ = try? link.receive()
        guard !link.isLost, link.isInTransaction else { return }
        do {
            try link.send("ROLLBACK")
            try link.receive()
        } catch {
            link.state.isLost = true
        }
        if link.isInTransaction { link.state.isLost = true }
    }
}
