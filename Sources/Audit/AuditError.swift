/// Why a data directory could not be audited at all. What is wrong *inside* a journal is a finding, not an error.
package struct AuditError: Error, Sendable, CustomStringConvertible {
    package struct Code: Sendable, Hashable {
        private enum Name { case noJournal, unreadable }
        private let name: Name

        /// The directory holds no `journal.db`. Check the path.
        package static let noJournal = Code(name: .noJournal)
        /// The file is there and SQLite does not read it: no permission, not a database, or damaged beyond its first page.
        package static let unreadable = Code(name: .unreadable)
    }

    package let code: Code
    package let reason: String

    init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    package var description: String { reason }
}
