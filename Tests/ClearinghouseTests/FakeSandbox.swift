import Synchronization

@testable import Clearinghouse
@testable import Sandbox

/// A sandbox that runs nothing: builds end and runs crash as the test says, and every job is kept to be looked at.
final class FakeSandbox: Sendable {
    /// How one run of the built program ends.
    enum Run: Sendable {
        case calm
        case crash(kind: String, function: String)
        case ending(SandboxEnding)
        case failure(SandboxError)

        static let expected = Run.crash(kind: "heap-buffer-overflow", function: "tide_expand_levels")
    }

    enum Build: Sendable {
        case success
        case failure(code: Int32, said: String)
        case withoutArtifact
        case refused(SandboxError)
    }

    struct Call: Sendable {
        let job: SandboxJob
        let policy: SandboxPolicy
    }

    private struct State {
        var build: Build
        var runs: [Run]
        var next = 0
        var calls: [Call] = []
    }

    private let state: Mutex<State>

    /// Runs end as `runs` says, over and over.
    init(build: Build = .success, runs: [Run] = [.expected]) {
        state = Mutex(State(build: build, runs: runs))
    }

    var calls: [Call] { state.withLock { $0.calls } }

    func change(build: Build? = nil, runs: [Run]? = nil) {
        state.withLock { state in
            state.build = build ?? state.build
            if let runs { (state.runs, state.next) = (runs, 0) }
        }
    }

    var runner: ReplayRunner {
        ReplayRunner { job, policy in
            self.state.withLock { $0.calls.append(Call(job: job, policy: policy)) }
            return try policy == .build ? self.build(job) : self.run()
        }
    }

    private func build(_ job: SandboxJob) throws -> SandboxOutcome {
        switch state.withLock({ $0.build }) {
        case .success: return .ended(collected: Dictionary(uniqueKeysWithValues: job.collect.map { ($0, Array($0.utf8)) }))
        case .failure(let code, let said): return .ended(.exited(code: code), said: said)
        case .withoutArtifact: return .ended(notCollected: job.collect)
        case .refused(let error): throw error
        }
    }

    private func run() throws -> SandboxOutcome {
        let run = state.withLock { state in
            defer { state.next += 1 }
            return state.runs[state.next % state.runs.count]
        }
        switch run {
        case .calm: return .ended(said: "checksum mismatch\n")
        case .crash(let kind, let function):
            return .ended(.exited(code: 1), said: FakeSandbox.addressSanitizerReport(kind, function))
        case .ending(let ending): return .ended(ending)
        case .failure(let error): throw error
        }
    }

    static func addressSanitizerReport(_ kind: String, _ function: String) -> String {
        """
        =================================================================
        ==1==ERROR: AddressSanitizer: \(kind) on address 0x602000000018 at pc 0x5600000012a4 bp 0x7ffc00000010 sp 0x7ffc00000008
        WRITE of size 2 at 0x602000000018 thread T0
            #0 0x5600000012a3 in \(function) src/tide.c:67
            #1 0x560000001500 in tide_decode src/tide.c:110
            #2 0x560000001700 in main fuzz-target/decode_file.c:31

        SUMMARY: AddressSanitizer: \(kind) src/tide.c:67 in \(function)
        ==1==ABORTING

        """
    }
}

extension SandboxOutcome {
    static func ended(
        _ ending: SandboxEnding = .exited(code: 0), said: String = "", collected: [String: [UInt8]] = [:],
        notCollected: [String] = []
    ) -> SandboxOutcome {
        SandboxOutcome(
            ending: ending, standardOutput: CapturedOutput(bytes: [], omittedByteCount: 0),
            standardError: CapturedOutput(bytes: Array(said.utf8), omittedByteCount: 0), wallTime: .milliseconds(3),
            cpuTime: .milliseconds(2), peakMemoryInBytes: 1_024, collected: collected, notCollected: notCollected,
            memoryGuard: .controlGroupV2
        )
    }
}

extension ReplayRunner {
    /// For tests in which nothing may run.
    static let refusing = ReplayRunner { _, _ in throw SandboxError.unavailable("this test runs nothing") }
}
