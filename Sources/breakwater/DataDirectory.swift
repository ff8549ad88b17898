import CivilTime
import Clearinghouse
import Foundation
import Glibc
import Journal
import Sealing
import Server
import Synchronization

/// One directory that holds a whole clearinghouse: the journal and the keys. The journal may lie in PostgreSQL instead, and is
/// then shared by every server whose directory holds the same keys.
struct DataDirectory {
    let path: String
    let rooms: Rooms
    let database: JournalDatabase

    /// Opens the directory; what is missing is made, keys readable by their owner only.
    /// - Parameter wanted: the clearinghouse's name, for a new directory; nil takes what is there.
    /// - Parameter databaseURL: the PostgreSQL database that holds the journal; nil for a file in the directory.
    /// - Throws: `OpeningFailure`, or `JournalError` with `otherClearinghouse` where journal and keys do not belong together.
    init(path: String, origin wanted: String?, databaseURL: String?, scans: ScanSettings = .off) async throws {
        self.path = path
        // What members handed in stands in these files, parts of it in the clear: they are nobody else's on this machine.
        umask(0o077)
        database = try JournalDatabase(directory: path, url: databaseURL)
        let isBegun = FileManager.default.fileExists(atPath: path + "/keys/journal")
        let keys = try KeyFiles(directory: path + "/keys", mayMake: !isBegun)
        let clock: @Sendable () -> Timestamp = { DataDirectory.now() }
        let origin = try keys.text("origin", default: wanted ?? "breakwater.localhost")
        if let wanted, wanted != origin {
            throw OpeningFailure(reason: "\(path) is of the clearinghouse \(origin), whose log carries that name for good")
        }
        let clearinghouse = ClearinghouseEnvironment(
            now: clock, random: DataDirectory.random, identifierSecret: try keys.bytes("identifier.secret"),
            signingKey: try SigningKey(seed: keys.bytes("signing.seed")), origin: origin
        )
        let environment = JournalEnvironment(
            now: clock, random: DataDirectory.random, masterKey: try ContentKey(bytes: keys.bytes("master.key")),
            log: LogIdentity(origin: origin, signingKey: try SigningKey(seed: keys.bytes("log.seed"))),
            belonging: JournalBelonging(journal: keys.existingText("journal"), agreements: clearinghouse.agreements)
        )
        let journal = try await database.open(environment)
        // From now on these keys open this journal only. If we stop before, the next start writes it.
        _ = try keys.text("journal", default: try await journal.read { try $0.journalName() })
        rooms = Rooms(
            journal: journal, environment: clearinghouse, logKey: try environment.log.verifierKeyText(), runner: .sandboxed,
            scans: scans
        )
    }

    /// Makes the first member and its token when the journal is new, and keeps the token in `admin.token`.
    ///
    /// The secret is on disk before the journal counts it: a start that is killed in between is repeated with the same secret.
    func bootstrap() async throws {
        guard try await rooms.membership.isNew() else { return }
        let file = try KeyFiles(directory: path).text("admin.token", default: rooms.membership.newTokenText())
        // Another server with a directory of its own may have been first; its token counts then.
        if try await !rooms.membership.bootstrap(tokenText: file) { unlink(path + "/admin.token") }
    }

    /// The administrator's token of this directory.
    func administratorToken() throws -> String {
        guard let token = try KeyFiles(directory: path).existingText("admin.token") else {
            throw OpeningFailure(reason: "\(path)/admin.token is missing; issue a token with one you have")
        }
        return token
    }

    static func now() -> Timestamp {
        Timestamp(millisecondsSinceEpoch: Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down)))
    }

    @Sendable static func random(_ count: Int) -> [UInt8] {
        entropy.withLock { $0.take(count) }
    }

    private static let entropy = Mutex(EntropyBuffer())
}

/// The system's randomness, fetched a page at a time. Bytes are handed out once.
private struct EntropyBuffer {
    private var bytes: [UInt8] = []

    private static let pageByteCount = 4_096

    mutating func take(_ count: Int) -> [UInt8] {
        if bytes.count < count { refill(for: count) }
        defer { bytes.removeLast(count) }
        return Array(bytes.suffix(count))
    }

    private mutating func refill(for count: Int) {
        while bytes.count < max(count, EntropyBuffer.pageByteCount) {
            bytes += [UInt8](unsafeUninitializedCapacity: EntropyBuffer.callByteCount) { page, filled in
                filled = getentropy(page.baseAddress, page.count) == 0 ? page.count : 0
            }
        }
    }

    /// What getentropy(3) gives in one call; it fails for larger calls only.
    private static let callByteCount = 256
}
