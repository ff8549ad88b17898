/// What V8 and its fuzzers say besides fatal errors, and Chromium's own signal handler.
enum V8Signatures {
    static func readSandboxViolation(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        if line.equals("## V8 sandbox violation detected!") { reading.become("V8 sandbox violation", by: .v8) }
        return .open
    }

    static func read(_ reading: inout CrashReading, _ line: ReportText) {
        if line.hasPrefix("abort: CSA_ASSERT failed: ") || line.hasPrefix("abort: CSA_DCHECK failed: ") {
            readAbort(&reading, line.dropFirst("abort: ".utf8.count))
        }
        if let message = apiError(line) {
            reading.become("V8 API error", by: .v8)
            reading.beginReport()
            reading.setState(message)
        }
        if let words = line.text(afterPrefix: "#")?.withoutIndent, words.hasPrefix("V8 correctness failure") {
            reading.become("V8 correctness failure", by: .v8)
            reading.beginReport()
        }
        if let address = signalAddress(line) {
            reading.become("UNKNOWN", by: .signalHandler)
            reading.beginReport()
            reading.address = "0x" + address.string
        }
        if line.contains("GPU process exited unexpectedly") {
            reading.become("GPU failure", by: .check)
            reading.beginReport()
        }
    }

    /// `abort: CSA_ASSERT failed: condition [../../src/a.cc:12]`: the condition and its file are the whole state.
    private static func readAbort(_ reading: inout CrashReading, _ message: ReportText) {
        reading.become("ASSERT", by: .v8)
        reading.beginReport()
        if message.last == UInt8(ascii: "]"), let open = message.range(of: " ["),
            let colon = message.lastIndex(of: UInt8(ascii: ":")), colon > open.upperBound,
            colon + 2 < message.endIndex, message[(colon + 1)...].dropLast().allSatisfy(\.isDigit)
        {
            let file = CheckMessage.file(message[open.upperBound..<colon])
            reading.setState((Array(message[..<open.lowerBound]) + [.newline] + file)[...])
        } else {
            reading.setState(message)
        }
        reading.closeState()
    }

    /// `[…] V8 error: message.`
    private static func apiError(_ line: ReportText) -> ReportText? {
        let header = line.withoutIndent
        guard header.first == UInt8(ascii: "["), header.last == UInt8(ascii: "."),
            let close = header.firstIndex(of: UInt8(ascii: "]")),
            let message = header[(close + 1)...].text(afterPrefix: " V8 error: "), message.count > 1
        else { return nil }
        return message.dropLast()
    }

    /// `Received signal 11 SEGV_MAPERR 000000000010`
    private static func signalAddress(_ line: ReportText) -> ReportText? {
        guard let words = line.text(afterPrefix: "Received signal 11 ") else { return nil }
        let code = words.prefix { $0 != .space }
        guard code.hasPrefix("SEGV_") || code.equals("<unknown>"), code.endIndex < words.endIndex else { return nil }
        return words[(code.endIndex + 1)...].prefix { $0.hexadecimalValue != nil }
    }

    /// `# V8 correctness configs: x64,ignition:x64,turbofan`: what the compared engines were, as if it were a frame.
    static func correctnessMetadata(_ line: ReportText) -> ReportText? {
        guard let words = line.text(afterPrefix: "#")?.withoutIndent.text(afterPrefix: "V8 correctness ") else { return nil }
        let isMetadata = words.hasPrefix("configs: ") || words.hasPrefix("sources: ") || words.hasPrefix("suppression: ")
        return isMetadata ? words : nil
    }
}
