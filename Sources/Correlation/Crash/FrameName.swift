/// The name of a frame's function, reduced to what identifies it.
struct FrameName {
    /// Without anonymous namespaces and thunk marks; with parameters.
    let full: ReportText

    init(_ function: String) {
        full = Self.withoutAnonymousScopes(Array(function.utf8)[...])
    }

    /// How the function appears in a crash state: without parameters, captures and the module that some
    /// symbolizers put before `!`; cut to a length that still tells functions apart.
    var inState: String {
        var name = full
        if let mark = name.lastIndex(of: UInt8(ascii: "!")) { name = name[(mark + 1)...] }
        if let cut = name.firstIndex(where: { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "[") }), cut > name.startIndex {
            name = name[..<cut].trimmed
        } else {
            name = name.trimmed.prefix { $0 != .space }
        }
        return Self.withoutVolatileNumbers(name).prefix(Self.lengthInState).string
    }

    /// 80 bytes of a function's name tell instances of templates apart without repeating their whole parameters.
    static let lengthInState = 80

    /// The qualified name without return type, template arguments of functions and parameters: what the rules about
    /// uninteresting frames compare with.
    var qualified: ReportText {
        let name = full[..<(Self.firstOutsideOfBrackets(full, of: UInt8(ascii: "(")) ?? full.endIndex)].trimmed
        if name.hasPrefix("operator ") || name.contains(" operator ") || name.contains("::operator ") { return name }
        guard let space = Self.lastOutsideOfBrackets(name, of: .space) else { return name }
        return name[(space + 1)...]
    }

    // MARK: parts

    private static func withoutAnonymousScopes(_ name: ReportText) -> ReportText {
        var name = name
        if name.hasPrefix("non-virtual thunk to ") { name = name.dropFirst("non-virtual thunk to ".utf8.count) }
        while let range = name.range(of: "(anonymous namespace)::") ?? name.range(of: "`anonymous namespace'::") {
            name = (Array(name[..<range.lowerBound]) + Array(name[range.upperBound...]))[...]
        }
        return name
    }

    /// Addresses and long numbers that differ from build to build, where they stand by themselves.
    private static func withoutVolatileNumbers(_ name: ReportText) -> ReportText {
        var result: [UInt8] = []
        var rest = name
        while let byte = rest.first {
            let followsName = result.last.map { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") } ?? false
            if !followsName, rest.hasPrefix("0x"), rest.leadingHexadecimal != nil {
                result += Array("ADDRESS".utf8)
                rest = rest.dropFirst(2).drop { $0.hexadecimalValue != nil }
            } else {
                result.append(byte)
                rest = rest.dropFirst()
            }
        }
        return result[...]
    }

    private static func firstOutsideOfBrackets(_ text: ReportText, of wanted: UInt8) -> Int? {
        var depth = 0
        for index in text.indices {
            if text[index] == wanted, depth == 0, index > text.startIndex { return index }
            if text[index] == UInt8(ascii: "<") { depth += 1 }
            if text[index] == UInt8(ascii: ">") { depth = max(0, depth - 1) }
        }
        return nil
    }

    private static func lastOutsideOfBrackets(_ text: ReportText, of wanted: UInt8) -> Int? {
        var depth = 0
        for index in text.indices.reversed() {
            if text[index] == wanted, depth == 0 { return index }
            if text[index] == UInt8(ascii: ">") { depth += 1 }
            if text[index] == UInt8(ascii: "<") { depth = max(0, depth - 1) }
        }
        return nil
    }
}
