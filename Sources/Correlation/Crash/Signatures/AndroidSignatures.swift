/// Signals as Android's debuggerd logs them (`Fatal signal 11 (SIGSEGV), code 1, fault addr 0x0 in tid 1 (name)`), and the
/// last words of a process in a tombstone (`Abort message: …`).
enum AndroidSignatures {
    /// What Android's runtime says when native code broke the rules of JNI.
    static let jniError: StaticString = "JNI DETECTED ERROR IN APPLICATION:"

    static func read(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        if let fault = fault(line) {
            // The log repeats the signal below the stack that was read already.
            if !reading.type.hasPrefix("UNKNOWN") || !line.contains("Fatal signal") { readFault(&reading, line, fault) }
            if !CrashReading.overrulesSignals.contains(reading.type) { readSignal(&reading, line, fault) }
        }
        if let message = line.text(afterPrefix: "Abort message: ") { readAbort(&reading, message) }
        return .open
    }

    /// An application of Trusty, the small kernel beside Android's: its dump of a stack has no heading of its own, so that
    /// every line may be the first.
    static func readTrusty(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        if reading.marks.isTrusty { reading.become("Trusted app crash", by: .android) }
        return .open
    }

    private typealias Fault = (address: ReportText, rest: ReportText)

    private static func fault(_ line: ReportText) -> Fault? {
        guard let fault = line.lastRange(of: "fault addr "), let signal = line[..<fault.lowerBound].lastRange(of: "(SIG"),
            line[..<signal.lowerBound].contains("signal")
        else { return nil }
        let address = line[fault.upperBound...].prefix { $0 != .space }
        return (address, line[address.endIndex...])
    }

    private static func readFault(_ reading: inout CrashReading, _ line: ReportText, _ fault: Fault) {
        // The memory tagging extension knows that the tag of the pointer was wrong.
        let isTagged = line.contains("SEGV_MTESERR")
        reading.become(isTagged ? "Tag-mismatch" + fault.rest.string : "UNKNOWN", by: .android)
        reading.beginReport()
        reading.hasJavaStack = false
        if line.contains("SIGSEGV") {
            let address = fault.address.string
            reading.address = address.hasPrefix("0x") ? address : "0x" + address
        }
        if fault.rest.last == UInt8(ascii: ")"), let open = fault.rest.lastIndex(of: UInt8(ascii: "(")) {
            reading.processName = fault.rest[(open + 1)...].dropLast().string.lowercased().capitalizedFirst
        }
    }

    private static func readSignal(_ reading: inout CrashReading, _ line: ReportText, _ fault: Fault) {
        if line.contains("(SIGTRAP") {
            reading.become("Trap", by: .android)
            reading.address = fault.address.string
        }
        if line.contains("(SIGABRT"), fault.address.hasPrefix("--------") {
            reading.become("Abort", by: .android)
            reading.address = ""
        }
    }

    /// `[FATAL:file.cc(12)] condition`: where only two words are known, the first is the place.
    private static func readAbort(_ reading: inout CrashReading, _ message: ReportText) {
        reading.become("CHECK failure", by: .android)
        reading.address = ""
        reading.hasJavaStack = true
        if let space = message.firstIndex(of: .space) {
            let place = message[..<space]
            let file = place.range(of: "FATAL:").map { Array(place[..<$0.lowerBound]) + place[$0.upperBound...] } ?? Array(place)
            let condition = CheckMessage.condition(message[(space + 1)...])
            reading.setState(CheckMessage.state(condition, in: CheckMessage.file(file[...])), countingFrames: 1)
        } else {
            reading.setState(CheckMessage.condition(message), countingFrames: 1)
        }
    }
}
