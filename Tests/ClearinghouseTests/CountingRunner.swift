import Clearinghouse
import Synchronization

@testable import Runners
@testable import Sandbox

/// A runner that finds one thing in every file, notes which files it saw, and does what a test asks at a certain one.
final class CountingRunner: Runner {
    let name = "counting"
    let driver: RunnerDriver
    let configuration: Set<String> = []
    let unitFileCount = 1

    private let files = Mutex<[String]>([])
    private let atFile: @Sendable (String) async throws -> Void

    /// What one file gives, beside one finding.
    private let more: @Sendable (String) -> UnitResult

    init(
        driver: RunnerDriver = RunnerDriver(name: "Counting"),
        atFile: @escaping @Sendable (String) async throws -> Void = { _ in },
        more: @escaping @Sendable (String) -> UnitResult = { _ in UnitResult() }
    ) {
        self.driver = driver
        self.more = more
        self.atFile = atFile
    }

    var seen: [String] { files.withLock { $0 } }

    func accepts(_ path: String) -> Bool { path.hasSuffix(".c") }

    func scan(_ files: [SourceFile], of source: Source, in sandbox: @escaping SandboxRun) async throws -> UnitResult {
        for file in files {
            try await atFile(file.path)
            self.files.withLock { $0.append(file.path) }
        }
        let counted = UnitResult(
            version: "1.2.3",
            findings: files.map {
                RunnerFinding(
                    rule: "count", level: .warning, message: "A thing in \($0.path)", path: $0.path, line: 3, weaknesses: [120])
            })
        return files.reduce(counted) { $0 + more($1.path) }
    }

    /// Settings in which the sandbox says that a source has these many files.
    func settings(fileCount: Int) -> ScanSettings {
        let listing = (0..<fileCount).map { "f 10 src/\($0 + 100).c\0" }.joined() + "f 10 README\0l 4 src/link.c\0"
        return ScanSettings(
            runners: [self],
            engine: ScanEngine { job, _ in
                .ended(collected: Dictionary(uniqueKeysWithValues: job.collect.map { ($0, Array(listing.utf8)) }))
            })
    }
}

/// What was said, in order.
final class Words: Sendable {
    private let state = Mutex<[String]>([])
    var all: [String] { state.withLock { $0 } }
    func add(_ words: String) { state.withLock { $0.append(words) } }
}

/// Something that a test turns on while other work goes on.
final class Switch: Sendable {
    private let state = Mutex(false)
    var isOn: Bool { state.withLock { $0 } }
    func turnOn() { state.withLock { $0 = true } }
}
