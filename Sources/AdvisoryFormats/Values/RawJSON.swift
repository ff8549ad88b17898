public import JSONText

/// A JSON value kept as the bytes it was written with; they were checked when they were read.
///
/// Equality is equality of bytes. Made by a reader or from a tree, so it is always one well-formed value.
public struct RawJSON: Sendable, Hashable {
    /// The bytes, without white space around them.
    public let bytes: [UInt8]

    /// Wraps bytes a reader has passed and checked.
    init(_ checked: [UInt8]) {
        bytes = checked
    }

    /// Writes a tree down.
    public init(_ value: JSONValue) {
        bytes = value.bytes()
    }

    /// The value as a tree; null only if the bytes were beyond the standard limits.
    public var value: JSONValue {
        let limits = JSONLimits(maximumDepth: JSONLimits.highestDepth, maximumBytes: .max)
        do throws(JSONError) { return try JSONValue(parsing: bytes, limits: limits) } catch { return .null }
    }
}

/// A member that a format allows but does not define, kept as it was written.
public struct RawMember: Sendable, Hashable {
    /// The name, decoded.
    public let name: String
    /// The value as it was written.
    public let value: RawJSON

    /// Joins a name and a value.
    public init(name: String, value: RawJSON) {
        self.name = name
        self.value = value
    }
}

extension JSONReader {
    /// Passes the next value and returns a copy of its bytes.
    mutating func readRaw() throws(JSONError) -> [UInt8] {
        let range = try skipValue()
        return copyBytes(range)
    }

    /// Passes a member the format does not define and returns a copy of it.
    mutating func readExtra(_ key: JSONKey) throws(JSONError) -> RawMember {
        RawMember(name: key.string, value: RawJSON(try readRaw()))
    }
}

extension JSONWriter {
    mutating func member(_ name: String, _ value: RawJSON?) {
        guard let value else { return }
        key(name)
        raw(value.bytes)
    }

    mutating func extras(_ members: [RawMember]) {
        for member in members { self.member(member.name, member.value) }
    }
}
