import CivilTime
import Journal
import Runners
import Sealing

/// What a run may do now.
enum RunLeave: Sendable {
    /// It holds the leases it needs.
    case granted
    /// Somebody scans there, or the maintainer takes no more scans: ask again then.
    case waiting(until: Timestamp)
    /// It may not go on at all, in words.
    case refused(String)
    /// It ended meanwhile, or somebody else is at it.
    case overtaken
}

extension Scanning {
    /// A lease lives this long without a worker: others wait no longer for a run whose server died.
    private static let timeToLive = ScanClaim.usualTimeToLive

    /// Looks at authorisation, opt-outs and leases by what stands in the journal now, before every portion: an owner may have been
    /// replaced, a key or a policy changed, an authoriser left. Leases that live are renewed, others are claimed, as any finder's
    /// claim is decided: with the run's authorisation for closed targets, behind whoever scans there, within the maintainer's pace.
    func leave(for run: String) async throws -> RunLeave {
        let (environment, settings) = (environment, settings)
        // One a target: a run has a repository and a package at most.
        let fresh = [Identifier.text("l", environment.random(10)), Identifier.text("l", environment.random(10))]
        return try await journal.append { snapshot -> Decision<RunLeave> in
            guard let state = try snapshot.run(run), state.conclusion == nil, !state.isFinished else {
                return Decision([], answer: .overtaken)
            }
            do {
                try settings.require(state.request)
                let envelope = try snapshot.envelope(of: state.request)
                _ = try snapshot.authorisation(envelope, for: state.request.target, state.request.tool, of: state.request.asked)
                return try RunLeases(state, snapshot, envelope, Scanning.timeToLive).decide(fresh)
            } catch let refusal as Refusal {
                return Decision([], answer: .refused(refusal.reason))
            }
        }.answer
    }

    /// A heartbeat for the leases of a run.
    /// - Throws: `conflict` where one is held no more: it ended, or a scan of higher priority took it.
    func renewLeases(of run: String) async throws {
        _ = try await journal.append { snapshot in
            guard let state = try snapshot.run(run), !state.isFinished else { return Decision([]) }
            return Decision(
                try snapshot.leases(of: state).compactMap { lease in
                    try lease.requireHeld(with: lease.token)
                    return try lease.heartbeat()
                })
        }
    }

    /// How long a job rests that can't go on before this moment: not longer than half a minute, since whoever holds it may let go.
    func rest(until moment: Timestamp) -> Duration {
        let left = moment.millisecondsSinceEpoch - environment.now().millisecondsSinceEpoch
        return .milliseconds(min(max(left, 1_000), 30_000))
    }
}

/// Decides about the leases of one run.
private struct RunLeases {
    private let state: RunState
    private let snapshot: JournalSnapshot
    private let envelope: [UInt8]
    private let timeToLive: Duration

    init(_ state: RunState, _ snapshot: JournalSnapshot, _ envelope: [UInt8], _ timeToLive: Duration) throws {
        self.state = state
        self.snapshot = snapshot
        self.envelope = envelope
        self.timeToLive = timeToLive
    }

    func decide(_ fresh: [String]) throws -> Decision<RunLeave> {
        let held = try snapshot.leases(of: state).filter { $0.phase == .live }
        var (drafts, kept, claimed): ([RecordDraft], [Lease], [String]) = ([], [], [])
        for (scope, identifier) in zip(try snapshot.scopes(of: state.request), fresh) {
            let decision = try snapshot.decision(on: scope, for: state.request, envelope, identifier, timeToLive)
            if let lease = try held.first(where: { try snapshot.targetName($0.scope.target.name) == scope.target.name }) {
                if case .answered(.optedOut(let since, _), _) = decision.answer { throw scope.optedOut(since) }
                kept.append(lease)
                continue
            }
            switch decision.answer {
            case .granted:
                drafts += decision.drafts
                claimed.append(identifier)
            case .answered(.held(let until, _), _), .answered(.paced(let until, _), _):
                return Decision([], answer: .waiting(until: until))
            case .answered(.optedOut(let since, _), _): throw scope.optedOut(since)
            case .answered(.granted, _), .answered(.covered, _):
                throw JournalError(.contradiction, "a run's claim has neither a key nor an age")
            }
        }
        drafts += try kept.compactMap { try $0.heartbeat() }
        if !claimed.isEmpty {
            drafts.append(
                try ScanningRecords.leased(
                    state.request, kept.map(\.identifier) + claimed, version: state.version))
        }
        return Decision(drafts, answer: .granted)
    }
}

extension ScanScope {
    fileprivate func optedOut(_ since: Timestamp) -> Refusal {
        Refusal(.forbidden, "the maintainer of \(target.name) asked on \(since.date) not to be scanned")
    }
}

extension Lease {
    /// Nil where it lives long enough still: a record each few seconds would say nothing.
    fileprivate func heartbeat() throws -> RecordDraft? {
        try renewal().map { try LeaseRecords.renewed(self, until: $0) }
    }
}

extension JournalSnapshot {
    /// The leases a run holds, or held last.
    func leases(of state: RunState) throws -> [Lease] {
        let now = try appendTime()
        return try state.leases.compactMap { try lease($0, at: now) }
    }

    /// What a run looks at: everything in its targets, by its tool and, where one looks, its model. Each target once, by the name
    /// its policy stands under.
    func scopes(of request: RunRequest) throws -> [ScanScope] {
        var scopes: [ScanScope] = []
        for target in try request.target.scanTargets() {
            let name = try targetName(target.name)
            guard !scopes.contains(where: { $0.target.name == name }) else { continue }
            let named = ScanTarget(name: name, revision: target.revision)
            let model = request.driver.model?.model
            // A model whose name is no word of a family is any model.
            let modelled = try? ScanScope(target: named, toolFamily: request.tool, modelFamily: model)
            scopes.append(try modelled ?? ScanScope(target: named, toolFamily: request.tool))
        }
        return scopes
    }

    fileprivate func decision(
        on scope: ScanScope, for request: RunRequest, _ envelope: [UInt8], _ identifier: String, _ timeToLive: Duration
    ) throws -> Decision<LeaseDecision.Outcome> {
        let claim = try ScanClaim(scope: scope, timeToLive: timeToLive, authorisation: envelope)
        return try LeaseDecision(
            claim, identifier: identifier, principal: Principal(member: request.member, scopes: [.claimLeases]), snapshot: self
        ).decide()
    }

    /// Whether a run that is asked for could be made at all; that somebody else scans there now is no refusal.
    /// - Throws: `forbidden` for closed targets without their owner's word, and where a maintainer opted out.
    func requireScannable(_ request: RunRequest, _ envelope: [UInt8]) throws {
        for scope in try scopes(of: request) {
            let decision = try decision(on: scope, for: request, envelope, "", ScanClaim.usualTimeToLive)
            if case .answered(.optedOut(let since, _), _) = decision.answer { throw scope.optedOut(since) }
        }
    }

    /// The end of the leases of a run, with what came of it for the coverage ledger. Those that ended by themselves say nothing.
    func releases(of state: RunState, isComplete: Bool, findingCount: Int) throws -> [RecordDraft] {
        let spent = state.usage.total > 0 ? try ScanBudget(amount: state.usage.total, unit: "tokens") : nil
        let result = try ScanResult(isComplete: isComplete, findingCount: Int64(findingCount), spent: spent)
        return try leases(of: state).filter { $0.phase == .live }.map { try LeaseRecords.released($0, result) }
    }

    /// Until when a run that has not ended waits for scans of others; nil where it need not.
    func waiting(_ state: RunState, at now: Timestamp) throws -> Timestamp? {
        guard !state.isFinished, state.conclusion == nil else { return nil }
        return try scopes(of: state.request).compactMap { scope in
            let live = try liveLeases(on: scope.target.name, at: now)
            guard !live.contains(where: { state.leases.contains($0.identifier) }) else { return nil }
            return live.filter { $0.scope.overlaps(scope) }.map(\.until).max()
        }.max()
    }
}
