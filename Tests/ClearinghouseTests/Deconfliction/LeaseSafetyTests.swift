import CivilTime
import Foundation
import Journal
import JournalSQLite
import Sealing
import TestKit
import TestSupport
import Testing

@testable import Clearinghouse

/// No two holders of one bug, whatever clocks and processes do.
@Suite struct LeaseSafetyTests {
    @Test(arguments: 0..<24 as Range<UInt64>)
    func `of overlapping scopes one is held at a time, with clocks astray and servers that end`(seed: UInt64) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "breakwater-leases-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "journal.db").path
        let clocks = [FakeClock(), FakeClock()]
        let tally = try await LeaseConformance.check(seed: seed) { server, life in
            let random = SeededRandom(seed: seed &* 1_000 &+ UInt64(life) &* 10 &+ UInt64(server))
            let keys = try TestEnvironment(seed: 0).journal
            let clock = clocks[server]
            let journal = try SQLiteJournal(
                path: path,
                environment: JournalEnvironment(
                    now: { clock.now }, random: { random.bytes($0) }, masterKey: keys.masterKey, log: keys.log
                ), projections: Projections.all
            )
            let environment = ClearinghouseEnvironment(
                now: { clock.now }, random: { random.bytes($0) }, identifierSecret: Array("a secret".utf8),
                signingKey: House.clearinghouseKey, origin: "breakwater.example"
            )
            return LeaseConformance.Server(journal: journal, environment: environment, clock: clock)
        }
        #expect(tally.grants > 5 && tally.refusals > 5 && tally.renewals > 0, "seed \(seed) tries too little: \(tally)")
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
