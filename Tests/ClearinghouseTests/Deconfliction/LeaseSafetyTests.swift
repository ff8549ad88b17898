import CivilTime
import Foundation
import Journal
import JournalSQLite
import Sealing
import TestKit
import TestSupport
import Testing

@testable import Clearinghouse

/// No two holders of overlapping scopes, whatever clocks and processes do.
@Suite struct LeaseSafetyTests {
    /// Servers of one journal, each with a clock of its own that goes wrong, each of which may end at any moment.
    private final class Servers {
        let path: String
        private let clocks: [FakeClock]
        private var rooms: [Leases] = []
        private let seed: UInt64

        init(path: String, count: Int, seed: UInt64) throws {
            self.path = path
            self.seed = seed
            clocks = (0..<count).map { _ in FakeClock() }
            for server in 0..<count { rooms.append(try open(server, life: 0)) }
        }

        func pass(_ duration: Duration) { clocks.forEach { $0.advance(by: duration) } }

        /// Sets one clock forward or back.
        func skew(_ server: Int, by duration: Duration) { clocks[server].advance(by: duration) }

        subscript(server: Int) -> Leases { rooms[server] }

        /// A new process on the same file: nothing that the old one held in memory is there any more.
        func restart(_ server: Int, life: UInt64) throws { rooms[server] = try open(server, life: life) }

        private func open(_ server: Int, life: UInt64) throws -> Leases {
            let random = SeededRandom(seed: seed &* 1_000 &+ life &* 10 &+ UInt64(server))
            let keys = try TestEnvironment(seed: 0).journal
            let clock = clocks[server]
            let now: @Sendable () -> Timestamp = { clock.now }
            let journal = try SQLiteJournal(
                path: path,
                environment: JournalEnvironment(
                    now: now, random: { random.bytes($0) }, masterKey: keys.masterKey, log: keys.log
                ), projections: Projections.all
            )
            return Leases(
                journal: journal,
                environment: ClearinghouseEnvironment(
                    now: now, random: { random.bytes($0) }, identifierSecret: Array("a secret".utf8),
                    signingKey: House.clearinghouseKey, origin: "breakwater.example"
                ))
        }
    }

    @Test(arguments: 0..<24 as Range<UInt64>)
    func `of overlapping scopes one is held at a time, with clocks astray and servers that end`(seed: UInt64) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "breakwater-leases-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var generator = SeededGenerator(seed: seed)
        let servers = try Servers(path: folder.appending(path: "journal.db").path, count: 2, seed: seed)
        let members = (0..<4).map { Principal(member: "lab-\($0)", scopes: [.claimLeases]) }
        var held: [(lease: Lease, owner: Int)] = []
        var (grants, refusals) = (0, 0)
        for step in 0..<160 {
            let server = Int.random(in: 0..<2, using: &generator)
            switch Int.random(in: 0..<10, using: &generator) {
            case 0: servers.skew(server, by: .seconds(Int.random(in: -3_600...3_600, using: &generator)))
            case 1: try servers.restart(server, life: UInt64(step) + 1)
            case 2: servers.pass(.seconds(Int.random(in: 1...40, using: &generator)))
            case 3...6:
                let owner = Int.random(in: 0..<members.count, using: &generator)
                let claim = try ScanClaim(
                    scope: try RandomScope.scope(using: &generator),
                    timeToLive: .seconds(Int.random(in: 10...120, using: &generator))
                )
                guard case .granted(let lease, _) = try await servers[server].claim(claim, by: members[owner]) else {
                    refusals += 1
                    continue
                }
                grants += 1
                held.append((lease, owner))
            default:
                guard let (lease, owner) = held.randomElement(using: &generator) else { continue }
                // Also of leases that ended long ago: a holder who slept does not know it.
                if Bool.random(using: &generator) {
                    _ = try? await servers[server].renew(lease.identifier, token: lease.token, by: members[owner])
                } else {
                    _ = try? await servers[server].release(
                        lease.identifier, token: lease.token, ScanResult(isComplete: true, findingCount: 0), by: members[owner]
                    )
                }
            }
        }
        let records = try await servers[0].journal.read { try $0.records(from: 0, limit: .max) }
        let history = try LeaseHistory(records)
        #expect(history.faults.isEmpty, "seed \(seed)")
        #expect(history.lives.count == grants, "seed \(seed): a grant that was answered is recorded")
        #expect(grants > 5 && refusals > 5, "seed \(seed) tries nothing: \(grants) grants, \(refusals) refusals")
    }

    @Test func `of many claims at once exactly one is granted`() async throws {
        let house = try House()
        let claim = try ScanClaim(scope: ScanScope(target: ScanTarget("pkg:npm/left-pad")))
        let grants = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let answer = try await house.leases.claim(
                        claim, by: Principal(member: "lab-\(number)", scopes: [.claimLeases]))
                    if case .granted = answer { return true }
                    return false
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(grants == 1)
    }
}
