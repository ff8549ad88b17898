import CivilTime
import Handling
import JSONText
import Sealing

/// The appends of one transaction: gives records their places, seals, commits to them, and applies every projection.
///
/// Lives inside one transaction of one engine and is used by one thread. Several appends share a run when they are committed
/// together; each either writes all its drafts or throws before writing anything.
package final class AppendRun {
    private let transaction: any SQLTransaction
    private let environment: JournalEnvironment
    private let projections: [Projection]
    private let keys: KeyRing
    private var nextSequence: Int64
    private var time: Timestamp
    /// True after a write failed in the middle of an append: the transaction must be rolled back.
    package private(set) var hasHalfWritten = false

    package init(
        in transaction: any SQLTransaction, environment: JournalEnvironment, projections: [Projection], keys: KeyRing
    ) throws {
        self.transaction = transaction
        self.environment = environment
        self.projections = projections
        self.keys = keys
        let last = try transaction.firstRow("SELECT sequence, time FROM record ORDER BY sequence DESC LIMIT 1")
        nextSequence = try last.map { try $0.integer(0) + 1 } ?? 0
        let lastTime = try last.map { Timestamp(millisecondsSinceEpoch: try $0.integer(1)) }
        // A clock set back must not let a later record claim an earlier time.
        time = max(environment.now(), lastTime ?? environment.now())
    }

    package var snapshot: JournalSnapshot {
        JournalSnapshot(session: transaction, keys: keys, appendingAt: time)
    }

    /// - Throws: `versionConflict` or `payloadTooLarge` before anything is written; any other error after which the
    ///   transaction must be rolled back.
    package func append<Answer>(_ decision: Decision<Answer>) throws -> [RecordReceipt] {
        let receipts = try append(decision.drafts)
        try destroy(decision.destroying, because: receipts)
        return receipts
    }

    private func append(_ drafts: [RecordDraft]) throws -> [RecordReceipt] {
        var versions = try versionsBefore(drafts)
        try drafts.forEach(requirePayloadThatFits)
        hasHalfWritten = true
        let receipts = try drafts.map { draft in
            let version = versions[draft.stream, default: 0] + 1
            versions[draft.stream] = version
            return try write(draft, version: version)
        }
        hasHalfWritten = false
        return receipts
    }

    private func destroy(_ names: [ContentKeyName], because receipts: [RecordReceipt]) throws {
        guard !names.isEmpty else { return }
        hasHalfWritten = true
        guard !receipts.isEmpty else {
            throw JournalError(.contradiction, "a content key is destroyed and no record says so")
        }
        for name in names { try keys.destroy(name, in: transaction) }
        // The records themselves took away what came of keys that one projection owns; of every other key only a replay knows.
        if names.contains(where: { name in !projections.contains { $0.owns(name) } }) {
            _ = try Replay.run(projections.filter { $0.ownKeyPrefix == nil }, in: transaction, keys: keys)
        }
        hasHalfWritten = false
    }

    private func versionsBefore(_ drafts: [RecordDraft]) throws -> [StreamName: Int64] {
        var versions: [StreamName: Int64] = [:]
        for draft in drafts {
            let known = versions[draft.stream]
            let version = try known ?? snapshot.version(of: draft.stream)
            versions[draft.stream] = version
            // A later draft of the same append sees the stream as it was before all of them.
            if let expected = draft.expectedVersion, known == nil, expected != version {
                throw JournalError(.versionConflict, "\(draft.stream) stands at \(version), expected \(expected)")
            }
        }
        return versions
    }

    private func requirePayloadThatFits(_ draft: RecordDraft) throws {
        guard draft.payloadByteCount <= JournalLimits.maximumPayloadByteCount else {
            throw JournalError(.payloadTooLarge, "the payload of \(draft.kind) has \(draft.payloadByteCount) bytes")
        }
    }

    private func write(_ draft: RecordDraft, version: Int64) throws -> RecordReceipt {
        let stored = try storedPayload(of: draft)
        guard let salt = CommitmentSalt(bytes: environment.random(CommitmentSalt.byteCount)) else {
            throw JournalError(.storage, "the source of randomness gave too few bytes")
        }
        let label = draft.label.description
        let body = RecordBody.bytes(
            stream: draft.stream, version: version, kind: draft.kind, actor: draft.actor, label: label, time: time,
            payload: stored
        )
        let record = JournalRecord(
            sequence: nextSequence, stream: draft.stream, version: version, kind: draft.kind, actor: draft.actor,
            label: label, time: time, contentKey: draft.sealedUnder, storedPayload: stored, payload: draft.payload,
            salt: salt, commitment: RecordBody.commitment(to: body, salt: salt)
        )
        try transaction.execute(BaseSchema.record.insertSQL, record.columnValues)
        for content in draft.contents { try write(content, sealedUnder: draft.sealedUnder) }
        try project(record, contents: draft.contents)
        nextSequence += 1
        return RecordReceipt(
            sequence: record.sequence, stream: record.stream, version: version, time: time, commitment: record.commitment
        )
    }

    private func storedPayload(of draft: RecordDraft) throws -> [UInt8] {
        guard let name = draft.sealedUnder else { return draft.canonicalPayload }
        return try box(name).sealJSON(draft.canonicalPayload, random: environment.random)
    }

    private func write(_ content: Content, sealedUnder name: ContentKeyName?) throws {
        let stored = try name.map { try box($0).seal(content.bytes, random: environment.random) } ?? content.bytes
        try transaction.execute(
            BaseSchema.content.insertIfAbsentSQL,
            [.blob(content.digest.bytes), .text(name?.text ?? ""), .blob(stored)]
        )
    }

    private func box(_ name: ContentKeyName) throws -> SealedPayload {
        SealedPayload(name: name, key: try keys.key(named: name, in: transaction, random: environment.random))
    }

    private func project(_ record: JournalRecord, contents: [Content]) throws {
        let snapshot = snapshot
        let lookup = ContentLookup(derivedAlready: { digest in contents.first { $0.digest == digest }?.derived }) { digest in
            // The bytes just handed in need no reading back.
            contents.first { $0.digest == digest }?.bytes
                ?? (try? snapshot.content(digest, sealedUnder: record.contentKey))
        }
        for projection in projections {
            for change in projection.changes(record, lookup) {
                let (sql, parameters) = change.statement
                try transaction.execute(sql, parameters)
            }
        }
    }
}

/// Limits of the journal, each with its reason.
package enum JournalLimits {
    /// A record is read whole on every replay; documents belong into contents.
    package static let maximumPayloadByteCount = 4 * 1_024 * 1_024
    /// Records read at once by a replay: enough to amortise the query, little enough to hold.
    package static let replayPageSize: Int64 = 1_000
    /// Bytes of payloads read at once by a replay, beyond the first of them.
    package static let replayPageByteCount: Int64 = 16 * 1_024 * 1_024
}
