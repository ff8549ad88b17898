/// Leaks. One run tells of many; the first direct leak is the report, and without one the first indirect leak, which is
/// then a cycle.
enum LeakSignatures {
    static func read(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        if line.hasPrefix("Direct leak of "), reading.type.isEmpty || reading.type == "Indirect-leak" {
            begin(&reading, "Direct-leak")
        } else if line.hasPrefix("Indirect leak of "), reading.type.isEmpty {
            begin(&reading, "Indirect-leak")
        }
        return .open
    }

    private static func begin(_ reading: inout CrashReading, _ type: String) {
        reading.become(type, by: .leakSanitizer)
        reading.beginReport(kind: type.lowercased())
    }
}
