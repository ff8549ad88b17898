/// Panics that Go's runtime raises, and its fatal errors. A panic of the program itself is an assertion.
enum GoSignatures {
    static func readPanic(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        guard reading.marks.isGo else { return .open }
        if line.hasPrefix("goroutine "), line.hasSuffix("]:") { reading.goroutineCount += 1 }
        if line.hasPrefix("panic: ") || line.hasPrefix("fatal error: ") { reading.goroutineCount = 0 }
        let error = runtimeError(line.lowercased)
        let type = error.flatMap { error in types.first { error.hasPrefix($0.words) }?.type }
        if let type = line.hasPrefix("fatal error: stack overflow") ? "Stack overflow" : type {
            reading.become(type, by: .go)
            reading.clearState()
            reading.sawGoPanic = true
        }
        return .open
    }

    /// `fatal error: all goroutines are asleep - deadlock!`
    static func readFatalError(_ reading: inout CrashReading, _ line: ReportText) {
        guard reading.marks.isGo, let message = line.text(afterPrefix: "fatal error: ") else { return }
        reading.become("Fatal error", by: .go)
        reading.beginReport()
        reading.setState(message)
    }

    /// What stands behind `panic: runtime error: ` or `panic in FUNCTION: runtime error: `.
    private static func runtimeError(_ line: ReportText) -> ReportText? {
        guard let error = line.range(of: ": runtime error: ") else { return nil }
        let isPanic = line[..<error.lowerBound].ranges(of: "panic").contains { word in
            guard word.lowerBound == line.startIndex || line[word.lowerBound - 1] == .space else { return false }
            return word.upperBound == error.lowerBound || line[word.upperBound...].hasPrefix(" in ")
        }
        return isPanic ? line[error.upperBound...] : nil
    }

    private static let types: [(words: StaticString, type: String)] = [
        ("integer divide by zero", "Integer divide by zero"), ("index out of range", "Index out of range"),
        ("invalid memory address", "Invalid memory address"), ("makeslice: len out of range", "Makeslice: len out of range"),
        ("slice bounds out of range", "Slice bounds out of range")
    ]
}
