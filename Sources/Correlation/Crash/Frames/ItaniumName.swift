/// Mangled names of C++ (Itanium C++ ABI, 5.1), as far as a crash state needs them.
enum ItaniumName {
    /// The qualified name of a function whose mangled name consists of plain names: `_ZN2ui10FlingCurveC2Ei` to
    /// `ui::FlingCurve::FlingCurve()`. Parameters are left out. Nil for what isn't mangled so, templates and operators
    /// among it, which then appear as they are.
    static func demangled(_ symbol: ReportText) -> String? {
        guard var rest = symbol.text(afterPrefix: "_Z") else { return nil }
        if rest.hasPrefix("Th") { rest = withoutThunk(rest) }
        guard let nested = rest.text(afterPrefix: "N") else {
            return component(&rest, inside: nil).flatMap { rest.first == UInt8(ascii: "I") ? nil : $0 + "()" }
        }
        rest = nested.drop { "rVKRO".utf8.contains($0) }
        var names: [String] = []
        while let byte = rest.first {
            if byte == UInt8(ascii: "E") { return names.isEmpty ? nil : names.joined(separator: "::") + "()" }
            guard let name = component(&rest, inside: names.last) else { return nil }
            names.append(name)
        }
        return nil
    }

    /// Behind `Thn16_`, which adjusts `this`, stands the function itself.
    private static func withoutThunk(_ text: ReportText) -> ReportText {
        text.firstIndex(of: UInt8(ascii: "_")).map { text[($0 + 1)...] } ?? text
    }

    private static func component(_ rest: inout ReportText, inside scope: String?) -> String? {
        if let standard = rest.text(afterPrefix: "St") {
            rest = standard
            return "std"
        }
        if let scope, let kind = rest.first, let number = rest.dropFirst().first, number.isDigit,
            kind == UInt8(ascii: "C") || kind == UInt8(ascii: "D")
        {
            rest = rest.dropFirst(2)
            return kind == UInt8(ascii: "C") ? scope : "~" + scope
        }
        // A mark of internal linkage.
        let number = rest.text(afterPrefix: "L") ?? rest
        guard let length = number.leadingDecimal, length > 0 else { return nil }
        let name = number.drop { $0.isDigit }.prefix(length)
        guard name.count == length else { return nil }
        rest = rest[name.endIndex...]
        return name.hasPrefix("_GLOBAL__N") ? "(anonymous namespace)" : name.string
    }
}
