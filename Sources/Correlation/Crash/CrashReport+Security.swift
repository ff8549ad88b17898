extension CrashReport {
    /// Whether the crash by itself points to a vulnerability rather than to a mere stop of the program.
    ///
    /// A heuristic for ordering work, never a verdict: a leak or a null dereference can still be a denial of service
    /// that matters, and a failed assertion can hide memory corruption. Follows the practice of ClusterFuzz: anything
    /// that touches memory it doesn't own is relevant; what only ends the program is not.
    package var isSecurityRelevant: Bool {
        // Execution arrived at address zero: a function pointer was overwritten or missing.
        if programCounter == 0 { return true }
        if isMitigated || isNullDereference { return false }
        switch kind {
        case "direct-leak", "indirect-leak", "memory-leak", "stack-overflow", "FPE", "int-divide-by-zero",
            "float-divide-by-zero", "ABRT", "BUS", "ILL", "illegal-instruction", "TRAP", "breakpoint",
            "allocation-size-too-big", "out-of-memory", "rss-limit-exceeded", "calloc-overflow", "odr-violation":
            return false
        case "SEGV", "access-violation":
            return !startsInSignal
        default:
            return true
        }
    }

    /// glibc's `raise` shows up as a SEGV at an address that is really the sender's process id: an assertion or an
    /// abort, not an access.
    private var startsInSignal: Bool {
        guard let function = frames.first?.function else { return false }
        return function.hasPrefix("gsignal") || function.hasPrefix("raise") || function.hasPrefix("abort")
    }
}
