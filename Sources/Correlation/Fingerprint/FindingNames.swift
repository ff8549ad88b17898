/// Weaknesses by their CWE number.
enum WeaknessName {
    /// `CWE-122` from `cwe-122`, `CWE-122: Heap-based Buffer Overflow`, `CWE-0122` or `CWE-122/rule`; nil for anything
    /// that doesn't begin with a CWE number, and for CWE-0.
    static func normalized(_ text: String) -> String? {
        let bytes = Array(text.utf8)[...].trimmed
        guard bytes.prefix(4).string.lowercased() == "cwe-" else { return nil }
        let digits = bytes.dropFirst(4)
        guard let number = digits.leadingDecimal, number > 0, number <= largestNumber else { return nil }
        let next = digits.drop(while: \.isDigit).first
        return next.map { $0.isLetter || $0 == UInt8(ascii: "_") } == true ? nil : "CWE-\(number)"
    }

    /// CWE has four digits since 2008.
    private static let largestNumber = 99_999
}

/// Functions as finders write them.
enum FunctionName {
    /// The name without parameters, anonymous scopes and surrounding spaces; case and scopes stay. Nil when nothing
    /// is left.
    static func normalized(_ text: String) -> String? {
        let name = FrameName(Array(text.utf8)[...].trimmed.string)
        let bare = name.qualified.trimmed
        return bare.isEmpty ? nil : bare.string
    }
}
