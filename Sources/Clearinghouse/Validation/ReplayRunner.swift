package import Correlation
package import Sandbox

/// Builds a reproducer's target in the sandbox, patched or as shipped, and runs it as often as the manifest asks.
package struct ReplayRunner: Sendable {
    /// The port to the sandbox, so that tests decide what a run does.
    let run: @Sendable (SandboxJob, SandboxPolicy) async throws -> SandboxOutcome

    package init(run: @escaping @Sendable (SandboxJob, SandboxPolicy) async throws -> SandboxOutcome) {
        self.run = run
    }

    package static let sandboxed = ReplayRunner { try await Sandbox.run($0, $1) }

    /// What every run showed. A job that the sandbox refuses on principle is not built: whoever tries again is refused again.
    package func replay(_ bundle: ReproducerBundle, patch: [UInt8]?) async throws -> ReplayResult {
        do {
            return try await buildAndRun(bundle, patch: patch)
        } catch let error as SandboxError where error.code == .invalidJob {
            return .notBuilt("the sandbox takes no such job: \(error.reason)")
        }
    }

    private func buildAndRun(_ bundle: ReproducerBundle, patch: [UInt8]?) async throws -> ReplayResult {
        let built: [String: SandboxInput]
        switch try await build(bundle, patch: patch) {
        case .failure(let failure): return .notBuilt(failure.reason)
        case .success(let inputs): built = inputs
        }
        var runs: [ReplayedRun] = []
        for _ in 0..<bundle.manifest.repeats {
            let job = SandboxJob(
                arguments: bundle.manifest.run, environment: ReplayRunner.sanitizerEnvironment, inputs: built
            )
            runs.append(ReplayedRun(try await run(job, .replay)))
        }
        return .ran(runs)
    }

    private struct BuildFailure: Error {
        let reason: String
    }

    /// The files a run needs: the build's artifacts and the bundle's own files.
    private func build(
        _ bundle: ReproducerBundle, patch: [UInt8]?
    ) async throws -> Result<[String: SandboxInput], BuildFailure> {
        let manifest = bundle.manifest
        var inputs: [String: SandboxInput] = [:]
        for file in manifest.files {
            inputs[file.path] = SandboxInput(bundle.files[file.path] ?? [], isWritable: true, isExecutable: file.isExecutable)
        }
        guard patch != nil || !manifest.build.isEmpty else { return .success(inputs) }
        let outcome = try await run(buildJob(manifest, inputs: inputs, patch: patch), .build)
        guard outcome.ending == .exited(code: 0), outcome.notCollected.isEmpty else {
            let said = String(decoding: outcome.standardError.bytes.suffix(500), as: UTF8.self)
            return .failure(BuildFailure(reason: "the build ended with \(outcome.ending): \(said)"))
        }
        for (path, bytes) in outcome.collected { inputs[path] = SandboxInput(bytes, isExecutable: true) }
        return .success(inputs)
    }

    private func buildJob(_ manifest: ReproducerManifest, inputs: [String: SandboxInput], patch: [UInt8]?) -> SandboxJob {
        var inputs = inputs
        var steps: [String] = []
        if let patch {
            inputs[ReplayRunner.patchName] = SandboxInput(patch)
            // No fuzz: a patch whose context is not there was made for another source, and would prove nothing about this one.
            steps.append("patch --batch --forward --fuzz=0 -p1 --input=\(ReplayRunner.patchName)")
        }
        steps += manifest.build.map(ReplayRunner.quoted)
        if patch != nil { steps += manifest.test.map(ReplayRunner.quoted) }
        return SandboxJob(
            arguments: ["sh", "-c", steps.joined(separator: " && ")], environment: ReplayRunner.sanitizerEnvironment,
            inputs: inputs, collect: manifest.artifacts
        )
    }

    /// Leaks are not what a reproducer shows, and the sandbox forbids the tracing the leak check needs.
    private static let sanitizerEnvironment = ["ASAN_OPTIONS": "detect_leaks=0:symbolize=1:abort_on_error=0"]

    private static let patchName = ".breakwater.patch"

    private static func quoted(_ words: [String]) -> String {
        words.map { "'" + $0.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'" }
            .joined(separator: " ")
    }
}

/// What the replays showed.
package enum ReplayResult: Sendable {
    case notBuilt(String)
    /// One entry a run.
    case ran([ReplayedRun])
}

/// How one run ended.
package enum ReplayedRun: Sendable {
    /// By itself, and no sanitizer complained. What other tools print counts only where the run didn't end well, because
    /// a program may quote it.
    case calm
    case crashed(CrashReport)
    /// By a signal or a limit, without a word from a tool.
    case stopped(SandboxEnding)

    init(_ outcome: SandboxOutcome) {
        // A finding may be that memory or time can be exhausted.
        let settings = CrashSettings(countsExhaustion: true)
        if let crash = CrashReport(parsing: outcome.standardError.bytes, settings: settings),
            crash.tool.isSanitizer || outcome.ending != .exited(code: 0)
        {
            self = .crashed(crash)
            return
        }
        switch outcome.ending {
        case .exited: self = .calm
        case .signalled, .limitHit: self = .stopped(outcome.ending)
        }
    }
}
