import AdvisoryFormats
import JSONText
import Journal
import Runners
import Sandbox
import Sealing

extension Scanning {
    /// Takes a run that waits and brings it one portion further, or to its end.
    ///
    /// Each portion's result is durable before the next one begins, so that a run whose worker was killed goes on where it was.
    /// A lease covers one portion and is renewed while it lasts; between portions other runs have their turn.
    /// - Returns: false where no run was waiting.
    /// - Throws: what kept the portion from being done; the run is queued again.
    package func runNextPortion() async throws -> Bool {
        guard let job = try await journal.leaseJob(kinds: [ScanningRecords.jobKind], for: Scanning.leaseDuration) else {
            return false
        }
        guard let state = try await journal.read({ try $0.run(job.id) }), !state.isFinished else {
            throw JournalError(.contradiction, "the job \(job.id) is no run that goes on")
        }
        guard job.attempt <= Scanning.maximumAttempts else {
            try await conclude(state, .failed, because: "no attempt at its next files came to an end", source: nil)
            return true
        }
        do {
            try await whileHolding(job) { try await advance(state) }
        } catch let error as RunnerError where error.code != .modelFailed || job.attempt >= Scanning.maximumAttempts {
            try await conclude(state, .failed, because: error.reason, source: nil)
            return true
        } catch let error as SandboxError where error.code == .unavailable {
            try await release(job, wasTried: false)
            throw error
        } catch {
            try await release(job, wasTried: !Task.isCancelled)
            throw error
        }
        try await release(job, wasTried: false)
        return true
    }

    /// How long a run waits after its worker was killed.
    static let leaseDuration: Duration = .seconds(60)
    /// A third of it, so that one renewal may fail.
    private static let renewalInterval: Duration = .seconds(20)

    /// Works and renews the lease meanwhile. Where another has the job, the work is given up: its result would not count.
    private func whileHolding(_ job: LeasedJob, _ work: @escaping @Sendable () async throws -> Void) async throws {
        let journal = journal
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while true {
                    try await Task.sleep(for: Scanning.renewalInterval)
                    guard try await journal.renewJob(job, for: Scanning.leaseDuration) else { return }
                }
            }
            group.addTask { try await work() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Attempts of one portion, whose worker was killed or whose model did not answer.
    static let maximumAttempts: Int64 = 5

    /// In a task of its own: a worker that is told to stop gives its job back all the same.
    private func release(_ job: LeasedJob, wasTried: Bool) async throws {
        let journal = journal
        try await Task { try await journal.releaseJob(job, wasTried: wasTried) }.value
    }

    private func advance(_ state: RunState) async throws {
        let request = state.request
        if let reason = try await refusal(of: request) {
            return try await conclude(state, .failed, because: reason, source: nil)
        }
        let runner = try settings.runner(request.tool)
        guard
            let bytes = try await journal.read({
                try $0.content(request.source, sealedUnder: DiscoveryRecords.contentKey(of: request.member))
            })
        else { return try await conclude(state, .failed, because: "the source was withdrawn", source: nil) }
        var source = try await settings.engine.source(try SourceArchive(bytes), for: runner)
        let portions = RunPortions(ScanPlan(source.listing, for: runner))
        if let plan = state.plan, plan != portions.plan {
            let reason = "the runner divides the source otherwise than when the run began; ask for a new one"
            return try await conclude(state, .failed, because: reason, source: source)
        }
        let next = state.results.count
        guard next < portions.portions.count else { return try await conclude(state, .completed, because: nil, source: source) }
        var result = UnitResult()
        let spent = try await journal.read { try $0.result(of: state) }.usage
        for unit in portions.portions[next] {
            source.spent = spent + result.usage
            result = result + (try await settings.engine.scan(unit, of: source, by: runner))
        }
        try await record(
            ScanningRecords.progressed(
                request,
                RunPortion(
                    done: portions.fileCount(in: next + 1), total: portions.fileCount, findingCount: result.findings.count,
                    plan: portions.plan),
                result: Content(result.json.canonicalBytes()), version: state.version))
    }

    /// Why a run may not go on: opt-outs and ends of authorisations count from the moment they are known.
    private func refusal(of request: RunRequest) async throws -> String? {
        if let refusal = try await rules.mayScan(request.target, request.tool) { return refusal.reason }
        if !settings.runners.contains(where: { $0.name == request.tool }) { return "the runner \(request.tool) was turned off" }
        return environment.now() < request.authorisedUntil ? nil : "the authorisation ended at \(request.authorisedUntil)"
    }

    /// Hands in what was found, then says that the run has ended. If we stop in between, the findings that are handed in again
    /// are the same ones: their keys are made of the run and what was found.
    private func conclude(
        _ state: RunState, _ ending: RunEnding, because reason: String?, source: Source?
    ) async throws {
        let request = state.request
        var outcome: RunOutcome?
        if let runner = settings.runners.first(where: { $0.name == request.tool }), source != nil || !state.results.isEmpty {
            let result = try await journal.read { try $0.result(of: state) }
            let log = SARIFLog(
                driver: runner.driver, target: request.target.sarif, run: request.identifier, result: result,
                leftOut: source?.listing.leftOut ?? [], isComplete: ending == .completed)
            let content = Content(log.json.bytes())
            try await submit(content, of: request, model: runner.driver.model, version: result.version)
            outcome = RunOutcome(log: content, findingCount: result.findings.count, toolVersion: result.version)
        }
        try await record(
            ScanningRecords.finished(
                request, ending, reason: reason, outcome: outcome, by: Membership.system, version: state.version))
    }

    /// The way everybody's SARIF goes, as the member who asked.
    private func submit(_ log: Content, of request: RunRequest, model: ModelProvenance?, version: String?) async throws {
        let batch = try FindingReader.submissions(inSARIF: log.bytes)
        let principal = Principal(member: request.member, scopes: [.submitFindings])
        for start in stride(from: 0, to: batch.submissions.count, by: Scanning.submissionCount) {
            let part = batch.submissions[start..<min(start + Scanning.submissionCount, batch.submissions.count)]
            let answers = try await discovery.submit(
                part.map { $0.told(by: request, model: model, version: version) }, by: principal)
            for answer in answers { _ = try answer.get() }
        }
    }

    /// Findings of one append.
    private static let submissionCount = 200

    private func record(_ draft: @autoclosure () throws -> RecordDraft) async throws {
        do {
            try await journal.append([try draft()])
        } catch let error as JournalError where error.code == .versionConflict {
            // Another worker was faster, or somebody stopped the run; what is recorded stands.
        } catch let error as JournalError where error.code == .keyDestroyed {
            // The member left meanwhile, and took the run along.
        }
    }
}

extension FindingSubmission {
    /// The same finding with who found it: the run, and the model where one did.
    fileprivate func told(by request: RunRequest, model: ModelProvenance?, version: String?) -> FindingSubmission {
        var report = report
        var provenance = report.provenance ?? JSONObject()
        provenance["run"] = .string(request.identifier)
        if let model {
            provenance["model"] = .string(model.model)
            provenance["version"] = version.map { .string($0) } ?? .null
            provenance["harness"] = .string("breakwater-model-runner \(model.harnessVersion)")
            provenance["promptPolicyHash"] = .string(model.promptPolicyHash)
            provenance["humanReviewed"] = false
        }
        report.provenance = provenance
        return FindingSubmission(
            report: report, original: original, idempotencyKey: idempotencyKey, isRepeat: isRepeat, keyPlace: keyPlace)
    }
}
