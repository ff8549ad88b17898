/// Memory or time that ran out.
enum ExhaustionSignatures {
    /// Where exhaustion isn't counted, an output that tells of exhausted memory tells of nothing.
    static func refuse(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        guard !reading.settings.countsExhaustion, isOutOfMemory(line) else { return .open }
        reading.giveUpAsExhausted()
        return .done
    }

    static func read(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        if reading.settings.countsExhaustion {
            if let tool = timeoutTool(line) {
                reading.become("Timeout", by: tool)
                reading.beginReport()
            }
            if isOutOfMemory(line) {
                reading.become("Out-of-memory", by: memoryTool(line))
                reading.beginReport(kind: memoryKind(line))
            }
        }
        if isStackLimit(line) { reading.become("Stack-overflow", by: .centipede) }
        return .open
    }

    // MARK: time

    private static func timeoutTool(_ line: ReportText) -> CrashTool? {
        if LibFuzzerSignatures.error(line)?.hasPrefix("timeout") == true { return .libFuzzer }
        if line.hasPrefix("========= Per-input timeout exceeded:") { return .centipede }
        guard let seconds = line.text(afterPrefix: "========= Timeout of ") else { return nil }
        return seconds.drop { $0.isDigit }.hasPrefix(" seconds exceeded; exiting") ? .centipede : nil
    }

    /// `========= Stack limit exceeded: 982784 > 131072 (byte); aborting`
    private static func isStackLimit(_ line: ReportText) -> Bool {
        line.hasPrefix("========= Stack limit exceeded: ") && line.hasSuffix(" (byte); aborting")
    }

    // MARK: memory

    private static func isOutOfMemory(_ line: ReportText) -> Bool {
        phrases.occurs(in: line)
            || pairs.contains { pair in line.text(after: pair.words).map { $0.contains(pair.then) } ?? false }
    }

    private static let phrases = PhraseSet([
        // sanitizers and fuzzing engines
        "Sanitizer: allocation-size-too-big", "Sanitizer: calloc-overflow", "Sanitizer: calloc parameters overflow",
        "Sanitizer: out of memory", "allocator is out of memory trying to allocate", "libFuzzer: out-of-memory (",
        "rss limit exhausted", "Failure description: out-of-memory", "========= RSS limit exceeded:",
        // V8, Blink, PDFium and Chromium's allocator
        "FatalProcessOutOfMemory", "Fatal process out of memory:", "Fatal JavaScript out of memory:",
        "Fatal JavaScript invalid size error", "blinkGCOutOfMemory", "FX_OutOfMemoryTerminate",
        "TerminateBecauseOutOfMemory", "::OnNoMemory", "Out of memory. Dying.", "Out of memory. size=",
        // Rust, and drivers of graphics
        "in rust_oom", "__rust_alloc_error_handler", "A device memory allocation has failed."
    ])

    private static let pairs: [(words: StaticString, then: StaticString)] = [
        ("# Allocation failed", "out of memory"), ("couldnt allocate", "Out of memory"),
        ("ERROR", "Sanitizer failed to allocate"),
        ("Sanitizer: requested allocation size", "exceeds maximum supported size")
    ]

    private static func memoryTool(_ line: ReportText) -> CrashTool {
        if line.contains("libFuzzer: ") { return .libFuzzer }
        if line.hasPrefix("=========") || line.contains("Failure description") { return .centipede }
        return CrashTool.allCases.first { $0.isSanitizer && line.string.contains($0.rawValue) } ?? .memoryLimit
    }

    /// The sanitizers' words for what they stop at.
    private static func memoryKind(_ line: ReportText) -> String {
        if line.contains("requested allocation size ") || line.contains("allocation-size-too-big") {
            return "allocation-size-too-big"
        }
        if line.contains("calloc-overflow") || line.contains("calloc parameters overflow") { return "calloc-overflow" }
        return "out-of-memory"
    }
}
