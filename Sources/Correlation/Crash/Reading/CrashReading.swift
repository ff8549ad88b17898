/// The verdict on an output while its lines are read: a state machine that every line may change.
///
/// The rules are those of ClusterFuzz's stack parser (google/clusterfuzz, `src/clusterfuzz/stacktraces`), whose types and
/// states OSS-Fuzz and OSV publish: the last report of an output wins unless the first one was more telling, what a
/// program says before it dies (an assertion, a CHECK, a panic) is more telling than the signal that follows, and the
/// state is that message or the first three telling frames below the heading.
struct CrashReading {
    let settings: CrashSettings
    let marks: TraceMarks

    /// The type so far; empty as long as nothing is a crash.
    private(set) var type = ""
    private(set) var tool: CrashTool?
    /// As printed.
    var address = ""
    /// Lines, each with its end.
    private(set) var state: [UInt8] = []
    private(set) var stateFrameCount = 0
    private(set) var stateHasFunction = false
    /// Functions of the program that ClusterFuzz leaves out of the state, innermost first.
    private var namesLeftOut: [String] = []
    /// Some of them are further inside than the first frame of the state, which so doesn't tell one bug from another.
    private var leavesOutInnermost = false
    /// The names of all telling frames, for a stack that overflows.
    private(set) var frameNames: [String] = []
    private(set) var stacks = CrashStacks()

    /// Nothing that follows belongs to the crash.
    private(set) var isOver = false
    /// The output tells of exhausted memory, which the settings don't count.
    private(set) var isExhausted = false
    var processName: String?

    // What some families remember from line to line.
    var badCast = BadCastSignatures.Progress()
    var fatalError = FatalErrorSignatures.Progress()
    var hasJavaStack = false
    var sawGoPanic = false
    /// Stacks below the panic; the first is the one that panicked.
    var goroutineCount = 0
    /// What is read is a report of Go's race detector.
    var isGoRace: Bool { tool == .go && type == GoSignatures.race }
    var sawScriptError = false
    var rust = RustSignatures.Progress()
    var java = JavaSignatures.Progress()
    var isInSwiftBacktrace = false
    /// The kernel's report is of undefined behaviour, behind which it went on.
    var isBelowKernelUBSAN = false
    /// The oops that was read tells next which instruction failed.
    var awaitsInstruction = false

    init(settings: CrashSettings, marks: TraceMarks) {
        self.settings = settings
        self.marks = marks
    }

    // MARK: what signatures do

    /// Takes a type, unless the one before is more telling whatever follows. Nil keeps the type and only tells the tool.
    mutating func become(_ type: String, by tool: CrashTool) {
        guard Self.rank(type) >= Self.rank(self.type) else { return }
        self.type = type
        self.tool = tool
    }

    /// A violation of V8's sandbox is what counts of all that it sets off, and a timeout interrupts wherever it may.
    private static func rank(_ type: String) -> Int {
        switch type {
        case "V8 sandbox violation": 2
        case "Timeout": 1
        default: 0
        }
    }

    /// Adds what a later line says of the same crash, like the size of the access.
    mutating func amendType(_ words: String) {
        if type.utf8.count < Self.maximumTypeLength { type += words }
    }

    /// No heading and no access has so many words; an output that repeats one endlessly doesn't make the type endless.
    private static let maximumTypeLength = 512

    /// Forgets address, state and stacks: a report begins.
    mutating func beginReport() {
        address = ""
        clearState()
    }

    /// The same, for a heading of a sanitizer, whose own word for the crash is kept.
    mutating func beginReport(kind: String, programCounter: UInt64? = nil) {
        beginReport()
        stacks.begin(kind: kind, programCounter: programCounter)
    }

    mutating func noteAccess(_ access: MemoryAccess) { stacks.note(access) }

    mutating func clearState() {
        state = []
        stateFrameCount = 0
        stateHasFunction = false
        namesLeftOut = []
        leavesOutInnermost = false
        stacks = CrashStacks()
    }

    /// A message is the first line of the state.
    mutating func setState(_ message: ReportText, countingFrames count: Int? = nil) {
        state = Array(message) + [.newline]
        stateHasFunction = false
        if let count { stateFrameCount = count }
    }

    /// Adds to the line of the state that isn't complete yet.
    mutating func amendState(_ words: ReportText) { state += words }

    mutating func endStateLine() {
        state.append(.newline)
        stateFrameCount += 1
    }

    mutating func countFrames(_ count: Int) { stateFrameCount = count }
    mutating func closeState() { stateFrameCount = Self.maximumStateFrameCount }
    mutating func end() { isOver = true }

    mutating func giveUpAsExhausted() {
        isExhausted = true
        isOver = true
    }

    // MARK: what frames do

    static let maximumStateFrameCount = 3

    /// Takes a frame: into its stack, and when it is telling, into the state. The name is how it appears there; a frame of the
    /// language's own library may appear there and says nothing about the program.
    mutating func take(_ frame: StackFrame, named name: String? = nil, isOfLibrary: Bool = false) {
        stacks.take(frame)
        guard !frame.isInlined, !FrameRules.isMachinery(frame, besides: settings.ignoredFrameWords) else { return }
        let name = name ?? frame.stateName
        if frameNames.count < CrashReport.maximumFrameCount { frameNames.append(name) }
        guard stateFrameCount < Self.maximumStateFrameCount else { return }
        state += Array(name.utf8) + [.newline]
        stateFrameCount += 1
        if frame.function != nil, !frame.isEntryPoint, !isOfLibrary { stateHasFunction = true }
    }

    /// Takes a frame into its stack only.
    mutating func takeUntelling(_ frame: StackFrame) { stacks.take(frame) }

    /// Takes a frame of the program that ClusterFuzz leaves out. Where others stand in the stack, the state is the same as there;
    /// where none does, these name it.
    mutating func takeLeftOut(_ frame: StackFrame, named name: String) {
        stacks.take(frame)
        leavesOutInnermost = leavesOutInnermost || !stateHasFunction
        if namesLeftOut.count < Self.maximumStateFrameCount { namesLeftOut.append(name) }
    }

    /// The output ended.
    mutating func finish() {
        RustSignatures.finish(&self)
        if !stateHasFunction, !namesLeftOut.isEmpty {
            for name in namesLeftOut { takeStateLine(Array(name.utf8)[...]) }
            stateHasFunction = true
        } else if leavesOutInnermost {
            stateHasFunction = false
        }
    }

    /// Metadata that stands in the state as if it were a frame.
    mutating func takeStateLine(_ line: ReportText) {
        guard stateFrameCount < Self.maximumStateFrameCount else { return }
        state += Array(line) + [.newline]
        stateFrameCount += 1
    }

    // MARK: what lines between do

    mutating func noteHeading(_ line: ReportText) { stacks.noteHeading(line) }
    mutating func noteSummary(_ line: ReportText) { stacks.noteSummary(line) }
}
