extension TOMLReader {
    mutating func value(depth: Int) throws(TextFault) -> TOMLValue {
        guard depth < Self.maximumDepth else { throw fault("more than \(Self.maximumDepth) arrays and tables are open") }
        switch byte {
        case UInt8(ascii: "\""): return .string(try isTriple ? multilineBasicString() : basicString())
        case UInt8(ascii: "'"): return .string(try isTriple ? multilineLiteralString() : literalString())
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "{"): return .table(try inlineTable(depth: depth))
        default: return try literal()
        }
    }

    private mutating func array(depth: Int) throws(TextFault) -> [TOMLValue] {
        let start = position
        position += 1
        var elements: [TOMLValue] = []
        while true {
            guard try passBlankLines() else { throw fault("an array is not closed", at: start) }
            if take(UInt8(ascii: "]")) { return elements }
            elements.append(try value(depth: depth + 1))
            guard try passBlankLines() else { throw fault("an array is not closed", at: start) }
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "]")) else { throw fault("elements of an array have ',' between them") }
            return elements
        }
    }

    private mutating func inlineTable(depth: Int) throws(TextFault) -> Int {
        document.tables.append(TOMLDocument.Table(origin: .header, byteOffset: position))
        let table = document.tables.count - 1
        position += 1
        passBlanks()
        if !take(UInt8(ascii: "}")) {
            repeat { try member(of: table, depth: depth + 1); passBlanks() } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "}")) else { throw fault("an inline table is not closed") }
        }
        for place in table..<document.tables.count { document.tables[place].origin = .inline }
        return table
    }

    /// A truth value, number, date or time.
    private mutating func literal() throws(TextFault) -> TOMLValue {
        let start = position
        while Self.isLiteral(byte) { position += 1 }
        // A space may stand between date and time.
        if position == start + 10, byte == UInt8(ascii: " "), position + 1 < bytes.count, bytes[position + 1] &- 0x30 < 10 {
            position += 1
            while Self.isLiteral(byte) { position += 1 }
        }
        let text = bytes[start..<position]
        if text.equals("true") { return .bool(true) }
        if text.equals("false") { return .bool(false) }
        guard TOMLLiteral.isNumber(text) || TOMLLiteral.isTime(text) else {
            throw fault(text.isEmpty ? "a value is missing" : "neither a string, number, date nor truth value", at: start)
        }
        return .literal(text.text)
    }

    private static func isLiteral(_ byte: UInt8) -> Bool {
        if (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 { return true }
        switch byte {
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"): return true
        default: return false
        }
    }
}

/// The grammar of values that are neither strings nor containers.
enum TOMLLiteral {
    /// Integers, with `0x`, `0o`, `0b` or without, and floating-point numbers.
    static func isNumber(_ text: TextSlice) -> Bool {
        for (prefix, highest) in [("0x" as StaticString, UInt8(15)), ("0o", 7), ("0b", 1)] where text.hasPrefix(prefix) {
            return isDigits(text.dropFirst(2)) { (value($0) ?? 16) <= highest }
        }
        var rest = text
        if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        if rest.equals("inf") || rest.equals("nan") { return true }
        let exponent = rest.firstIndex { $0 | 0x20 == UInt8(ascii: "e") }
        if let exponent {
            var power = rest[(exponent + 1)...]
            if power.first == UInt8(ascii: "+") || power.first == UInt8(ascii: "-") { power = power.dropFirst() }
            guard isDecimal(power) else { return false }
            rest = rest[..<exponent]
        }
        let point = rest.firstIndex(of: UInt8(ascii: "."))
        if let point {
            guard isDecimal(rest[(point + 1)...]) else { return false }
            rest = rest[..<point]
        }
        return isDecimal(rest) && (rest.count == 1 || rest.first != UInt8(ascii: "0"))
    }

    /// Offset date-time, local date-time, local date and local time (RFC 3339); digits are counted, calendars not consulted.
    static func isTime(_ text: TextSlice) -> Bool {
        var rest = text
        if matches(&rest, "0000-00-00") {
            if rest.isEmpty { return true }
            guard let first = rest.popFirst(), first | 0x20 == UInt8(ascii: "t") || first == UInt8(ascii: " ") else {
                return false
            }
            return isClock(&rest) && isOffset(rest)
        }
        return isClock(&rest) && rest.isEmpty
    }

    private static func isClock(_ rest: inout TextSlice) -> Bool {
        guard matches(&rest, "00:00:00") else { return false }
        guard rest.first == UInt8(ascii: ".") else { return true }
        let digits = rest.dropFirst().prefix { $0 &- 0x30 < 10 }
        rest = rest[digits.endIndex...]
        return !digits.isEmpty
    }

    private static func isOffset(_ text: TextSlice) -> Bool {
        if text.isEmpty || (text.count == 1 && text.first.map { $0 | 0x20 } == UInt8(ascii: "z")) { return true }
        var rest = text.dropFirst()
        guard text.first == UInt8(ascii: "+") || text.first == UInt8(ascii: "-") else { return false }
        return matches(&rest, "00:00") && rest.isEmpty
    }

    /// Takes the pattern from the front, in which 0 stands for any digit.
    private static func matches(_ rest: inout TextSlice, _ pattern: StaticString) -> Bool {
        guard rest.count >= pattern.utf8CodeUnitCount else { return false }
        for offset in 0..<pattern.utf8CodeUnitCount {
            let (byte, expected) = (rest[rest.startIndex + offset], pattern.utf8Start[offset])
            guard expected == UInt8(ascii: "0") ? byte &- 0x30 < 10 : byte == expected else { return false }
        }
        rest = rest.dropFirst(pattern.utf8CodeUnitCount)
        return true
    }

    private static func isDecimal(_ text: TextSlice) -> Bool { isDigits(text) { $0 &- 0x30 < 10 } }

    /// Digits with single underscores between them.
    private static func isDigits(_ text: TextSlice, _ isDigit: (UInt8) -> Bool) -> Bool {
        var wasDigit = false
        for byte in text {
            if isDigit(byte) {
                wasDigit = true
            } else if byte == UInt8(ascii: "_"), wasDigit {
                wasDigit = false
            } else {
                return false
            }
        }
        return wasDigit
    }

    private static func value(_ byte: UInt8) -> UInt8? {
        if byte &- 0x30 < 10 { return byte - 0x30 }
        let letter = (byte | 0x20) &- 0x61
        return letter < 6 ? letter + 10 : nil
    }
}
