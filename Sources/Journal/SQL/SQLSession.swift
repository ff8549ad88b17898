/// Reading from one consistent state of the database. Parameters are written `$1`, `$2`, … in both engines.
package protocol SQLSession {
    func rows(_ sql: String, _ parameters: [SQLValue]) throws -> [SQLRow]
}

/// Writing inside one transaction. Only the journal's own code receives one.
package protocol SQLTransaction: SQLSession {
    func execute(_ sql: String, _ parameters: [SQLValue]) throws
}

extension SQLSession {
    package func rows(_ sql: String) throws -> [SQLRow] {
        try rows(sql, [])
    }

    package func firstRow(_ sql: String, _ parameters: [SQLValue] = []) throws -> SQLRow? {
        try rows(sql, parameters).first
    }
}
