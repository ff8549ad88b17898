/// Exceptions that left a fuzz target in Python (Atheris) or any other program, and what PySecSan saw.
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

    private static let uncaught: StaticString = "=== Uncaught Python exception: ==="

    private static func heading(_ line: ReportText) -> (CrashTool, String)? {
        if line.withoutIndent.equals(uncaught) { return (.python, "Uncaught exception") }
        if line.hasPrefix("===BUG DETECTED: PySecSan:") { return (.behaviourSanitizer, "PySecSan") }
        return nil
    }

    /// The heading, then the traceback in reverse, because Python prints the innermost frame last. What the sanitizer
    /// of the interpreter says below is about the interpreter's end and is left out. Nil without a heading.
    static func innermostFirst(_ lines: ReportLines) -> [ReportText]? {
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
        return heading.map { [$0] + traceback.suffix(maximumLineCount).reversed() }
    }

    // MARK: plain tracebacks

    private static let traceback: StaticString = "Traceback (most recent call last):"

    /// Between two exceptions of which the first led to the second.
    private static let links: [StaticString] = [
        "During handling of the above exception, another exception occurred:",
        "The above exception was the direct cause of the following exception:"
    ]

    /// The same of a traceback without a fuzzer's heading, under the heading that it would have: of the last one, and of several
    /// that led to each other the first, where it began. Nil where the output has none.
    static func plainInnermostFirst(_ lines: ReportLines) -> [ReportText]? {
        var frames: [ReportText]?
        var isInside = false
        var isLinked = false
        for line in lines {
            let words = line.withoutIndent
            if words.equals(traceback) {
                isInside = !(isLinked && frames != nil)
                if isInside { frames = [] }
                isLinked = false
            } else if isInside, ManagedFrames.ofPython(line) != nil {
                frames?.append(line)
                if let lines = frames, lines.count == 2 * maximumLineCount { frames = lines.suffix(maximumLineCount) }
            } else if links.contains(where: { words.equals($0) }) {
                isLinked = true
            }
        }
        return frames.map { [uncaught.withUTF8Buffer { Array($0) }[...]] + $0.reversed() }
    }

    /// Of a traceback its end counts, where the exception was raised: more than twice the frames that are kept, each with its line of
    /// source, its marks and a message.
    private static let maximumLineCount = 4_096
}
