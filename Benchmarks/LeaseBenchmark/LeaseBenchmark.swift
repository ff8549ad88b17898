import CivilTime
import Clearinghouse
import Foundation
import Handling
import Journal
import JournalSQLite
import Sealing
import Synchronization

/// Claims a second of the lease service in process, durable in a SQLite journal, while ever more leases live.
///
///     LeaseBenchmark [--steps 10000,100000] [--askers 64]
///
/// Each step claims as many leases as it says beyond those that live, on targets of their own, asks for the same ones again (which
/// others hold), and sends heartbeats. Prints one JSON object a step.
@main
struct LeaseBenchmark {
    static func main() async throws {
        let steps = option("--steps")?.split(separator: ",").compactMap { Int($0) } ?? [10_000, 100_000]
        let askers = option("--askers").flatMap { Int($0) } ?? 256
        let folder = FileManager.default.temporaryDirectory.appending(path: "breakwater-leases-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try LeaseRun(path: folder.appending(path: "journal.db").path, askers: askers)
        var live = 0
        for step in steps {
            let count = step - live
            let claimed = try await run.claims(from: live, count: count, expecting: .granted)
            let asked = try await run.claims(from: live, count: min(count, 10_000), expecting: .held)
            let renewed = try await run.heartbeats(min(count, 10_000))
            live = step
            print(
                """
                {"live": \(live), "claimsPerSecond": \(Int(claimed)), "heldPerSecond": \(Int(asked)), \
                "heartbeatsPerSecond": \(Int(renewed))}
                """)
        }
    }

    private static func option(_ name: String) -> String? {
        let arguments = CommandLine.arguments
        return arguments.firstIndex(of: name).flatMap { arguments.indices.contains($0 + 1) ? arguments[$0 + 1] : nil }
    }
}

/// Many askers of one lease service.
final class LeaseRun: Sendable {
    enum Expectation { case granted, held }

    struct Unexpected: Error { let answer: ClaimAnswer }

    private let leases: Leases
    private let askers: Int
    private let held = HeldLeases()
    private let clock: AheadClock

    init(path: String, askers: Int) throws {
        let random: @Sendable (Int) -> [UInt8] = { count in
            // Eight bytes at a time: one at a time would measure the kernel.
            let words = (0..<(count + 7) / 8).map { _ in UInt64.random(in: .min ... .max) }
            return Array(words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }.prefix(count))
        }
        let clock = AheadClock()
        self.clock = clock
        let now: @Sendable () -> Timestamp = { clock.now }
        let key = try SigningKey(seed: Array(repeating: 9, count: 32))
        let journal = try SQLiteJournal(
            path: path,
            environment: JournalEnvironment(
                now: now, random: random, masterKey: try ContentKey(bytes: Array(repeating: 7, count: ContentKey.byteCount)),
                log: LogIdentity(origin: "benchmark.example", signingKey: key)
            ), projections: Projections.all
        )
        leases = Leases(
            journal: journal,
            environment: ClearinghouseEnvironment(
                now: now, random: random, identifierSecret: [1], signingKey: key, origin: "benchmark.example"
            ))
        self.askers = askers
    }

    /// Members enough that none reaches its limit, never the same for a lease and for who asks after it.
    private func member(_ number: Int, _ expectation: Expectation) -> Principal {
        let group = expectation == .granted ? "lab" : "other"
        return Principal(member: "\(group)-\(number / 400)", scopes: [.claimLeases])
    }

    /// - Returns: answers a second.
    func claims(from first: Int, count: Int, expecting expectation: Expectation) async throws -> Double {
        try await perSecond(count) { [leases, held] index in
            let number = first + index
            let scope = try ScanScope(
                target: ScanTarget("https://github.com/example/project\(number)@4f2a9c"), subsystem: "src",
                bugClass: BugClass("CWE-787"), toolFamily: "fuzzer"
            )
            let principal = self.member(number, expectation)
            let answer = try await leases.claim(ScanClaim(scope: scope, timeToLive: .seconds(3_600)), by: principal)
            switch (answer, expectation) {
            case (.granted(let lease, _), .granted): await held.add(lease, principal)
            case (.held, .held): break
            default: throw Unexpected(answer: answer)
            }
        }
    }

    /// Heartbeats of the latest leases, when a third of their time to live has passed: earlier ones are not recorded.
    func heartbeats(_ count: Int) async throws -> Double {
        let some = await held.last(count)
        clock.advance(byMilliseconds: 1_201_000)
        return try await perSecond(some.count) { [leases] index in
            let (lease, principal) = some[index]
            _ = try await leases.renew(lease.identifier, token: lease.token, by: principal)
        }
    }

    private func perSecond(_ count: Int, _ work: @escaping @Sendable (Int) async throws -> Void) async throws -> Double {
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for asker in 0..<askers {
                group.addTask { for index in stride(from: asker, to: count, by: self.askers) { try await work(index) } }
            }
            try await group.waitForAll()
        }
        let elapsed = (ContinuousClock.now - start).components
        return Double(count) / (Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18)
    }
}

/// The system's clock, set ahead.
final class AheadClock: Sendable {
    private let lead = Atomic<Int64>(0)

    var now: Timestamp {
        Timestamp(
            millisecondsSinceEpoch: Int64(Date().timeIntervalSince1970 * 1_000) + lead.load(ordering: .relaxed))
    }

    func advance(byMilliseconds count: Int64) { lead.add(count, ordering: .relaxed) }
}

/// What was granted.
actor HeldLeases {
    private var leases: [(Lease, Principal)] = []

    func add(_ lease: Lease, _ principal: Principal) { leases.append((lease, principal)) }

    func last(_ count: Int) -> [(Lease, Principal)] { Array(leases.suffix(count)) }
}
