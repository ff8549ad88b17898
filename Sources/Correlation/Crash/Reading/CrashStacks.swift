/// The stacks of one report, sorted by the headings above them, and what its heading says of the access.
struct CrashStacks {
    private(set) var error: [StackFrame] = []
    private(set) var free: [StackFrame] = []
    private(set) var allocation: [StackFrame] = []
    private(set) var access: MemoryAccess?
    /// The sanitizer's own word for the crash.
    private(set) var kind: String?
    private(set) var programCounter: UInt64?
    private(set) var summary: String?
    private var section = Section.error

    private enum Section { case error, free, allocation, other }

    mutating func take(_ frame: StackFrame) {
        switch section {
        case .error: Self.add(frame, to: &error)
        case .free: Self.add(frame, to: &free)
        case .allocation: Self.add(frame, to: &allocation)
        case .other: break
        }
    }

    private static func add(_ frame: StackFrame, to stack: inout [StackFrame]) {
        if stack.count < CrashReport.maximumFrameCount { stack.append(frame) }
    }

    mutating func noteSummary(_ line: ReportText) {
        if let words = line.text(after: "SUMMARY: ") { summary = words.trimmed.string }
    }

    /// A report begins: what was said of an earlier one is void.
    mutating func begin(kind: String, programCounter: UInt64?) {
        self = CrashStacks()
        self.kind = kind
        self.programCounter = programCounter
    }

    mutating func noteHeading(_ line: ReportText) {
        let line = line.trimmed
        if line.hasPrefix("freed by thread ") || line.hasPrefix("freed here:") || line.hasPrefix("Freed by task ") {
            section = free.isEmpty ? .free : .other
        } else if line.hasPrefix("previously allocated by thread ") || line.hasPrefix("allocated by thread ")
            || line.hasPrefix("previously allocated here:") || line.hasPrefix("allocated here:")
            || line.hasPrefix("Allocated by task ")
        {
            section = allocation.isEmpty ? .allocation : .other
        } else if line.hasPrefix("Thread T") && line.contains(" created by ") || line.contains(" is located in stack of ")
            || line.hasPrefix("Memory was marked uninitialized") || line.hasPrefix("Uninitialized value was ")
            || line.hasPrefix("Previous ") || line.hasPrefix("Direct leak of ") || line.hasPrefix("Indirect leak of ")
        {
            section = .other
        }
    }

    /// The heading says more than the signal's line below it.
    mutating func note(_ access: MemoryAccess) {
        if self.access == nil { self.access = access }
    }
}
