import Journal

/// One connection to the server and the thread that waits for it.
///
/// Connects when first used. A connection that was lost is replaced at its next use; whatever was under way when it was lost
/// has failed.
actor PostgresConnection {
    private let executor = ConnectionExecutor()
    private let connectionString: String
    private let role: PostgresLink.Role
    private var link: PostgresLink?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ connectionString: String, role: PostgresLink.Role) {
        self.connectionString = connectionString
        self.role = role
    }

    /// Runs `body` in one transaction: committed where it returns, rolled back where it throws.
    ///
    /// `rolledBack` and `lost` carry the error of the body where it threw one and the connection survived.
    func transact<Answer: Sendable>(
        _ mode: PostgresSession.Mode, _ body: @Sendable (PostgresSession) throws -> Answer
    ) -> TransactionEnd<Answer> {
        let link: PostgresLink
        do {
            link = try usableLink()
        } catch {
            return .lost(error)
        }
        let session = PostgresSession(link)
        do {
            try session.begin(mode)
            let answer = try body(session)
            switch mode {
            case .exclusive: try session.commit()
            case .reading: try session.finishReading()
            }
            return .committed(answer)
        } catch {
            session.rollBack()
            guard !link.isLost else {
                self.link = nil
                return .lost(session.failure ?? error)
            }
            if link.state.isStale { self.link = nil }
            return .rolledBack(error)
        }
    }

    /// Runs a statement that no transaction may hold.
    func run(_ sql: String) throws {
        let link = try usableLink()
        try link.sendUnprepared(sql)
        try link.receive()
    }

    private func usableLink() throws -> PostgresLink {
        if let link, isUsable(link) { return link }
        link = nil
        let fresh = try PostgresLink(connectionString, role: role)
        link = fresh
        return fresh
    }

    /// Whether the connection is there and idle. Nothing was sent yet of what it is wanted for, so one that is not is replaced
    /// without anybody's failing.
    private func isUsable(_ link: PostgresLink) -> Bool {
        guard link.isOpen else { return false }
        do {
            if !link.awaited.isEmpty { try link.receiveAwaited() }
            try link.forgetStatementsIfTooMany()
            return !link.isInTransaction
        } catch {
            return false
        }
    }
}
