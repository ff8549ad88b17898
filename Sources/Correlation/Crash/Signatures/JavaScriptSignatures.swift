/// Exceptions that left a fuzz target of Jazzer.js: `==1== Uncaught Exception: Jazzer.js: message`.
enum JavaScriptSignatures {
    static func read(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        guard reading.marks.isJavaScript, let rest = line.withoutIndent.text(afterPrefix: "==") else { return .open }
        let process = rest.prefix { $0.isDigit }
        guard !process.isEmpty, rest[process.endIndex...].hasPrefix("== Uncaught Exception: Jazzer.js: ") else { return .open }
        reading.become("Uncaught exception", by: .javaScript)
        reading.clearState()
        reading.sawScriptError = true
        return .done
    }
}
