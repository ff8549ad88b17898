extension StackFrame {
    /// Reads one line of a stack in the format of sanitizer_common (`stack_trace_format`, by default
    /// `    #%n %p %F %L`): the number, the address, `in` and the function, then either a source location
    /// `file:line:column` or `(module+offset)`. Nil when the line is not a frame.
    ///
    /// Accepts what real logs do to it: inlined frames numbered `1.1`, addresses of any width, a missing `in`
    /// (Android), a build id behind the module, spaces in paths, and Fuchsia's `<module>+offset`.
    init?(parsing line: ReportText) {
        var rest = line.trimmed
        guard rest.first == UInt8(ascii: "#"), let number = rest.dropFirst().leadingDecimal else { return nil }
        rest = rest.dropFirst().drop { $0.isDigit }
        let isInlined = rest.first == UInt8(ascii: ".")
        if isInlined { rest = rest.dropFirst().drop { $0.isDigit } }
        guard rest.first == .space || rest.first == .tab else { return nil }
        rest = rest.trimmed
        let address = rest.leadingNumberWord
        let behindAddress = rest[address.endIndex...]
        guard !address.isEmpty, behindAddress.first == .space || behindAddress.first == .tab else { return nil }
        let afterAddress = behindAddress.trimmed
        // A path alone is a line of another table.
        guard afterAddress.hasPrefix("in") || afterAddress.first == UInt8(ascii: "(") || !afterAddress.contains(UInt8(ascii: "/"))
        else { return nil }
        self.init(number: number, isInlined: isInlined)
        takeAll(from: afterAddress.hasPrefix("in ") ? afterAddress.dropFirst(3).trimmed : afterAddress)
    }

    /// Reads one line of a stack in the format of ThreadSanitizer, which has no address (`    #%n %f %S %M`,
    /// `tsan_report.cpp`): `    #0 inc(void*) /src/race.cc:4:5 (race+0x4a1c2d)`. What it doesn't know it calls `<null>`.
    init?(ofThreadSanitizer line: ReportText) {
        var rest = line.trimmed
        guard rest.first == UInt8(ascii: "#"), let number = rest.dropFirst().leadingDecimal else { return nil }
        rest = rest.dropFirst().drop { $0.isDigit }
        guard rest.first == .space, !rest.trimmed.hasPrefix("0x") else { return nil }
        self.init(number: number)
        takeAll(from: rest.trimmed)
        guard module != nil || file != nil else { return nil }
        let unknown: StaticString = " <null>"
        if let name = function.map({ Array($0.utf8)[...] }), name.hasSuffix(unknown) {
            function = name.dropLast(unknown.utf8CodeUnitCount).string
        }
        if function == "<null>" { function = nil }
    }

    // MARK: from the right

    private mutating func takeAll(from text: ReportText) {
        var rest = text
        takeModule(from: &rest)
        takeLocation(from: &rest)
        takeFunctionOffset(from: &rest)
        guard !rest.isEmpty, !rest.equals("<unknown>"), !rest.equals("??") else { return }
        let name = RustFrames.withoutHash(rest)
        function = name.string
        if name.endIndex < rest.endIndex { buildHash = rest[name.endIndex...].string }
    }

    private mutating func takeModule(from rest: inout ReportText) {
        if let start = rest.range(of: "(BuildId: ")?.lowerBound { rest = rest[..<start].trimmed }
        if rest.last == UInt8(ascii: ")"), let open = Self.openingParenthesis(of: rest) {
            let inside = rest[(open + 1)..<(rest.endIndex - 1)]
            if let plus = Self.lastOffset(in: inside) {
                module = inside[..<plus].string
                offset = inside[(plus + 1)...].leadingHexadecimal
                rest = rest[..<open].trimmed
            } else if inside.equals("<unknown module>") {
                rest = rest[..<open].trimmed
            }
        } else if let plus = Self.lastOffset(in: rest), plus > rest.startIndex, rest[plus - 1] == UInt8(ascii: ">"),
            let open = rest[..<plus].lastIndex(of: .space), rest[open + 1] == UInt8(ascii: "<")
        {
            module = rest[(open + 1)..<plus].filter { $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }[...].string
            offset = rest[(plus + 1)...].leadingHexadecimal
            rest = rest[..<open].trimmed
        }
    }

    /// The parenthesis that the last one of the text closes, when it stands behind a space or at the beginning.
    private static func openingParenthesis(of text: ReportText) -> Int? {
        var depth = 0
        for index in text.indices.reversed() {
            if text[index] == UInt8(ascii: ")") { depth += 1 }
            if text[index] == UInt8(ascii: "(") { depth -= 1 }
            if depth == 0 { return index == text.startIndex || text[index - 1] == .space ? index : nil }
        }
        return nil
    }

    /// The `+` before an `0x` number that ends the text.
    private static func lastOffset(in text: ReportText) -> Int? {
        guard let plus = text.lastIndex(of: UInt8(ascii: "+")) else { return nil }
        let number = text[(plus + 1)...]
        guard number.leadingHexadecimal != nil, number.dropFirst(2).allSatisfy({ $0.hexadecimalValue != nil }) else {
            return nil
        }
        return plus
    }

    private mutating func takeLocation(from rest: inout ReportText) {
        guard let start = Self.locationStart(in: rest) else { return }
        var location = rest[start...]
        var numbers: [Int] = []
        while numbers.count < 2, let colon = location.lastIndex(of: UInt8(ascii: ":")), colon > location.startIndex,
            let number = location[(colon + 1)...].leadingDecimal, location[(colon + 1)...].allSatisfy(\.isDigit)
        {
            numbers.insert(number, at: 0)
            location = location[..<colon]
        }
        guard !numbers.isEmpty || Self.looksLikePath(location) || location.equals("_asan_rtl_") else { return }
        if !location.equals("??") { file = location.string }
        line = numbers.first
        column = numbers.count > 1 ? numbers[1] : nil
        rest = rest[..<start].trimmed
    }

    /// Where the source location begins: at the first absolute path outside of brackets, or else at the last word
    /// when it looks like a path.
    private static func locationStart(in text: ReportText) -> Int? {
        var depth = 0
        var lastSpace: Int?
        for index in text.indices.dropLast() {
            switch text[index] {
            case UInt8(ascii: "("), UInt8(ascii: "<"), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: ">"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
            case .space where depth == 0:
                if isAbsolutePath(text[(index + 1)...]) { return index + 1 }
                lastSpace = index
            default: break
            }
        }
        // `operator<<` and friends leave the depth open; then the last space of all decides.
        let space = depth == 0 ? lastSpace : text.lastIndex(of: .space)
        guard let space else { return nil }
        let word = text[(space + 1)...]
        return looksLikePath(word) || word.equals("_asan_rtl_") ? space + 1 : nil
    }

    private static func isAbsolutePath(_ text: ReportText) -> Bool {
        if text.first == UInt8(ascii: "/") {
            // Not `operator/ (…)`.
            guard let next = text.dropFirst().first else { return false }
            return next.isLetter || next.isDigit || next == UInt8(ascii: "_") || next == UInt8(ascii: ".")
        }
        guard text.count > 2, let drive = text.first, drive.isLetter else { return false }
        let next = text[(text.startIndex + 1)...]
        return next.hasPrefix(":\\") || next.hasPrefix(":/")
    }

    /// A word with a directory, or with a dot and a line number: `src/a.c`, `a.c:3:1`, `??:0`.
    private static func looksLikePath(_ word: ReportText) -> Bool {
        guard !word.contains(UInt8(ascii: "(")) else { return false }
        if word.contains(UInt8(ascii: "/")) || word.contains(UInt8(ascii: "\\")) { return true }
        guard let dot = word.lastIndex(of: UInt8(ascii: ".")), dot > word.startIndex else { return word.hasPrefix("??:") }
        let ending = word[(dot + 1)...].prefix { $0 != UInt8(ascii: ":") }
        return (1...6).contains(ending.count) && ending.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "+") }
    }

    /// `name+0x12`, where only the exported names are known.
    private mutating func takeFunctionOffset(from rest: inout ReportText) {
        guard let plus = Self.lastOffset(in: rest), plus > rest.startIndex else { return }
        if module == nil { offset = rest[(plus + 1)...].leadingHexadecimal }
        rest = rest[..<plus]
    }
}
