extension JSONValue {
    /// The value as JSON text, members in the order they stand, numbers as they were written.
    public func bytes(pretty: Bool = false) -> [UInt8] {
        var writer = JSONWriter(pretty: pretty)
        writer.value(self)
        return writer.finish()
    }

    /// The canonical form of RFC 8785: one text for one value, fit to be hashed and signed.
    ///
    /// Members are sorted by the UTF-16 code units of their names, strings have the fewest escapes, numbers are doubles
    /// in ECMAScript's shortest form (see `JSONNumber.canonicalText` for the one deviation).
    public func canonicalBytes() -> [UInt8] {
        var writer = JSONWriter()
        writer.canonicalValue(self)
        return writer.finish()
    }
}

extension JSONWriter {
    /// Writes a tree, members in the order they stand.
    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let value): bool(value)
        case .number(let value): number(value)
        case .string(let value): string(value)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let object):
            beginObject()
            for member in object.members {
                key(member.key)
                self.value(member.value)
            }
            endObject()
        }
    }

    /// Writes a tree in the canonical form of RFC 8785.
    public mutating func canonicalValue(_ value: JSONValue) {
        switch value {
        case .null, .bool, .string: self.value(value)
        case .number(let value): raw(value.canonicalText.utf8)
        case .array(let elements):
            beginArray()
            for element in elements { canonicalValue(element) }
            endArray()
        case .object(let object):
            beginObject()
            for member in object.members.sorted(by: { UTF16Order.precedes($0.key, $1.key) }) {
                key(member.key)
                canonicalValue(member.value)
            }
            endObject()
        }
    }
}

/// The order of RFC 8785 section 3.2.3.
enum UTF16Order {
    /// Whether `a` sorts before `b` by UTF-16 code units, told from their UTF-8 bytes.
    static func precedes(_ a: String, _ b: String) -> Bool {
        var left = a.utf8.makeIterator()
        var right = b.utf8.makeIterator()
        while true {
            guard let y = right.next() else { return false }
            guard let x = left.next() else { return true }
            if x != y { return rank(x) < rank(y) }
        }
    }

    /// UTF-8 sorts by code point. UTF-16 differs only in putting characters above U+FFFF (lead bytes 0xF0 and up), as
    /// surrogates, before U+E000 to U+FFFF (lead bytes 0xEE and 0xEF); bytes that differ first are of one position, so
    /// moving these two lead bytes to the end is enough.
    private static func rank(_ byte: UInt8) -> UInt8 {
        byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte
    }
}
