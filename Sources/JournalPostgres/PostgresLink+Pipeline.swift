import CPostgreSQL
import Journal

extension PostgresLink {
    /// Sends a statement without waiting for its answer, preparing it the first time this session sees its text.
    /// - Throws: `storage` before anything was sent for a value that can't be stored, or with the connection lost.
    func send(_ sql: String, _ values: [SQLValue] = []) throws {
        guard !isLost else { throw lose() }
        try parameters.encode(values)
        let statement = try prepared(sql, for: values)
        let isSent = parameters.withArguments { count, values, lengths, formats in
            PQsendQueryPrepared(handle, statement.name, count, values, lengths, formats, PostgresType.binaryFormat) == 1
        }
        guard isSent else { throw lose() }
        awaited.append(.statement)
    }

    /// Sends a statement that is not worth preparing: one that runs once.
    func sendUnprepared(_ sql: String) throws {
        guard !isLost, PQsendQueryParams(handle, sql, 0, nil, nil, nil, nil, PostgresType.binaryFormat) == 1 else {
            throw lose()
        }
        awaited.append(.statement)
    }

    /// Sends what libpq still holds back, and the end of the pipeline, without waiting for any answer.
    func sync() throws {
        guard !isLost, PQpipelineSync(handle) == 1 else { throw lose() }
        awaited.append(.sync)
    }

    /// Waits for the answers to everything that was sent.
    /// - Returns: the rows of the last statement.
    /// - Throws: the first failure. The statements after it were not run. Where `isLost` is false, the connection can be
    ///   used on, and a transaction that was open has failed.
    @discardableResult
    func receive() throws -> [SQLRow] {
        try sync()
        return try receiveAwaited()
    }

    /// Reads the answers to everything that was sent before the last sync.
    @discardableResult
    func receiveAwaited() throws -> [SQLRow] {
        defer { awaited.removeAll(keepingCapacity: true) }
        state.roundTripCount += 1
        var answers = Answers()
        for (index, next) in awaited.enumerated() {
            if case .sync = next {
                try receiveSync(answers)
            } else {
                // The last element is the sync, so the last statement is the one before it.
                try receive(next, isLast: index == awaited.count - 2, into: &answers)
            }
        }
        if let failure = answers.failure { throw failure }
        return answers.rows
    }

    /// Empties the server's list of prepared statements where it has grown too long. Only between transactions.
    func forgetStatementsIfTooMany() throws {
        guard statements.areTooMany else { return }
        try sendUnprepared("DEALLOCATE ALL")
        try receive()
        statements = PreparedStatements()
    }
}

extension PostgresLink {
    private struct Answers {
        var rows: [SQLRow] = []
        var failure: JournalError?
    }

    private func prepared(_ sql: String, for values: [SQLValue]) throws -> PreparedStatements.Statement {
        if let known = statements.statement(sql, for: values) { return known }
        let statement = statements.add(sql, for: values)
        guard PQsendPrepare(handle, statement.name, sql, Int32(values.count), statement.types) == 1 else { throw lose() }
        awaited.append(.preparation(of: sql))
        return statement
    }

    private func receive(_ next: Awaited, isLast: Bool, into answers: inout Answers) throws {
        while !isLost, let result = PQgetResult(handle) {
            defer { PQclear(result) }
            take(result, of: next, isLast: isLast, into: &answers)
        }
        guard !isLost, PQstatus(handle) == CONNECTION_OK else { throw lost(because: answers.failure) }
    }

    private func take(_ result: OpaquePointer, of awaited: Awaited, isLast: Bool, into answers: inout Answers) {
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK where isLast:
            do {
                answers.rows = try PostgresLink.rows(of: result)
            } catch {
                answers.failure = answers.failure ?? error as? JournalError
            }
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
            state.lastCommandTag = PQcmdStatus(result).map { String(cString: $0) } ?? ""
        case PGRES_PIPELINE_ABORTED:
            forget(awaited)
        case PGRES_FATAL_ERROR:
            forget(awaited)
            answers.failure = answers.failure ?? failure(result)
        default:
            // COPY and the like, which the journal never asks for: the session can't be brought back into step.
            state.isLost = true
        }
    }

    private func forget(_ awaited: Awaited) {
        if case .preparation(let sql) = awaited { statements.forget(sql) }
    }

    private func receiveSync(_ answers: Answers) throws {
        let result = PQgetResult(handle)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_PIPELINE_SYNC else { throw lost(because: answers.failure) }
    }

    /// The server's own last words say more than libpq's "closed unexpectedly".
    private func lost(because failure: JournalError?) -> JournalError {
        let general = lose()
        return failure.map { JournalError(.storage, "the connection to PostgreSQL was lost: \($0.reason)") } ?? general
    }

    private func failure(_ result: OpaquePointer) -> JournalError {
        func field(_ code: Int32) -> String { PQresultErrorField(result, code).map { String(cString: $0) } ?? "" }
        let sqlState = field(PostgresDiagnostic.sqlState)
        let severity = field(PostgresDiagnostic.severity)
        // The server ends the session after these; nothing more will come.
        if severity == "FATAL" || severity == "PANIC" { state.isLost = true }
        // feature_not_supported is "cached plan must not change result type", after another server migrated a table;
        // invalid_sql_statement_name is a prepared statement that somebody dropped.
        if sqlState == "0A000" || sqlState == "26000" { state.isStale = true }
        let message = field(PostgresDiagnostic.message)
        return JournalError(.storage, "PostgreSQL: \(message.isEmpty ? PostgresLink.message(of: handle) : message) (\(sqlState))")
    }

    private static func rows(of result: OpaquePointer) throws -> [SQLRow] {
        let types = (0..<PQnfields(result)).map { PQftype(result, $0) }
        return try (0..<PQntuples(result)).map { row in
            SQLRow(
                values: try types.enumerated().map { column, type in
                    let column = Int32(column)
                    guard PQgetisnull(result, row, column) == 0 else { return .null }
                    let bytes = UnsafeRawBufferPointer(
                        start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column))
                    )
                    return try PostgresType.decode(bytes, as: type)
                }
            )
        }
    }
}
