extension CPE {
    /// The formatted string of CPE 2.3 (NIST IR 7695, clause 6.2); parsing it gives an equal name.
    ///
    /// Letters keep their case. Letters, digits, `_`, `.` and `-` stand for themselves, everything else behind a backslash.
    public var formattedString: String {
        "cpe:2.3" + Attribute.allCases.map { ":" + formatted($0) }.joined()
    }

    /// The value of one attribute as the formatted string has it: `*` for ANY, `-` for NA, special characters behind a backslash.
    public func formatted(_ attribute: Attribute) -> String {
        var output: [UInt8] = []
        switch self[attribute] {
        case .any: output.append(UInt8(ascii: "*"))
        case .notApplicable: output.append(UInt8(ascii: "-"))
        case .pattern(let pattern):
            Self.append(pattern.leading, to: &output)
            for byte in pattern.literal.utf8 {
                if !Self.standsForItself(byte) { output.append(UInt8(ascii: "\\")) }
                output.append(byte)
            }
            Self.append(pattern.trailing, to: &output)
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func append(_ wildcard: CPEPattern.Wildcard, to output: inout [UInt8]) {
        switch wildcard {
        case .none: break
        case .upTo(let count): output.append(contentsOf: repeatElement(UInt8(ascii: "?"), count: count))
        case .any: output.append(UInt8(ascii: "*"))
        }
    }

    static func standsForItself(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: "-")
    }

    /// Reads what follows `cpe:2.3:`. A backslash may also stand before `.`, `-` and `_`, which tools write though they need
    /// none.
    static func formattedString(_ text: ArraySlice<UInt8>) throws(CPEError) -> CPE {
        var placed: [(value: CPEValue, offset: Int)] = []
        var start = text.startIndex
        var index = text.startIndex
        while index <= text.endIndex {
            if index == text.endIndex || text[index] == UInt8(ascii: ":") {
                if placed.count == Attribute.allCases.count {
                    throw CPEError(.count, at: start, "A formatted string has eleven components.")
                }
                placed.append((try value(text[start..<index]), start))
                start = index + 1
            } else if text[index] == UInt8(ascii: "\\"), index + 1 < text.endIndex {
                index += 1
            }
            index += 1
        }
        if placed.count < Attribute.allCases.count {
            throw CPEError(.count, at: text.endIndex, "A formatted string has eleven components.")
        }
        if case .pattern(let part) = placed[0].value, part.literal.utf8.contains(where: \.isASCIIUppercase) {
            throw CPEError(.part, at: placed[0].offset, "The part is 'a', 'o' or 'h'.")
        }
        return try CPE(placed)
    }

    private static func value(_ text: ArraySlice<UInt8>) throws(CPEError) -> CPEValue {
        if text.elementsEqual([UInt8(ascii: "*")]) { return .any }
        if text.elementsEqual([UInt8(ascii: "-")]) { return .notApplicable }
        if text.isEmpty { throw CPEError(.empty, at: text.startIndex, "A component of a formatted string is not empty.") }
        var reader = CPEValueReader()
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") {
                try reader.add(wildcard: byte, at: index)
            } else if byte == UInt8(ascii: "\\") {
                index += 1
                guard index < text.endIndex, text[index] < 0x7F, !text[index].isASCIILetter, !text[index].isASCIIDigit else {
                    throw CPEError(.character, at: index - 1, "A backslash stands before a special character.")
                }
                try reader.add(literal: text[index], at: index)
            } else {
                if !standsForItself(byte) {
                    throw CPEError(.character, at: index, "This character stands behind a backslash.")
                }
                try reader.add(literal: byte, at: index)
            }
            index += 1
        }
        return .pattern(try reader.pattern(at: text.startIndex))
    }
}

/// Puts a value together from left to right, and refuses wildcards that are not at its ends (clause 5.3.2).
struct CPEValueReader {
    private var leading = CPEPattern.Wildcard.none
    private var trailing = CPEPattern.Wildcard.none
    private var literal: [UInt8] = []

    mutating func add(literal byte: UInt8, at offset: Int) throws(CPEError) {
        if trailing != .none { throw CPEError(.wildcard, at: offset, "A wildcard stands at an end of a value.") }
        literal.append(byte)
    }

    mutating func add(wildcard byte: UInt8, at offset: Int) throws(CPEError) {
        let current = literal.isEmpty ? leading : trailing
        let next: CPEPattern.Wildcard
        switch (current, byte) {
        case (.none, UInt8(ascii: "*")): next = .any
        case (.none, _): next = .upTo(1)
        case (.upTo(let count), UInt8(ascii: "?")): next = .upTo(count + 1)
        default: throw CPEError(.wildcard, at: offset, "At an end of a value stands one '*' or a run of '?'.")
        }
        if literal.isEmpty { leading = next } else { trailing = next }
    }

    func pattern(at offset: Int) throws(CPEError) -> CPEPattern {
        try CPEPattern(
            leading: leading, literal: String(decoding: literal, as: UTF8.self), trailing: trailing, at: offset)
    }
}
