import Clearinghouse
import Synchronization

@testable import Runners
@testable import Sandbox

/// A runner that finds one thing in every file, notes which files it saw, and does what a test asks at a certain one.
final class CountingRunner: Runner {
    let name = "counting"
    let driver = RunnerDriver(name: "Counting")
    let configuration: Set<String> = []
    let unitFileCount = 1

    private let files = Mutex<[String]>([])
    private let atFile: @Sendable (String) async throws -> Void

    init(atFile: @escaping @Sendable (String) async throws -> Void = { _ in }) {
        self.atFile = atFile
    }

    var seen: [String] { files.withLock { $0 } }

    func accepts(_ path: String) -> Bool { path.hasSuffix(".c") }

    func scan(_ files: [SourceFile], of source: Source, in sandbox: @escaping SandboxRun) async throws -> UnitResult {
        for file in files {
            try await atFile(file.path)
            self.files.withLock { $0.append(file.path) }
        }
        return UnitResult(
            version: "1.2.3",
            findings: files.map {
                RunnerFinding(
                    rule: "count", level: .warning, message: "A thing in \($0.path)", path: $0.path, line: 3, weaknesses: [120])
            })
    }

    /// Rules by which `tide` owns everything and all may be looked at.
    static let permissive = ScanRules(owner: { _ in "tide" }, mayScan: { _, _ in nil })

    /// Settings in which the sandbox says that a source has these many files.
    func settings(fileCount: Int, rules: ScanRules? = permissive) -> ScanSettings {
        let listing = (0..<fileCount).map { "f 10 src/\($0 + 100).c\0" }.joined() + "f 10 README\0l 4 src/link.c\0"
        return ScanSettings(
            runners: [self],
            engine: ScanEngine { job, _ in
                .ended(collected: Dictionary(uniqueKeysWithValues: job.collect.map { ($0, Array(listing.utf8)) }))
            },
            rules: rules)
    }
}

/// Something that a test turns on while other work goes on.
final class Switch: Sendable {
    private let state = Mutex(false)
    var isOn: Bool { state.withLock { $0 } }
    func turnOn() { state.withLock { $0 = true } }
}
