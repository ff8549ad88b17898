package import CivilTime
import JSONText
package import Sealing

/// One consistent state of the journal and its projections, to be queried.
package struct JournalSnapshot {
    package let session: any SQLSession
    let keys: KeyRing
    /// The time that records appended by this decision will carry; nil where nothing is being appended.
    private let time: Timestamp?

    package init(session: any SQLSession, keys: KeyRing, appendingAt time: Timestamp? = nil) {
        self.session = session
        self.keys = keys
        self.time = time
    }

    /// The journal's own clock inside a decision: what the records it asks for will carry. It never goes back, whichever server
    /// appends and however its clock stands, so that what is decided by it (a lease that has ended) is never undone by a clock.
    /// - Throws: `contradiction` outside an append, where there is no such time.
    package func appendTime() throws -> Timestamp {
        guard let time else { throw JournalError(.contradiction, "only a decision has a time of its own") }
        return time
    }

    /// The moment by which a query counts what is recorded: the reader's clock, and never before the last record, as in a decision.
    package func readingTime(by clock: Timestamp) throws -> Timestamp {
        let last = try firstRow("SELECT time FROM record ORDER BY sequence DESC LIMIT 1")
        return max(clock, Timestamp(millisecondsSinceEpoch: try last?.integer(0) ?? clock.millisecondsSinceEpoch))
    }

    package func rows(_ sql: String, _ parameters: [SQLValue] = []) throws -> [SQLRow] {
        try session.rows(sql, parameters)
    }

    package func firstRow(_ sql: String, _ parameters: [SQLValue] = []) throws -> SQLRow? {
        try session.rows(sql, parameters).first
    }

    /// The number of records of a stream; 0 where it does not exist.
    package func version(of stream: StreamName) throws -> Int64 {
        try firstRow("SELECT coalesce(max(version), 0) FROM record WHERE stream = $1", [.text(stream.text)])?.integer(0) ?? 0
    }

    /// The number of records in the journal.
    package func recordCount() throws -> Int64 {
        try firstRow("SELECT coalesce(max(sequence) + 1, 0) FROM record")?.integer(0) ?? 0
    }

    /// The records of one stream, in order.
    package func records(of stream: StreamName) throws -> [JournalRecord] {
        try records("WHERE stream = $1 ORDER BY version", [.text(stream.text)])
    }

    /// Up to `limit` records from `sequence` on, in order.
    package func records(from sequence: Int64, limit: Int64) throws -> [JournalRecord] {
        try records("WHERE sequence >= $1 ORDER BY sequence LIMIT $2", [.integer(sequence), .integer(limit)])
    }

    package func record(at sequence: Int64) throws -> JournalRecord? {
        try records("WHERE sequence = $1", [.integer(sequence)]).first
    }

    private func records(_ condition: String, _ parameters: [SQLValue]) throws -> [JournalRecord] {
        let columns = BaseSchema.record.columns.map(\.name).joined(separator: ", ")
        return try session.rows("SELECT \(columns) FROM record \(condition)", parameters).map {
            try JournalRecord(row: $0, in: self)
        }
    }

    /// The bytes with this digest; nil where they were never stored or their key was destroyed.
    package func content(_ digest: Digest, sealedUnder name: ContentKeyName? = nil) throws -> [UInt8]? {
        let stored = try firstRow(
            "SELECT bytes FROM content WHERE digest = $1 AND sealed_under = $2",
            [.blob(digest.bytes), .text(name?.text ?? "")]
        )
        guard let bytes = try stored?.blob(0) else { return nil }
        guard let name else { return bytes }
        guard let key = try keys.existingKey(named: name, in: session) else { return nil }
        return try SealedPayload(name: name, key: key).open(bytes)
    }

    /// The plaintext of a sealed record; nil where the key was destroyed.
    func openPayload(_ stored: [UInt8], under name: ContentKeyName) throws -> [UInt8]? {
        guard let key = try keys.existingKey(named: name, in: session) else { return nil }
        return try SealedPayload(name: name, key: key).openJSON(stored)
    }

    package func latestCheckpoint() throws -> StoredCheckpoint? {
        try firstRow("SELECT size, root, note, time FROM checkpoint ORDER BY size DESC LIMIT 1").map(StoredCheckpoint.init(row:))
    }
}

extension StoredCheckpoint {
    package init(row: SQLRow) throws {
        guard let root = Digest(bytes: try row.blob(1)) else {
            throw JournalError(.contradiction, "a checkpoint's root is not a SHA-256")
        }
        self.init(
            size: try row.integer(0), root: root, note: try row.text(2),
            time: Timestamp(millisecondsSinceEpoch: try row.integer(3))
        )
    }
}
