/// What gdb, and cdb of Windows, print when a program stops under them.
enum DebuggerSignatures {
    static func readSignal(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        if let signal = line.text(afterPrefix: "Program received signal ")?.prefix(while: \.isLetter), !signal.isEmpty,
            line[signal.endIndex...].first == UInt8(ascii: ",")
        {
            reading.become(signal.string.uppercased(), by: .gdb)
        }
        if let address = registerAddress(line) ?? frameAddress(line) ?? macAddress(line) { reading.address = address.string }
        if let (access, address) = attempt(line) {
            reading.become(access.string.uppercased(), by: .cdb)
            reading.address = "0x" + address.string
        }
        return .open
    }

    static func readWithoutType(_ reading: inout CrashReading, _ line: ReportText) {
        if let code = line.text(afterLast: "ExceptionCode: "), code.contains("(Stack overflow)") {
            reading.become("Stack-overflow", by: .cdb)
        }
        if let bucket = bucket(line) { reading.become(wording(bucket), by: .cdb) }
    }

    /// Above a stack of cdb stand the names of its columns.
    static func readStackStart(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        if line.hasPrefix("ChildEBP RetAddr") { reading.clearState() }
        return .open
    }

    // MARK: gdb

    /// `rip            0x4005a0`
    private static func registerAddress(_ line: ReportText) -> ReportText? {
        guard let rest = line.text(afterPrefix: "rip"), rest.first == .space else { return nil }
        let address = rest.drop { $0 == .space }.leadingNumberWord
        return address.isEmpty ? nil : address
    }

    /// `0x0000000000400 in main () …` without a frame number.
    private static func frameAddress(_ line: ReportText) -> ReportText? {
        guard line.hasPrefix("0x") || line.hasPrefix("0X") else { return nil }
        let digits = line.dropFirst(2).prefix { $0.hexadecimalValue != nil }
        let rest = line[digits.endIndex...]
        guard !digits.isEmpty, rest.trimmed.hasPrefix("in"), rest.first == .space || rest.first == .tab,
            let next = rest.withoutIndent.dropFirst(2).first, next == .space || next == .tab
        else { return nil }
        return line[..<digits.endIndex]
    }

    /// `Reason: KERN_INVALID_ADDRESS at address: 0x0000000000000000`
    private static func macAddress(_ line: ReportText) -> ReportText? {
        guard line.hasPrefix("Reason:"), let rest = line.text(afterLast: "at address") else { return nil }
        let address = rest.drop { !$0.isDigit }.prefix { $0.isDigit || $0.isLetter }
        return address.isEmpty ? nil : address
    }

    // MARK: cdb

    /// `Attempt to read from address 00000000`
    private static func attempt(_ line: ReportText) -> (access: ReportText, address: ReportText)? {
        guard let words = line.text(afterPrefix: "Attempt to "), let range = words.lastRange(of: " address "),
            let space = words[..<range.lowerBound].lastIndex(of: .space)
        else { return nil }
        return (words[..<space].trimmed, words[range.upperBound...].trimmed)
    }

    private static func bucket(_ line: ReportText) -> ReportText? {
        guard let rest = line.text(afterLast: "DEFAULT_BUCKET_ID")?.trimmed, let value = rest.text(afterPrefix: ":") else {
            return nil
        }
        let bucket = value.trimmed.prefix { $0.isLetter || $0 == UInt8(ascii: "_") }
        return bucket.isEmpty ? nil : bucket
    }

    /// `HEAP_CORRUPTION_AVRF` to `Heap-corruption`; what other tools name otherwise gets their name.
    private static func wording(_ bucket: ReportText) -> String {
        let bucket = bucket.hasSuffix("_AVRF") ? bucket.dropLast("_AVRF".utf8.count) : bucket
        let name = bucket.string.lowercased().replacing("_", with: "-")
        switch name {
        case "status-integer-overflow": return "Integer-overflow"
        case "status-integer-divide-by-zero": return "Divide-by-zero"
        default: return name.capitalizedFirst
        }
    }
}
