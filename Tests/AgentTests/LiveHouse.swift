import Agent
import Clearinghouse
import Client
import Foundation
import JSONText
import Journal
import JournalSQLite
import Sealing
import Server
import TestKit
import TransparencyLog

/// A clearinghouse that answers over a socket of this machine, and the agent's directory beside it.
struct LiveHouse: Sendable {
    let journal: SQLiteJournal
    let url: String
    let agent: AgentDirectory
    private let adminToken: String

    /// The clearinghouse itself, which may do everything.
    var administrator: ClearinghouseClient { ClearinghouseClient(baseURL: url, token: adminToken) }

    /// Serves in a directory of its own for as long as `test` runs. Houses have the same keys, and other salts for other seeds.
    static func open(seed: UInt64 = 1, _ test: @escaping @Sendable (LiveHouse) async throws -> Void) async throws {
        try await TemporaryDirectory.make { directory in
            let environment = try TestEnvironment(seed: seed)
            let (clock, random) = (environment.clock, environment.random)
            let journal = try SQLiteJournal(
                path: directory + "/journal.sqlite", environment: environment.journal, projections: Projections.all
            )
            let rooms = Rooms(
                journal: journal,
                environment: ClearinghouseEnvironment(
                    now: { clock.now }, random: { random.bytes($0) }, identifierSecret: Array(repeating: 3, count: 32),
                    signingKey: try SigningKey(seed: Array(repeating: 5, count: 32)), origin: "log.example/test"
                ),
                logKey: try environment.journal.log.verifierKeyText(), runner: .sandboxed
            )
            let token = rooms.membership.newTokenText()
            try await rooms.membership.bootstrap(tokenText: token)
            let agent = try AgentDirectory(path: directory + "/agent")
            let server = BreakwaterServer(rooms: rooms, logLevel: "critical")
            try await Loopback.serve({ try await server.run(host: "127.0.0.1", port: 0, onReady: $0) }) { port in
                let url = "http://127.0.0.1:\(port)"
                try await test(LiveHouse(journal: journal, url: url, agent: agent, adminToken: token))
            }
        }
    }

    /// Records advisories, and has the log contain them.
    func publish(_ documents: [String]) async throws {
        let lines = documents.map { $0 + "\n" }.joined()
        let answer = try await administrator.bytes(
            .post, "/v1/advisories/import", Array(lines.utf8), type: "application/x-ndjson")
        guard try JSONValue(parsing: answer)["refused"]?.array?.isEmpty == true else {
            throw AgentError(.malformed, String(decoding: answer, as: UTF8.self))
        }
        _ = try await journal.integrate()
    }

    func pull(from other: String? = nil) async throws -> PullSummary {
        try await FeedPull(client: ClearinghouseClient(baseURL: other ?? url), directory: agent).run()
    }

    /// What the agent keeps: a refused pull must leave all of it as it was.
    func kept() -> [String: Data] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: agent.path)) ?? []
        return Dictionary(
            uniqueKeysWithValues: names.map { ($0, FileManager.default.contents(atPath: agent.path + "/" + $0) ?? Data()) })
    }
}

/// A server on a free port, for as long as a test uses it.
enum Loopback {
    static func serve(
        _ run: @escaping @Sendable (@escaping @Sendable (Int) async -> Void) async throws -> Void,
        _ test: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { continuation.finish() }
                try await run { continuation.yield($0) }
            }
            guard let port = await ports.first(where: { _ in true }) else {
                try await group.waitForAll()
                return
            }
            try await test(port)
            group.cancelAll()
        }
    }
}

enum TemporaryDirectory {
    /// Made for `body`, and removed behind it.
    static func make(_ body: (String) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("breakwater-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try await body(directory.path)
    }

    static func write(_ text: String, to path: String) throws {
        let file = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }
}
