package import Sealing
import Synchronization

/// The content keys of one transaction, or of one read: made when first needed, wrapped by the master key at rest, remembered
/// unwrapped for as long as the transaction lasts and no longer, because another process may destroy one.
package final class KeyRing: Sendable {
    private let masterKey: ContentKey
    private let state = Mutex(State())

    private struct State {
        var keys: [ContentKeyName: ContentKey] = [:]
        var hasDestroyed = false
    }

    package init(masterKey: ContentKey) {
        self.masterKey = masterKey
    }

    /// True where this transaction destroyed a key.
    package var hasDestroyed: Bool { state.withLock { $0.hasDestroyed } }

    /// The key, made now if there is none.
    /// - Throws: `keyDestroyed`: nothing new may be sealed for who has left.
    func key(
        named name: ContentKeyName, in transaction: any SQLTransaction, random: (Int) -> [UInt8]
    ) throws -> ContentKey {
        if let known = remembered(name) { return known }
        if let row = try transaction.firstRow("SELECT wrapped FROM content_key WHERE name = $1", [.text(name.text)]) {
            guard let wrapped = try row.optionalBlob(0) else {
                throw JournalError(.keyDestroyed, "the content key \(name.text) was destroyed")
            }
            return remember(try unwrap(wrapped, name), name)
        }
        let key = try ContentKey(bytes: random(ContentKey.byteCount))
        let wrapped = try wrap(key, name, random: random)
        try transaction.execute(BaseSchema.contentKey.insertSQL, [.text(name.text), .blob(wrapped)])
        return remember(key, name)
    }

    /// The key; nil where it was destroyed or never made.
    func existingKey(named name: ContentKeyName, in session: any SQLSession) throws -> ContentKey? {
        if let known = remembered(name) { return known }
        let row = try session.rows("SELECT wrapped FROM content_key WHERE name = $1", [.text(name.text)]).first
        guard let wrapped = try row?.optionalBlob(0) else { return nil }
        return remember(try unwrap(wrapped, name), name)
    }

    /// Destroys the stored key. From here on nothing opens under it in this transaction, nor anywhere once that is durable.
    func destroy(_ name: ContentKeyName, in transaction: any SQLTransaction) throws {
        try transaction.execute(BaseSchema.contentKey.putSQL, [.text(name.text), .null])
        state.withLock { state in
            state.keys[name] = nil
            state.hasDestroyed = true
        }
    }

    private func remembered(_ name: ContentKeyName) -> ContentKey? {
        state.withLock { $0.keys[name] }
    }

    private func remember(_ key: ContentKey, _ name: ContentKeyName) -> ContentKey {
        state.withLock { $0.keys[name] = key }
        return key
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
