package import Sealing
import Synchronization

/// The content keys of one journal: made when first needed, wrapped by the master key at rest, kept unwrapped in memory.
///
/// A key made inside a transaction that is then rolled back must be forgotten, and one destroyed in it must come back, so the
/// engine tells the ring how each transaction ended.
package final class KeyRing: Sendable {
    private let masterKey: ContentKey
    /// Guarded by the mutex: keys of committed transactions, and those of the one under way.
    private let state = Mutex(State())

    private struct State {
        var committed: [ContentKeyName: ContentKey] = [:]
        var pending: [ContentKeyName: ContentKey] = [:]
        /// Destroyed in the transaction under way.
        var destroyed: Set<ContentKeyName> = []
    }

    package init(masterKey: ContentKey) {
        self.masterKey = masterKey
    }

    /// The key, made now if there is none.
    /// - Throws: `keyDestroyed`: nothing new may be sealed for who has left.
    func key(
        named name: ContentKeyName, in transaction: any SQLTransaction, random: (Int) -> [UInt8]
    ) throws -> ContentKey {
        if let key = remembered(name) { return key }
        if let row = try transaction.firstRow("SELECT wrapped FROM content_key WHERE name = $1", [.text(name.text)]) {
            guard let wrapped = try row.optionalBlob(0) else {
                throw JournalError(.keyDestroyed, "the content key \(name.text) was destroyed")
            }
            let key = try unwrap(wrapped, name)
            state.withLock { $0.committed[name] = key }
            return key
        }
        let key = try ContentKey(bytes: random(ContentKey.byteCount))
        let wrapped = try wrap(key, name, random: random)
        try transaction.execute(BaseSchema.contentKey.insertSQL, [.text(name.text), .blob(wrapped)])
        state.withLock { $0.pending[name] = key }
        return key
    }

    /// The key; nil where it was destroyed or never made.
    func existingKey(named name: ContentKeyName, in session: any SQLSession) throws -> ContentKey? {
        if let key = remembered(name) { return key }
        let row = try session.rows("SELECT wrapped FROM content_key WHERE name = $1", [.text(name.text)]).first
        guard let wrapped = try row?.optionalBlob(0) else { return nil }
        // Not remembered: this session may be older than the key's destruction.
        return try unwrap(wrapped, name)
    }

    /// Destroys the stored key. From here on nothing opens under it in this transaction, nor anywhere once that is durable.
    func destroy(_ name: ContentKeyName, in transaction: any SQLTransaction) throws {
        try transaction.execute(BaseSchema.contentKey.putSQL, [.text(name.text), .null])
        state.withLock { state in
            state.pending[name] = nil
            state.destroyed.insert(name)
        }
    }

    /// True where the transaction under way destroyed a key.
    package var hasDestroyed: Bool { state.withLock { !$0.destroyed.isEmpty } }

    package func transactionEnded(committed: Bool) {
        state.withLock { state in
            if committed {
                state.committed.merge(state.pending) { _, new in new }
                for name in state.destroyed { state.committed[name] = nil }
            }
            state.pending = [:]
            state.destroyed = []
        }
    }

    private func remembered(_ name: ContentKeyName) -> ContentKey? {
        state.withLock { $0.destroyed.contains(name) ? nil : $0.committed[name] ?? $0.pending[name] }
    }

    private func wrap(_ key: ContentKey, _ name: ContentKeyName, random: (Int) -> [UInt8]) throws -> [UInt8] {
        guard let salt = CommitmentSalt(bytes: random(CommitmentSalt.byteCount)) else {
            throw JournalError(.storage, "the source of randomness gave too few bytes")
        }
        return try key.wrapped(
            under: masterKey, context: Array(name.text.utf8), nonce: random(SealedContent.nonceByteCount), salt: salt
        ).bytes
    }

    private func unwrap(_ wrapped: [UInt8], _ name: ContentKeyName) throws -> ContentKey {
        do {
            return try ContentKey(
                unwrapping: SealedContent(parsing: wrapped), under: masterKey, context: Array(name.text.utf8)
            )
        } catch {
            throw JournalError(.contradiction, "the master key does not unwrap \(name.text): \(error)")
        }
    }
}
