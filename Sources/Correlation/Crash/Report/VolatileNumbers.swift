/// Addresses and numbers that differ from run to run.
enum VolatileNumbers {
    /// An offset at the end of the line is dropped; what looks like an address becomes `ADDRESS`, what looks like an
    /// identifier or a count becomes `NUMBER`. Versions in names and small limits in conditions stay.
    static func replaced(in line: ReportText) -> ReportText {
        replacingNumbers(in: replacingAddresses(in: withoutOffset(line)))
    }

    private static func withoutOffset(_ line: ReportText) -> ReportText {
        guard let plus = line.lastRange(of: "+0x") else { return line }
        let digits = line[plus.upperBound...]
        return !digits.isEmpty && digits.allSatisfy { $0.hexadecimalValue != nil } ? line[..<plus.lowerBound] : line
    }

    private static func replacingAddresses(in line: ReportText) -> ReportText {
        guard line.contains("0x") else { return line }
        var result: [UInt8] = []
        var rest = line
        while let range = rest.range(of: "0x") {
            let digits = rest[range.upperBound...].prefix { $0.hexadecimalValue != nil }
            if digits.count >= 4 {
                result += Array(rest[..<range.lowerBound]) + Array("ADDRESS".utf8)
                // The suffix of an unsigned literal.
                rest = rest[digits.endIndex...].drop { $0 == UInt8(ascii: "U") }
            } else {
                result += Array(rest[..<range.upperBound])
                rest = rest[range.upperBound...]
            }
        }
        return (result + rest)[...]
    }

    private static func replacingNumbers(in line: ReportText) -> ReportText {
        var result: [UInt8] = []
        var at = line.startIndex
        while at < line.endIndex {
            guard isNumeral(line[at]) else {
                result.append(line[at])
                at += 1
                continue
            }
            // `source.cc:1234` and what continues a name stay as they are.
            let run = line[at...].prefix(while: isNumeral)
            let isVolatile = isVolatile(run, behind: at > line.startIndex ? line[at - 1] : nil)
            let isPartOfName = line[run.endIndex...].first?.isLetter == true
            result += isVolatile && !isPartOfName ? Array("NUMBER".utf8) : Array(run)
            at = run.endIndex
        }
        return result[...]
    }

    private static func isNumeral(_ byte: UInt8) -> Bool { byte.isDigit || byte == UInt8(ascii: ".") }

    private static func isVolatile(_ run: ReportText, behind previous: UInt8?) -> Bool {
        if previous == UInt8(ascii: ":") { return false }
        if run.count >= 4 { return true }
        guard run.allSatisfy(\.isDigit) else { return false }
        switch previous {
        case UInt8.space: return run.count >= 2
        case UInt8(ascii: "@"), UInt8(ascii: "#"): return true
        default: return false
        }
    }
}
