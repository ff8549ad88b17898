/// Failed checks of programs with Google's logging: Chromium's `[…:FATAL:file.cc(12)] Check failed: condition`, and
/// `F0101 12:34:56.789 1 file.cc:12] …` of glog and abseil. Also a sanitizer's failed check of itself.
enum CheckSignatures {
    /// Checks that replace every type.
    static func readSevere(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        if let words = line.text(afterLast: "Sanitizer CHECK failed:") {
            let message = words.withoutIndent.drop { $0 != .space && $0 != .tab }.withoutIndent
            reading.become("Sanitizer CHECK failure", by: .otherSanitizer)
            reading.address = ""
            reading.setState(message, countingFrames: CrashReading.maximumStateFrameCount)
            reading.end()
            return .done
        }
        readSecurity(&reading, line, " Security CHECK failed:", "Security CHECK failure")
        readSecurity(&reading, line, " Security DCHECK failed:", "Security DCHECK failure")
        return .open
    }

    private static func readSecurity(
        _ reading: inout CrashReading, _ line: ReportText, _ words: StaticString, _ type: String
    ) {
        guard let failure = line.lastRange(of: words), let place = place(line[..<(failure.lowerBound + 1)]) else { return }
        let message = line[failure.upperBound...].withoutIndent
        guard let stop = message.lastIndex(of: UInt8(ascii: ".")) else { return }
        fail(&reading, type, message[..<stop], in: place)
    }

    /// `[1:2:0101/120000.1:FATAL:file.cc(12)]`: what stands behind `FATAL:`. A line number is not part of it.
    private static func place(_ header: ReportText) -> ReportText? {
        guard let close = header.lastIndex(of: UInt8(ascii: "]")) else { return nil }
        let brackets = header[..<close].indices.reversed().lazy.filter { header[$0] == UInt8(ascii: "[") }
        for open in brackets.prefix(maximumBracketCount) {
            let inside = header[(open + 1)..<close].prefix { $0 != UInt8(ascii: "]") }
            if let colon = placeStart(inside) { return inside[(colon + 1)...] }
        }
        return nil
    }

    /// Between the header of a line and its message stand few brackets.
    private static let maximumBracketCount = 16

    private static func placeStart(_ inside: ReportText) -> Int? {
        guard let colon = inside.lastIndex(of: UInt8(ascii: ":")) else { return nil }
        let word = inside[(colon + 1)...]
        guard !word.isEmpty, word.allSatisfy(\.isDigit) else { return colon }
        return inside[..<colon].lastIndex(of: UInt8(ascii: ":"))
    }

    private static func fail(_ reading: inout CrashReading, _ type: String, _ message: ReportText, in place: ReportText) {
        reading.become(type, by: .check)
        reading.beginReport()
        reading.setState(
            CheckMessage.state(CheckMessage.condition(message), in: CheckMessage.file(place)), countingFrames: 1)
    }

    /// Checks that say less than a sanitizer's report.
    static func read(_ reading: inout CrashReading, _ line: ReportText) {
        if let log = GoogleLogLine(line) { fail(&reading, "Fatal error", log.message.withoutIndent, in: log.file) }
        if let (message, place) = ofChromium(line) { fail(&reading, "CHECK failure", message, in: place) }
        if let log = GoogleLogLine(line), let message = log.message.withoutIndent.text(afterPrefix: "Check failed:") {
            fail(&reading, "CHECK failure", message.withoutIndent, in: log.file)
        }
    }

    private static func ofChromium(_ line: ReportText) -> (message: ReportText, place: ReportText)? {
        let header = line.withoutIndent
        guard header.first == UInt8(ascii: "[") else { return nil }
        for words: StaticString in ["Check failed:", "DCHECK failed:", "NOTREACHED hit."] {
            guard let failure = header.lastRange(of: words), header[..<failure.lowerBound].contains(UInt8(ascii: "]")),
                let place = numberedPlace(header.dropFirst().prefix { $0 != UInt8(ascii: "]") })
            else { continue }
            return (header[failure.upperBound...].withoutIndent.prefix { $0 != UInt8(ascii: ";") }, place)
        }
        return nil
    }

    /// `FATAL:file.cc(12)` or `FATAL:file.cc:12`, with whatever behind the number.
    private static func numberedPlace(_ inside: ReportText) -> ReportText? {
        if let open = inside.lastIndex(of: UInt8(ascii: "(")), inside[(open + 1)...].first?.isDigit == true {
            guard let colon = inside[..<open].lastIndex(of: UInt8(ascii: ":")) else { return nil }
            return inside[(colon + 1)..<open]
        }
        var before = inside
        while let colon = before.lastIndex(of: UInt8(ascii: ":")) {
            let isNumber = inside[(colon + 1)...].first?.isDigit == true
            before = inside[..<colon]
            if isNumber, let start = before.lastIndex(of: UInt8(ascii: ":")) { return before[(start + 1)...] }
        }
        return nil
    }
}
