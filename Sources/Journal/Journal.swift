package import CivilTime
package import Sealing
import TransparencyLog

/// The append-only journal: the one place where a fact is written, and the tables derived from it.
///
/// Promises of every engine (held to by `JournalConformance` in TestKit):
/// - an append returns only when its records, the changes of every projection and the jobs they enqueue are durable, all in
///   one transaction; if it throws, none of them are there (but see `JournalError.Code.storage`);
/// - sequences have no gaps and are given in commit order; times never go backwards;
/// - decisions are serial: a decision reads every append before it and no append after it;
/// - a read sees one consistent state.
package protocol Journal: Sendable {
    /// The only write. `decide` reads the current state and answers with the records to append; it must be pure apart from
    /// those reads. If it throws, nothing is written and its error is rethrown.
    func append<Answer: Sendable>(
        _ decide: @escaping @Sendable (JournalSnapshot) throws -> Decision<Answer>
    ) async throws -> Appended<Answer>

    /// Runs queries against one consistent state.
    func read<Answer: Sendable>(_ query: @escaping @Sendable (JournalSnapshot) throws -> Answer) async throws -> Answer

    /// Brings the transparency log up to the journal: stores the tiles of the records since the last checkpoint and signs a
    /// new one, in one transaction. Nil where there was nothing new.
    func integrate() async throws -> StoredCheckpoint?

    /// Leases a job of these kinds that nobody holds, until `duration` from now; nil where there is none. The oldest that nobody ever
    /// held comes first, then the one that was given back first: jobs that are done in portions take turns.
    func leaseJob(kinds: [String], for duration: Duration) async throws -> LeasedJob?

    /// Holds a leased job for longer, from now on: for work that may take long, under a lease short enough that the job of a killed
    /// holder is soon free again.
    /// - Returns: false where the lease had ended and another holder has the job, or it is done.
    func renewJob(_ job: LeasedJob, for duration: Duration) async throws -> Bool

    /// Gives a job back before its lease ends, for others to take at once or when it said.
    func releaseJob(_ job: LeasedJob, as release: JobRelease) async throws

    /// Drops the rows of every projection and derives them again from the records.
    /// - Returns: the number of records replayed.
    func rebuild() async throws -> Int64
}

/// What a decision wants appended, and what it answers its caller once that is durable.
package struct Decision<Answer: Sendable>: Sendable {
    package let drafts: [RecordDraft]
    /// Content keys that end with these drafts, which say why. What was sealed under them can't be read again by anyone; the
    /// commitments stay in the log. Tables are derived from what can still be read, so in the same transaction every
    /// projection is derived again: costly, and as rare as a member who leaves. Only keys that one projection owns
    /// (`Projection.ownKeyPrefix`) end without that: their records take their rows away themselves.
    package let destroying: [ContentKeyName]
    package let answer: Answer

    package init(_ drafts: [RecordDraft], destroying: [ContentKeyName] = [], answer: Answer) {
        self.drafts = drafts
        self.destroying = destroying
        self.answer = answer
    }
}

extension Decision where Answer == Void {
    package init(_ drafts: [RecordDraft], destroying: [ContentKeyName] = []) {
        self.init(drafts, destroying: destroying, answer: ())
    }
}

package struct Appended<Answer: Sendable>: Sendable {
    package let answer: Answer
    package let receipts: [RecordReceipt]

    package init(answer: Answer, receipts: [RecordReceipt]) {
        self.answer = answer
        self.receipts = receipts
    }
}

extension Journal {
    /// Appends records that need no reading first; each draft's `expectedVersion` still holds.
    @discardableResult
    package func append(_ drafts: [RecordDraft]) async throws -> [RecordReceipt] {
        try await append { _ in Decision(drafts) }.receipts
    }
}

/// What an engine is given from outside, so that tests decide time and chance.
package struct JournalEnvironment: Sendable {
    package let now: @Sendable () -> Timestamp
    /// This many unpredictable bytes.
    package let random: @Sendable (Int) -> [UInt8]
    /// Wraps the content keys at rest.
    package let masterKey: ContentKey
    package let log: LogIdentity
    package let belonging: JournalBelonging

    package init(
        now: @escaping @Sendable () -> Timestamp, random: @escaping @Sendable (Int) -> [UInt8], masterKey: ContentKey,
        log: LogIdentity, belonging: JournalBelonging = JournalBelonging()
    ) {
        self.now = now
        self.random = random
        self.masterKey = masterKey
        self.log = log
        self.belonging = belonging
    }
}

/// What a server knows of the database it should find, beside the log's key and the master key; see `JournalOwnership`.
package struct JournalBelonging: Sendable {
    /// The journal that these keys signed before; nil for keys that signed none yet.
    package let journal: String?
    /// What else servers of one database must have in common, as values that may be seen.
    package let agreements: [(name: String, value: String)]

    package init(journal: String? = nil, agreements: [(name: String, value: String)] = []) {
        self.journal = journal
        self.agreements = agreements
    }
}

/// The transparency log's name and key. The origin is the first line of every checkpoint (C2SP tlog-checkpoint) and the key
/// name of its signature.
package struct LogIdentity: Sendable {
    package let origin: String
    package let signingKey: SigningKey

    /// Whether a text can be an origin: the name of a key in signed notes (C2SP signed-note), for good.
    package static func isOrigin(_ text: String) -> Bool { (try? NoteKeyName(text)) != nil }

    package init(origin: String, signingKey: SigningKey) {
        self.origin = origin
        self.signingKey = signingKey
    }
}

/// A checkpoint as it was signed and stored.
package struct StoredCheckpoint: Sendable {
    package let size: Int64
    package let root: Digest
    /// The signed note, byte for byte.
    package let note: String
    package let time: Timestamp

    package init(size: Int64, root: Digest, note: String, time: Timestamp) {
        self.size = size
        self.root = root
        self.note = note
        self.time = time
    }
}

extension LogIdentity {
    /// The signed checkpoint of a tree head (C2SP tlog-checkpoint).
    func signedNote(_ head: TreeHead) throws -> String {
        let checkpoint = try Checkpoint(origin: origin, treeHead: head)
        let signer = NoteSigner(name: try NoteKeyName(origin), key: signingKey)
        let note = try checkpoint.note(signedBy: [signer.signature(over: checkpoint.text)])
        return String(decoding: note, as: UTF8.self)
    }

    /// The key others verify checkpoints with, as C2SP signed-note writes it.
    package func verifierKeyText() throws -> String {
        NoteSigner(name: try NoteKeyName(origin), key: signingKey).verifier.vkey ?? ""
    }
}
