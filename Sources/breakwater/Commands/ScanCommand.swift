import AdvisoryFormats
import ArgumentParser
import JSONText
import PackageIdentity
import Runners
import Sealing

/// Runs an analyser over a directory, confined, without a server.
struct ScanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "Run an analyser over a directory inside the sandbox; its findings as SARIF 2.1.0.",
        discussion: """
            Tools: \(AnalysisTools.names.joined(separator: ", ")), and model, which sends what it reads to --model-endpoint. The directory is copied into the sandbox: symbolic links are \
            not followed, nothing of it is executed, and there is no network inside. What the tool could not look at is told on standard \
            error and in the log (toolExecutionNotifications). Exit code 0 whatever was found, with a warning where some files were not \
            looked at; 1 where the tool could not be run, or not to the end, or nothing was looked at: the log then says so \
            (executionSuccessful), and what was not reached.
            """
    )

    @Argument(help: "The tool.") var tool: String
    @Argument(help: "The directory.") var directory: String
    @Option(name: .long, help: "Where to write the SARIF log; standard output unless told.") var output: String?
    @Option(name: .long, help: "The tool's program, where it is not in the usual places.") var program: String?
    @Option(name: .long, help: "The repository the directory was checked out from, for the log.") var repository: String?
    @Option(name: .long, help: "Its commit.") var commit: String?
    @Option(name: .long, help: "The package URL of what is looked at, for the log.") var package: String?
    @Option(name: .long, help: "Rules of your own, for semgrep.") var rules: String?
    @OptionGroup var model: ModelOptions

    func run() async throws {
        let runner = try runner()
        // Before anything is looked at: a run may take hours, and a model's cost money.
        let target = try target()
        if let output { try Local.requireRoom(for: output) }
        let packed = try DirectoryPacker.pack(directory)
        let engine = ScanEngine.sandboxed
        let source = try await engine.source(packed.archive, for: runner)
        let plan = ScanPlan(source.listing, for: runner)
        var progress = ProgressLine()
        let pass = try await engine.pass(over: plan.units, of: source, by: runner) { pass in
            let done = plan.units.prefix(pass.unitCount).reduce(0) { $0 + $1.count }
            progress.show("\(tool): \(done) of \(plan.fileCount) files, \(pass.result.findings.count) findings")
            return true
        }
        let log = SARIFLog(
            driver: runner.driver, target: target,
            run: Digest(hashing: packed.archive.bytes).hex, result: pass.result,
            leftOut: packed.leftOut + source.listing.leftOut,
            notReached: plan.units.dropFirst(pass.unitCount).joined().map(\.path), isComplete: pass.stop == nil,
            failure: pass.stop?.reason)
        try write(log.json.bytes(pretty: true))
        report(log, fileCount: plan.fileCount)
        // What was found and paid for is written; that it is not all is said behind it, and by the exit code.
        if let stop = pass.stop { throw stop }
        if log.result.files.isNothingLookedAt {
            throw RunnerError(.toolFailed, "nothing was looked at: nothing found says nothing about these files")
        }
    }

    private func target() throws -> SARIFLog.Target {
        guard repository.map({ FindingDocument.repository($0) != nil }) != false else {
            throw ValidationError("--repository is no URI like https://github.com/acme/parser")
        }
        guard commit.map({ FindingDocument.commit($0) == $0 }) != false else {
            throw ValidationError("--commit is not 7 to 64 lowercase hexadecimal digits")
        }
        do throws(PurlError) {
            if let package { _ = try Purl(parsing: package) }
        } catch {
            throw ValidationError("--package is no package URL: \(error.reason)")
        }
        return .init(repository: repository, commit: commit, package: package)
    }

    private func runner() throws -> any Runner {
        if tool == ModelOptions.runnerName { return try model.runner() }
        guard tool == "semgrep", let rules else { return try AnalysisTools.runner(tool, program: program) }
        return AnalysisTools.semgrep(
            try AnalysisTools.runner(tool, program: program).program, rules: try Local.bytes(rules), named: rules)
    }

    private func write(_ bytes: [UInt8]) throws {
        guard let output else { return try Console.write(bytes + [UInt8(ascii: "\n")]) }
        try Local.write(bytes, to: output)
    }

    private func report(_ log: SARIFLog, fileCount: Int) {
        var lines = ["\(tool) \(log.result.version ?? ""): \(log.result.findings.count) findings in \(fileCount) files"]
        if fileCount == 0 { lines.append("warning: there is no file here that \(tool) looks at") }
        let files = log.result.files
        if files.missed > 0 { lines.append("warning: \(files.missed) of \(fileCount) files were not looked at") }
        lines += log.result.notices.filter { !$0.isMiss }.map { "\($0.path.map { $0 + ": " } ?? "")\($0.text)" }
        lines += ScanCommand.misses(log.result.notices)
        lines += log.leftOut.map { "\($0.path): left out: \($0.reason.rawValue)" }
        lines += log.notReached.map { "\($0): not reached" }
        for line in lines { Console.note(line) }
    }

    /// One line a reason, however many files it kept from being looked at; the log has all of them.
    private static func misses(_ notices: [RunnerNotice]) -> [String] {
        let byReason = Dictionary(grouping: notices.filter(\.isMiss), by: \.text)
        return byReason.sorted { $0.key < $1.key }.map { reason, notices in
            let paths = notices.compactMap(\.path)
            let more = paths.count > mostNamed ? " and \(paths.count - mostNamed) more" : ""
            return "\(paths.prefix(mostNamed).joined(separator: ", "))\(more): \(reason)"
        }
    }

    private static let mostNamed = 10
}
