import CivilTime
import Clearinghouse
import Foundation
import Journal
import JournalSQLite
import Sealing
import Server
import Synchronization

/// One directory that holds a whole clearinghouse: the journal and the keys.
struct DataDirectory {
    let path: String
    let rooms: Rooms

    /// Opens the directory; what is missing is made, keys readable by their owner only.
    init(path: String, origin: String) throws {
        self.path = path
        let keys = try KeyFiles(directory: path + "/keys")
        let clock: @Sendable () -> Timestamp = { DataDirectory.now() }
        let logKey = try SigningKey(seed: keys.bytes("log.seed"))
        let environment = JournalEnvironment(
            now: clock, random: DataDirectory.random, masterKey: try ContentKey(bytes: keys.bytes("master.key")),
            log: LogIdentity(origin: try keys.text("origin", default: origin), signingKey: logKey)
        )
        let journal = try SQLiteJournal(
            path: path + "/journal.db", environment: environment, projections: Projections.all
        )
        rooms = Rooms(
            journal: journal,
            environment: ClearinghouseEnvironment(
                now: clock, random: DataDirectory.random, identifierSecret: try keys.bytes("identifier.secret"),
                signingKey: try SigningKey(seed: keys.bytes("signing.seed")), origin: environment.log.origin
            ),
            logKey: try environment.log.verifierKeyText(), runner: .sandboxed
        )
    }

    /// Makes the first member and its token when the directory is new, and keeps the token in `admin.token`.
    func bootstrap() async throws {
        guard let token = try await rooms.membership.bootstrap() else { return }
        try KeyFiles.write(token.secretText + "\n", to: path + "/admin.token")
    }

    /// The administrator's token of this directory.
    func administratorToken() throws -> String {
        guard let bytes = FileManager.default.contents(atPath: path + "/admin.token") else {
            throw KeyFiles.Failure(reason: "\(path)/admin.token is missing; issue a token with one you have")
        }
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
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
        var generator = SystemRandomNumberGenerator()
        while bytes.count < max(count, EntropyBuffer.pageByteCount) {
            withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) }
        }
    }
}

/// The secrets of a data directory, each a file of hexadecimal digits made on first use.
struct KeyFiles {
    struct Failure: Error, CustomStringConvertible {
        let reason: String
        var description: String { reason }
    }

    let directory: String

    init(directory: String) throws {
        self.directory = directory
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]
        )
    }

    func bytes(_ name: String) throws -> [UInt8] {
        let text = try text(name, default: Hexadecimal.encode(DataDirectory.random(32)))
        guard let bytes = Hexadecimal.decode(text), bytes.count == 32 else {
            throw Failure(reason: "\(directory)/\(name) is not 64 hexadecimal digits")
        }
        return bytes
    }

    func text(_ name: String, default fallback: String) throws -> String {
        let file = "\(directory)/\(name)"
        if let bytes = FileManager.default.contents(atPath: file) {
            return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        }
        try KeyFiles.write(fallback + "\n", to: file)
        return fallback
    }

    /// Whole or not at all, readable by the owner only.
    static func write(_ text: String, to file: String) throws {
        let temporary = file + ".new"
        guard
            FileManager.default.createFile(
                atPath: temporary, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]
            ), let handle = FileHandle(forWritingAtPath: temporary)
        else { throw Failure(reason: "\(file) can't be written") }
        try handle.synchronize()
        try handle.close()
        guard rename(temporary, file) == 0 else { throw Failure(reason: "\(file) can't be written") }
    }
}
