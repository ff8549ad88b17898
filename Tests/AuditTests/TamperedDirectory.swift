import CSQLite
import Clearinghouse
import Foundation
import JSONText
import Sealing
import Testing

@testable import Audit

/// A data directory of its own, to be changed behind the journal's back and audited.
final class TamperedDirectory {
    let directory: URL
    private let database: SQLiteDatabase

    init(directory: URL) throws {
        self.directory = directory
        database = try SQLiteDatabase(path: directory.appending(path: "journal.db").path)
        try database.execute("PRAGMA journal_mode = WAL")
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
    }

    func execute(_ sql: String) throws { try database.execute(sql) }

    /// The first column of the first row, as text.
    func text(_ sql: String) throws -> String { try #require(try database.rows(sql).first) }

    func integer(_ sql: String) throws -> Int64 { try #require(Int64(try text(sql))) }

    func audit() throws -> AuditReport { try Audit.run(directory: directory.path, projections: Projections.all) }

    /// Changes what a sealed record says, and seals it again as its writer would.
    func rewriteSealed(_ sequence: Int64, _ change: (String) -> String) throws {
        let name = try text("SELECT content_key FROM record WHERE sequence = \(sequence)")
        let context = Array(name.utf8)
        let master = try String(contentsOf: directory.appending(path: "keys/master.key"), encoding: .utf8)
        let wrapped = try text("SELECT lower(hex(wrapped)) FROM content_key WHERE name = '\(name)'")
        let key = try ContentKey(
            unwrapping: SealedContent(parsing: try #require(Hexadecimal.decode(wrapped))),
            under: ContentKey(bytes: try #require(Hexadecimal.decode(master.trimmingCharacters(in: .newlines)))),
            context: context
        )
        let payload = try text("SELECT CAST(payload AS TEXT) FROM record WHERE sequence = \(sequence)")
        let box = try Base64.decode(try #require(try JSONValue(parsing: payload)["sealed"]?.string))
        let opened = try key.open(SealedContent(parsing: box), context: context).content
        let changed = try key.seal(
            Array(change(String(decoding: opened, as: UTF8.self)).utf8), context: context,
            nonce: [UInt8](repeating: 5, count: SealedContent.nonceByteCount),
            salt: try #require(CommitmentSalt(bytes: [UInt8](repeating: 5, count: CommitmentSalt.byteCount)))
        )
        let stored = #"{"key":"\#(name)","sealed":"\#(Base64.encode(changed.bytes))"}"#
        try execute("UPDATE record SET payload = CAST('\(stored)' AS BLOB) WHERE sequence = \(sequence)")
    }

    /// Flips a bit of a byte of a column.
    func flip(_ column: String, in table: String, where condition: String, byte offset: Int = 0) throws {
        let type = try text("SELECT typeof(\(column)) FROM \(table) WHERE \(condition)")
        var bytes = try #require(
            Hexadecimal.decode(try text("SELECT hex(\(column)) FROM \(table) WHERE \(condition)").lowercased())
        )
        bytes[offset] ^= 1
        let value = "x'\(Hexadecimal.encode(bytes))'"
        try execute("UPDATE \(table) SET \(column) = \(type == "text" ? "CAST(\(value) AS TEXT)" : value) WHERE \(condition)")
    }
}

enum DataDirectories {
    static func make() throws -> URL {
        let directory = FileManager.default.temporaryDirectory.appending(path: "breakwater-audit-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        return directory
    }

    /// Key files of 32 equal bytes each.
    static func writeKeys(
        in directory: URL, masterKey: UInt8, logSeed: UInt8, signingSeed: UInt8, origin: String
    ) throws {
        let keys = directory.appending(path: "keys")
        try FileManager.default.createDirectory(at: keys, withIntermediateDirectories: true)
        for (name, byte) in [("master.key", masterKey), ("log.seed", logSeed), ("signing.seed", signingSeed)] {
            let text = Hexadecimal.encode([UInt8](repeating: byte, count: 32)) + "\n"
            try Data(text.utf8).write(to: keys.appending(path: name))
        }
        try Data("\(origin)\n".utf8).write(to: keys.appending(path: "origin"))
    }
}

/// SQLite with writing, for the tests' own hands only.
final class SQLiteDatabase {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let connection: OpaquePointer

    init(path: String) throws {
        var handle: OpaquePointer?
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil) == SQLITE_OK, let handle else {
            throw Failure(description: "SQLite does not open \(path)")
        }
        connection = handle
        // Tests run side by side on the one directory they share.
        sqlite3_busy_timeout(handle, 10_000)
    }

    deinit {
        sqlite3_close_v2(connection)
    }

    func execute(_ sql: String) throws {
        guard sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else {
            throw Failure(description: "\(String(cString: sqlite3_errmsg(connection))) in \(sql)")
        }
    }

    /// The first column of every row.
    func rows(_ sql: String) throws -> [String] {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK else {
            throw Failure(description: "\(String(cString: sqlite3_errmsg(connection))) in \(sql)")
        }
        defer { sqlite3_finalize(statement) }
        var rows: [String] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            rows.append(sqlite3_column_text(statement, 0).map { String(cString: $0) } ?? "")
        }
        return rows
    }
}

extension AuditReport {
    /// Findings of a check whose place contains a text.
    func findings(_ check: AuditCheck, at place: String = "") -> [AuditFinding] {
        findings.filter { $0.check == check && (place.isEmpty || $0.place.contains(place)) }
    }

    /// Every check that found something wrong.
    var contradicted: Set<AuditCheck> { Set(findings.filter { $0.grade == .contradiction }.map(\.check)) }
}
