extension JSONReader {
    /// Reads an object and calls `body` once per member, in order, with the member's name.
    ///
    /// `body` consumes exactly the member's value; if it consumes nothing, the value is skipped and checked.
    /// - Throws: `.wrongType` when the value is not an object, `.duplicateKey` at the second of two equal names,
    ///   `.tooDeep`, grammar errors, and whatever `body` throws.
    public mutating func readObject(
        _ body: (inout JSONReader, JSONKey) throws(JSONError) -> Void
    ) throws(JSONError) {
        try open(UInt8(ascii: "{"), "an object")
        let mark = keys.mark
        var large = KeyTable()
        if try !closes(UInt8(ascii: "}")) {
            repeat {
                let key = try readKey(mark: mark, large: &large)
                let start = position
                try body(&self, key)
                if position == start { _ = try skipValue() }
            } while try continues(UInt8(ascii: "}"), "',' or '}'")
        }
        keys.release(to: mark)
        depth -= 1
    }

    /// Reads an array and calls `body` once per element, in order.
    ///
    /// `body` consumes exactly the element; if it consumes nothing, the element is skipped and checked.
    /// - Throws: `.wrongType` when the value is not an array, `.tooDeep`, grammar errors, and whatever `body` throws.
    public mutating func readArray(_ body: (inout JSONReader) throws(JSONError) -> Void) throws(JSONError) {
        try open(UInt8(ascii: "["), "an array")
        if try !closes(UInt8(ascii: "]")) {
            repeat {
                skipWhitespace()
                let start = position
                try body(&self)
                if position == start { _ = try skipValue() }
            } while try continues(UInt8(ascii: "]"), "',' or ']'")
        }
        depth -= 1
    }

    @inline(__always)
    mutating func open(_ bracket: UInt8, _ wanted: StaticString) throws(JSONError) {
        skipWhitespace()
        guard position < count, base[position] == bracket else { throw wrongKind(wanted) }
        guard depth < maximumDepth else {
            throw failure(.tooDeep, "more than \(maximumDepth) containers are open")
        }
        depth += 1
        position += 1
    }

    /// Consumes the closing bracket of an empty container.
    @inline(__always)
    mutating func closes(_ bracket: UInt8) throws(JSONError) -> Bool {
        skipWhitespace()
        guard try currentByte() == bracket else { return false }
        position += 1
        return true
    }

    /// Consumes a comma (true) or the closing bracket (false).
    @inline(__always)
    mutating func continues(_ bracket: UInt8, _ wanted: StaticString) throws(JSONError) -> Bool {
        skipWhitespace()
        let byte = try currentByte()
        guard byte == UInt8(ascii: ",") || byte == bracket else { throw mismatch(wanted) }
        position += 1
        return byte != bracket
    }

    /// Consumes a member's name and colon, and the white space before its value.
    @inline(__always)
    mutating func readKey(mark: Int, large: inout KeyTable) throws(JSONError) -> JSONKey {
        skipWhitespace()
        guard position < count, base[position] == UInt8(ascii: "\"") else { throw mismatch("a member name") }
        let key = try scanString()
        guard keys.insert(key, mark: mark, large: &large) else {
            throw failure(.duplicateKey, "duplicate key \"\(key.excerpt)\"", at: key.byteOffset)
        }
        skipWhitespace()
        try expect(UInt8(ascii: ":"), "':'")
        skipWhitespace()
        return key
    }
}
