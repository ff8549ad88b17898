/// What becomes of a line after one family of signatures looked at it.
enum LineFate {
    /// The next family may look too.
    case open
    /// The line is used up.
    case done
}

extension CrashReading {
    /// Reads an output. Each line is looked at once, and each signature needs time linear in the line.
    static func read(_ output: ReportText, settings: CrashSettings) -> CrashReading {
        let marks = TraceMarks(output)
        func reading(_ lines: some Sequence<ReportText>) -> CrashReading {
            var reading = CrashReading(settings: settings, marks: marks)
            for line in lines where !reading.isOver { reading.take(line) }
            reading.finish()
            return reading
        }
        if marks.isPython, let lines = PythonSignatures.innermostFirst(ReportLines(output)) { return reading(lines) }
        let result = reading(ReportLines(output))
        // A program may print a traceback on its way to another end, which then says more.
        if marks.isPython, result.type.isEmpty, !result.isExhausted,
            let lines = PythonSignatures.plainInnermostFirst(ReportLines(output))
        {
            return reading(lines)
        }
        return result
    }

    mutating func take(_ line: ReportText) {
        let line = withoutPrefixes(line)
        noteSummary(line)
        guard !Self.isBesideThePoint(line), !isRepeatedEnd(line) else { return }
        noteHeading(line)
        for family in Self.families where family(&self, line) == .done { return }
        if !state.isEmpty, Self.endsState(line) {
            closeState()
            return
        }
        if !type.isEmpty { takeFrame(line) }
    }

    /// In the order in which they may overrule each other on one line.
    private static let families: [@Sendable (inout CrashReading, ReportText) -> LineFate] = [
        { ExhaustionSignatures.refuse(&$0, $1) },
        { AssertionSignatures.read(&$0, $1) },
        { RustSignatures.read(&$0, $1) },
        { JavaSignatures.readTrace(&$0, $1) },
        { SwiftSignatures.read(&$0, $1) },
        { DebuggerSignatures.readSignal(&$0, $1) },
        { MemoryThreadSanitizerSignatures.read(&$0, $1) },
        { LeakSignatures.read(&$0, $1) },
        { BadCastSignatures.read(&$0, $1) },
        { GoSignatures.readPanic(&$0, $1) },
        { UndefinedBehaviourSignatures.read(&$0, $1) },
        { PythonSignatures.read(&$0, $1) },
        { JavaScriptSignatures.read(&$0, $1) },
        { AndroidSignatures.readTrusty(&$0, $1) },
        { AddressSanitizerSignatures.read(&$0, $1) },
        { AndroidSignatures.read(&$0, $1) },
        { KernelSignatures.read(&$0, $1) },
        { BehaviourSignatures.read(&$0, $1) },
        { CheckSignatures.readSevere(&$0, $1) },
        { ExhaustionSignatures.read(&$0, $1) },
        { V8Signatures.readSandboxViolation(&$0, $1) },
        { readWithoutType(&$0, $1) },
        { FatalErrorSignatures.readDetails(&$0, $1) },
        { DebuggerSignatures.readStackStart(&$0, $1) }
    ]

    /// Signatures that say too little to replace a type.
    private static func readWithoutType(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        guard reading.type.isEmpty else { return .open }
        DebuggerSignatures.readWithoutType(&reading, line)
        AddressSanitizerSignatures.readWithoutType(&reading, line)
        JavaSignatures.read(&reading, line)
        CheckSignatures.read(&reading, line)
        FatalErrorSignatures.read(&reading, line)
        V8Signatures.read(&reading, line)
        LibFuzzerSignatures.read(&reading, line)
        LoaderSignatures.read(&reading, line)
        return .open
    }

    // MARK: lines that say nothing

    /// Centipede and the Linux kernel put words of their own before the lines of a report.
    private func withoutPrefixes(_ line: ReportText) -> ReportText {
        var line = line.text(afterPrefix: "CRASH LOG: ") ?? line
        if marks.isLinuxKernelLibrary {
            line = KernelSignatures.withoutTime(line)
        } else if type.isEmpty || tool == .kernel {
            line = KernelSignatures.withoutTimeAndIndent(line, isInReport: tool == .kernel)
        }
        // The signal handler's first words may stand behind a line that wasn't complete.
        for marker in Self.deadlySignals where line.hasSuffix(marker) {
            let before = line.dropLast(marker.utf8CodeUnitCount)
            return before.trimmed.isEmpty ? line : before
        }
        return line
    }

    private static func isBesideThePoint(_ line: ReportText) -> Bool {
        line.count > maximumLineLength || deadlySignals.contains { line.hasPrefix($0) }
            || chatter.occurs(in: line)
    }

    /// No tool prints a line of a megabyte about a crash.
    private static let maximumLineLength = 1 << 20

    private static let deadlySignals: [StaticString] = [
        "UndefinedBehaviorSanitizer:DEADLYSIGNAL", "AddressSanitizer:DEADLYSIGNAL", "MemorySanitizer:DEADLYSIGNAL",
        "ThreadSanitizer:DEADLYSIGNAL", "LeakSanitizer:DEADLYSIGNAL"
    ]

    /// Lines that would look like part of a crash: what a page printed, a summary that repeats a report, warnings of
    /// AddressSanitizer, Chromium's dump of a layout, an announcement of Android's runtime.
    private static let chatter = PhraseSet([
        ":INFO:CONSOLE", "SUMMARY:", "WARNING: AddressSanitizer", "failed to mprotect 0x00010000", "text run at (",
        "Please include Java exception stack in crash report"
    ])

    /// A program that said why it stops then stops: by a signal that says less.
    private func isRepeatedEnd(_ line: ReportText) -> Bool {
        Self.overrulesSignals.contains(type) && Self.selfSentSignals.contains { line.containsSanitizerWord($0) }
    }

    static let overrulesSignals: Set<String> = [
        "Arbitrary file open", "ASSERT", "CHECK failure", "Command injection", "DCHECK failure", "Fatal error",
        "Security CHECK failure", "Security DCHECK failure", "Stack-overflow", "Out-of-memory", "Timeout",
        "Unreachable code", "V8 API error", "V8 sandbox violation"
    ]

    private static let selfSentSignals: [StaticString] = [
        "Sanitizer: ABRT ", "Sanitizer: breakpoint ", "Sanitizer: ILL ", "Sanitizer: TRAP "
    ]

    /// Behind these words come stacks that tell of the past; those of a free still belong to the crash.
    private static func endsState(_ line: ReportText) -> Bool { stateEnds.occurs(in: line) }

    private static let stateEnds = PhraseSet([
        "Direct leak of", "Uninitialized value was stored to memory at", "allocated by thread", "created by main thread at",
        "located in stack of thread", "previously allocated by"
    ])
}

extension ReportText {
    /// Whether the words, which begin with `Sanitizer`, stand behind the letters of a sanitizer's name.
    func containsSanitizerWord(_ words: StaticString) -> Bool {
        guard let range = range(of: words), range.lowerBound > startIndex else { return false }
        return self[range.lowerBound - 1].isLetter
    }
}
