extension SandboxEnding {
    /// What the supervisor knows when everything is over.
    struct Evidence {
        /// The limit for which the supervisor killed the tree, if it did.
        var killedFor: SandboxLimit?
        /// bubblewrap's report; nil when the command was killed from outside.
        var exitCode: Int32?
        var memoryKillCount = 0
        var cpuTime: Duration = .zero
        /// Whether AddressSanitizer said that it ended the program at `hard_rss_limit_mb`.
        var saysMemoryExhausted = false
    }

    /// The one place that decides how a run ended; nil when nobody knows.
    ///
    /// A limit goes before the exit code: what a program still says while it is being stopped is not its own ending.
    init?(judging evidence: Evidence, under policy: SandboxPolicy) {
        if evidence.memoryKillCount > 0 {
            self = .limitHit(.memory)
        } else if let limit = evidence.killedFor {
            self = .limitHit(limit)
        } else if let code = evidence.exitCode {
            self = Self.ending(of: code, evidence, policy)
        } else {
            return nil
        }
    }

    private static func ending(of code: Int32, _ evidence: Evidence, _ policy: SandboxPolicy) -> SandboxEnding {
        switch code {
        case 128 + Signal.cpuTimeExceeded: .limitHit(.cpuTime)
        case 128 + Signal.fileSizeExceeded: .limitHit(.fileSize)
        // The hard limit on processor time kills a program that caught the soft one.
        case 128 + Signal.kill where evidence.cpuTime >= policy.cpuTime: .limitHit(.cpuTime)
        case 1... where evidence.saysMemoryExhausted: .limitHit(.memory)
        case 129...192: .signalled(code - 128)
        default: .exited(code: code)
        }
    }

    /// signal(7), the numbers of x86 and ARM.
    enum Signal {
        static let kill: Int32 = 9
        static let cpuTimeExceeded: Int32 = 24
        static let fileSizeExceeded: Int32 = 25
    }
}
