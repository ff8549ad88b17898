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
            let first = ends.first { line[..<$0.lowerBound].trimmed.last == UInt8(ascii: "]") }
            if let first { return line[first.upperBound...] }
        }
        if let last = ends.last, let place = endOfSourcePlace(lowercased), place <= last.lowerBound {
            return line[last.upperBound...]
        }
        let first = ends.first { line[..<$0.lowerBound].trimmed.isEmpty }
        return first.map { line[$0.upperBound...] }
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
        guard let word = body.lowercased.ranges(of: "assertion ").last(where: { isBehindColon(body, $0.lowerBound) }) else {
            return nil
        }
        var condition = body[word.upperBound...]
        if let quote = condition.first, quotes.contains(quote) { condition = condition.dropFirst() }
        if let quote = condition.last, quotes.contains(quote) { condition = condition.dropLast() }
        return condition
    }

    private static let quotes = Array("`'\"".utf8)

    private static func isBehindColon(_ line: ReportText, _ index: Int) -> Bool {
        line[..<index].trimmed.last == UInt8(ascii: ":")
    }

    /// libc++: `…/path/vector:12: assertion condition failed: reason`; the reason says more than the condition.
    private static func withReason(_ line: ReportText) -> ReportText? {
        guard line.contains(" failed:") else { return nil }
        let word = line.ranges(of: "assertion ").last { word in
            isBehindLineNumber(line, word.lowerBound) && line[word.upperBound...].contains(" failed:")
        }
        guard let word, let reason = line[word.upperBound...].text(afterLast: " failed:")?.withoutIndent, !reason.isEmpty else {
            return nil
        }
        return reason
    }

    /// `PATH/file:12: `
    private static func isBehindLineNumber(_ line: ReportText, _ index: Int) -> Bool {
        var before = line[..<index].trimmed
        guard before.popLast() == UInt8(ascii: ":") else { return false }
        let digits = before.reversed().prefix { $0.isDigit }.count
        before = before.dropLast(digits)
        guard digits > 0, before.popLast() == UInt8(ascii: ":"), let slash = before.lastIndex(of: UInt8(ascii: "/")) else {
            return false
        }
        return !before[..<slash].trimmed.isEmpty
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
        guard let colon = text.lastIndex(of: UInt8(ascii: ":")), colon + 1 < text.endIndex,
            text[(colon + 1)...].allSatisfy(\.isDigit)
        else { return nil }
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
