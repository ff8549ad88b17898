import Foundation
import Hummingbird
import HummingbirdTesting
import Journal
import JournalSQLite
import NIOCore
import Sealing
import TestKit

@testable import Clearinghouse
@testable import Server

/// A whole clearinghouse in a directory of its own, whose time, chance and sandbox a test decides.
struct TestClearinghouse: Sendable {
    let environment: TestEnvironment
    let journal: SQLiteJournal
    let rooms: Rooms
    /// A token that may do everything; its member is the clearinghouse itself.
    let adminToken: String

    static let origin = "breakwater.example"

    private init(directory: URL, seed: UInt64, runner: ReplayRunner, scans: ScanSettings) async throws {
        let environment = try TestEnvironment(seed: seed)
        let (clock, random) = (environment.clock, environment.random)
        let journal = try SQLiteJournal(
            path: directory.appendingPathComponent("journal.sqlite").path, environment: environment.journal,
            projections: Projections.all
        )
        self.environment = environment
        self.journal = journal
        rooms = Rooms(
            journal: journal,
            environment: ClearinghouseEnvironment(
                now: { clock.now }, random: { random.bytes($0) }, identifierSecret: Array(repeating: 3, count: 32),
                signingKey: try SigningKey(seed: Array(repeating: 5, count: 32)), origin: TestClearinghouse.origin
            ),
            logKey: try environment.journal.log.verifierKeyText(), runner: runner, scans: scans
        )
        adminToken = rooms.membership.newTokenText()
        try await rooms.membership.bootstrap(tokenText: adminToken)
    }

    var clock: FakeClock { environment.clock }

    var application: some ApplicationProtocol {
        Application(router: BreakwaterServer(rooms: rooms, logLevel: "critical").router())
    }

    /// Opens a clearinghouse, lets the test talk to it in process, and removes its directory.
    static func open(
        seed: UInt64 = 1, runner: ReplayRunner = FakeSandbox.crashingUnlessPatched, scans: ScanSettings = .off,
        _ test: @escaping @Sendable (Desk) async throws -> Void
    ) async throws {
        try await inDirectory { directory in
            let house = try await TestClearinghouse(directory: directory, seed: seed, runner: runner, scans: scans)
            try await house.application.test(.router) { client in
                try await test(Desk(house: house, client: client))
            }
        }
    }

    /// The same over a real socket on this machine, with the workers running.
    static func openLive(
        seed: UInt64 = 1, _ test: @escaping @Sendable (TestClearinghouse, Int) async throws -> Void
    ) async throws {
        try await inDirectory { directory in
            let house = try await TestClearinghouse(
                directory: directory, seed: seed, runner: FakeSandbox.crashingUnlessPatched, scans: .off)
            let server = BreakwaterServer(rooms: house.rooms, logLevel: "critical")
            let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run(host: "127.0.0.1", port: 0) { continuation.yield($0) } }
                guard let port = await ports.first(where: { _ in true }) else { return }
                try await test(house, port)
                group.cancelAll()
            }
        }
    }

    private static func inDirectory(_ body: (URL) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("breakwater-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try await body(directory)
    }
}
