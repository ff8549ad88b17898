import HTTPTypes
import Hummingbird
import JSONText

@testable import Server

/// Holds answers to what the OpenAPI document declares.
enum DeclaredAnswers {
    /// What is wrong with an answer, in words; empty for one that keeps its promise. Pages are not the API's.
    static func violations(of reply: Reply, to method: HTTPRequest.Method, _ uri: String) -> [String] {
        let path = String(uri.prefix { $0 != "?" })
        guard
            let endpoint = Endpoints.all.first(where: {
                $0.method == method && KnownRoute($0.method, $0.routerPath.description).takes(path)
            })
        else { return [] }
        let type = (reply.headers[.contentType] ?? "").prefix { $0 != ";" }
        guard let declared = endpoint.answers.first(where: { $0.status == reply.status }) else {
            guard type == "application/problem+json" else { return ["\(reply.status) is neither declared nor a problem"] }
            return problems(reply)
        }
        guard type == declared.mediaType else { return ["is \(type), declared \(declared.mediaType)"] }
        guard type == "application/json" else { return [] }
        guard let json = try? JSONValue(parsing: reply.bytes) else { return ["is not JSON"] }
        return violations(of: json, declared.schema, at: "")
    }

    private static func problems(_ reply: Reply) -> [String] {
        guard let json = try? JSONValue(parsing: reply.bytes) else { return ["the problem is not JSON"] }
        var found: [String] = []
        for name in ["type", "title", "detail"] where json[name]?.string?.isEmpty ?? true { found.append("no \(name)") }
        if json["status"]?.integer != Int64(reply.status) { found.append("status differs") }
        return found
    }

    /// The part of JSON Schema (2020-12) that the declarations use.
    static func violations(of value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
        var found: [String] = []
        if let types = types(schema), !types.contains(type(of: value)) {
            found.append("\(place) is \(type(of: value)), declared \(types)")
        }
        if let choices = schema["enum"]?.array, !choices.contains(value) { found.append("\(place) is none of \(choices)") }
        for name in (schema["required"]?.array ?? []).compactMap(\.string) where value.object != nil && value[name] == nil {
            found.append("\(place) has no \(name)")
        }
        for member in schema["properties"]?.object?.members ?? [] {
            if let inner = value[member.key] { found += violations(of: inner, member.value, at: "\(place)/\(member.key)") }
        }
        if let items = schema["items"] {
            for (index, element) in (value.array ?? []).enumerated() {
                found += violations(of: element, items, at: "\(place)/\(index)")
            }
        }
        return found
    }

    private static func types(_ schema: JSONValue) -> [String]? {
        switch schema["type"] {
        case .string(let type)?: [type]
        case .array(let types)?: types.compactMap(\.string)
        default: nil
        }
    }

    private static func type(of value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool: "boolean"
        case .number(let number): number.integer == nil ? "number" : "integer"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
