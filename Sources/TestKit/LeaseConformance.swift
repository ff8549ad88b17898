import CivilTime
package import Clearinghouse
package import Journal
import TestSupport

/// No two holders of one bug, whatever clocks, processes, names and maintainers do: held against any engine of the journal, with as
/// many servers on one database as one likes.
package enum LeaseConformance {
    /// One server, and the clock that it goes by.
    package struct Server: Sendable {
        let clock: FakeClock
        let journal: any Journal
        let leases: Leases
        let targets: Targets

        package init(journal: any Journal, environment: ClearinghouseEnvironment, clock: FakeClock) {
            self.clock = clock
            self.journal = journal
            leases = Leases(journal: journal, environment: environment)
            targets = Targets(journal: journal, environment: environment)
        }
    }

    /// How much a walk did, so that one which tried nothing does not pass unseen.
    package struct Tally: Sendable {
        package var grants = 0
        package var refusals = 0
        package var renewals = 0
        package var preemptions = 0
    }

    /// Lets members claim, keep and end leases through servers whose clocks go wrong and which end at any moment, while a target gains
    /// and loses a name and another opts out and in; and reads every record after every round.
    /// - Parameter atOnce: true to let the servers do a step each at the same time.
    /// - Parameter open: a server on the database, in its first or a later life.
    /// - Throws: `JournalConformance.Violation` with the seed and what must not have happened.
    package static func check(
        seed: UInt64, serverCount: Int = 2, rounds: Int = 300, atOnce: Bool = false,
        open: @escaping @Sendable (_ server: Int, _ life: Int) async throws -> Server
    ) async throws -> Tally {
        var walk = try await LeaseWalk(seed: seed, serverCount: serverCount, open: open)
        for round in 1...rounds {
            try await walk.round(round, steps: atOnce ? serverCount : 1)
            if let fault = walk.account.faults.first {
                throw JournalConformance.Violation(description: "seed \(seed), round \(round): \(fault)")
            }
        }
        guard walk.account.lives.count == walk.tally.grants else {
            throw JournalConformance.Violation(description: "seed \(seed): a grant was answered and not recorded, or the reverse")
        }
        walk.tally.preemptions = walk.account.preemptions
        walk.tally.renewals = walk.account.renewals
        return walk.tally
    }
}

/// One walk of `LeaseConformance`.
private struct LeaseWalk {
    /// What one server is asked.
    private enum Step: Sendable {
        case claim(LeaseWorld.Scope, ScanClaim, Principal)
        case renew(Lease, Principal)
        case release(Lease, Principal)
        case revoke(Lease)
        case govern(String, TargetPolicy)
    }

    private enum Answer: Sendable {
        case granted(Lease)
        case kept(Lease)
        case held(LeaseWorld.Scope, at: Timestamp)
        case optedOut(String)
        case nothing
    }

    private static let desk = Principal(member: Membership.system, scopes: Set(Scope.allCases))
    /// Leases of which one is likely to live.
    private static let latest = 4
    private static let members = (0..<4).map { Principal(member: "lab-\($0)", scopes: [.claimLeases]) }

    var tally = LeaseConformance.Tally()
    private(set) var account = LeaseAccount()
    private var generator: SeededGenerator
    private var servers: [LeaseConformance.Server] = []
    private var held: [(lease: Lease, holder: Principal)] = []
    private let seed: UInt64
    private let open: @Sendable (Int, Int) async throws -> LeaseConformance.Server

    init(
        seed: UInt64, serverCount: Int, open: @escaping @Sendable (Int, Int) async throws -> LeaseConformance.Server
    ) async throws {
        self.seed = seed
        self.open = open
        generator = SeededGenerator(seed: seed)
        for server in 0..<serverCount { servers.append(try await open(server, 0)) }
    }

    mutating func round(_ number: Int, steps count: Int) async throws {
        let server = Int.random(in: servers.indices, using: &generator)
        switch Int.random(in: 0..<20, using: &generator) {
        case 0: servers[server].clock.advance(by: .seconds(Int.random(in: -900...900, using: &generator)))
        // A new process on the same database: nothing that the old one held in memory is there any more.
        case 1: servers[server] = try await open(server, number)
        case 2...4:
            let passed = Duration.seconds(Int.random(in: 1...200, using: &generator))
            for server in servers { server.clock.advance(by: passed) }
        default: try await ask((0..<count).map { ((server + $0) % servers.count, try step()) })
        }
    }

    private mutating func ask(_ steps: [(server: Int, step: Step)]) async throws {
        let (before, servers) = (account, servers)
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
            for (server, step) in steps { group.addTask { try await LeaseWalk.answer(to: step, by: servers[server]) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let from = account.sequence
        try account.follow(try await servers[0].journal.read { try $0.records(from: from, limit: .max) })
        for answer in answers { try take(answer, before) }
    }

    /// Of steps at once nobody knows which came first: what was answered must be right before or after them.
    private mutating func take(_ answer: Answer, _ before: LeaseAccount) throws {
        switch answer {
        case .granted(let lease):
            tally.grants += 1
            account.told(lease)
            held.append((lease, LeaseWalk.members.first { $0.member == lease.member } ?? LeaseWalk.desk))
        case .kept(let lease): account.told(lease)
        case .held(let scope, let moment):
            tally.refusals += 1
            guard !before.isHeld(scope, at: moment), !account.isHeld(scope, at: moment) else { return }
            throw JournalConformance.Violation(description: "seed \(seed): nobody held \(scope.scope)")
        case .optedOut(let target):
            guard !before.isOptedOut(target), !account.isOptedOut(target) else { return }
            throw JournalConformance.Violation(description: "seed \(seed): \(target) did not opt out")
        case .nothing: return
        }
    }

    private mutating func step() throws -> Step {
        switch Int.random(in: 0..<20, using: &generator) {
        case 0:
            var policy = TargetPolicy()
            if Bool.random(using: &generator) { policy.aliases = [LeaseWorld.parserPackage] }
            return .govern(LeaseWorld.parser, policy)
        case 1:
            var policy = TargetPolicy()
            if Bool.random(using: &generator) {
                policy.optOut = .init(requested: Timestamp(millisecondsSinceEpoch: 0), reason: nil)
            }
            return .govern(LeaseWorld.codec, policy)
        case 2...11: return try claim()
        default:
            // Also of leases that ended long ago: a holder who slept does not know it.
            let known = Bool.random(using: &generator) ? held.suffix(LeaseWalk.latest) : held[...]
            guard let (lease, holder) = known.randomElement(using: &generator) else { return try claim() }
            switch Int.random(in: 0..<10, using: &generator) {
            case 0: return .revoke(lease)
            case 1...3: return .release(lease, holder)
            default: return .renew(lease, holder)
            }
        }
    }

    private mutating func claim() throws -> Step {
        let scope = try LeaseWorld.scope(using: &generator)
        let isUrgent = Int.random(in: 0..<8, using: &generator) == 0
        let claim = try ScanClaim(
            scope: scope.scope, priority: isUrgent ? .urgent : .routine,
            timeToLive: .seconds(Int.random(in: 60...1_200, using: &generator)))
        let member = LeaseWalk.members.randomElement(using: &generator) ?? LeaseWalk.desk
        return .claim(scope, claim, isUrgent ? LeaseWalk.desk : member)
    }

    /// Refusals are answers here: what they must not be, the records say.
    private static func answer(to step: Step, by server: LeaseConformance.Server) async throws -> Answer {
        do {
            switch step {
            case .claim(let scope, let claim, let principal):
                let (answer, moment) = try await server.leases.timedAnswer(to: claim, by: principal)
                switch answer {
                case .granted(let lease, _): return .granted(lease)
                case .held: return .held(scope, at: moment)
                case .optedOut: return .optedOut(claim.scope.target.name)
                case .covered, .paced: return .nothing
                }
            case .renew(let lease, let holder):
                return .kept(try await server.leases.renew(lease.identifier, token: lease.token, by: holder))
            case .release(let lease, let holder):
                let result = try ScanResult(isComplete: true, findingCount: 0)
                try await server.leases.release(lease.identifier, token: lease.token, result, by: holder)
            case .revoke(let lease): try await server.leases.revoke(lease.identifier, because: "a test", by: desk)
            case .govern(let target, let policy):
                let target = try ScanTarget(target)
                let sequence = try? await server.targets.target(target).sequence
                try await server.targets.govern(target, policy, liftingOptOut: true, replacing: sequence, by: desk)
            }
        } catch is Refusal {}
        return .nothing
    }
}
