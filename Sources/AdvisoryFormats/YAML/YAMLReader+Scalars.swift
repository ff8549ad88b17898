/// Values that begin and mostly end on one line.
extension YAMLReader {
    /// A scalar or a flow container, and the end of its line. `parent` is the column of the container that it stands in.
    mutating func inlineValue(parent: Int) throws(TextFault) -> YAMLNode {
        let start = position
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let node = try flow(depth: 0)
            try endLine()
            return node
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            let text = try byte == UInt8(ascii: "'") ? singleQuoted() : doubleQuoted()
            try endLine()
            return YAMLNode(content: .scalar(text), byteOffset: start)
        case UInt8(ascii: "|"), UInt8(ascii: ">"):
            return YAMLNode(content: .scalar(try blockScalar(parent: parent)), byteOffset: start)
        default:
            let text = try plain(parent: parent)
            return YAMLNode(content: .scalar(text), byteOffset: start)
        }
    }

    /// Refuses what begins something that is not read here.
    func refuseIndicator() throws(TextFault) {
        switch byte {
        case UInt8(ascii: "&"): throw fault("anchors are not read")
        case UInt8(ascii: "*"): throw fault("aliases are not read")
        case UInt8(ascii: "!"): throw fault("tags are not read")
        case UInt8(ascii: "%") where column == 0: throw fault("directives are not read")
        case UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "{"),
            UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","), UInt8(ascii: "#"):
            throw fault("a text without quotation marks does not begin so")
        default: break
        }
    }

    /// Text without quotation marks; lines that are indented more than the container go on with it (7.3.3).
    private mutating func plain(parent: Int) throws(TextFault) -> String {
        try refuseIndicator()
        var text = try plainLine()
        while !isAtLineEnd || position < bytes.count {
            // A comment ends the text.
            guard isAtLineEnd else { break }
            var ahead = self
            let lineEnds = ahead.passLineEnds()
            guard ahead.position < bytes.count, ahead.column > parent, ahead.byte != UInt8(ascii: "#") else { break }
            self = ahead
            text += (lineEnds == 1 ? " " : String(repeating: "\n", count: lineEnds - 1)) + (try plainLine())
        }
        var ahead = self
        if let next = try ahead.nextContent(), next > parent { throw ahead.fault("text behind a comment inside a text") }
        return text
    }

    /// Passes line ends and the blanks behind them; how many line ends there were.
    private mutating func passLineEnds() -> Int {
        var count = 0
        while position < bytes.count, isAtLineEnd {
            passLineEnd()
            passBlanks()
            count += 1
        }
        return count
    }

    private mutating func plainLine() throws(TextFault) -> String {
        let start = position
        var end = start
        while !isAtLineEnd, !(byte == UInt8(ascii: "#") && isSpace(at: position - 1)) {
            if byte == UInt8(ascii: ":"), isSpace(at: position + 1) { throw fault("a second ':' on the line of a key") }
            position += 1
            if !isSpace(at: position - 1) { end = position }
        }
        return bytes[start..<end].text
    }

    mutating func singleQuoted() throws(TextFault) -> String {
        let start = position
        position += 1
        var text: [UInt8] = []
        while true {
            if position >= bytes.count { throw fault("a quotation mark is never closed", at: start) }
            if byte == UInt8(ascii: "'") {
                position += 1
                guard byte == UInt8(ascii: "'") else { return String(decoding: text, as: UTF8.self) }
            }
            if isAtLineEnd { foldLines(&text) } else { text.append(byte); position += 1 }
        }
    }

    mutating func doubleQuoted() throws(TextFault) -> String {
        let start = position
        position += 1
        var text: [UInt8] = []
        while true {
            if position >= bytes.count { throw fault("a quotation mark is never closed", at: start) }
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &text)
            default: if isAtLineEnd { foldLines(&text) } else { text.append(byte); position += 1 }
            }
        }
    }

    /// One line end inside quotation marks is a space, each further one a line end (7.3.1).
    private mutating func foldLines(_ text: inout [UInt8]) {
        while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
        var count = 0
        while position < bytes.count, isAtLineEnd {
            passLineEnd()
            passBlanks()
            count += 1
        }
        text.append(contentsOf: count == 1 ? [0x20] : [UInt8](repeating: 0x0A, count: count - 1))
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "0"): 0, UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "t"): 0x09, UInt8(ascii: "n"): 0x0A,
        UInt8(ascii: "v"): 0x0B, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "e"): 0x1B,
        UInt8(ascii: " "): 0x20,
        UInt8(ascii: "\""): 0x22, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "\\"): 0x5C
    ]

    /// Escapes of characters beyond ASCII: next line, no-break space, line and paragraph separator (5.7).
    private static let wideEscapes: [UInt8: Unicode.Scalar] = [
        UInt8(ascii: "N"): "\u{85}", UInt8(ascii: "_"): "\u{A0}", UInt8(ascii: "L"): "\u{2028}", UInt8(ascii: "P"): "\u{2029}"
    ]

    private mutating func escape(into text: inout [UInt8]) throws(TextFault) {
        let start = position
        position += 1
        if isAtLineEnd {
            // The line end is no part of the text, and neither is the indentation of the next line.
            passLineEnd()
            return passBlanks()
        }
        let digits: Int
        switch byte {
        case UInt8(ascii: "x"): digits = 2
        case UInt8(ascii: "u"): digits = 4
        case UInt8(ascii: "U"): digits = 8
        default:
            if let wide = Self.wideEscapes[byte] {
                position += 1
                return text.append(contentsOf: String(wide).utf8)
            }
            guard let plain = Self.escapes[byte] else { throw fault("an escape that is not read", at: start) }
            position += 1
            return text.append(plain)
        }
        let end = position + 1 + digits
        guard end <= bytes.count, bytes[position + 1] != UInt8(ascii: "+"),
            let value = UInt32(bytes[position + 1..<end].text, radix: 16), let scalar = Unicode.Scalar(value)
        else { throw fault("an escape that names no character", at: start) }
        text.append(contentsOf: String(scalar).utf8)
        position = end
    }

    /// `|` keeps line ends, `>` folds them; `-` drops the last ones, `+` keeps all (8.1).
    private mutating func blockScalar(parent: Int) throws(TextFault) -> String {
        let isFolded = byte == UInt8(ascii: ">")
        position += 1
        var (chomping, indentation) = (UInt8(0), -1)
        while !isSpace(at: position) {
            switch byte {
            case UInt8(ascii: "-"), UInt8(ascii: "+"): chomping = byte
            case UInt8(ascii: "1")...UInt8(ascii: "9"): indentation = max(parent, 0) + Int(byte - 0x30)
            default: throw fault("an indicator of a block text that does not exist")
            }
            position += 1
        }
        try endLine()
        position = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
        passLineEnd()
        let lines = try blockLines(parent: parent, indentation: indentation)
        var text = ""
        for (number, line) in lines.enumerated() {
            let isContinued = isFolded && number + 1 < lines.count && !line.isEmpty && !lines[number + 1].isEmpty
            text += line + (isContinued ? " " : isFolded && line.isEmpty == false && number + 1 < lines.count ? "" : "\n")
        }
        if chomping != UInt8(ascii: "+") {
            while text.hasSuffix("\n") { text.removeLast() }
            if chomping == 0, !text.isEmpty { text += "\n" }
        }
        return text
    }

    private mutating func blockLines(parent: Int, indentation: Int) throws(TextFault) -> [String] {
        var indentation = indentation
        var lines: [String] = []
        while position < bytes.count {
            let end = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
            var line = bytes[position..<end]
            if line.last == 0x0D { line = line.dropLast() }
            let spaces = line.indentation
            if spaces == line.count {
                lines.append("")
            } else {
                if indentation < 0 { indentation = spaces }
                guard spaces >= indentation, spaces > parent else { break }
                lines.append(line.dropFirst(indentation).text)
            }
            position = end
            passLineEnd()
        }
        return lines
    }
}

/// Flow containers, which may go over several lines.
extension YAMLReader {
    private mutating func flow(depth: Int) throws(TextFault) -> YAMLNode {
        let start = position
        guard depth < Self.maximumDepth else { throw fault("more than \(Self.maximumDepth) containers are open") }
        let isMapping = byte == UInt8(ascii: "{")
        let closing = isMapping ? UInt8(ascii: "}") : UInt8(ascii: "]")
        position += 1
        var elements: [YAMLNode] = []
        var members: [YAMLNode.Member] = []
        while true {
            guard try nextContent() != nil else { throw fault("a container is not closed", at: start) }
            if byte == closing { break }
            let keyOffset = position
            let element = try flowValue(depth: depth)
            if isMapping {
                guard let key = element.scalar else { throw fault("a key that is a container", at: keyOffset) }
                guard !members.contains(where: { $0.key == key }) else {
                    throw fault("the key \"\(key)\" stands twice in a mapping", at: keyOffset)
                }
                members.append(YAMLNode.Member(key: key, keyOffset: keyOffset, value: try flowMemberValue(depth: depth)))
            } else {
                elements.append(element)
            }
            guard try nextContent() != nil else { throw fault("a container is not closed", at: start) }
            if byte == UInt8(ascii: ",") {
                position += 1
            } else if byte != closing {
                throw fault("',' is missing in a container")
            }
        }
        position += 1
        return YAMLNode(content: isMapping ? .mapping(members) : .sequence(elements), byteOffset: start)
    }

    private mutating func flowMemberValue(depth: Int) throws(TextFault) -> YAMLNode {
        guard try nextContent() != nil, byte == UInt8(ascii: ":") else {
            return YAMLNode(content: .scalar(""), byteOffset: position)
        }
        position += 1
        guard try nextContent() != nil, byte != UInt8(ascii: ","), byte != UInt8(ascii: "}") else {
            return YAMLNode(content: .scalar(""), byteOffset: position)
        }
        return try flowValue(depth: depth)
    }

    private mutating func flowValue(depth: Int) throws(TextFault) -> YAMLNode {
        let start = position
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["): return try flow(depth: depth + 1)
        case UInt8(ascii: "\""): return YAMLNode(content: .scalar(try doubleQuoted()), byteOffset: start)
        case UInt8(ascii: "'"): return YAMLNode(content: .scalar(try singleQuoted()), byteOffset: start)
        default: break
        }
        try refuseIndicator()
        while !isAtLineEnd, !endsFlowText { position += 1 }
        let text = bytes[start..<position].trimmed()
        guard !text.isEmpty else { throw fault("a value is missing in a container") }
        return YAMLNode(content: .scalar(text.text), byteOffset: start)
    }

    private var endsFlowText: Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "["): return true
        case UInt8(ascii: ":"):
            return isSpace(at: position + 1)
                || [UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]")].contains(bytes[position + 1])
        case UInt8(ascii: "#"): return isSpace(at: position - 1)
        default: return false
        }
    }
}
