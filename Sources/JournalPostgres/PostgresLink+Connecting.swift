import CPostgreSQL
import Journal

extension PostgresLink {
    /// A connection that is open and whose strings are UTF-8; the caller closes it.
    static func connect(_ connectionString: String) throws -> OpaquePointer {
        // libpq's own message would quote the string.
        guard let options = PQconninfoParse(connectionString, nil) else {
            throw JournalError(.storage, "the PostgreSQL connection string can't be parsed")
        }
        PQconninfoFree(options)
        guard let handle = open(settings(connectionString)) else {
            throw JournalError(.storage, "libpq has no memory for a connection")
        }
        guard PQstatus(handle) == CONNECTION_OK else {
            defer { PQfinish(handle) }
            throw JournalError(.storage, "cannot connect to PostgreSQL: \(message(of: handle))")
        }
        return handle
    }

    /// Settles the session, and refuses a server that can't keep the journal's promises.
    func settle(_ role: Role) throws {
        var settings = [
            ("synchronous_commit", "on"),
            // Compiling a plan takes longer than any query of the journal should.
            ("jit", "off")
        ]
        if role == .writer {
            settings.append(("idle_in_transaction_session_timeout", "\(PostgresLink.idleTransactionLimitInSeconds)s"))
            // A plan made while a table was small reads all of it, and is kept until the next ANALYZE: a journal that grows
            // by thousands of records in that minute would read them all for each append.
            settings.append(("enable_seqscan", "off"))
        }
        let assignments = settings.map { "set_config('\($0)', '\($1)', false)" }.joined(separator: ", ")
        try sendUnprepared("SELECT current_setting('server_encoding'), current_setting('fsync'), \(assignments)")
        guard let row = try receive().first else { throw lose() }
        guard try row.text(0) == "UTF8" else {
            throw JournalError(.storage, "the database's encoding is \(try row.text(0)); the journal needs UTF8")
        }
        guard try row.text(1) == "on" else {
            throw JournalError(.storage, "the server runs with fsync off: nothing it acknowledges would be durable")
        }
    }

    /// How long a writing transaction may wait for its own program. A server that hangs in the middle of an append would otherwise
    /// keep the journal's lock, and with it every other server, waiting.
    private static let idleTransactionLimitInSeconds = 60

    /// Keywords and values of which the later ones win: the connection string may override what comes before it.
    private static func settings(_ connectionString: String) -> [(keyword: String, value: String)] {
        [
            ("application_name", "breakwater"),
            ("connect_timeout", "10"),
            // A machine that vanished is noticed within a minute; unix sockets ignore these.
            ("keepalives_idle", "20"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "30000"),
            // Of several hosts only the primary: a standby answers reads with a past state, in which a member does not find what
            // was acknowledged a moment ago.
            ("target_session_attrs", "primary"),
            ("dbname", connectionString),
            ("client_encoding", "UTF8")
        ]
    }

    private static func open(_ settings: [(keyword: String, value: String)]) -> OpaquePointer? {
        withCStrings(settings.map(\.keyword)) { keywords in
            withCStrings(settings.map(\.value)) { values in
                // 1: the value of `dbname` is a connection string.
                PQconnectdbParams(keywords, values, 1)
            }
        }
    }

    /// The texts as an array of C strings that ends with a null pointer, valid inside `body`.
    private static func withCStrings<Result>(
        _ texts: [String], _ body: ([UnsafePointer<CChar>?]) -> Result
    ) -> Result {
        var bytes: [UInt8] = []
        let starts = texts.map { text in
            defer { bytes += Array(text.utf8) + [0] }
            return bytes.count
        }
        return bytes.withUnsafeBytes { raw in
            let base = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            return body(starts.map { base?.advanced(by: $0) } + [nil])
        }
    }
}
