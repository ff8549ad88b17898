/// Frames of the Linux kernel and of Trusty.
enum KernelFrames {
    /// `[ 1998.156940] [<c0667574>] (function+0xa0/0x124) from …`, or at the beginning of the line without an address.
    static func frame(_ line: ReportText) -> (frame: StackFrame, address: ReportText?)? {
        if let bracket = line.prefix(while: { $0 != UInt8(ascii: "(") }).lastRange(of: "[<") {
            let address = line[bracket.upperBound...].prefix { $0.hexadecimalValue != nil || $0 == UInt8(ascii: "x") }
            let rest = line[address.endIndex...].text(afterPrefix: ">]")
            if !address.isEmpty, let rest, rest.withoutIndent.startIndex > rest.startIndex,
                let name = function(withoutParenthesis(rest.withoutIndent))
            {
                return (StackFrame(number: 0, function: name.string), address)
            }
        }
        return function(withoutParenthesis(line)).map { (StackFrame(number: 0, function: $0.string), nil) }
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
