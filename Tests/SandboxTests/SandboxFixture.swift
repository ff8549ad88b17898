import Testing

@testable import Sandbox

/// Runs jobs for the tests that need a real sandbox, and says why they are skipped where there is none.
enum Confined {
    /// True where sandboxes work. Says once, clearly, when they don't.
    static func isAvailable() async -> Bool {
        switch await SandboxAvailability.check() {
        case .available: return true
        case .unavailable(let reason):
            print("SKIPPED: no sandbox on this machine: \(reason)")
            return false
        }
    }

    /// A policy small enough that a hostile command ends soon.
    static let strict = SandboxPolicy(
        wallTime: .seconds(30), cpuTime: .seconds(5), memoryInBytes: 256 << 20, processCount: 32,
        fileSizeInBytes: 8 << 20, scratchSizeInBytes: 32 << 20, outputInBytes: 4_096, collectedInBytes: 1 << 20)

    static func shell(
        _ script: String, _ policy: SandboxPolicy = strict, inputs: [String: SandboxInput] = [:], collect: [String] = []
    ) async throws -> SandboxOutcome {
        try await Sandbox.run(
            SandboxJob(arguments: ["sh", "-c", script], inputs: inputs, collect: collect), policy)
    }

    /// The same machine with the weaker memory guard.
    static func hostWithoutControlGroups() async -> SandboxHost? {
        guard case .available(let host) = await SandboxAvailability.check() else { return nil }
        return SandboxHost(
            tools: host.tools, runsAsRoot: host.runsAsRoot, root: host.root, controlGroups: nil, machine: host.machine)
    }
}

extension CapturedOutput {
    var text: String { String(decoding: bytes, as: UTF8.self) }
}
