import JSONText
package import Journal
import Sandbox
import Sealing

/// Reproducing what was reported, in the sandbox, before anybody's time is asked for.
package struct Validation: Sendable {
    let journal: any Journal
    let environment: ClearinghouseEnvironment
    let runner: ReplayRunner

    package init(journal: any Journal, environment: ClearinghouseEnvironment, runner: ReplayRunner) {
        self.journal = journal
        self.environment = environment
        self.runner = runner
    }

    /// Attaches a reproducer to a finding of the caller's; a later one replaces it for later validations.
    package func attach(_ manifestBytes: [UInt8], _ bundle: ReproducerBundle, to finding: String, by principal: Principal)
        async throws
    {
        try principal.require(.submitFindings)
        let files = bundle.manifest.files.map { ($0.path, Content(bundle.files[$0.path] ?? [])) }
        _ = try await journal.append { snapshot in
            let row = try snapshot.firstRow("SELECT member FROM finding WHERE id = $1", [.text(finding)])
            guard let member = try row?.text(0), member == principal.member else {
                throw Refusal(.notFound, "there is no finding \(finding) of yours")
            }
            return Decision([
                try ValidationRecords.reproducerAttached(to: finding, of: member, manifest: Content(manifestBytes), files: files)
            ])
        }
    }

    /// Asks for a replay of the finding's reproducer, on the shipped build or on the build with a fix applied.
    /// - Returns: the validation's identifier; the replay itself is a job.
    package func request(finding: String, fix: String? = nil, by principal: Principal) async throws -> String {
        try principal.require(.validate)
        let identifier = Identifier.text("r", environment.random(10))
        _ = try await journal.append { snapshot in
            let request = try Validation.request(identifier, finding: finding, fix: fix, in: snapshot)
            return Decision([try ValidationRecords.requested(request, by: principal.member)])
        }
        return identifier
    }

    private static func request(
        _ identifier: String, finding: String, fix: String?, in snapshot: JournalSnapshot
    ) throws -> ValidationRequest {
        let row = try snapshot.firstRow(
            """
            SELECT finding.member, finding.vulnerability, reproducer.manifest FROM finding
            JOIN reproducer ON reproducer.finding = finding.id WHERE finding.id = $1
            """,
            [.text(finding)]
        )
        guard let row, let manifest = Digest(hex: try row.text(2)) else {
            throw Refusal(.notFound, "there is no finding \(finding) with a reproducer")
        }
        let vulnerability = try row.text(1)
        let patch = try fix.map { try Validation.patch(of: $0, against: vulnerability, in: snapshot) }
        return ValidationRequest(
            identifier: identifier, finding: finding, member: try row.text(0), vulnerability: vulnerability, fix: fix,
            reproducer: manifest, patch: patch?.digest, patchKey: patch?.key
        )
    }

    /// A fix is judged by findings of its own case: that another bug does not crash it would say nothing.
    private static func patch(
        of fix: String, against vulnerability: String, in snapshot: JournalSnapshot
    ) throws -> (digest: Digest, key: ContentKeyName) {
        let row = try snapshot.firstRow(
            """
            SELECT fix.patch, fix.case_file, case_file.vulnerability FROM fix JOIN case_file ON case_file.id = fix.case_file
            WHERE fix.id = $1
            """,
            [.text(fix)]
        )
        guard let row, let digest = Digest(hex: try row.text(0)) else {
            throw Refusal(.notFound, "there is no fix \(fix)", place: "/fix")
        }
        guard try row.text(2) == vulnerability else {
            throw Refusal(.conflict, "the fix \(fix) is for another vulnerability than this finding's", place: "/fix")
        }
        return (digest, CoordinationRecords.contentKey(of: try row.text(1)))
    }

    /// Takes one waiting replay, runs it and records its verdict.
    ///
    /// A killed worker's job is free again when its lease ends; a verdict that another worker recorded meanwhile wins. A replay
    /// that fails again and again, or ends its worker each time, is given up with a verdict that says so: what waits behind it
    /// is somebody's too. Where this machine has no sandbox, nothing is given up; replays wait until it has one.
    /// - Returns: false where no replay was waiting.
    /// - Throws: what kept the replay from being run; it is queued again.
    package func runNextReplay() async throws -> Bool {
        guard let job = try await journal.leaseJob(kinds: [ValidationRecords.jobKind], for: Validation.leaseDuration) else {
            return false
        }
        guard let request = ValidationRequest(json: job.payload) else {
            throw JournalError(.contradiction, "the job \(job.id) is not a replay")
        }
        guard job.attempt <= Validation.maximumAttempts else {
            try await conclude(request, .givenUp(after: job.attempt - 1, because: "no attempt came to an end"))
            return true
        }
        do {
            try await conclude(request, try await replay(request))
        } catch let error as SandboxError where error.code == .unavailable {
            try await release(job, as: .untried)
            throw error
        } catch  where job.attempt < Validation.maximumAttempts || Task.isCancelled {
            try await release(job, as: Task.isCancelled ? .untried : .tried)
            throw error
        } catch {
            try await conclude(request, .givenUp(after: job.attempt, because: "\(error)"))
        }
        return true
    }

    /// In a task of its own: a worker that is told to stop gives its job back all the same.
    private func release(_ job: LeasedJob, as release: JobRelease) async throws {
        let journal = journal
        try await Task { try await journal.releaseJob(job, as: release) }.value
    }

    /// Longer than the longest build and all its replays (10 and 20 minutes).
    private static let leaseDuration: Duration = .seconds(2_700)

    /// What fails for reasons of the moment rarely does so three times in a row.
    static let maximumAttempts: Int64 = 3

    private func replay(_ request: ValidationRequest) async throws -> Verdict {
        let bundle: ReproducerBundle
        let patch: [UInt8]?
        do {
            (bundle, patch) = try await journal.read {
                (
                    try $0.reproducer(request.reproducer, of: request.finding, by: request.member).bundle,
                    try $0.patch(for: request)
                )
            }
        } catch let refusal as Refusal {
            // What was withdrawn does not come back: to try again later would only keep the replays behind it waiting.
            return Verdict(.notRun, because: refusal.reason)
        }
        let result = try await runner.replay(bundle, patch: patch)
        return Verdict(result, expecting: bundle.manifest, onFixedBuild: request.fix != nil)
    }

    private func conclude(_ request: ValidationRequest, _ verdict: Verdict) async throws {
        let envelope = try verdict.signed(
            request: request, at: environment.now(), validator: Membership.system, by: environment.signingKey
        )
        do {
            try await journal.append([
                try ValidationRecords.concluded(request, verdict, envelope: envelope, by: Membership.system)
            ])
        } catch let error as JournalError where error.code == .versionConflict {
            // Another worker was faster; its verdict stands.
        } catch let error as JournalError where error.code == .keyDestroyed {
            // The finder left meanwhile, and took its reproducer, the request and whatever would be said of it along.
        }
    }
}

extension JournalSnapshot {
    /// The patch a request names; nil where it names none.
    fileprivate func patch(for request: ValidationRequest) throws -> [UInt8]? {
        guard let digest = request.patch else { return nil }
        guard let bytes = try content(digest, sealedUnder: request.patchKey) else {
            throw Refusal(.notFound, "the patch of \(request.fix ?? "the fix") was withdrawn")
        }
        return bytes
    }
}
