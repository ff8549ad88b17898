/// The four kinds of strings.
extension TOMLReader {
    /// Whether three equal quotation marks stand at the position.
    var isTriple: Bool { position + 2 < bytes.count && bytes[position + 1] == byte && bytes[position + 2] == byte }

    mutating func literalString() throws(TextFault) -> String {
        let start = position
        position += 1
        while byte != UInt8(ascii: "'") {
            guard position < bytes.count, !Self.isForbiddenControl(byte) else { throw unclosed(start) }
            position += 1
        }
        position += 1
        return bytes[start + 1..<position - 1].text
    }

    mutating func basicString() throws(TextFault) -> String {
        let start = position
        position += 1
        var text: [UInt8] = []
        while !take(UInt8(ascii: "\"")) {
            guard position < bytes.count, !Self.isForbiddenControl(byte) else { throw unclosed(start) }
            if byte == UInt8(ascii: "\\") { try escape(into: &text) } else { text.append(byte); position += 1 }
        }
        return String(decoding: text, as: UTF8.self)
    }

    mutating func multilineLiteralString() throws(TextFault) -> String {
        let start = position
        var text: [UInt8] = []
        try openMultiline()
        while try !closeMultiline(UInt8(ascii: "'"), start, &text) { try passMultilineByte(start, &text) }
        return String(decoding: text, as: UTF8.self)
    }

    mutating func multilineBasicString() throws(TextFault) -> String {
        let start = position
        var text: [UInt8] = []
        try openMultiline()
        while try !closeMultiline(UInt8(ascii: "\""), start, &text) {
            guard byte == UInt8(ascii: "\\") else { try passMultilineByte(start, &text); continue }
            if try !foldLines() { try escape(into: &text) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// A line end right behind the opening marks is no part of the text.
    private mutating func openMultiline() throws(TextFault) {
        position += 3
        _ = try takeLineEnd()
    }

    /// Up to two quotation marks may stand right before the closing three.
    private mutating func closeMultiline(_ mark: UInt8, _ start: Int, _ text: inout [UInt8]) throws(TextFault) -> Bool {
        guard position < bytes.count else { throw unclosed(start) }
        var end = position
        while end < bytes.count, end < position + 5, bytes[end] == mark { end += 1 }
        guard end - position >= 3 else { return false }
        text.append(contentsOf: repeatElement(mark, count: end - position - 3))
        position = end
        return true
    }

    private mutating func passMultilineByte(_ start: Int, _ text: inout [UInt8]) throws(TextFault) {
        if try takeLineEnd() { return text.append(UInt8(ascii: "\n")) }
        guard !Self.isForbiddenControl(byte) else { throw fault("a control character in a string") }
        text.append(byte)
        position += 1
    }

    /// A backslash at the end of a line takes away all blanks and line ends up to the next text.
    private mutating func foldLines() throws(TextFault) -> Bool {
        let start = position
        position += 1
        passBlanks()
        guard try takeLineEnd() else {
            position = start
            return false
        }
        repeat { passBlanks() } while try takeLineEnd()
        return true
    }

    private mutating func escape(into text: inout [UInt8]) throws(TextFault) {
        let start = position
        position += 2
        switch position <= bytes.count ? bytes[position - 1] : 0 {
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "\""): text.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\"): text.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "u"): try scalar(digits: 4, start, &text)
        case UInt8(ascii: "U"): try scalar(digits: 8, start, &text)
        default: throw fault("an escape that TOML does not have", at: start)
        }
    }

    private mutating func scalar(digits: Int, _ start: Int, _ text: inout [UInt8]) throws(TextFault) {
        let end = position + digits
        guard end <= bytes.count, let value = UInt32(bytes[position..<end].text, radix: 16), bytes[position] != UInt8(ascii: "+"),
            let scalar = Unicode.Scalar(value)
        else { throw fault("an escape that names no character", at: start) }
        text.append(contentsOf: String(scalar).utf8)
        position = end
    }

    private func unclosed(_ start: Int) -> TextFault { fault("a string is not closed", at: start) }
}
