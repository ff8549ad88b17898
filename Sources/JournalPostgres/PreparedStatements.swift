import CPostgreSQL
import Journal

/// What is prepared in one session of the server, by SQL text.
struct PreparedStatements {
    struct Statement {
        let name: String
        /// As they were declared; 0 where the server inferred the type of a NULL.
        let types: [Oid]

        /// Whether these values can be bound as they are; a NULL can be bound as any type.
        fileprivate func fits(_ values: [SQLValue]) -> Bool {
            types.count == values.count
                && zip(types, values).allSatisfy { type, value in
                    value == .null || PostgresType.declared(for: value) == type
                }
        }
    }

    private var byText: [String: Statement] = [:]
    /// Statements the server holds, those replaced by another of the same text included.
    private var count = 0

    /// Statements a session keeps prepared. The journal's own number tens; SQL built from data must not fill the server.
    static let maximumCount = 512

    var areTooMany: Bool { count > PreparedStatements.maximumCount }

    /// The statement to run this text with these values, where it is prepared.
    func statement(_ sql: String, for values: [SQLValue]) -> Statement? {
        guard let known = byText[sql], known.fits(values) else { return nil }
        return known
    }

    /// Names a statement that is being prepared.
    mutating func add(_ sql: String, for values: [SQLValue]) -> Statement {
        count += 1
        let statement = Statement(name: "b\(count)", types: values.map(PostgresType.declared))
        byText[sql] = statement
        return statement
    }

    /// A statement whose preparation failed, or was not reached, does not exist in the server.
    mutating func forget(_ sql: String) {
        byText[sql] = nil
    }
}
