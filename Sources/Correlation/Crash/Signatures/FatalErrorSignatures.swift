/// V8's fatal errors, of several lines, each behind a `#`: the heading with the place, then what failed.
enum FatalErrorSignatures {
    /// What the lines below a heading may still say.
    struct Progress {
        /// A heading was read.
        var isOpen = false
        var file: ReportText = []
    }

    static func read(_ reading: inout CrashReading, _ line: ReportText) {
        if let place = afterHash(line)?.text(afterPrefix: "Fatal error"), place.isEmpty || place.hasPrefix(" in ") {
            open(&reading, "Fatal error", place: place.dropFirst(" in ".utf8.count))
        }
        GoSignatures.readFatalError(&reading, line)
        if reading.settings.countsScriptErrors, let place = afterHash(line)?.text(afterPrefix: "Runtime error in ") {
            open(&reading, "RUNTIME_ASSERT", place: place)
        }
    }

    private static func open(_ reading: inout CrashReading, _ type: String, place: ReportText) {
        reading.become(type, by: .v8)
        reading.beginReport()
        if !place.isEmpty { reading.amendState(Array(FrameName(place.string).inState.utf8)[...]) }
        reading.fatalError.isOpen = true
    }

    private static func afterHash(_ line: ReportText) -> ReportText? { line.text(afterPrefix: "#")?.withoutIndent }

    /// The place with its line, then the failed check, which is more telling than that the error was fatal.
    static func readDetails(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        guard reading.fatalError.isOpen, let words = afterHash(line) else { return .open }
        if let (type, place) = numberedPlace(words, reading.settings) {
            reading.become(type, by: .v8)
            reading.fatalError.file = CheckMessage.file(place)
            reading.setState(reading.fatalError.file)
            return .done
        }
        guard line.count > 1, line[line.startIndex + 1] == .space || line[line.startIndex + 1] == .tab else { return .open }
        readFailure(&reading, words)
        if words.hasPrefix("unreachable code") || words.hasPrefix("unimplemented code") {
            reading.become("Unreachable code", by: .v8)
            reading.beginReport()
            if !reading.fatalError.file.isEmpty { reading.setState(reading.fatalError.file) }
        }
        return .open
    }

    /// `Fatal error in ../../src/a.cc, line 12`
    private static func numberedPlace(_ words: ReportText, _ settings: CrashSettings) -> (type: String, place: ReportText)? {
        var headings: [(StaticString, String)] = [("Fatal error in ", "Fatal error")]
        if settings.countsScriptErrors { headings.append(("Runtime error in ", "RUNTIME_ASSERT")) }
        for (heading, type) in headings {
            guard let rest = words.text(afterPrefix: heading), let comma = rest.lastRange(of: ", line "),
                rest[comma.upperBound...].first?.isDigit == true
            else { continue }
            return (type, rest[..<comma.lowerBound])
        }
        return nil
    }

    private static func readFailure(_ reading: inout CrashReading, _ words: ReportText) {
        let failure: ReportText
        if let condition = words.text(afterPrefix: "Debug check failed: ") {
            reading.become("DCHECK failure", by: .v8)
            failure = condition
        } else if let condition = words.text(afterPrefix: "Check failed: ") ?? representation(words) {
            reading.become("CHECK failure", by: .v8)
            failure = condition
        } else {
            failure = words
        }
        reading.beginReport()
        guard !failure.trimmed.isEmpty else { return }
        let condition = CheckMessage.condition(failure)
        let file = reading.fatalError.file
        reading.setState(file.isEmpty ? condition : CheckMessage.state(condition, in: file), countingFrames: 1)
    }

    /// `RepresentationChangerError: node #12:Int64Constant of … cannot be changed to …`
    private static func representation(_ words: ReportText) -> ReportText? {
        guard let node = words.text(afterPrefix: "RepresentationChangerError: node #") else { return nil }
        let rest = node.drop { $0.isDigit }
        return rest.startIndex > node.startIndex ? rest.text(afterPrefix: ":") : nil
    }
}
