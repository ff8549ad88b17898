import Sandbox

/// Runs a runner over a source, unit by unit. It keeps nothing: whoever calls it keeps the results, and asks for the next unit.
package struct ScanEngine: Sendable {
    private let sandbox: SandboxRun

    package init(sandbox: @escaping SandboxRun) {
        self.sandbox = sandbox
    }

    package static let sandboxed = ScanEngine { try await Sandbox.run($0, $1) }

    /// Unpacks the source in the sandbox and lists what is in it.
    package func source(_ archive: SourceArchive, for runner: any Runner) async throws -> Source {
        Source(
            archive: archive,
            listing: try await Unpacking.listing(of: archive, configuration: runner.configuration, in: sandbox))
    }

    /// What the runner says of these files, as far as there is room (`ResultRoom.unit`). One that the tool can't bear costs the
    /// others nothing: where a group fails, its halves are tried, and what is left in the end is told as not looked at.
    /// - Throws: errors that are not the files': no sandbox, no tool, rules that are none, no answer of a model, a spent budget, cancellation.
    package func scan(_ files: [SourceFile], of source: Source, by runner: any Runner) async throws -> UnitResult {
        var attempts = ScanEngine.maximumAttempts
        var result = try await scan(files, of: source, by: runner, &attempts)
        let missed = Set(result.notices.filter(\.isMiss).compactMap(\.path))
        result.files.missed = files.count { missed.contains($0.path) }
        result.files.lookedAt = files.count - result.files.missed
        return result.kept(in: .unit)
    }

    /// Enough to find one bad file among 256, and no more: each attempt may take as long as the sandbox allows (ten minutes), and a
    /// source of nothing but bad files would otherwise take that for each of them.
    private static let maximumAttempts = 17

    private func scan(
        _ files: [SourceFile], of source: Source, by runner: any Runner, _ attempts: inout Int
    ) async throws -> UnitResult {
        guard attempts > 0 else {
            return UnitResult(
                notices: files.map { .miss($0.path, because: "too many files beside it can't be") })
        }
        attempts -= 1
        do {
            let result = try await runner.scan(files, of: source, in: sandbox)
            return ScanEngine.confined(result, to: source.listing)
        } catch let error as RunnerError where error.code == .toolFailed {
            guard files.count > 1 else {
                return UnitResult(notices: [.miss(files.first?.path, because: error.reason)])
            }
            let half = files.count / 2
            let first = try await scan(Array(files[..<half]), of: source, by: runner, &attempts)
            return try await first + scan(Array(files[half...]), of: source, by: runner, &attempts)
        }
    }

    /// A tool's output was made next to untrusted data: what it says of files that are not there is no finding.
    private static func confined(_ result: UnitResult, to listing: SourceListing) -> UnitResult {
        let known = Set(listing.files.map(\.path))
        var confined = result
        confined.findings = result.findings.filter { known.contains($0.path) && ($0.line ?? 1) >= 1 }
        let dropped = result.findings.count - confined.findings.count
        if dropped > 0 { confined.notices.append(RunnerNotice("\(dropped) findings outside the source were dropped")) }
        return confined
    }
}
