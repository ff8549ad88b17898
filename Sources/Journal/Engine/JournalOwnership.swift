import Sealing
import TransparencyLog

/// Whose a database is: what every server that opens it has in common.
///
/// A server with another origin or log key would sign a second history of the same records, and one with another master key
/// could open nothing that the others seal. The first opening therefore writes down what it came with, and every later one is
/// compared with that before it writes anything. No secret is written: of the master key there is a box only it opens.
package enum JournalOwnership {
    /// The setting that names the journal: made once, with the database, and the same in every copy of it.
    static let journalName = "journal"
    private static let originName = "origin"
    private static let logKeyName = "log key"
    private static let masterKeyName = "master key"

    /// Compares this server with what the database was begun with; writes that where the database is new, or was begun before
    /// anything was written down and its content agrees. The transaction must be exclusive.
    /// - Throws: `otherClearinghouse`; nothing was written.
    package static func claim(in transaction: any SQLTransaction, environment: JournalEnvironment) throws {
        let rows = try transaction.rows("SELECT name, value FROM setting")
        let settings = Dictionary(try rows.map { (try $0.text(0), try $0.text(1)) }) { first, _ in first }
        if settings[journalName] == nil { try checkContent(in: transaction, environment: environment) }
        try checkJournal(settings[journalName], environment.belonging.journal)
        let expected =
            [(originName, environment.log.origin), (logKeyName, try environment.log.verifierKeyText())]
            + environment.belonging.agreements.map { ($0.name, $0.value) }
        for (name, value) in expected {
            guard let stored = settings[name] else { continue }
            guard stored.utf8.elementsEqual(value.utf8) else { throw other(name, stored: stored, own: value) }
        }
        if let box = settings[masterKeyName] { try checkMasterKey(box, environment.masterKey) }
        var missing = expected.filter { settings[$0.0] == nil }
        if settings[journalName] == nil { missing.append((journalName, Hexadecimal.encode(environment.random(16)))) }
        if settings[masterKeyName] == nil { missing.append((masterKeyName, try masterKeyBox(environment))) }
        for (name, value) in missing { try transaction.execute(BaseSchema.setting.insertSQL, [.text(name), .text(value)]) }
    }

    /// Keys that signed one journal must never sign another: whoever saw the first log would see a fork.
    private static func checkJournal(_ stored: String?, _ own: String?) throws {
        guard let own, stored != own else { return }
        throw JournalError(
            .otherClearinghouse,
            "this server's keys belong to the journal \(own), and this database "
                + (stored.map { "holds the journal \($0)" } ?? "holds none yet") + ": one log would have two histories"
        )
    }

    private static func other(_ name: String, stored: String, own: String) -> JournalError {
        let difference =
            name == originName
            ? "the database is of the clearinghouse \(stored), this server is of \(own)"
            : "this server's \(name) is not the one the database was begun with"
        return JournalError(.otherClearinghouse, "\(difference): servers of one database have the same keys and origin")
    }
}

// The master key's own row.
extension JournalOwnership {
    private static let masterKeyProof = Array("this journal's master key".utf8)
    private static let masterKeyContext = Array("setting/master key".utf8)

    private static func masterKeyBox(_ environment: JournalEnvironment) throws -> String {
        guard let salt = CommitmentSalt(bytes: environment.random(CommitmentSalt.byteCount)) else {
            throw JournalError(.storage, "the source of randomness gave too few bytes")
        }
        let nonce = environment.random(SealedContent.nonceByteCount)
        let box = try environment.masterKey.seal(masterKeyProof, context: masterKeyContext, nonce: nonce, salt: salt)
        return Hexadecimal.encode(box.bytes)
    }

    private static func checkMasterKey(_ stored: String, _ masterKey: ContentKey) throws {
        let box = Hexadecimal.decode(stored).flatMap { try? SealedContent(parsing: $0) }
        let proof = box.flatMap { try? masterKey.open($0, context: masterKeyContext) }
        guard proof?.content == masterKeyProof else { throw other(masterKeyName, stored: stored, own: "") }
    }
}

// A database that nothing was written down of.
extension JournalOwnership {
    /// Asks the latest checkpoint and a content key, as far as there are any.
    private static func checkContent(in transaction: any SQLTransaction, environment: JournalEnvironment) throws {
        let keys = KeyRing(masterKey: environment.masterKey)
        let snapshot = JournalSnapshot(session: transaction, keys: keys)
        if let checkpoint = try snapshot.latestCheckpoint() { try checkSignature(of: checkpoint, environment.log) }
        let name = try snapshot.firstRow("SELECT name FROM content_key WHERE wrapped IS NOT NULL LIMIT 1")?.text(0)
        guard let name else { return }
        guard (try? keys.existingKey(named: ContentKeyName(name), in: transaction)) != nil else {
            throw other(masterKeyName, stored: "", own: "")
        }
    }

    private static func checkSignature(of checkpoint: StoredCheckpoint, _ log: LogIdentity) throws {
        let trusted = TrustedLog(origin: log.origin, verifiers: [try NoteVerifier(vkey: log.verifierKeyText())])
        do throws(TransparencyLogError) {
            _ = try UnverifiedCheckpoint(parsing: Array(checkpoint.note.utf8)).verified(as: trusted)
        } catch {
            throw JournalError(
                .otherClearinghouse,
                "the database's checkpoint at \(checkpoint.size) is not of this server's log: \(error.reason)"
            )
        }
    }
}

extension JournalSnapshot {
    /// The journal's name, made with its database; to be kept with the keys, see `JournalBelonging`.
    package func journalName() throws -> String {
        let row = try firstRow("SELECT value FROM setting WHERE name = $1", [.text(JournalOwnership.journalName)])
        guard let row else { throw JournalError(.contradiction, "the database does not say which journal it holds") }
        return try row.text(0)
    }
}
