/// Reads reports of AddressSanitizer, its hardware-assisted variant and LeakSanitizer, which share one format
/// (compiler-rt `asan_errors.cpp`, `hwasan_report.cpp`, `lsan_common.cpp`; GCC's libsanitizer is a copy).
///
/// A report is a heading `==PID==ERROR: AddressSanitizer: …`, an optional line with the access, the stack of the
/// error, then further stacks under headings of their own, then `SUMMARY:`. Anything may stand between the lines,
/// because other threads and the logger print too.
struct AddressSanitizerReader {
    private var report: CrashReport
    private var section = Section.error
    private var isFinished = false

    /// The stack that frames now belong to.
    private enum Section { case error, free, allocation, other }

    static func read(_ output: [UInt8]) -> CrashReport? {
        var reader: AddressSanitizerReader?
        for line in ReportLines(output) {
            if reader == nil {
                reader = AddressSanitizerReader(heading: line)
            } else {
                reader?.take(line)
            }
            if reader?.isFinished == true { break }
        }
        return reader?.finished()
    }

    // MARK: heading

    private init?(heading line: ReportText) {
        guard let words = line.text(after: "ERROR: ") else { return nil }
        for sanitizer in Sanitizer.allCases {
            let name = Array(sanitizer.rawValue.utf8)
            guard words.starts(with: name), words.dropFirst(name.count).hasPrefix(": ") else { continue }
            report = CrashReport(sanitizer: sanitizer, kind: "")
            readHeading(words.dropFirst(name.count + 2))
            return
        }
        return nil
    }

    private mutating func readHeading(_ words: ReportText) {
        report.programCounter = words.text(after: "pc ")?.leadingHexadecimal
        if words.hasPrefix("attempting double-free on ") {
            report.kind = "double-free"
            report.address = words.text(after: " on ")?.leadingHexadecimal
        } else if words.hasPrefix("attempting free on address which was not malloc()-ed: ") {
            report.kind = "bad-free"
            report.address = words.text(after: "-ed: ")?.leadingHexadecimal
        } else if words.hasPrefix("attempting to call malloc_usable_size()") {
            report.kind = "bad-malloc_usable_size"
        } else if words.hasPrefix("requested allocation size ") {
            report.kind = "allocation-size-too-big"
        } else if words.hasPrefix("out of memory") || words.contains("allocator is out of memory") {
            report.kind = "out-of-memory"
        } else if words.hasPrefix("detected memory leaks") {
            report.kind = "memory-leak"
            section = .other
        } else {
            // `KIND on address 0x…`, `KIND: …`, `KIND; …`, `KIND (…`
            report.kind = words.prefix { !Self.endsKind.contains($0) }.string
            report.address = words.text(after: "address ")?.leadingHexadecimal
            if report.address == nil, words.contains("-param-overlap:") || words.contains("allocation-tail-overwritten") {
                report.address = words.text(after: "[")?.leadingHexadecimal
            }
        }
    }

    private static let endsKind: [UInt8] = [.space, UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "(")]

    // MARK: lines below it

    private mutating func take(_ line: ReportText) {
        if let frame = StackFrame(parsing: line) {
            take(frame)
        } else if let summary = line.trimmed.text(after: "SUMMARY: ") {
            report.summary = summary.string
            isFinished = true
        } else if line.contains("ABORTING") && line.hasPrefix("==") {
            isFinished = true
        } else if !takeAccess(line) {
            takeSectionHeading(line.trimmed)
        }
    }

    private mutating func take(_ frame: StackFrame) {
        switch section {
        case .error: Self.add(frame, to: &report.frames)
        case .free: Self.add(frame, to: &report.freeStack)
        case .allocation: Self.add(frame, to: &report.allocationStack)
        case .other: break
        }
    }

    private static func add(_ frame: StackFrame, to stack: inout [StackFrame]) {
        if stack.count < CrashReport.maximumFrameCount { stack.append(frame) }
    }

    /// `READ of size 4 at 0x…`, or below a signal `The signal is caused by a READ memory access.`
    private mutating func takeAccess(_ line: ReportText) -> Bool {
        guard report.access == nil else { return false }
        let line = line.trimmed
        for direction in [MemoryAccess.Direction.read, .write] {
            let word = Array(direction.rawValue.utf8)
            if line.starts(with: word), line.dropFirst(word.count).hasPrefix(" of size ") {
                let size = line.dropFirst(word.count + " of size ".utf8.count).leadingDecimal
                report.access = MemoryAccess(direction, sizeInBytes: size)
                report.address = report.address ?? line.text(after: " at ")?.leadingHexadecimal
                return true
            }
            if let cause = line.text(after: "The signal is caused by a "), cause.starts(with: word) {
                report.access = MemoryAccess(direction)
                return true
            }
        }
        return false
    }

    private mutating func takeSectionHeading(_ line: ReportText) {
        if line.hasPrefix("Direct leak of ") || line.hasPrefix("Indirect leak of ") {
            takeLeak(isDirect: line.hasPrefix("Direct"))
        } else if line.hasPrefix("freed by thread ") || line.hasPrefix("freed here:") {
            section = report.freeStack.isEmpty ? .free : .other
        } else if line.hasPrefix("previously allocated by thread ") || line.hasPrefix("allocated by thread ")
            || line.hasPrefix("previously allocated here:") || line.hasPrefix("allocated here:")
        {
            section = report.allocationStack.isEmpty ? .allocation : .other
        } else if line.hasPrefix("Thread T") && line.contains(" created by ") || line.contains(" is located in stack of ")
            || line.hasPrefix("Memory was marked uninitialized") || line.hasPrefix("Previously ")
        {
            section = .other
        } else if line.hasPrefix("MiraclePtr Status: PROTECTED") {
            report.isMitigated = true
        }
    }

    /// The first direct leak is the report; without one, the first indirect leak, which is then a cycle.
    private mutating func takeLeak(isDirect: Bool) {
        let replaces = report.kind == "memory-leak" || isDirect && report.kind == "indirect-leak"
        section = replaces ? .error : .other
        guard replaces else { return }
        report.kind = isDirect ? "direct-leak" : "indirect-leak"
        report.frames = []
    }

    private consuming func finished() -> CrashReport? {
        // A leak's stack is the stack of its allocation.
        if report.kind.hasSuffix("-leak") { report.allocationStack = report.frames }
        return report.kind.isEmpty ? nil : report
    }
}
