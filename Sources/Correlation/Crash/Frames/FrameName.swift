/// The name of a frame's function, reduced to what identifies it.
struct FrameName {
    /// Without anonymous namespaces and thunk marks; with parameters.
    private let full: ReportText

    init(_ function: String) {
        full = Self.withoutAnonymousScopes(Array(function.utf8)[...])
    }

    /// How the function appears in a crash state: without parameters, captures and the module that some
    /// symbolizers put before `!`.
    var inState: String {
        var name = full
        if let mark = name.lastIndex(of: UInt8(ascii: "!")) { name = name[(mark + 1)...] }
        if let cut = name.firstIndex(where: { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "[") }), cut > name.startIndex {
            return name[..<cut].trimmed.string
        }
        return name.trimmed.prefix { $0 != .space }.string
    }

    /// The qualified name without return type, template arguments of functions and parameters: what findings are
    /// compared by.
    var qualified: ReportText {
        let name = full[..<(Self.firstOutsideOfBrackets(full, of: UInt8(ascii: "(")) ?? full.endIndex)].trimmed
        if name.hasPrefix("operator ") || name.contains(" operator ") || name.contains("::operator ") { return name }
        guard let space = Self.lastOutsideOfBrackets(name, of: .space) else { return name }
        return name[(space + 1)...]
    }
}

extension FrameName {
    private static func withoutAnonymousScopes(_ name: ReportText) -> ReportText {
        var name = name
        for scope: StaticString in ["non-virtual thunk to ", "(anonymous namespace)::", "`anonymous namespace'::"] {
            guard name.contains(scope) else { continue }
            var result: [UInt8] = []
            while let range = name.range(of: scope) {
                result += name[..<range.lowerBound]
                name = name[range.upperBound...]
            }
            name = (result + name)[...]
        }
        return name
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
