/// Reports of AddressSanitizer, its hardware-assisted variant, and the signals that every sanitizer reports alike
/// (compiler-rt `asan_errors.cpp`, `hwasan_report.cpp`, `sanitizer_symbolizer_report.cpp`; GCC's libsanitizer is a copy):
/// a heading `==PID==ERROR: AddressSanitizer: …`, an optional line with the access, the stack of the error, then further
/// stacks under headings of their own, then `SUMMARY:`. Anything may stand between the lines, because other threads and
/// the logger print too.
enum AddressSanitizerSignatures {
    static func read(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        if line.contains("Sanitizer") {
            readOverlap(&reading, line)
            if readSegmentationFault(&reading, line) == .done || readFree(&reading, line) == .done { return .done }
            if line.containsSanitizerWord("Sanitizer: FPE ") {
                begin(&reading, "Floating-point-exception", line)
                return .done
            }
            readAddress(&reading, line)
            // Windows has a word of its own for the signal.
            if line.containsSanitizerWord("Sanitizer: illegal-instruction") {
                reading.become("Ill", by: tool(of: line))
            }
        }
        readAccess(&reading, line)
        return .open
    }

    static func readWithoutType(_ reading: inout CrashReading, _ line: ReportText) {
        guard let words = heading(line), words.tool != .otherSanitizer else { return }
        let kind = words.rest.prefix { !"(:;".utf8.contains($0) }.trimmed
        guard !kind.isEmpty else { return }
        begin(&reading, wording(kind), line)
        let isTail = line.contains("HWAddressSanitizer: allocation-tail-overwritten; heap object [")
        if isTail, let object = line.text(afterLast: "heap object ["), object.contains("of size") {
            reading.address = object.leadingNumberWord.string
        }
    }

    // MARK: headings

    /// `ERROR: AddressSanitizer: …`
    private static func heading(_ line: ReportText) -> (tool: CrashTool, rest: ReportText)? {
        guard let words = line.text(afterLast: "ERROR: ") else { return nil }
        let name = words.prefix(while: \.isLetter)
        guard name.hasSuffix("Sanitizer"), name.count > "Sanitizer".utf8.count else { return nil }
        let rest = words[name.endIndex...].drop { $0 == UInt8(ascii: ":") || $0 == .space }
        let known: CrashTool? = [.addressSanitizer, .hardwareAddressSanitizer].first { name.string == $0.rawValue }
        return (known ?? .otherSanitizer, rest)
    }

    /// The sanitizer that the line names.
    private static func tool(of line: ReportText) -> CrashTool {
        guard let end = line.range(of: "Sanitizer") else { return .otherSanitizer }
        let letters = line[..<end.lowerBound].reversed().prefix(while: \.isLetter).count
        let name = line[(end.lowerBound - letters)..<end.upperBound].string
        return CrashTool.allCases.first { $0.isSanitizer && $0.rawValue == name } ?? .otherSanitizer
    }

    private static func begin(_ reading: inout CrashReading, _ type: String, _ line: ReportText) {
        reading.become(type, by: tool(of: line))
        let words = line.text(afterLast: "Sanitizer: ") ?? line
        reading.beginReport(kind: kind(of: words), programCounter: words.text(after: "pc ")?.leadingHexadecimal)
    }

    /// The sanitizer's word for what it heads so.
    private static func kind(of words: ReportText) -> String {
        for (beginning, kind) in wordyHeadings where words.hasPrefix(beginning) { return kind }
        return words.prefix { !" :;(".utf8.contains($0) }.string
    }

    private static let wordyHeadings: [(beginning: StaticString, kind: String)] = [
        ("attempting double-free on ", "double-free"), ("attempting free on address ", "bad-free"),
        ("attempting to call malloc_usable_size()", "bad-malloc_usable_size"), ("detected memory leaks", "memory-leak")
    ]

    /// `SEGV` to `Segv`, `stack_overflow` to `Stack-overflow`.
    private static func wording(_ kind: ReportText) -> String {
        let name = kind.string.lowercased().replacing("_", with: "-").capitalizedFirst
        return name.replacing("Int-divide-by-zero", with: "Divide-by-zero")
    }

    /// `memcpy-param-overlap: memory ranges [0x10,0x20) and [0x18, 0x28) overlap`: both ranges are the address.
    private static func readOverlap(_ reading: inout CrashReading, _ line: ReportText) {
        guard let sanitizer = line.text(after: "AddressSanitizer"),
            let words = sanitizer.text(afterLast: "memcpy-param-overlap"), let open = words.firstIndex(of: UInt8(ascii: "[")),
            let close = words.lastIndex(of: UInt8(ascii: ")")), open < close
        else { return }
        begin(&reading, "Memcpy-param-overlap", line)
        reading.address = words[open...close].trimmed.string
    }

    private static func readSegmentationFault(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        for fault: StaticString in ["SEGV on unknown address ", "access-violation on unknown address "] {
            guard let range = line.lastRange(of: fault), hasSanitizer(line[..<range.lowerBound]) else { continue }
            let address = line[range.upperBound...].leadingNumberWord.string
            guard !address.isEmpty else { continue }
            // An assertion that failed then writes to an address made for it; it says more than this signal.
            let isOfAssertion = FailedAccess.isAssertion(FailedAccess.number(address)) || reading.marks.isScaredBySignal
            if reading.type.contains("ASSERT"), isOfAssertion { return .done }
            begin(&reading, "UNKNOWN", line)
            reading.address = address
            return .done
        }
        return .open
    }

    private static func hasSanitizer(_ text: ReportText) -> Bool { text.containsSanitizerWord("Sanitizer") }

    private static func readFree(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        let invalid: StaticString = "AddressSanitizer: attempting free on address which was not malloc()-ed: "
        if let address = line.text(afterLast: invalid)?.leadingNumberWord, !address.isEmpty {
            begin(&reading, "Invalid-free", line)
            reading.address = address.string
            return .done
        }
        if let sanitizer = line.text(after: "AddressSanitizer"), let words = sanitizer.text(afterLast: "double-free on ") {
            let address = withoutAddressWord(words).leadingNumberWord
            guard !address.isEmpty else { return .open }
            begin(&reading, "Heap-double-free", line)
            reading.address = address.string
            return .done
        }
        return .open
    }

    private static func withoutAddressWord(_ words: ReportText) -> ReportText {
        words.text(afterPrefix: "unknown address ") ?? words.text(afterPrefix: "address ") ?? words
    }

    /// `KIND on address 0x…` of any sanitizer, signals included. What a language's runtime or the kernel said before is
    /// more telling than the signal by which they end.
    private static func readAddress(_ reading: inout CrashReading, _ line: ReportText) {
        guard !reading.type.hasPrefix("Kernel failure"), !reading.sawGoPanic, !reading.sawScriptError,
            let words = heading(line)?.rest
        else { return }
        let on = words.ranges(of: " on ").last { !withoutAddressWord(words[$0.upperBound...]).leadingNumberWord.isEmpty }
        guard let on else { return }
        let type = wording(words[..<on.lowerBound].trimmed)
        // The kind of memory is unknown, which is all that is known of other addresses too.
        begin(&reading, type == "Unknown-crash" ? "UNKNOWN" : type, line)
        reading.address = withoutAddressWord(words[on.upperBound...]).leadingNumberWord.string
    }

    // MARK: the access

    private static func readAccess(_ reading: inout CrashReading, _ line: ReportText) {
        if let cause = line.text(after: "The signal is caused by a "), cause.contains(" memory access") {
            let direction = cause.prefix { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }.string
            if reading.type == "UNKNOWN", direction != "UNKNOWN", !direction.isEmpty { reading.amendType(" " + direction) }
            if let direction = MemoryAccess.Direction(rawValue: direction) { reading.noteAccess(MemoryAccess(direction)) }
        }
        // The kernel's sanitizer says so too, below a heading that already has the address.
        guard !reading.marks.isKASAN, let access = access(line) else { return }
        reading.address = access.address.string
        if !reading.type.hasPrefix("UNKNOWN") { reading.amendType("\n\(access.name.uppercased()) \(access.size.string)") }
        if let direction = MemoryAccess.Direction(rawValue: access.name.uppercased()) {
            reading.noteAccess(MemoryAccess(direction, sizeInBytes: access.size.leadingDecimal))
        }
    }

    /// `READ of size 4 at 0x10 thread T0`, `Atomic write of size 8 at 0x10`
    private static func access(_ line: ReportText) -> (name: String, size: ReportText, address: ReportText)? {
        let line = line.drop { $0 == .space }
        guard let of = line.range(of: " of size ") else { return nil }
        let name = line[..<of.lowerBound]
        guard !(name.text(afterPrefix: "Atomic ") ?? name).contains(.space) else { return nil }
        let size = line[of.upperBound...].prefix { $0 != .space }
        guard let address = line[size.endIndex...].text(afterPrefix: " at ")?.prefix(while: { $0 != .space }) else { return nil }
        return (name.string, size, address)
    }
}
