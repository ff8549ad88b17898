import AdvisoryFormats
import JSONText
import Journal
import Runners
import Sealing

/// The end of a run: that it comes is recorded first, then what was found is handed in, then that it has ended. From the first of
/// these on nobody stops the run, so that findings are handed in whole or not at all; if we stop in between, the findings that are
/// handed in again are the same ones, since their keys are made of the run and what was found.
extension Scanning {
    /// - Parameter rest: what was not looked at, where the source is at hand; else the last portion says it.
    func conclude(
        _ state: RunState, _ ending: RunEnding, because reason: String?, _ rest: RunRest? = nil
    ) async throws -> JobRelease {
        let content = rest.map { Content($0.json.canonicalBytes()) }
        let conclusion = RunConclusion(ending, reason: reason, rest: content?.digest)
        try await record(
            ScanningRecords.concluding(state.request, conclusion, rest: content, version: state.version))
        guard
            let state = try await journal.read({ try $0.run(state.request.identifier) }), state.conclusion != nil,
            !state.isFinished
        else { return .untried }
        try await handIn(state)
        return .advanced
    }

    /// - Throws: errors of the journal only; whatever else keeps the findings from being handed in is the reason the run ends with.
    func handIn(_ state: RunState) async throws {
        guard let conclusion = state.conclusion else { return }
        do {
            let (found, rest) = try await journal.read { try $0.outcome(of: state) }
            guard !state.results.isEmpty || rest != nil else {
                return try await finish(state, conclusion.ending, because: conclusion.reason, nil)
            }
            var result = found.kept(in: .run)
            result.notices += rest?.notices ?? []
            let refused = try await submit(
                Content(log(result, rest, of: state, conclusion).json.bytes()), of: state.request, result)
            result.notices += refused
            let outcome = RunOutcome(
                log: Content(log(result, rest, of: state, conclusion).json.bytes()), findingCount: result.findings.count,
                toolVersion: result.version,
                isWhole: !result.notices.contains { $0.isLoss } && rest?.leftOut.contains { $0.reason.mayHideSource } != true)
            try await finish(state, conclusion.ending, because: conclusion.reason, outcome)
        } catch let refusal as Refusal {
            let words = "what was found could not be handed in: \(refusal.reason)"
            try await finish(state, .failed, because: conclusion.reason.map { "\($0); \(words)" } ?? words, nil)
        }
    }

    private func log(
        _ result: UnitResult, _ rest: RunRest?, of state: RunState, _ conclusion: RunConclusion
    ) -> SARIFLog {
        SARIFLog(
            driver: state.request.driver, target: state.request.target.sarif, run: state.request.identifier, result: result,
            leftOut: rest?.leftOut ?? [], notReached: rest?.notReached ?? [], isComplete: conclusion.ending == .completed,
            failure: conclusion.ending == .completed ? nil : conclusion.reason)
    }

    /// The way everybody's SARIF goes, as the member who asked, but under keys that no member can use.
    /// - Returns: a notice for each finding that was refused.
    private func submit(
        _ log: Content, of request: RunRequest, _ result: UnitResult
    ) async throws -> [RunnerNotice] {
        let batch = try FindingReader.submissions(inSARIF: log.bytes)
        let principal = Principal(member: request.member, scopes: [.submitFindings])
        var refused: [RunnerNotice] = []
        for start in stride(from: 0, to: batch.submissions.count, by: Scanning.submissionCount) {
            let part = batch.submissions[start..<min(start + Scanning.submissionCount, batch.submissions.count)]
            let answers = try await discovery.submit(
                part.map { $0.told(by: request, version: result.version) }, by: principal)
            for (submission, answer) in zip(part, answers) {
                guard case .failure(let refusal) = answer else { continue }
                refused.append(
                    RunnerNotice("a finding was not taken: \(refusal.reason)", path: submission.report.file))
            }
        }
        return refused
    }

    /// Findings of one append.
    private static let submissionCount = 200

    /// Records the end of a run and lets go of its leases.
    func finish(
        _ state: RunState, _ ending: RunEnding, because reason: String?, _ outcome: RunOutcome?
    ) async throws {
        _ = try await journal.append { snapshot in
            // Another worker may have been faster, and a member that left took the run along.
            guard let known = try snapshot.run(state.request.identifier), known.version == state.version else {
                return Decision([])
            }
            let finished = try ScanningRecords.finished(
                state.request, ending, reason: reason, outcome: outcome, by: Membership.system, version: state.version)
            let isComplete = ending == .completed && outcome?.isWhole == true
            return Decision(
                [finished]
                    + (try snapshot.releases(of: state, isComplete: isComplete, findingCount: outcome?.findingCount ?? 0)))
        }
    }
}

extension FindingSubmission {
    /// The same finding with who found it: the run, and the model where one did.
    fileprivate func told(by request: RunRequest, version: String?) -> FindingSubmission {
        var report = report
        var provenance = report.provenance ?? JSONObject()
        provenance["run"] = .string(request.identifier)
        if let model = request.driver.model {
            provenance["model"] = .string(model.model)
            provenance["version"] = version.map { .string($0) } ?? .null
            provenance["harness"] = .string("\(request.driver.name) \(model.harnessVersion)")
            provenance["promptPolicyHash"] = .string(model.promptPolicyHash)
            provenance["humanReviewed"] = false
        }
        report.provenance = provenance
        return FindingSubmission(
            report: report, original: original, idempotencyKey: idempotencyKey, run: request.identifier, isRepeat: isRepeat,
            keyPlace: keyPlace)
    }
}
