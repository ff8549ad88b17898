import CPostgreSQL
import Journal

/// One libpq connection, in pipeline mode from its first statement to its last.
///
/// Statements are sent without waiting (`send`) and answered together (`receive`), so a group of inserts costs one round trip.
/// Used by one thread at a time: it belongs to one `PostgresConnection`.
final class PostgresLink {
    let handle: OpaquePointer
    let warnings = ServerWarnings()
    var parameters = PostgresParameters()
    var statements = PreparedStatements()
    /// What was sent and whose answer was not yet read, in order.
    var awaited: [Awaited] = []
    var state = State()

    struct State {
        /// True once the connection can't be used any more. Whatever it had begun, the server rolls back.
        var isLost = false
        /// True once a statement failed because its plan is out of date: the next use should have a new connection.
        var isStale = false
        /// What the server says it did last: `COMMIT`, `ROLLBACK`, `INSERT 0 1`.
        var lastCommandTag = ""
        /// How often `receive` waited for the server: what a transaction costs beside the server's own work.
        var roundTripCount = 0
    }

    enum Awaited {
        case preparation(of: String)
        case statement
        /// The end of a pipeline, up to which the server skips everything after a failure.
        case sync
    }

    enum Role {
        /// Looks rows up by their keys and writes.
        case writer
        case reader
    }

    /// Connects, and settles what the journal's promises need of the session.
    /// - Throws: `storage` where the server can't be reached, refuses, is not in UTF-8 or does not sync what it commits. The
    ///   connection string is never part of the reason, because it may hold a password.
    init(_ connectionString: String, role: Role = .reader) throws {
        handle = try PostgresLink.connect(connectionString)
        warnings.receive(from: handle)
        guard PQenterPipelineMode(handle) == 1 else { throw lose() }
        try settle(role)
    }

    deinit {
        PQfinish(handle)
    }

    var isLost: Bool { state.isLost }

    /// False where the server has closed the connection since it was last used, as far as can be seen without asking it.
    var isOpen: Bool {
        // Twice: the first call reads the server's last words, if it said any, and only the next one finds the end.
        !isLost && PQconsumeInput(handle) == 1 && PQconsumeInput(handle) == 1 && PQstatus(handle) == CONNECTION_OK
    }

    /// True while a transaction is open in the server, failed or not.
    var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }

    /// Marks the connection as unusable.
    func lose() -> JournalError {
        state.isLost = true
        return JournalError(.storage, "the connection to PostgreSQL was lost: \(PostgresLink.message(of: handle))")
    }

    /// What libpq says of the connection, on one line.
    static func message(of handle: OpaquePointer) -> String {
        let text = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
        return text.split(separator: "\n").joined(separator: "; ")
    }
}
