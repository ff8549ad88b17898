/// What libFuzzer says when a fuzz target ends in a way that no sanitizer saw.
enum LibFuzzerSignatures {
    static func read(_ reading: inout CrashReading, _ line: ReportText) {
        guard let error = error(line), let ending = endings.first(where: { error.hasPrefix($0.words) }) else { return }
        reading.become(ending.type, by: .libFuzzer)
        reading.beginReport()
    }

    /// `==1== ERROR: libFuzzer: …`
    static func error(_ line: ReportText) -> ReportText? {
        line.text(afterLast: "ERROR:")?.withoutIndent.text(afterPrefix: "libFuzzer:")?.withoutIndent
    }

    private static let endings: [(words: StaticString, type: String)] = [
        ("deadly signal", "Fatal-signal"), ("fuzz target exited", "Unexpected-exit"),
        ("fuzz target overwrites its const input", "Overwrites-const-input")
    ]
}
