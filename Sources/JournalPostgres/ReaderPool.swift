import Journal

/// The connections that read, lent to one query at a time; who finds none free waits in order.
actor ReaderPool {
    /// Last in, first out: under little load few connections are opened, and those keep their plans warm.
    private var idle: [PostgresConnection]
    private var waiting: [CheckedContinuation<PostgresConnection, Never>] = []

    init(_ connections: [PostgresConnection]) {
        idle = connections
    }

    nonisolated func read<Answer: Sendable>(
        _ query: @escaping @Sendable (PostgresSession) throws -> Answer
    ) async throws -> Answer {
        let connection = await take()
        let end = await connection.transact(.reading, query)
        await giveBack(connection)
        return try end.get()
    }

    private func take() async -> PostgresConnection {
        if let connection = idle.popLast() { return connection }
        return await withCheckedContinuation { waiting.append($0) }
    }

    private func giveBack(_ connection: PostgresConnection) {
        guard waiting.isEmpty else { return waiting.removeFirst().resume(returning: connection) }
        idle.append(connection)
    }
}
