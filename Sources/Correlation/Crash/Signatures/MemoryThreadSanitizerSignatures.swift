/// Reports of MemorySanitizer and ThreadSanitizer: `WARNING: ThreadSanitizer: data race (pid=1)`.
enum MemoryThreadSanitizerSignatures {
    static func read(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        guard !line.contains(" suppressions"), !line.contains(" warnings") else { return .open }
        for (tool, words) in names {
            guard let rest = line.text(afterLast: words), let first = rest.first, first == .space || first == .tab else {
                continue
            }
            let kind = rest.withoutIndent
            // Signals that the program sends to itself are read with those of the other sanitizers.
            guard !kind.hasPrefix("ABRT"), !kind.hasPrefix("ILL") else { continue }
            let name = kind.prefix { $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ":") }.trimmed
            guard !name.isEmpty else { continue }
            reading.become(name.string.lowercased().capitalizedFirst, by: tool)
            reading.beginReport()
        }
        return .open
    }

    private static let names: [(tool: CrashTool, words: StaticString)] = [
        (.threadSanitizer, "ThreadSanitizer:"), (.memorySanitizer, "MemorySanitizer:")
    ]
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
