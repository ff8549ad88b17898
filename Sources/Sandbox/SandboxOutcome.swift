/// Which limit of the policy ended a command.
package enum SandboxLimit: String, Sendable, Equatable, CaseIterable {
    case wallTime, cpuTime, memory, fileSize
}

/// How a command ended.
package enum SandboxEnding: Sendable, Equatable {
    case exited(code: Int32)
    /// Killed by a signal, read from the shell convention `128 + signal`, which is all that bubblewrap passes on.
    /// A program that exits with, say, 139 by itself is therefore reported as killed by SIGSEGV.
    case signalled(Int32)
    case limitHit(SandboxLimit)
}

/// What bounded the memory of a run.
package enum MemoryGuard: Sendable, Equatable {
    /// The kernel accounts and kills (cgroup v1 `memory` and `pids` controllers).
    case controlGroupV1
    /// The kernel accounts and kills (cgroup v2).
    case controlGroupV2
    /// The supervisor sums the resident pages of the process tree every few milliseconds and kills. Weaker: pages
    /// shared after a fork count twice, pages that no process maps (files in /tmp, unmapped memfds) not at all, and
    /// a program that allocates faster than the interval overshoots.
    case residentSetSupervisor
}

/// The kept part of one output stream: all of it, or its first and last halves with the middle left out.
package struct CapturedOutput: Sendable, Equatable {
    package let bytes: [UInt8]
    /// What was dropped between the first and the second half of `bytes`; 0 when the output is whole.
    package let omittedByteCount: Int

    package var isTruncated: Bool { omittedByteCount > 0 }
}

/// What one command did. Everything in it came from an untrusted program: outputs, files and exit code are claims to
/// be judged, only the ending by a limit, the times and the guard are observations of the supervisor.
package struct SandboxOutcome: Sendable, Equatable {
    package let ending: SandboxEnding
    package let standardOutput: CapturedOutput
    package let standardError: CapturedOutput
    package let wallTime: Duration
    /// User and system time of the whole tree, with bubblewrap's own few milliseconds. Exact in a control group that
    /// counts it; otherwise what the supervisor saw up to 3 ms before the end, in steps of 10 ms.
    package let cpuTime: Duration
    /// Of the whole tree where a control group was active, else the largest sum the supervisor saw.
    package let peakMemoryInBytes: Int
    package let collected: [String: [UInt8]]
    /// Paths that were asked for and are not in `collected`: absent, not a regular file, or beyond the size limit.
    package let notCollected: [String]
    package let memoryGuard: MemoryGuard
}
