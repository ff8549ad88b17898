import Foundation
import Host
import Journal

/// A PostgreSQL of one test's own, which it may crash: started by `scripts/postgres` in a directory of its own.
struct ThrowawayServer {
    let connectionString: String
    private let directory: String

    /// Nil where this machine has no PostgreSQL to start.
    static let isAvailable = FileManager.default.isExecutableFile(atPath: "/usr/lib/postgresql/15/bin/initdb")

    init() throws {
        // Short: a unix socket's path holds 107 bytes.
        directory = "/tmp/breakwater-fault-\(UInt32.random(in: .min ... .max))"
        connectionString = try ThrowawayServer.script("start", directory)
    }

    /// Stops it without a checkpoint or a word to its clients (`pg_ctl -m immediate`).
    func crash() throws { _ = try ThrowawayServer.script("crash", directory) }

    func restart() throws { _ = try ThrowawayServer.script("start", directory) }

    /// Starts it again as a standby that waits for a primary (PostgreSQL 15 documentation, section 27.2.4).
    func becomeStandby() throws {
        try crash()
        guard FileManager.default.createFile(atPath: directory + "/data/standby.signal", contents: nil) else {
            throw JournalError(.storage, "standby.signal can't be written")
        }
        try restart()
    }

    func remove() { _ = try? ThrowawayServer.script("stop", directory) }

    private static func script(_ arguments: String...) throws -> String {
        let tests = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let program = tests.appending(path: "../../scripts/postgres").standardizedFileURL.path
        // It says on its standard error why it failed.
        let (text, ending) = try HostProcess.run(.init(program, arguments, error: 2))
        guard ending == .exited(0) else { throw JournalError(.storage, "scripts/postgres \(arguments) failed") }
        return String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
