/// Any JSON value, as a tree. Format parsers read the bytes directly; the tree is for what has no type of its own.
///
/// Strings are equal when their code points are, objects in any order, numbers as `JSONNumber` says.
public enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    /// Parses one document.
    ///
    /// - Throws: any code of `JSONError.Code` but those of typed reading (`.wrongType`, `.missingMember`, `.badValue`).
    public init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) {
        self = try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in try reader.readValue() }
    }

    /// Parses one document held in a string; offsets in errors count UTF-8 bytes.
    public init(parsing text: String, limits: JSONLimits = .standard) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }

    public static func == (a: JSONValue, b: JSONValue) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.bool(let x), .bool(let y)): x == y
        case (.number(let x), .number(let y)): x == y
        case (.string(let x), .string(let y)): ExactText(x) == ExactText(y)
        case (.array(let x), .array(let y)): x == y
        case (.object(let x), .object(let y)): x == y
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .number(let value): hasher.combine(value)
        case .string(let value): hasher.combine(ExactText(value))
        case .array(let value): hasher.combine(value)
        case .object(let value): hasher.combine(value)
        }
    }
}
