/// What is looked up in a whole output before its lines are read one by one: which formats may occur in it, and words
/// that decide about security wherever they stand.
struct TraceMarks {
    private(set) var isKASAN = false
    private(set) var isLinuxKernelLibrary = false
    private(set) var isGo = false
    private(set) var isPython = false
    private(set) var isJavaScript = false
    private(set) var isTrusty = false
    /// AddressSanitizer's own estimate says that it only saw a signal.
    private(set) var isScaredBySignal = false
    private(set) var security = SecurityMarks()

    init(_ output: ReportText) {
        for line in ReportLines(output) {
            security.take(line)
            guard Self.telling.occurs(in: line) else { continue }
            isKASAN = isKASAN || line.contains("KASAN")
            isLinuxKernelLibrary = isLinuxKernelLibrary || line.contains("Linux Kernel Library Stack Trace:")
            isGo = isGo || line.contains(".go:")
            isPython = isPython || line.contains(".py\", line")
            isJavaScript = isJavaScript || line.contains("Uncaught Exception: Jazzer.js")
            isTrusty = isTrusty || line.contains("Trusted App crash stacktrace")
            isScaredBySignal = isScaredBySignal || Self.isScared(line)
        }
    }

    /// What stands in every line that is looked at closer.
    private static let telling = PhraseSet([
        "KASAN", "Linux Kernel Library Stack Trace:", ".go:", ".py\", line", "Uncaught Exception: Jazzer.js",
        "Trusted App crash stacktrace", "SCARINESS: "
    ])

    /// `SCARINESS: 10 (signal)`
    private static func isScared(_ line: ReportText) -> Bool {
        guard let words = line.text(afterLast: "SCARINESS: ") else { return false }
        let digits = words.prefix { $0.isDigit }
        return !digits.isEmpty && words.dropFirst(digits.count).hasPrefix(" (signal)")
    }
}
