/// Brings what was read into the form that is the same from build to build and from tool to tool.
enum CrashWording {
    // MARK: address and type

    /// Some systems print 64 bits where 48 are used.
    static func address(_ text: String) -> String {
        text.utf8.count == 18 && text.hasPrefix("0x0000") ? "0x" + text.dropFirst(6) : text
    }

    static func type(_ type: String, address: String) -> String {
        let type = withTellingNumber(type)
        guard type.hasPrefix("UNKNOWN"), !address.isEmpty, FailedAccess.isNull(FailedAccess.number(address)) else { return type }
        return type.replacing("UNKNOWN", with: "Null-dereference")
    }

    private static let largestTellingNumber = 16

    /// The first number of a type is a size, a place in a source or a mask, and rarely tells more than that there is one.
    private static func withTellingNumber(_ type: String) -> String {
        let bytes = Array(type.utf8)
        guard let start = bytes.firstIndex(where: \.isDigit), start > 0 else { return type }
        let end = bytes[start...].firstIndex { !$0.isDigit } ?? bytes.endIndex
        if let number = bytes[start..<end].leadingDecimal, number <= largestTellingNumber {
            return bytes[..<start].string + "\(number)" + bytes[end...].string
        }
        return bytes[..<start].string + "{*}" + bytes[end...].string
    }

    // MARK: state

    static func state(of reading: CrashReading) -> (lines: [String], isOfFrames: Bool) {
        let type = reading.type
        if let target = reading.settings.fuzzTarget, statelessTypes.contains(type) { return ([target], false) }
        let cycle = type == "Stack-overflow" ? StackCycle.first(in: reading.frameNames) : nil
        let text =
            cycle.map { Array($0.prefix(CrashReading.maximumStateFrameCount).joined(separator: "\n").utf8) } ?? reading.state
        let lines = stateLines(text, isVerbatim: type == "V8 correctness failure")
        guard lines.isEmpty else { return (lines, true) }
        return ([reading.processName ?? reading.settings.fuzzTarget].compactMap(\.self), false)
    }

    /// Where memory or time ran out is chance.
    private static let statelessTypes: Set<String> = ["Out-of-memory", "Timeout", "Overwrites-const-input"]

    private static func stateLines(_ text: [UInt8], isVerbatim: Bool) -> [String] {
        let printable = text.filter { (0x20...0x7E).contains($0) || (0x09...0x0D).contains($0) }
        guard printable.contains(where: { $0 > .space }) else { return [] }
        var lines = printable.split(separator: .newline, omittingEmptySubsequences: false).map { $0 }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { line in
            let line = shortened(line)
            let wording = isVerbatim ? line : VolatileNumbers.replaced(in: line)
            // The two classes of a bad cast are long, and both matter.
            return (wording.hasPrefix("Bad-cast") ? wording : wording.prefix(lengthOfLine)).string
        }
    }

    /// 80 bytes of a function's name tell instances of templates apart without repeating their whole parameters.
    static let lengthOfLine = 80

    /// Android's runtime announces its errors with more words than fit.
    private static func shortened(_ line: ReportText) -> ReportText {
        guard let range = line.range(of: AndroidSignatures.jniError) else { return line }
        return (Array(line[..<range.lowerBound]) + Array("JNI:".utf8) + Array(line[range.upperBound...]))[...]
    }
}
