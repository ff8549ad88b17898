import Glibc
import Synchronization

/// Runs untrusted commands, each in a sandbox of its own: no network, no host files but the system's programs and
/// libraries, no host processes, no privileges, bounded time, memory, processes and output.
///
/// This is the step of *Validation* that turns a claim ("this input crashes that program") into an observation.
/// It never runs anything unconfined: where confinement isn't available it refuses.
package enum Sandbox {
    /// Runs one command to its end.
    ///
    /// When it returns or throws, no process of the command is left, and nothing of it but the returned value.
    /// Cancelling the task kills the command. Runs are independent of each other and may overlap; each occupies a
    /// thread and up to 260 descriptors while it starts.
    ///
    /// - Throws: `SandboxError` when the command could not be run as asked (see its codes), `CancellationError` when
    ///   the task was cancelled. Whatever the command itself does is an outcome, never an error.
    package static func run(
        _ job: SandboxJob, _ policy: SandboxPolicy, searching directories: [String] = SandboxAvailability.toolDirectories
    ) async throws -> SandboxOutcome {
        try job.validate()
        if let refusal = policy.refusal { throw SandboxError.invalidPolicy(refusal) }
        switch await SandboxAvailability.check(searching: directories) {
        case .unavailable(let reason): throw SandboxError.unavailable(reason)
        case .available(let host): return try await run(job, policy, on: host)
        }
    }

    /// Runs on a host whose check was made before. The trial run of that check comes here too.
    static func run(_ job: SandboxJob, _ policy: SandboxPolicy, on host: SandboxHost) async throws -> SandboxOutcome {
        try Task.checkCancellation()
        try refuseLinkedBinds(job.readOnlyBinds)
        let cancellation = try CancellationSwitch()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<SandboxOutcome, any Error>) in
                do {
                    try DedicatedThread.start {
                        continuation.resume(with: Result { try supervise(job, policy, host, cancellation) })
                    }
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        } onCancel: {
            cancellation.turn()
        }
    }

    private static func supervise(
        _ job: SandboxJob, _ policy: SandboxPolicy, _ host: SandboxHost, _ cancellation: CancellationSwitch
    ) throws -> SandboxOutcome {
        let number = nextRun.wrappingAdd(1, ordering: .relaxed).oldValue
        let group = try host.controlGroups.map { hierarchy throws(SandboxError) in
            try ControlGroup(
                in: hierarchy, named: ControlGroupHierarchy.groupName(run: number),
                limits: .init(
                    memoryInBytes: policy.memoryInBytes, processCount: policy.processCount + ownProcessCount))
        }
        defer { group?.remove() }
        let command = SandboxCommandLine(
            job: job, policy: policy, host: host,
            userID: SandboxHost.firstUserID + UInt32(truncatingIfNeeded: number) % SandboxHost.userIDCount,
            controlGroupMembershipFiles: group?.membershipFiles ?? [])
        var supervisor = try Supervisor(
            command, standardInput: job.standardInput, policy: policy, group: group, cancellation: cancellation)
        return try supervisor.run(collecting: job.collect, guardedBy: host.memoryGuard)
    }

    /// Numbers the runs of this process, for the names of control groups and the user ids.
    private static let nextRun = Atomic<Int>(0)

    /// bubblewrap, its init, the collecting shell and its archiver.
    private static let ownProcessCount = 4

    /// A bind that leads elsewhere through a symbolic link is judged by where it leads.
    private static func refuseLinkedBinds(_ paths: [String]) throws(SandboxError) {
        for path in paths {
            guard let resolved = realpath(path, nil) else {
                throw .invalidJob("read-only bind \(path): \(lastSystemError())")
            }
            defer { free(resolved) }
            if let refusal = SandboxJob.refusalOfBind(String(cString: resolved)) {
                throw .invalidJob("read-only bind \(path) leads elsewhere: \(refusal)")
            }
        }
    }
}
