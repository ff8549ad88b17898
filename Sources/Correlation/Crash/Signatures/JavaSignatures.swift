/// Exceptions that left a fuzz target of Jazzer, a test of Wycheproof, or an application of Android.
enum JavaSignatures {
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
