/// How much of the machine one untrusted command may use. A pure value: every limit is checked here and enforced by
/// the kernel or by the supervisor, never by the command itself.
///
/// Defaults are chosen for replaying a reproducer: small, so that a hostile one costs little, and large enough for a
/// sanitizer build of ordinary software. Each constant says why it has its value.
package struct SandboxPolicy: Sendable, Equatable {
    /// From start to the end of collection. On expiry the whole process tree is killed.
    package var wallTime: Duration
    /// Processor time of the whole tree; rounded up to whole seconds for the kernel's own limit on each process.
    package var cpuTime: Duration
    /// Memory of the whole tree. In a control group this includes the files in /work and /tmp.
    package var memoryInBytes: Int
    /// Processes and threads alive at once.
    package var processCount: Int
    /// The largest single file the command may write.
    package var fileSizeInBytes: Int
    /// Descriptors one process may hold.
    package var openFileCount: Int
    /// The size of the private /work, and separately of the private /tmp.
    package var scratchSizeInBytes: Int
    /// What is kept of each output stream; the rest is read, counted and dropped.
    package var outputInBytes: Int
    /// What is kept of all collected files together.
    package var collectedInBytes: Int

    package init(
        wallTime: Duration = Self.replayWallTime,
        cpuTime: Duration = Self.replayCPUTime,
        memoryInBytes: Int = Self.replayMemoryInBytes,
        processCount: Int = Self.defaultProcessCount,
        fileSizeInBytes: Int = Self.defaultFileSizeInBytes,
        openFileCount: Int = Self.defaultOpenFileCount,
        scratchSizeInBytes: Int = Self.defaultScratchSizeInBytes,
        outputInBytes: Int = Self.defaultOutputInBytes,
        collectedInBytes: Int = Self.defaultCollectedInBytes
    ) {
        self.wallTime = wallTime
        self.cpuTime = cpuTime
        self.memoryInBytes = memoryInBytes
        self.processCount = processCount
        self.fileSizeInBytes = fileSizeInBytes
        self.openFileCount = openFileCount
        self.scratchSizeInBytes = scratchSizeInBytes
        self.outputInBytes = outputInBytes
        self.collectedInBytes = collectedInBytes
    }

    /// One replay of a reproducer.
    package static let replay = SandboxPolicy()
    /// One build of the target before its replays: a compiler is slower and hungrier than the program it makes.
    package static let build = SandboxPolicy(
        wallTime: buildWallTime, cpuTime: buildCPUTime, memoryInBytes: buildMemoryInBytes)
}

extension SandboxPolicy {
    /// A fuzz target that needs more than this for one input is reported as a hang by the fuzzers themselves
    /// (libFuzzer's default is 1,200 s, OSS-Fuzz uses 25 to 65 s).
    package static let replayWallTime: Duration = .seconds(60)
    /// Half of the wall time: a replay that computes for 30 s without crashing is a timeout, not a crash.
    package static let replayCPUTime: Duration = .seconds(30)
    /// libFuzzer's `-rss_limit_mb` is 2,048 by default; OSS-Fuzz reports out-of-memory at 2,560.
    package static let replayMemoryInBytes = 2_048 << 20
    /// Ten minutes build most single libraries on two cores.
    package static let buildWallTime: Duration = .seconds(600)
    /// Two cores for the whole wall time.
    package static let buildCPUTime: Duration = .seconds(1_200)
    /// Linking a large program with debug information.
    package static let buildMemoryInBytes = 4_096 << 20
    /// A parallel make with a few compiler passes each; small enough that a fork bomb stays unnoticed by the host.
    package static let defaultProcessCount = 128
    /// An object file or a corpus entry larger than this is a mistake or an attack.
    package static let defaultFileSizeInBytes = 256 << 20
    /// Linux gives a process 1,024 by default; compilers and test programs use far fewer.
    package static let defaultOpenFileCount = 512
    /// A source tree, its objects and one binary.
    package static let defaultScratchSizeInBytes = 512 << 20
    /// The longest sanitizer report seen in public corpora is below 200 kB.
    package static let defaultOutputInBytes = 1 << 20
    /// One sanitizer binary with debug information, and a few small files.
    package static let defaultCollectedInBytes = 64 << 20

    /// Why this policy can't be enforced, or nil: a limit that is not positive would mean "no limit" to the kernel.
    var refusal: String? {
        if wallTime <= .zero || cpuTime <= .zero { return "a time limit is not positive" }
        let sizes = [
            memoryInBytes, processCount, fileSizeInBytes, openFileCount, scratchSizeInBytes, outputInBytes,
            collectedInBytes
        ]
        if sizes.contains(where: { $0 <= 0 }) { return "a size limit is not positive" }
        // bubblewrap's init, the collecting shell and the command itself.
        if openFileCount < 16 { return "fewer than 16 descriptors: no program can start" }
        return nil
    }
}
