package import CivilTime
package import JSONText

/// Work that a record asks for and a later record completes.
///
/// The queue is a projection: `enqueue` and `complete` are row changes that projections answer, so a job is there exactly
/// when its request is in the journal and its result is not, whatever was killed in between. Leases are not facts and live in
/// a table of their own.
package enum Job {
    package static let table = TableSchema(
        "job",
        columns: [.text("id"), .text("kind"), .text("payload"), .integer("queued")],
        primaryKey: ["id"],
        indexes: [["kind", "queued"]]
    )

    package static func enqueue(_ id: String, kind: String, payload: JSONValue, at sequence: Int64) -> RowChange {
        let text = String(decoding: payload.canonicalBytes(), as: UTF8.self)
        return .insert(table, [.text(id), .text(kind), .text(text), .integer(sequence)])
    }

    package static func complete(_ id: String) -> RowChange {
        .delete(table, keyPrefix: [.text(id)])
    }
}

/// How a holder gives a job back.
package enum JobRelease: Sendable, Hashable {
    /// It failed: one of its attempts is used up.
    case tried
    /// The job itself was not to blame; it counts as no attempt.
    case untried
    /// It was brought further: its attempts count from the beginning.
    case advanced
    /// Nobody can go on with it for so long; it counts as no attempt, and nobody is given it before.
    case waiting(Duration)
}

/// A job somebody holds for a while. The token fences: a holder whose lease ended can't release the next holder's.
package struct LeasedJob: Sendable {
    package let id: String
    package let kind: String
    package let payload: JSONValue
    package let token: String
    package let until: Timestamp
    /// 1 for the first time this job is tried.
    package let attempt: Int64

    package init(id: String, kind: String, payload: JSONValue, token: String, until: Timestamp, attempt: Int64) {
        self.id = id
        self.kind = kind
        self.payload = payload
        self.token = token
        self.until = until
        self.attempt = attempt
    }
}
