extension JSONReader {
    /// Passes the next value, checking all of it, and returns its byte range.
    ///
    /// - Throws: the same errors as reading the value would.
    @discardableResult
    public mutating func skipValue() throws(JSONError) -> Range<Int> {
        skipWhitespace()
        let start = position
        try skip()
        return start..<position
    }

    /// Reads the next value whatever its kind.
    public mutating func readValue() throws(JSONError) -> JSONValue {
        switch try peek() {
        case .object: return .object(try readObjectValue())
        case .array:
            var elements: [JSONValue] = []
            try readArray { (reader) throws(JSONError) in elements.append(try reader.readValue()) }
            return .array(elements)
        case .string: return .string(try readString())
        case .number: return .number(try readNumber())
        case .bool: return .bool(try readBool())
        case .null:
            try readNull()
            return .null
        }
    }

    private mutating func readObjectValue() throws(JSONError) -> JSONObject {
        var members: [JSONObject.Member] = []
        try readObject { (reader, key) throws(JSONError) in
            members.append(JSONObject.Member(key: String(key), value: try reader.readValue()))
        }
        return JSONObject(uniqueMembers: members)
    }

    private mutating func skip() throws(JSONError) {
        switch try currentByte() {
        case UInt8(ascii: "\""): _ = try scanString()
        case UInt8(ascii: "{"): try skipObject()
        case UInt8(ascii: "["): try skipArray()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try scanNumber()
        case UInt8(ascii: "t"): try scanLiteral("true")
        case UInt8(ascii: "f"): try scanLiteral("false")
        case UInt8(ascii: "n"): try scanLiteral("null")
        default: throw mismatch("a value")
        }
    }

    private mutating func skipObject() throws(JSONError) {
        try open(UInt8(ascii: "{"), "an object")
        let mark = keys.mark
        var large = KeyTable()
        if try !closes(UInt8(ascii: "}")) {
            repeat {
                _ = try readKey(mark: mark, large: &large)
                try skip()
            } while try continues(UInt8(ascii: "}"), "',' or '}'")
        }
        keys.release(to: mark)
        depth -= 1
    }

    private mutating func skipArray() throws(JSONError) {
        try open(UInt8(ascii: "["), "an array")
        if try !closes(UInt8(ascii: "]")) {
            repeat {
                skipWhitespace()
                try skip()
            } while try continues(UInt8(ascii: "]"), "',' or ']'")
        }
        depth -= 1
    }
}

extension JSONReader {
    /// A copy of bytes of the document, for a range that `skipValue` returned.
    ///
    /// A range outside the document gives the part of it that is inside.
    public func copyBytes(_ range: Range<Int>) -> [UInt8] {
        let inside = range.clamped(to: 0..<count)
        return Array(UnsafeBufferPointer(start: base + inside.lowerBound, count: inside.count))
    }
}
