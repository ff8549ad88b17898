/// Exceptions that left a fuzz target of Jazzer, a test of Wycheproof, an application of Android, or any other program.
enum JavaSignatures {
    /// What the lines of a plain trace may still say.
    struct Progress {
        /// No fuzzer's heading stands above the trace.
        var isPlain = false
        var hasFrames = false
        /// The line before is the name of an exception, with or without a message.
        var isBelowException = false
    }

    static func read(_ reading: inout CrashReading, _ line: ReportText) {
        if let exception = line.text(afterPrefix: "== Java Exception: ") {
            // A detector of Jazzer throws issues; the target throws anything else.
            let isIssue = exception.contains("FuzzerSecurityIssue")
            reading.become(isIssue ? "Security exception" : "Uncaught exception", by: .java)
            reading.hasJavaStack = true
        }
        if let test = wycheproofTest(line) {
            reading.become("Wycheproof error", by: .java)
            reading.setState(test)
            reading.hasJavaStack = true
        }
        if let rest = line.text(after: "FATAL EXCEPTION"), rest.contains(UInt8(ascii: ":")) {
            reading.become("Fatal Exception", by: .android)
            reading.beginReport()
            reading.hasJavaStack = true
        }
        readPlain(&reading, line)
    }

    // MARK: plain traces

    /// `Exception in thread "main" java.lang.IllegalStateException: message`, or an exception's name alone with a frame below it.
    private static func readPlain(_ reading: inout CrashReading, _ line: ReportText) {
        let isHeading = line.hasPrefix("Exception in thread \"")
        if isHeading || reading.java.isBelowException && ManagedFrames.ofJava(line) != nil {
            reading.become("Uncaught exception", by: .java)
            reading.clearState()
            reading.hasJavaStack = true
            reading.java = Progress(isPlain: true)
        }
        reading.java.isBelowException = isException(line)
    }

    /// `java.lang.ArrayIndexOutOfBoundsException: Index 5 out of bounds for length 3`
    private static func isException(_ line: ReportText) -> Bool {
        let name = line.prefix { $0.isWordByte || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "$") }
        let rest = line[name.endIndex...]
        return name.contains(UInt8(ascii: ".")) && (rest.isEmpty || rest.hasPrefix(":"))
            && (name.hasSuffix("Exception") || name.hasSuffix("Error") || name.hasSuffix("Throwable"))
    }

    /// The lines of a plain trace. Its state is that of the innermost cause, for whoever wraps exceptions wraps all of them at one
    /// place; and it ends with the trace, because a log goes on to the next.
    static func readTrace(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        guard reading.java.isPlain else { return .open }
        let words = line.withoutIndent
        if words.hasPrefix("at ") {
            reading.java.hasFrames = true
            return .open
        }
        if line.hasPrefix("Caused by: ") {
            reading.clearState()
            return .done
        }
        if words.hasPrefix("Suppressed: ") { reading.closeState() }
        // What is indented belongs to the trace: `... 12 more`, and a suppressed exception with its own cause.
        guard reading.java.hasFrames, words.startIndex == line.startIndex else { return .open }
        reading.closeState()
        reading.java.isPlain = false
        return .open
    }

    /// `1) testName(com.google.security.wycheproof.TestClass)`
    private static func wycheproofTest(_ line: ReportText) -> ReportText? {
        guard let package = line.lastRange(of: "(com.google.security.wycheproof."),
            let number = line[..<package.lowerBound].lastRange(of: ") ")
        else { return nil }
        let name = line[package.upperBound...].prefix { $0.isLetter || $0.isDigit }
        guard line[name.endIndex...].first == UInt8(ascii: ")") else { return nil }
        return line[number.upperBound...name.endIndex]
    }

    /// Types whose state is the Java stack.
    static let stackTypes: Set<String> = ["CHECK failure", "Fatal Exception", "Uncaught exception", "Security exception"]
}
