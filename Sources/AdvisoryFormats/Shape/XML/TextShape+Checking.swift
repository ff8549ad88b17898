extension TextShape {
    /// What is wrong with a text, or nil.
    func flaw(in text: String) -> (code: FormatViolation.Code, reason: String)? {
        if isAnyText { return nil }
        var text = normalized(text)
        let count = text.unicodeScalars.count
        let excerpt = "\"\(String(String.UnicodeScalarView(text.unicodeScalars.prefix(64))))\(count > 64 ? "…" : "")\""
        return text.withUTF8 { bytes in
            if let expected = typeName(unless: bytes) { return (.wrongType, "\(excerpt) is not \(expected)") }
            if let bounds {
                let value = isNumber ? Double(String(decoding: bytes, as: UTF8.self)) ?? .nan : Double(count)
                let unit = isNumber ? "" : " characters"
                if !(bounds.lower <= value) { return (.badValue, "less than \(Self.written(bounds.lower))\(unit)") }
                if !(value <= bounds.upper) { return (.badValue, "more than \(Self.written(bounds.upper))\(unit)") }
            }
            if !words.isEmpty, !words.contains(where: { bytes.elementsEqual($0.bytes) }) {
                return (.badValue, "\(excerpt) is not one of \(ShapeWord.list(words))")
            }
            if let rule, !rule.holds(bytes) { return (.badValue, "\(excerpt) is not \(rule.meaning)") }
            return nil
        }
    }

    /// Whether nothing could be wrong.
    private var isAnyText: Bool {
        guard bounds == nil, rule == nil, words.isEmpty else { return false }
        return base == .string || base == .normalizedString || base == .token
    }

    private var isNumber: Bool {
        switch base {
        case .integer, .nonNegativeInteger, .positiveInteger, .decimal: true
        case .string, .normalizedString, .token, .anyURI, .boolean, .dateTime, .date: false
        }
    }

    private static func written(_ bound: Double) -> String { bound == bound.rounded() ? String(Int(bound)) : String(bound) }

    /// White space as the facet `whiteSpace` of the base asks (part 2, 4.3.6): kept, replaced or collapsed.
    private func normalized(_ text: String) -> String {
        switch base {
        case .string: return text
        case .normalizedString:
            return String(decoding: text.utf8.map { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }, as: UTF8.self)
        default:
            let words = text.utf8.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
            return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
        }
    }

    /// The name of the base for people, where the text is none of it.
    private func typeName(unless text: UnsafeBufferPointer<UInt8>) -> String? {
        switch base {
        case .string, .normalizedString, .token: nil
        case .anyURI: XMLSchemaText.isAnyURI(text) ? nil : "a URI"
        case .boolean: XMLSchemaText.isBoolean(text) ? nil : "true or false"
        case .integer: XMLSchemaText.isInteger(text) ? nil : "an integer"
        case .nonNegativeInteger, .positiveInteger: naturalName(unless: text)
        case .decimal: XMLSchemaText.isDecimal(text) ? nil : "a decimal number"
        case .dateTime: XMLSchemaText.isDateTime(text) ? nil : "a date and time like 2026-01-31T12:00:00Z"
        case .date: XMLSchemaText.isDate(text[...]) ? nil : "a date like 2026-01-31"
        }
    }

    private func naturalName(unless text: UnsafeBufferPointer<UInt8>) -> String? {
        let isZero = !text.contains { 0x31...0x39 ~= $0 }
        let isNatural = XMLSchemaText.isInteger(text) && (text.first != UInt8(ascii: "-") || isZero)
        if base == .positiveInteger { return isNatural && !isZero ? nil : "a positive integer" }
        return isNatural ? nil : "an integer from 0"
    }
}
