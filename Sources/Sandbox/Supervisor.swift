import Glibc

/// Starts one confined command, feeds nothing and reads everything, watches the limits that the kernel doesn't, and
/// leaves when no process of it is left. One instance, one run, one thread from the beginning to the end.
struct Supervisor {
    private let policy: SandboxPolicy
    private let group: ControlGroup?
    private let cancellation: CancellationSwitch
    private let started = ContinuousClock.now
    private var child: ChildProcess
    private var streams: OutputStreams
    private var sandboxInit: SandboxInit?
    /// The most that was seen of the tree. bubblewrap doesn't wait for its init, so the kernel adds the times of the
    /// command to nobody's: without a control group this is all that is known.
    private var seen = ProcessTree.Load()
    private var nextInspection: ContinuousClock.Instant
    private var kill = KillState.notAsked

    private enum KillState {
        case notAsked
        case asked(for: SandboxLimit?, at: ContinuousClock.Instant)
    }

    /// A supervisor that counts memory itself must be quick; one that only watches processor time need not.
    private static let inspectionInterval: Duration = .milliseconds(20)
    private static let residentSetInterval: Duration = .milliseconds(3)
    /// How long bubblewrap may take to report, and later to leave by itself, before it is killed in turn.
    private static let patience: Duration = .seconds(2)

    init(
        _ command: SandboxCommandLine, standardInput: [UInt8], policy: SandboxPolicy, group: ControlGroup?,
        cancellation: CancellationSwitch
    ) throws(SandboxError) {
        self.policy = policy
        self.group = group
        self.cancellation = cancellation
        nextInspection = started
        let input = try Descriptor.holding(standardInput)
        let (streams, childEnds) = try OutputStreams.open(for: command, policy)
        self.streams = streams
        child = try ChildProcess(arguments: command.arguments, descriptors: [input] + childEnds)
    }

    /// Follows the command to its end.
    ///
    /// - Throws: `CancellationError` after a cancellation, `SandboxError` when the command did not start or its end
    ///   is unknown. In every case all its processes are dead and reaped.
    mutating func run(collecting wanted: [String], guardedBy memoryGuard: MemoryGuard) throws -> SandboxOutcome {
        while !child.reap() {
            streams.wait(atMost: waitingTime, also: cancellation.descriptor)
            if cancellation.isCancelled { ask(toEndFor: nil) }
            meetInit()
            inspectIfDue()
            pursue()
        }
        sandboxInit?.waitUntilDead(until: .now + Self.patience)
        let wallTime = ContinuousClock.now - started
        streams.drain(until: .now + Self.patience)
        if cancellation.isCancelled { throw CancellationError() }
        return try outcome(wallTime, wanted, memoryGuard)
    }

    // MARK: limits

    private var waitingTime: Duration {
        // bubblewrap closes its report when it leaves; it can be reaped in a moment.
        streams.isReportClosed ? .milliseconds(1) : max(.zero, min(nextInspection, started + policy.wallTime) - .now)
    }

    private mutating func inspectIfDue() {
        let now = ContinuousClock.now
        if now >= started + policy.wallTime { ask(toEndFor: .wallTime) }
        guard now >= nextInspection else { return }
        look()
        if seen.cpuTime > policy.cpuTime { ask(toEndFor: .cpuTime) }
        if let group {
            if group.memoryKillCount > 0 { ask(toEndFor: .memory) }
        } else if seen.residentBytes > policy.memoryInBytes {
            ask(toEndFor: .memory)
        }
        nextInspection = .now + (group == nil ? Self.residentSetInterval : Self.inspectionInterval)
    }

    /// Asks the control group where there is one; walks through /proc where there is none or it doesn't count.
    private mutating func look() {
        if let time = group?.cpuTime {
            seen.cpuTime = time
            return
        }
        let load = ProcessTree.load(below: child.pid)
        seen.residentBytes = max(seen.residentBytes, load.residentBytes)
        seen.cpuTime = max(seen.cpuTime, load.cpuTime)
    }

    private mutating func ask(toEndFor limit: SandboxLimit?) {
        if case .notAsked = kill { kill = .asked(for: limit, at: .now) }
    }

    // MARK: killing

    /// Kills the sandbox's init and with it the whole tree; bubblewrap then reaps it and leaves. bubblewrap itself is
    /// killed only if it doesn't, because its own death would hand an unreaped init to whoever adopts it.
    private mutating func pursue() {
        guard case .asked(_, let since) = kill else { return }
        nextInspection = .now + .milliseconds(1)
        sandboxInit?.kill()
        if ContinuousClock.now - since > Self.patience { Glibc.kill(child.pid, SIGKILL) }
    }

    /// Remembers the sandbox's init as soon as it is reported.
    private mutating func meetInit() {
        guard sandboxInit == nil, let pid = streams.report.initPID else { return }
        sandboxInit = SandboxInit(pid: pid, childOf: child.pid)
    }

    // MARK: outcome

    private consuming func outcome(_ wallTime: Duration, _ wanted: [String], _ memoryGuard: MemoryGuard) throws(SandboxError)
        -> SandboxOutcome
    {
        var evidence = SandboxEnding.Evidence()
        if case .asked(let limit, _) = kill { evidence.killedFor = limit }
        evidence.exitCode = streams.report.exitCode
        evidence.memoryKillCount = group?.memoryKillCount ?? 0
        evidence.cpuTime = group?.cpuTime ?? max(child.cpuTime, seen.cpuTime)
        let error = streams.standardError.captured()
        evidence.saysMemoryExhausted = Self.contains("hard rss limit exhausted", error.bytes)
        guard let ending = SandboxEnding(judging: evidence, under: policy) else {
            let words = String(decoding: error.bytes.prefix(500), as: UTF8.self)
            // bubblewrap reports an exit code whenever the command was started.
            throw child.wasKilled ? .lost("bubblewrap itself was killed") : .couldNotStart(words)
        }
        let collected = CollectedArchive.files(in: streams.archive, wanted: wanted)
        return SandboxOutcome(
            ending: ending, standardOutput: streams.standardOutput.captured(), standardError: error,
            wallTime: wallTime, cpuTime: evidence.cpuTime,
            peakMemoryInBytes: group?.peakMemoryInBytes ?? seen.residentBytes,
            collected: collected, notCollected: wanted.filter { collected[$0] == nil }, memoryGuard: memoryGuard)
    }

    private static func contains(_ words: StaticString, _ bytes: [UInt8]) -> Bool {
        let length = words.utf8CodeUnitCount
        return bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, bytes.count >= length else { return false }
            return (0...(bytes.count - length)).contains { memcmp(base + $0, words.utf8Start, length) == 0 }
        }
    }
}
