import JSONText

/// JSON Schema of bodies and answers, in few words.
enum Schema {
    static let text: JSONValue = ["type": "string"]
    static let integer: JSONValue = ["type": "integer"]
    static let boolean: JSONValue = ["type": "boolean"]
    static let anything: JSONValue = [:]
    static let moment: JSONValue = ["type": "string", "format": "date-time"]
    static let optionalText: JSONValue = ["type": ["string", "null"]]

    static func list(_ element: JSONValue) -> JSONValue {
        ["type": "array", "items": element]
    }

    static func choice(_ values: [String]) -> JSONValue {
        ["type": "string", "enum": .array(values.map { .string($0) })]
    }

    /// An object; names ending in `?` are optional.
    static func object(_ members: [(String, JSONValue)]) -> JSONValue {
        let required = members.map(\.0).filter { !$0.hasSuffix("?") }
        let properties = members.map { ($0.0.hasSuffix("?") ? String($0.0.dropLast()) : $0.0, $0.1) }
        return [
            "type": "object", "required": .array(required.map { .string($0) }),
            "properties": .object(JSONObject(properties))
        ]
    }
}
