import AdvisoryFormats
import CivilTime
import JSONText
import Journal
import Runners
import Sandbox
import Sealing

extension Scanning {
    /// Takes a run that waits and brings it one portion further, or to its end.
    ///
    /// Each portion's result is durable before the next one begins, so that a run whose worker was killed goes on where it was.
    /// A lease of the job covers one portion and is renewed while it lasts; between portions other runs have their turn.
    /// - Parameter telling: is given what a member is not told of a run that failed, for the operator's log.
    /// - Returns: false where no run was waiting.
    /// - Throws: what kept the portion from being done; the run is queued again. After `maximumAttempts` of them it ends.
    package func runNextPortion(
        telling: @escaping @Sendable (_ run: String, _ words: String) -> Void = { _, _ in }
    ) async throws -> Bool {
        guard let job = try await journal.leaseJob(kinds: [ScanningRecords.jobKind], for: Scanning.leaseDuration) else {
            return false
        }
        guard let state = try await journal.read({ try $0.run(job.id) }), !state.isFinished else {
            throw JournalError(.contradiction, "the job \(job.id) is no run that goes on")
        }
        guard job.attempt <= Scanning.maximumAttempts else {
            // Without a look at anything that made the attempts fail: this can't.
            try await finish(state, .failed, because: "no attempt at its next files came to an end", nil)
            return true
        }
        do {
            let release = try await whileHolding(job) {
                try await step(state, attempt: job.attempt) { telling(job.id, $0) }
            }
            try await self.release(job, as: release)
        } catch let error as SandboxError where error.code == .unavailable {
            try await release(job, as: .untried)
            throw error
        } catch let error as Refusal where error.code == .conflict {
            // The scan leases are another's; the run claims them again when they are free.
            try await release(job, as: .waiting(.seconds(30)))
        } catch {
            try await release(job, as: Task.isCancelled ? .untried : .tried)
            throw error
        }
        return true
    }

    /// How long a run waits after its worker was killed.
    static let leaseDuration: Duration = .seconds(60)
    /// A third of it, so that one renewal may fail.
    private static let renewalInterval: Duration = .seconds(20)
    /// Attempts of one portion, whose worker was killed or whose model did not answer.
    static let maximumAttempts: Int64 = 5

    /// Works and renews the leases meanwhile. Where another has the job, the work is given up: its result would not count. A renewal
    /// that fails otherwise is tried again until the lease has ended.
    private func whileHolding(
        _ job: LeasedJob, _ work: @escaping @Sendable () async throws -> JobRelease
    ) async throws -> JobRelease {
        try await withThrowingTaskGroup(of: JobRelease.self) { group in
            group.addTask {
                var failures = 0
                while true {
                    try await Task.sleep(for: Scanning.renewalInterval)
                    do {
                        guard try await journal.renewJob(job, for: Scanning.leaseDuration) else { return .untried }
                        try await renewLeases(of: job.id)
                        failures = 0
                    } catch let error where !(error is Refusal) && failures < 2 {
                        failures += 1
                    }
                }
            }
            group.addTask { try await work() }
            defer { group.cancelAll() }
            guard let release = try await group.next() else { throw CancellationError() }
            return release
        }
    }

    /// In a task of its own: a worker that is told to stop gives its job back all the same.
    private func release(_ job: LeasedJob, as release: JobRelease) async throws {
        let journal = journal
        try await Task { try await journal.releaseJob(job, as: release) }.value
    }

    private func step(
        _ state: RunState, attempt: Int64, _ tell: @Sendable (String) -> Void
    ) async throws -> JobRelease {
        if state.conclusion != nil {
            try await handIn(state)
            return .advanced
        }
        switch try await leave(for: state.request.identifier) {
        case .overtaken: return .untried
        case .waiting(let until): return .waiting(rest(until: until))
        case .refused(let reason): return try await conclude(state, .failed, because: reason)
        case .granted: break
        }
        // The leave may have added a record.
        guard let state = try await journal.read({ try $0.run(state.request.identifier) }) else { return .untried }
        do {
            return try await advance(state, attempt: attempt, tell)
        } catch let error as RunnerError where error.code != .modelFailed {
            // The source could not be unpacked; nothing was recorded.
            tell(error.reason)
            return try await conclude(state, .failed, because: error.publicReason)
        }
    }

    /// What one run may take of its worker's time in all: a source can be made to keep a tool busy without end.
    private static let mostWork: Duration = .seconds(12 * 3_600)
    /// A portion that took longer ends behind its current unit, so that others have their turn.
    private static let portionTime: Duration = .seconds(15 * 60)

    /// - Throws: `RunnerError` where the next unit can't be looked at; what was before it is recorded.
    private func advance(
        _ state: RunState, attempt: Int64, _ tell: @Sendable (String) -> Void
    ) async throws -> JobRelease {
        let request = state.request
        let runner = try settings.runner(request.tool)
        let bytes = try await journal.read {
            try $0.content(request.source, sealedUnder: DiscoveryRecords.contentKey(of: request.member))
        }
        guard let bytes else { return try await conclude(state, .failed, because: "the source was withdrawn") }
        var source = try await settings.engine.source(try SourceArchive(bytes), for: runner)
        source.spent = state.usage
        let plan = RunPlan(ScanPlan(source.listing, for: runner), by: request.driver)
        if let known = state.plan, known != plan.digest {
            return try await conclude(
                state, .failed, because: "the runner divides the source otherwise than when the run began; ask for a new one")
        }
        let next = plan.units.dropFirst(state.unitCount).prefix(plan.portionSize)
        let rest = RunRest(source.listing, plan, after: state.unitCount)
        guard !next.isEmpty else { return try await conclude(state, .completed, because: nil, rest) }
        guard state.work < Scanning.mostWork else {
            return try await conclude(
                state, .failed, because: "it took longer than \(Scanning.mostWork.components.seconds / 3_600) hours", rest)
        }
        let began = environment.now()
        let pass = try await settings.engine.pass(over: next, of: source, by: runner, room: state.room) { _ in
            environment.now() < began.advanced(by: Scanning.portionTime)
        }
        let recorded = try await recordPortion(pass, of: state, plan, source.listing, since: began)
        guard let stop = pass.stop else { return .advanced }
        if stop.code == .modelFailed {
            // A model that fell silent behind what was done is asked again as if nothing had been: its attempts begin anew.
            if pass.unitCount > 0 { return .advanced }
            if attempt < Scanning.maximumAttempts { throw stop }
        }
        tell(stop.reason)
        guard let recorded else { return .untried }
        return try await conclude(
            recorded, .failed, because: stop.publicReason, RunRest(source.listing, plan, after: recorded.unitCount))
    }

    /// Nothing is recorded of a pass that neither did nor cost anything.
    /// - Returns: the run with the portion; nil where another worker was faster.
    private func recordPortion(
        _ pass: ScanPass, of state: RunState, _ plan: RunPlan, _ listing: SourceListing, since began: Timestamp
    ) async throws -> RunState? {
        guard pass.unitCount > 0 || pass.result.usage != TokenUsage() else { return state }
        let done = state.unitCount + pass.unitCount
        let content = Content(
            (["rest": RunRest(listing, plan, after: done).json, "result": pass.result.json] as JSONValue).canonicalBytes())
        let took = environment.now().millisecondsSinceEpoch - began.millisecondsSinceEpoch
        let portion = RunPortion(
            done: plan.fileCount(in: done), total: plan.fileCount, unitCount: pass.unitCount, result: pass.result,
            content: content.digest, work: .milliseconds(max(0, took)), plan: plan.digest)
        try await record(
            ScanningRecords.progressed(state.request, portion, result: content, version: state.version))
        let recorded = try await journal.read { try $0.run(state.request.identifier) }
        return recorded?.results.last == content.digest && recorded?.version == state.version + 1 ? recorded : nil
    }

    func record(_ draft: @autoclosure () throws -> RecordDraft) async throws {
        do {
            try await journal.append([try draft()])
        } catch let error as JournalError where error.code == .versionConflict {
            // Another worker was faster, or somebody stopped the run; what is recorded stands.
        } catch let error as JournalError where error.code == .keyDestroyed {
            // The member left meanwhile, and took the run along.
        }
    }
}
