/// Frames of native code besides those of the sanitizers.
enum NativeFrames {
    /// cdb: `0012f7c0 7c91 module!Function+0x12`
    static func ofCdb(_ line: ReportText) -> StackFrame? {
        let child = line.prefix(while: isAddressByte)
        guard !child.isEmpty, let rest = line[child.endIndex...].text(afterPrefix: " ") else { return nil }
        let caller = rest.prefix(while: isAddressByte)
        guard !caller.isEmpty, let name = rest[caller.endIndex...].text(afterPrefix: " ") else { return nil }
        let module = name.prefix(while: \.isWordByte)
        guard !module.isEmpty, let function = name[module.endIndex...].text(afterPrefix: "!"),
            let plus = lastOffset(function, { $0.hexadecimalValue != nil || $0 | 0x20 == UInt8(ascii: "x") })
        else { return nil }
        return StackFrame(
            number: 0, function: function[..<plus].string, module: module.string,
            offset: function[(plus + 1)...].leadingHexadecimal)
    }

    private static func isAddressByte(_ byte: UInt8) -> Bool { byte.isLetter || byte.isDigit || byte == UInt8(ascii: "`") }

    /// The last `+` that a number follows.
    private static func lastOffset(_ text: ReportText, _ isDigit: (UInt8) -> Bool) -> Int? {
        text.indices.last { text[$0] == UInt8(ascii: "+") && $0 + 1 < text.endIndex && isDigit(text[$0 + 1]) }
    }

    /// Chromium's own dump of a stack: `#0 0x7f0012 base::debug::StackTrace::StackTrace()`
    static func ofChromium(_ line: ReportText) -> StackFrame? {
        guard let rest = line.drop(while: { $0 == .space }).text(afterPrefix: "#") else { return nil }
        let number = rest.prefix { $0.isDigit }
        guard !number.isEmpty, let afterNumber = rest[number.endIndex...].text(afterPrefix: " ") else { return nil }
        let address = afterNumber.leadingNumberWord
        guard !address.isEmpty, let function = afterNumber[address.endIndex...].text(afterPrefix: " "), !function.isEmpty,
            !hasSlash(function)
        else { return nil }
        return StackFrame(number: number.leadingDecimal ?? 0, function: function.trimmed.string)
    }

    private static func hasSlash(_ text: ReportText) -> Bool {
        text.contains(UInt8(ascii: "/")) || text.contains(UInt8(ascii: "\\"))
    }

    /// Tombstones of Android: `#01 pc 0004a1b2  /system/lib/libmedia.so (android::Track::read(int)+34) (BuildId: 12ab)`
    static func ofTombstone(_ line: ReportText) -> StackFrame? {
        guard let rest = line.withoutIndent.text(afterPrefix: "#") else { return nil }
        let number = rest.prefix { $0.isDigit }
        guard let address = rest[number.endIndex...].text(afterPrefix: " pc "), let value = number.leadingDecimal else {
            return nil
        }
        let offset = address.leadingNumberWord
        let place = address[offset.endIndex...]
        guard !offset.isEmpty, place.first == .space || place.first == .tab else { return nil }
        let module = place.withoutIndent.prefix { $0 != .space && $0 != .tab }
        guard !module.isEmpty else { return nil }
        return StackFrame(
            number: value, function: functionInTombstone(place[module.endIndex...].trimmed), module: module.string,
            offset: UInt64(offset.string, radix: 16))
    }

    /// The name in `(offset 0x1000) (name+34) (BuildId: 12ab)`, of which each part may be missing.
    private static func functionInTombstone(_ text: ReportText) -> String? {
        var text = text.text(before: "(BuildId: ").trimmed
        if text.hasPrefix("(offset "), let close = text.firstIndex(of: UInt8(ascii: ")")) { text = text[(close + 1)...].trimmed }
        guard text.first == UInt8(ascii: "("), text.last == UInt8(ascii: ")"), text.count > 2 else { return nil }
        let name = text.dropFirst().dropLast()
        return (lastOffset(name, \.isDigit).map { name[..<$0] } ?? name).string
    }

    /// Crash reports of macOS: `1   Content Shell   0x000000010a99b743 _ZN4base5debug10StackTraceC1Ev + 19`. The name in a
    /// state is the demangled one.
    static func ofMac(_ line: ReportText) -> (frame: StackFrame, name: String)? {
        let number = line.prefix { $0.isDigit }
        let image = line[number.endIndex...]
        guard let value = number.leadingDecimal, image.first == .space || image.first == .tab,
            let address = image.range(of: " 0x") ?? image.range(of: "\t0x"),
            isImage(image[..<address.lowerBound].trimmed)
        else { return nil }
        let rest = image[(address.lowerBound + 1)...]
        let function = rest[rest.leadingNumberWord.endIndex...].trimmed
        guard
            let plus = lastOffset(function.filter { $0 != .space }[...], \.isDigit) != nil
                ? function.lastIndex(of: UInt8(ascii: "+")) : nil
        else { return nil }
        let symbol = function[..<plus].trimmed
        guard !symbol.isEmpty, !hasSlash(symbol) else { return nil }
        let name = ItaniumName.demangled(symbol) ?? symbol.string
        let frame = StackFrame(number: value, function: name, module: image[..<address.lowerBound].trimmed.string)
        return (frame, frame.stateName)
    }

    private static func isImage(_ text: ReportText) -> Bool {
        text.equals("???") || !text.isEmpty && text.allSatisfy { $0.isWordByte || $0 == .space }
    }

    /// Chromium on Windows: `content::Function [0x1234+56] (c:\\src\\a.cc:12)`
    static func ofChromiumOnWindows(_ line: ReportText) -> StackFrame? {
        guard let bracket = line.ranges(of: " [").first(where: { base(line[$0.upperBound...]) != nil }) else { return nil }
        let function = line[..<bracket.lowerBound]
        guard !function.trimmed.isEmpty, !hasSlash(function) else { return nil }
        return StackFrame(number: 0, function: function.trimmed.string)
    }

    /// `0x1234+56]`
    private static func base(_ text: ReportText) -> ReportText? {
        let base = text.leadingNumberWord
        guard !base.isEmpty, let offset = text[base.endIndex...].text(afterPrefix: "+") else { return nil }
        let digits = offset.prefix { $0.isDigit }
        return !digits.isEmpty && offset[digits.endIndex...].first == UInt8(ascii: "]") ? base : nil
    }
}
