import Clearinghouse
import Journal
import Sealing
import TestKit
import Testing

extension PostgresTests {
    @Suite struct LeasesOfTwoServers {
        /// Servers with clocks of their own, which answer at the same time and end at any moment.
        @Test(arguments: 0..<6 as Range<UInt64>)
        func `of overlapping scopes one is held at a time`(seed: UInt64) async throws {
            try await withDatabase { database in
                let clocks = [FakeClock(), FakeClock()]
                let tally = try await LeaseConformance.check(seed: seed, atOnce: true) { server, life in
                    let random = SeededRandom(seed: seed &* 1_000 &+ UInt64(life) &* 10 &+ UInt64(server))
                    let keys = try TestEnvironment(seed: 0).journal
                    let clock = clocks[server]
                    let journal = try await database.journal(
                        JournalEnvironment(
                            now: { clock.now }, random: { random.bytes($0) }, masterKey: keys.masterKey, log: keys.log),
                        projections: Projections.all
                    )
                    let environment = ClearinghouseEnvironment(
                        now: { clock.now }, random: { random.bytes($0) }, identifierSecret: Array(repeating: 3, count: 32),
                        signingKey: try SigningKey(seed: Array(repeating: 5, count: 32)), origin: keys.log.origin
                    )
                    return LeaseConformance.Server(journal: journal, environment: environment, clock: clock)
                }
                #expect(tally.grants > 5 && tally.refusals > 5, "seed \(seed) tries too little: \(tally)")
            }
        }
    }
}
