/// Frames of the Linux kernel and of Trusty.
enum KernelFrames {
    /// `[ 1998.156940] [<c0667574>] (function+0xa0/0x124) from …`, or at the beginning of the line without an address.
    static func frame(_ line: ReportText) -> (frame: StackFrame, address: ReportText?)? {
        if let bracket = line.prefix(while: { $0 != UInt8(ascii: "(") }).lastRange(of: "[<") {
            let address = line[bracket.upperBound...].prefix { $0.hexadecimalValue != nil || $0 == UInt8(ascii: "x") }
            let rest = line[address.endIndex...].text(afterPrefix: ">]")
            if !address.isEmpty, let rest, rest.withoutIndent.startIndex > rest.startIndex,
                let frame = ofFunction(withoutParenthesis(rest.withoutIndent))
            {
                return (frame, address)
            }
        }
        return ofFunction(withoutParenthesis(line)).map { ($0, nil) }
    }

    /// What stands in for the kernel where its frame names no module.
    static let kernel = "vmlinux"

    /// Functions whose only work is to report a failure, by their whole names: programs have a `print_report` too.
    static let reporters: Set<String> = [
        "__die", "__die_body", "__report_bug", "__warn", "__warn_printk", "die", "die_addr", "end_report", "kcsan_report",
        "kmsan_report", "oops_end", "panic", "print_report", "report_bug", "start_report", "ubsan_epilogue", "warn_slowpath_fmt",
        "warn_slowpath_null"
    ]

    /// `function+0x10/0x20 [module]`, and where it was symbolized `function+0x10/0x20 net/netfilter/core.c:12`.
    private static func ofFunction(_ text: ReportText) -> StackFrame? {
        guard let name = function(text) else { return nil }
        let word = text[name.endIndex...].drop { $0 != .space }.withoutIndent.prefix { $0 != .space }
        var frame = StackFrame(number: 0, function: name.string, module: kernel)
        if word.first == UInt8(ascii: "["), word.last == UInt8(ascii: "]"), word.count > 2 {
            frame.module = word.dropFirst().dropLast().string
        } else if let colon = word.lastIndex(of: UInt8(ascii: ":")), let line = word[(colon + 1)...].leadingDecimal {
            (frame.file, frame.line) = (word[..<colon].string, line)
        }
        return frame
    }

    private static func withoutParenthesis(_ text: ReportText) -> ReportText { text.text(afterPrefix: "(") ?? text }

    /// The function of `function+0xa0/0x124` at the beginning.
    static func function(_ text: ReportText) -> ReportText? {
        let name = text.prefix(while: \.isWordByte)
        guard !name.isEmpty, let offset = text[name.endIndex...].text(afterPrefix: "+") else { return nil }
        let digits = offset.prefix(while: \.isWordByte)
        guard !digits.isEmpty, let size = offset[digits.endIndex...].text(afterPrefix: "/"), size.first?.isWordByte == true else {
            return nil
        }
        return name
    }

    /// `uSP+0001a8: 0x00000000deadbeef in function`
    static func ofTrusty(_ line: ReportText) -> StackFrame? {
        guard let rest = line.text(afterPrefix: "uSP+") else { return nil }
        let offset = rest.prefix { $0.isLetter || $0.isDigit }
        guard offset.count == 6, let address = rest[offset.endIndex...].text(afterPrefix: ": ") else { return nil }
        let number = address.leadingNumberWord
        guard number.count == 18, let words = address[number.endIndex...].text(afterPrefix: " in ") else { return nil }
        let name = words.prefix(while: \.isWordByte)
        return name.isEmpty ? nil : StackFrame(number: 0, function: name.string)
    }
}
