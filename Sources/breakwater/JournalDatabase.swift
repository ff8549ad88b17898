import Clearinghouse
import Foundation
import Journal
import JournalSQLite

#if POSTGRESQL
    import JournalPostgres
#endif

/// Where the journal of a data directory lies.
enum JournalDatabase {
    case sqlite(file: String)
    case postgresql(url: String)

    /// - Parameter url: as libpq takes it, beginning with `postgresql://`; nil for `journal.db` in the directory.
    /// - Throws: `OpeningFailure` where the directory holds a journal and another one is asked for.
    init(directory: String, url: String?) throws {
        let file = directory + "/journal.db"
        guard let url else {
            self = .sqlite(file: file)
            return
        }
        guard url.hasPrefix("postgresql://") || url.hasPrefix("postgres://") else {
            // Not quoted: it may hold a password.
            throw OpeningFailure(reason: "a database is given as postgresql://USER@HOST/NAME")
        }
        guard !FileManager.default.fileExists(atPath: file) else {
            throw OpeningFailure(
                reason: "\(file) is a journal already; start without a database, or with a directory of its own"
            )
        }
        self = .postgresql(url: url)
    }

    func open(_ environment: JournalEnvironment) async throws -> any Journal {
        switch self {
        case .sqlite(let file):
            // Opening would make an empty file, and only then find out.
            guard environment.belonging.journal == nil || FileManager.default.fileExists(atPath: file) else {
                throw OpeningFailure(
                    reason: "these keys belong to a journal, and \(file) is not there; "
                        + "give the database that holds it (--database or BREAKWATER_DATABASE), or bring the file back"
                )
            }
            return try SQLiteJournal(path: file, environment: environment, projections: Projections.all)
        case .postgresql(let url):
            #if POSTGRESQL
                return try await PostgresJournal(connectionString: url, environment: environment, projections: Projections.all)
            #else
                throw OpeningFailure(reason: "this build has no PostgreSQL; build with BREAKWATER_POSTGRESQL=1 and libpq-dev")
            #endif
        }
    }

    /// Nil where the journal is no file of this machine.
    var file: String? {
        switch self {
        case .sqlite(let file): file
        case .postgresql: nil
        }
    }
}
