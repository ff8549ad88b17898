/// Exceptions that left a fuzz target in Python (Atheris), and what PySecSan saw.
enum PythonSignatures {
    static func read(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        guard reading.marks.isPython else { return .open }
        for (tool, type) in [heading(line)].compactMap(\.self) {
            reading.become(type, by: tool)
            reading.clearState()
            reading.sawScriptError = true
        }
        return .open
    }

    private static func heading(_ line: ReportText) -> (CrashTool, String)? {
        if line.withoutIndent.equals("=== Uncaught Python exception: ===") { return (.python, "Uncaught exception") }
        if line.hasPrefix("===BUG DETECTED: PySecSan:") { return (.behaviourSanitizer, "PySecSan") }
        return nil
    }

    /// The heading, then the traceback in reverse, because Python prints the innermost frame last. What the sanitizer
    /// of the interpreter says below is about the interpreter's end and is left out.
    static func innermostFirst(_ lines: ReportLines) -> [ReportText] {
        var heading: ReportText?
        var traceback: [ReportText] = []
        for line in lines {
            if heading == nil {
                if Self.heading(line) != nil { heading = line }
            } else if line.contains("=========") || line.contains("== ERROR: ") {
                break
            } else {
                traceback.append(line)
                if traceback.count == 2 * maximumLineCount { traceback.removeFirst(maximumLineCount) }
            }
        }
        return [heading].compactMap(\.self) + traceback.suffix(maximumLineCount).reversed()
    }

    /// Of a traceback its end counts, where the exception was raised: more than twice the frames that are kept, each with its line of
    /// source, its marks and a message.
    private static let maximumLineCount = 4_096
}
