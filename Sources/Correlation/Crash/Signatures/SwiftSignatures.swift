/// Errors by which Swift's runtime stops a program, and the backtrace that it prints since 5.9
/// (`main.swift:3: Fatal error: Index out of range`, then `Thread 0 crashed:`).
enum SwiftSignatures {
    static func read(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        if let message = message(line), !reading.type.hasPrefix("Kernel failure") {
            reading.become("Fatal error", by: .swift)
            reading.beginReport()
            reading.setState(message, countingFrames: 1)
            return .done
        }
        guard reading.tool == .swift else { return .open }
        if line.hasPrefix("Thread ") || line.hasPrefix("Registers:") || line.hasPrefix("Images (") {
            reading.isInSwiftBacktrace = line.hasPrefix("Thread ") && line.hasSuffix(" crashed:")
        } else if reading.isInSwiftBacktrace, let (frame, isOfLibrary) = frame(line) {
            if isOfLibrary { reading.takeUntelling(frame) } else { reading.take(frame) }
            return .done
        }
        return .open
    }

    private static let announcements: [StaticString] = ["Fatal error: ", "Precondition failed: ", "Assertion failed: "]

    /// Behind the place, or before it in versions up to 5.4: `Fatal error: no: file main.swift, line 3`.
    private static func message(_ line: ReportText) -> ReportText? {
        for words in announcements {
            guard let range = line.range(of: words) else { continue }
            let message = line[range.upperBound...]
            if isPlace(line[..<range.lowerBound]) { return message }
            if range.lowerBound == line.startIndex, let file = message.lastRange(of: ": file "),
                message[file.upperBound...].contains(".swift, line ")
            {
                return message[..<file.lowerBound]
            }
        }
        return nil
    }

    /// `demo/main.swift:3: `
    private static func isPlace(_ text: ReportText) -> Bool {
        guard let numbers = text.text(afterLast: ".swift:") else { return false }
        let rest = numbers.drop(while: \.isDigit)
        return rest.startIndex > numbers.startIndex && rest.equals(": ")
    }

    /// `0 [inlined] [system] 0x55d0 name(_:) + 12 in module at /src/main.swift:3:7`, where address, offset and place may be missing.
    private static func frame(_ line: ReportText) -> (frame: StackFrame, isOfLibrary: Bool)? {
        let digits = line.prefix(while: \.isDigit)
        guard let number = digits.leadingDecimal, line[digits.endIndex...].first == .space else { return nil }
        var rest = line[digits.endIndex...].trimmed
        var isOfLibrary = false
        while rest.first == UInt8(ascii: "["), let end = rest.firstIndex(of: UInt8(ascii: "]")) {
            isOfLibrary = isOfLibrary || rest[..<end].dropFirst().equals("system")
            rest = rest[(end + 1)...].trimmed
        }
        if rest.hasPrefix("0x") { rest = rest[rest.leadingNumberWord.endIndex...].trimmed }
        guard let module = rest.lastRange(of: " in ") else { return nil }
        var frame = StackFrame(number: number)
        let name = rest[..<module.lowerBound]
        frame.function = (name.lastRange(of: " + ").map { name[..<$0.lowerBound] } ?? name).string
        rest = rest[module.upperBound...]
        if let place = rest.range(of: " at ") {
            let (file, numbers) = RustFrames.location(rest[place.upperBound...])
            (frame.file, frame.line, frame.column) = (file.string, numbers.first, numbers.dropFirst().first)
        } else {
            frame.module = rest.string
        }
        return (frame, isOfLibrary)
    }
}
