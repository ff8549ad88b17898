/// Panics of Rust: up to 1.72 `thread 'main' panicked at 'message', src/lib.rs:1:2`, since then
/// `thread 'main' (12) panicked at src/lib.rs:1:2:` with the message on the line below.
enum RustSignatures {
    static func read(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        if reading.awaitsRustMessage {
            reading.awaitsRustMessage = false
            AssertionSignatures.fail(&reading, line.trimmed, by: .rust)
            return .done
        }
        guard line.prefix(7).lowercased.hasPrefix("thread "), !reading.type.hasPrefix("Kernel failure"),
            let panic = line.lowercased.lastRange(of: " panicked at ")
        else { return .open }
        let place = line[panic.upperBound...]
        if let message = place.text(afterPrefix: "'") {
            AssertionSignatures.fail(&reading, message.prefix { $0 != UInt8(ascii: "'") }, by: .rust)
        } else if place.last == UInt8(ascii: ":") {
            reading.awaitsRustMessage = true
        }
        return .open
    }
}
