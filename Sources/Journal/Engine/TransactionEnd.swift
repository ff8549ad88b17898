/// How one transaction of an engine ended, told apart by what may be done next.
package enum TransactionEnd<Answer: Sendable>: Sendable {
    /// It is durable.
    case committed(Answer)
    /// Nothing of it is there, for a reason that lies in the transaction: what it held may be tried again in parts.
    case rolledBack(any Error)
    /// The database could not be reached, or what became of the commit is unknown. Nobody may be told that it is durable, and
    /// nobody may repeat it unasked: it could then be there twice.
    case lost(any Error)

    /// The answer, or the error of either failure.
    package func get() throws -> Answer {
        switch self {
        case .committed(let answer): answer
        case .rolledBack(let error), .lost(let error): throw error
        }
    }
}
