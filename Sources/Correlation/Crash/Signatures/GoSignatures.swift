/// Panics that Go's runtime raises, its fatal errors, and the reports of its race detector (`go test -race`). A panic of the program itself is an assertion.
enum GoSignatures {
    static func readPanic(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        guard reading.marks.isGo else { return .open }
        if readRace(&reading, line) == .done { return .done }
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

    static let race = "Data race"

    /// `WARNING: DATA RACE`, then `Write at 0x00c0000b4010 by goroutine 7:` above each of the two stacks that meet, then where
    /// their goroutines were made, which is not where they meet.
    private static func readRace(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        if line.trimmed.equals("WARNING: DATA RACE") {
            reading.become(race, by: .go)
            reading.beginReport()
            reading.goroutineCount = 0
            return .done
        }
        guard reading.isGoRace else { return .open }
        if line.hasPrefix("Goroutine "), line.hasSuffix(" created at:") {
            reading.goroutineCount = 2
            return .done
        }
        for (words, direction) in accesses {
            guard let rest = line.text(afterPrefix: words), rest.contains(" by ") else { continue }
            if reading.address.isEmpty { reading.address = rest.leadingNumberWord.string }
            reading.noteAccess(MemoryAccess(direction))
            return .done
        }
        return .open
    }

    private static let accesses: [(words: StaticString, direction: MemoryAccess.Direction)] = [
        ("Write at ", .write), ("Read at ", .read)
    ]

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
