/// Failed assertions, as C libraries, engines and Go's `panic` print them. They come before the signal that they cause.
enum AssertionSignatures {
    static func read(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        // A kernel that stopped says more than the assertion by which its host stops then.
        if !reading.type.hasPrefix("Kernel failure") {
            for message in [announced(line), ofGoogleLog(line), ofLibrary(line), withReason(line)] {
                if let message { fail(&reading, message, by: .assertion) }
            }
        }
        if line.trimmed.equals("SHOULD NEVER BE REACHED") {
            reading.become("ASSERT_NOT_REACHED", by: .assertion)
            reading.beginReport()
        }
        return .open
    }

    /// The condition or message is the first line of the state.
    static func fail(_ reading: inout CrashReading, _ message: ReportText, by tool: CrashTool) {
        reading.become("ASSERT", by: tool)
        if message.isEmpty {
            reading.countFrames(1)
        } else {
            reading.setState(message, countingFrames: 1)
        }
    }

    // MARK: forms

    /// `ASSERTION FAILED: condition`, `panic: message`, at the beginning or behind `[…]` or a place in a C or C++ source.
    private static func announced(_ line: ReportText) -> ReportText? {
        guard telling.occurs(in: line) else { return nil }
        let lowercased = line.lowercased
        let ends = announcements.flatMap { lowercased.ranges(of: $0) }.sorted { $0.lowerBound < $1.lowerBound }
        guard !ends.isEmpty else { return nil }
        if line.first == UInt8(ascii: "[") {
            let first = ends.first { line.lastByte(before: $0.lowerBound) == UInt8(ascii: "]") }
            if let first { return line[first.upperBound...] }
        }
        if let last = ends.last, let place = endOfSourcePlace(lowercased), place <= last.lowerBound {
            return line[last.upperBound...]
        }
        guard let first = ends.first, first.lowerBound == line.withoutIndent.startIndex else { return nil }
        return line[first.upperBound...]
    }

    /// A part of every announcement, large or small, so that few lines are looked at closer.
    private static let telling = PhraseSet(["sert", "SERT", "Sert", "anic: ", "ANIC: "])

    private static let announcements: [StaticString] = [
        "assert failure: ", "assert failed: ", "assertion failure: ", "assertion failed: ", "panic: "
    ]

    private static func endOfSourcePlace(_ line: ReportText) -> Int? {
        sourceEndings.compactMap { line.range(of: $0)?.upperBound }.min()
    }

    private static let sourceEndings: [StaticString] = [".c:", ".cc:", ".cpp:", ".cxx:", ".h:", ".hh:", ".hpp:", ".hxx:"]

    /// `F0101 12:34:56.789 1234 a.cc:1] … assertion failed at PLACE in FUNCTION: condition`
    private static func ofGoogleLog(_ line: ReportText) -> ReportText? {
        guard let message = GoogleLogLine(line)?.message, let failure = message.text(after: "assertion failed at "),
            let function = failure.text(after: " in ")
        else { return nil }
        return function.text(afterLast: ": ")
    }

    /// glibc: ``program: file.c:12: function: Assertion `condition' failed.``
    private static func ofLibrary(_ line: ReportText) -> ReportText? {
        var body = line
        if body.last == UInt8(ascii: ".") { body = body.dropLast() }
        guard body.hasSuffix(" failed") else { return nil }
        body = body.dropLast(" failed".utf8.count)
        guard
            let word = body.lowercased.ranges(of: "assertion ").last(where: {
                body.lastByte(before: $0.lowerBound) == UInt8(ascii: ":")
            })
        else { return nil }
        var condition = body[word.upperBound...]
        if let quote = condition.first, quotes.contains(quote) { condition = condition.dropFirst() }
        if let quote = condition.last, quotes.contains(quote) { condition = condition.dropLast() }
        return condition
    }

    private static let quotes = Array("`'\"".utf8)

    /// libc++: `…/path/vector:12: assertion condition failed: reason`; the reason says more than the condition.
    private static func withReason(_ line: ReportText) -> ReportText? {
        guard let failed = line.lastRange(of: " failed:") else { return nil }
        let reason = line[failed.upperBound...].withoutIndent
        // Looked for once: a line may have many assertions and no slash.
        guard let slash = line.withoutIndent.dropFirst().firstIndex(of: UInt8(ascii: "/")) else { return nil }
        let word = line.ranges(of: "assertion ").last {
            $0.upperBound <= failed.lowerBound && slash < lineNumber(before: $0.lowerBound, in: line) ?? slash
        }
        return word == nil || reason.isEmpty ? nil : reason
    }

    /// Where `:12: ` begins before the index; nil where no line number stands there.
    private static func lineNumber(before index: Int, in line: ReportText) -> Int? {
        guard let colon = line[..<index].lastIndex(where: { $0 != .space && $0 != .tab }), line[colon] == UInt8(ascii: ":"),
            let number = line[..<colon].lastIndex(where: { !$0.isDigit }), number + 1 < colon, line[number] == UInt8(ascii: ":")
        else { return nil }
        return number
    }
}

/// A line of Google's logging library at the level of fatal errors (glog, abseil):
/// `F0101 12:34:56.789012 1234 file.cc:12] message`.
struct GoogleLogLine {
    let file: ReportText
    let message: ReportText

    init?(_ line: ReportText) {
        guard line.first == UInt8(ascii: "F"), let day = Self.afterDigits(line.dropFirst(), exactly: 4),
            let time = Self.afterSpaces(day), let thread = Self.afterTime(time).flatMap(Self.afterSpaces),
            let place = Self.afterDigits(thread).flatMap(Self.afterSpaces)
        else { return nil }
        // The place ends at the last `:12]`; a message may have brackets of its own, but rarely behind a number.
        let end = place.ranges(of: "]").last { Self.lineNumberStart(place[..<$0.lowerBound]) != nil }
        guard let end, let colon = Self.lineNumberStart(place[..<end.lowerBound]) else { return nil }
        file = place[..<colon]
        message = place[end.upperBound...]
    }

    private static func lineNumberStart(_ text: ReportText) -> Int? {
        guard let colon = text.lastIndex(where: { !$0.isDigit }), text[colon] == UInt8(ascii: ":"), colon + 1 < text.endIndex
        else {
            return nil
        }
        return colon
    }

    private static func afterDigits(_ text: ReportText, exactly count: Int? = nil) -> ReportText? {
        let rest = text.drop { $0.isDigit }
        let digits = rest.startIndex - text.startIndex
        return digits == (count ?? digits) && digits > 0 ? rest : nil
    }

    private static func afterSpaces(_ text: ReportText) -> ReportText? {
        let rest = text.withoutIndent
        return rest.startIndex > text.startIndex ? rest : nil
    }

    /// `12:34:56.789`
    private static func afterTime(_ text: ReportText) -> ReportText? {
        let time = text.prefix { $0.isDigit || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
        let isTime = time.filter { $0 == UInt8(ascii: ":") }.count == 2 && time.contains(UInt8(ascii: "."))
        return isTime ? text[time.endIndex...] : nil
    }
}
