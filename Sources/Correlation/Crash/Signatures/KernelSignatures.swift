/// The Linux kernel: oopses, faults, panics and BUGs of its log, and the reports of KernelAddressSanitizer
/// (`mm/kasan/report.c`), KernelMemorySanitizer (`mm/kmsan/report.c`) and of the kernel's checks for undefined behaviour
/// (`lib/ubsan.c`), also where the kernel runs as a library in a fuzz target.
enum KernelSignatures {
    static func read(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        if !reading.marks.isKASAN { readOops(&reading, line) }
        if let place = line.text(afterPrefix: "kernel BUG at ") {
            reading.become(failure(place.string, capitalizing: true), by: .kernel)
        }
        readSanitizer(&reading, line)
        readFault(&reading, line)
        if reading.type.hasPrefix("Kernel failure") { readAccess(&reading, line) }
        if reading.tool == .kernel { readDetails(&reading, line) }
        return .open
    }

    /// The seconds since boot with which the kernel begins a line.
    static func withoutTime(_ line: ReportText) -> ReportText {
        guard let inside = withoutLevel(line).text(afterPrefix: "[")?.withoutIndent else { return line }
        let time = inside.prefix { $0.isDigit || $0 == UInt8(ascii: ".") }
        guard time.contains(UInt8(ascii: ".")), let rest = inside[time.endIndex...].text(afterPrefix: "]").map(withoutCaller),
            let space = rest.first, space == .space || space == .tab
        else { return line }
        return rest.dropFirst()
    }

    /// `<4>[   45.123456]`, where the log was read from a console.
    private static func withoutLevel(_ line: ReportText) -> ReportText {
        guard let level = line.text(afterPrefix: "<") else { return line }
        let rest = level.drop { $0.isDigit }
        return rest.startIndex > level.startIndex ? rest.text(afterPrefix: ">") ?? line : line
    }

    /// `[ T5091]` behind the time: the task or processor that speaks, in kernels with `CONFIG_PRINTK_CALLER`, as syzbot's.
    private static func withoutCaller(_ rest: ReportText) -> ReportText {
        guard let caller = rest.text(afterPrefix: "[")?.withoutIndent, let kind = caller.first,
            kind == UInt8(ascii: "T") || kind == UInt8(ascii: "C")
        else { return rest }
        return caller.dropFirst().drop { $0.isDigit }.text(afterPrefix: "]") ?? rest
    }

    /// A log of the kernel itself also indents the frames, behind the time if it has one. The panic in which a report of it
    /// ends says less than the report, so that line stays unread.
    static func withoutTimeAndIndent(_ line: ReportText, isInReport: Bool) -> ReportText {
        let rest = withoutTime(line)
        if isInReport { return rest.hasPrefix(panic) && rest.startIndex > line.startIndex ? line : rest.withoutIndent }
        return rest.startIndex > line.startIndex ? rest.withoutIndent : line
    }

    private static let panic: StaticString = "Kernel panic - not syncing: "

    private static func failure(_ what: String, capitalizing: Bool) -> String {
        let name = what.replacing(" ", with: "-")
        return "Kernel failure\n" + (capitalizing ? name.lowercased().capitalizedFirst : name)
    }

    // MARK: oopses and panics

    /// A kernel with the address sanitizer says more than this in its report.
    private static func readOops(_ reading: inout CrashReading, _ line: ReportText) {
        if let code = oopsCode(line) {
            reading.become(faultDescription(code), by: .kernel)
            reading.beginReport()
        }
        if let reason = line.text(afterPrefix: panic), !isInReport(reading) {
            reading.become(failure(reason.trimmed.string, capitalizing: false), by: .kernel)
            reading.beginReport()
        }
    }

    /// `Internal error: Oops: 5 [#1]`, `Internal error: Oops - BUG: 0`
    private static func oopsCode(_ line: ReportText) -> ReportText? {
        guard let words = line.text(afterLast: "Internal error: ") else { return nil }
        let rest = words.text(afterPrefix: "Oops") ?? words
        guard let code = rest.text(afterPrefix: " - ") ?? rest.text(afterPrefix: ": ") else { return nil }
        if code.hasPrefix("BUG") { return code.prefix(3) }
        let digits = code.prefix { $0.hexadecimalValue != nil }
        return digits.isEmpty ? nil : digits
    }

    /// The fault status register of ARM (ARM DDI 0406, B4.1.52 DFSR, short descriptors): bit 11 tells a write, bits 0 to 3
    /// why.
    private static func faultDescription(_ code: ReportText) -> String {
        guard let status = UInt64(code.string, radix: 16) else { return "BUG" }
        let access = status & 0x800 == 0 ? "READ" : "WRITE"
        return "Kernel failure\n\(access) \(faults[status & 0xF] ?? "Unknown") (\(status))"
    }

    private static let faults: [UInt64: String] = [
        1: "Alignment Fault", 3: "Access Flag Fault, Section", 4: "Instruction Cache Maintenance Fault",
        5: "Translation Fault, Section", 6: "Access Flag Fault, Page", 7: "Translation Fault, Page",
        9: "Domain Fault, Section", 11: "Domain Fault, Page", 12: "L1 Translation", 13: "Permission Fault, Section",
        14: "L2 Translation", 15: "Permissions Fault, Page"
    ]

    // MARK: the kernel's sanitizers

    private static func readSanitizer(_ reading: inout CrashReading, _ line: ReportText) {
        readUndefinedBehaviour(&reading, line)
        if let words = line.text(afterPrefix: "BUG: KASAN: ") ?? line.text(afterPrefix: "BUG: KMSAN: ") {
            beginAnew(&reading)
            if let address = lastAddress(words), let kind = kind(words, before: address.start) {
                reading.become(failure(kind.string, capitalizing: true), by: .kernel)
                reading.address = "0x" + address.digits.string
            }
            if let place = lastFunctionPlace(words), let kind = kind(words, before: place) {
                reading.become(failure(kind.string, capitalizing: true), by: .kernel)
            }
        }
        if let (kind, address) = range(line) {
            reading.become(failure(kind.string, capitalizing: true), by: .kernel)
            reading.address = address.string
        }
    }

    /// `UBSAN: array-index-out-of-bounds in drivers/net/x.c:123:4`. The kernel goes on behind it, so that a report that says more may
    /// follow; what stands above it says more already.
    private static func readUndefinedBehaviour(_ reading: inout CrashReading, _ line: ReportText) {
        guard let words = line.text(afterPrefix: "UBSAN: "), let place = words.lastRange(of: " in "),
            words[place.upperBound...].contains(UInt8(ascii: ":")), !isInReport(reading)
        else { return }
        reading.become(failure(words[..<place.lowerBound].string, capitalizing: true), by: .kernel)
        reading.beginReport()
        reading.isBelowKernelUBSAN = true
    }

    /// A report that stands behind one of undefined behaviour has its own frames.
    private static func beginAnew(_ reading: inout CrashReading) {
        guard reading.isBelowKernelUBSAN else { return }
        reading.isBelowKernelUBSAN = false
        reading.beginReport()
    }

    // MARK: faults of the x86 processor

    /// The fault says less than a report that stands above it, and is often its consequence.
    private static func readFault(_ reading: inout CrashReading, _ line: ReportText) {
        guard let (name, address) = fault(line), !isInReport(reading) else { return }
        reading.become("Kernel failure\n" + name, by: .kernel)
        reading.beginReport()
        if let digits = address?.drop(while: { !$0.isDigit && $0.hexadecimalValue == nil }).leadingNumberWord, !digits.isEmpty {
            reading.address = digits.hasPrefix("0x") ? digits.string : "0x" + digits.string
        }
        reading.awaitsInstruction = true
    }

    private static func isInReport(_ reading: CrashReading) -> Bool { reading.type.hasPrefix("Kernel failure") }

    /// The words of `arch/x86/mm/fault.c` and `arch/x86/kernel/traps.c`, old and new, and what stands behind them.
    private static func fault(_ line: ReportText) -> (name: String, address: ReportText?)? {
        let line = line.text(afterPrefix: "Oops: ") ?? line
        if line.hasPrefix("general protection fault:") || line.hasPrefix("general protection fault, ") {
            return ("General-protection-fault", line.text(after: " address "))
        }
        guard let words = line.text(afterPrefix: "BUG: ") else { return nil }
        for (beginning, name) in faultBeginnings {
            if let address = words.text(afterPrefix: beginning) { return (name, address) }
        }
        return nil
    }

    private static let faultBeginnings: [(StaticString, String)] = [
        ("unable to handle page fault for address: ", "Page-fault"),
        ("unable to handle kernel paging request at ", "Page-fault"),
        ("kernel NULL pointer dereference, address: ", "Null-ptr-deref"),
        ("unable to handle kernel NULL pointer dereference at ", "Null-ptr-deref")
    ]

    /// What stands below the heading of a fault or a sanitizer's report.
    private static func readDetails(_ reading: inout CrashReading, _ line: ReportText) {
        if reading.awaitsInstruction, reading.stateFrameCount == 0 {
            for (words, direction) in accesses where line.hasPrefix(words) {
                reading.amendType("\n\(direction.rawValue)")
                reading.noteAccess(MemoryAccess(direction))
            }
            // The function that failed; what called it stands below `Call Trace:`.
            if let place = line.text(afterPrefix: "RIP: 0010:"), let (frame, _) = KernelFrames.frame(place) {
                reading.awaitsInstruction = false
                reading.take(frame)
            }
        }
        if reading.stateFrameCount > 0, ends.contains(where: { line.hasPrefix($0) }) { reading.closeState() }
    }

    private static let accesses: [(StaticString, MemoryAccess.Direction)] = [
        ("#PF: supervisor read access", .read), ("#PF: supervisor write access", .write)
    ]

    /// Below stand stacks that tell of the past.
    private static let ends: [StaticString] = ["Allocated by task ", "Freed by task ", "---[ end trace "]

    /// What stands before the last ` in` or ` on` that comes before the index.
    private static func kind(_ words: ReportText, before end: Int) -> ReportText? {
        let text = words[..<end]
        let preposition = [text.lastRange(of: " in"), text.lastRange(of: " on")].compactMap { $0?.lowerBound }.max()
        return preposition.map { text[..<$0] }
    }

    /// `… at addr ffff8800`
    private static func lastAddress(_ words: ReportText) -> (start: Int, digits: ReportText)? {
        var found: (start: Int, digits: ReportText)?
        for name: StaticString in ["addr ", "address "] {
            guard let range = words.lastRange(of: name) else { continue }
            let digits = words[range.upperBound...].prefix { $0.hexadecimalValue != nil && !($0 >= 0x41 && $0 <= 0x46) }
            if !digits.isEmpty, range.lowerBound > found?.start ?? -1 { found = (range.lowerBound, digits) }
        }
        return found
    }

    /// Where the last ` function+0x10/0x20` begins.
    private static func lastFunctionPlace(_ words: ReportText) -> Int? {
        words.ranges(of: " ").last { KernelFrames.function(words[$0.upperBound...]) != nil }?.lowerBound
    }

    /// `KASAN: null-ptr-deref in range [0x0-0x7]`
    private static func range(_ line: ReportText) -> (kind: ReportText, address: ReportText)? {
        guard let words = line.text(afterPrefix: "KASAN: ") else { return nil }
        for name: StaticString in [" in range [", " on range ["] {
            guard let range = words.range(of: name), let dash = words[range.upperBound...].firstIndex(of: UInt8(ascii: "-")),
                words[dash...].contains(UInt8(ascii: "]"))
            else { continue }
            return (words[..<range.lowerBound], words[range.upperBound..<dash])
        }
        return nil
    }

    /// `Read of size 4 at addr ffff8800 by task x`, below the heading.
    private static func readAccess(_ reading: inout CrashReading, _ line: ReportText) {
        for direction in [MemoryAccess.Direction.read, .write] {
            let name: StaticString = direction == .read ? "Read of size " : "Write of size "
            guard let size = line.text(afterPrefix: name)?.prefix(while: \.isDigit), !size.isEmpty else { continue }
            let rest = line[size.endIndex...]
            if let words = rest.text(afterPrefix: " at addr ") ?? rest.text(afterPrefix: " at address "), reading.address.isEmpty
            {
                reading.address = "0x" + words.prefix { $0.hexadecimalValue != nil }.string
            }
            reading.amendType("\n\(direction.rawValue) \(size.string)")
            reading.noteAccess(MemoryAccess(direction, sizeInBytes: size.leadingDecimal))
        }
    }
}
