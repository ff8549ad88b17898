/// Panics of Rust: up to 1.72 `thread 'main' panicked at 'message', src/lib.rs:1:2`, since then
/// `thread 'main' (12) panicked at src/lib.rs:1:2:` with the message on the line below; then a backtrace, where it is asked for.
///
/// `called Option::unwrap() on a None value` says as much of one bug as of every other: the state names the functions that led
/// to it, and without them the file.
enum RustSignatures {
    /// What the lines below a panic may still say.
    struct Progress {
        var awaitsMessage = false
        /// Where it panicked, as printed.
        var file: ReportText = []
        var isInBacktrace = false
        /// A frame whose place may stand on the next line.
        var frame: StackFrame?
    }

    static func read(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        if reading.rust.awaitsMessage {
            reading.rust.awaitsMessage = false
            AssertionSignatures.fail(&reading, line.trimmed, by: .rust)
            return .done
        }
        if reading.rust.isInBacktrace, readBacktrace(&reading, line) == .done { return .done }
        if reading.tool == .rust, line.withoutIndent.hasPrefix("stack backtrace:") {
            reading.rust.isInBacktrace = true
            return .done
        }
        guard line.prefix(7).lowercased.hasPrefix("thread "), !reading.type.hasPrefix("Kernel failure"),
            let panic = line.lowercased.lastRange(of: " panicked at ")
        else { return .open }
        readPanic(&reading, at: line[panic.upperBound...])
        return .open
    }

    private static func readPanic(_ reading: inout CrashReading, at place: ReportText) {
        if let message = place.text(afterPrefix: "'") {
            reading.rust.file = place.text(afterLast: "', ").map { RustFrames.location($0).file } ?? []
            AssertionSignatures.fail(&reading, message.prefix { $0 != UInt8(ascii: "'") }, by: .rust)
        } else if place.last == UInt8(ascii: ":") {
            reading.rust.file = RustFrames.location(place.dropLast()).file
            reading.rust.awaitsMessage = true
        }
    }

    private static func readBacktrace(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        let place = RustFrames.place(line)
        takeFrame(&reading, at: place)
        if place != nil { return .done }
        reading.rust.frame = RustFrames.frame(line)
        reading.rust.isInBacktrace = reading.rust.frame != nil
        return reading.rust.isInBacktrace ? .done : .open
    }

    private static func takeFrame(_ reading: inout CrashReading, at place: ReportText?) {
        guard var frame = reading.rust.frame else { return }
        reading.rust.frame = nil
        if let place {
            let (file, numbers) = RustFrames.location(place)
            (frame.file, frame.line, frame.column) = (file.string, numbers.first, numbers.dropFirst().first)
        }
        // Not shortened like a name of C++: `<parser::Token as core::fmt::Display>::fmt` has spaces.
        reading.take(frame, named: frame.function)
    }

    /// The output ended: its last frame has no place, and a panic without frames names its file.
    static func finish(_ reading: inout CrashReading) {
        takeFrame(&reading, at: nil)
        if reading.tool == .rust, !reading.stateHasFunction, reading.stateFrameCount == 1, !reading.rust.file.isEmpty {
            reading.takeStateLine(reading.rust.file.lastPathComponent)
        }
    }
}
