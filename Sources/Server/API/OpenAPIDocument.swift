import Clearinghouse
import HTTPTypes
import JSONText

/// The OpenAPI 3.1 document, made from the endpoints themselves.
enum OpenAPIDocument {
    static func json(_ endpoints: [Endpoint], origin: String) -> JSONValue {
        var paths: [(String, JSONValue)] = []
        for path in endpoints.map(\.documentedPath).uniqued() {
            let operations = endpoints.filter { $0.documentedPath == path }.map { endpoint in
                (endpoint.method.rawValue.lowercased(), operation(endpoint))
            }
            paths.append((path, .object(JSONObject(operations))))
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": .string("Breakwater at \(origin)"), "version": "1",
                "summary": "The AI cybersecurity clearinghouse",
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"]
            ],
            "servers": [["url": "/"]],
            "paths": .object(JSONObject(paths)),
            "components": [
                "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
                "schemas": ["Problem": problemSchema]
            ]
        ]
    }

    private static func operation(_ endpoint: Endpoint) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("operationId", .string(endpoint.operation)), ("summary", .string(endpoint.summary)),
            ("parameters", .array(parameters(endpoint))), ("responses", .object(JSONObject(responses(endpoint))))
        ]
        if let body = endpoint.body {
            let content = body.mediaTypes.map { type -> (String, JSONValue) in
                (type, ["schema": schema(of: body, as: type)])
            }
            members.append(("requestBody", ["required": true, "content": .object(JSONObject(content))]))
        }
        if case .member(let scope) = endpoint.access {
            members.append(("security", [["token": []]]))
            if let scope { members.append(("x-required-scope", .string(scope.rawValue))) }
        }
        return .object(JSONObject(members))
    }

    /// The other formats have schemas of their own; lines and texts are text to OpenAPI 3.1.
    private static func schema(of body: Endpoint.BodyDescription, as type: String) -> JSONValue {
        switch type {
        case "application/sarif+json": ["type": "object", "description": "A SARIF 2.1.0 log"]
        case "application/osv+json": ["type": "object", "description": "An OSV record that is not published yet"]
        case "application/csaf+json": ["type": "object", "description": "A CSAF 2.1 document, category csaf_vulnerability_report"]
        case "application/vnd.scrutineer+json":
            ["type": "object", "description": "scrutineer's sharing bundle: an object with a list of findings"]
        case "text/csv": ["type": "string", "description": "Findings as CSV, with Severity, Repository, Name, Description"]
        case "message/rfc822": ["type": "string", "description": "A mail with its header fields (RFC 5322)"]
        case _ where type.hasPrefix("text/"): ["type": "string", "description": "Text in UTF-8"]
        case _ where type.hasSuffix("ndjson"): ["type": "string", "description": "One JSON document a line"]
        default: body.schema
        }
    }

    private static func parameters(_ endpoint: Endpoint) -> [JSONValue] {
        let names = endpoint.documentedPath.split(separator: "/").filter { $0.hasPrefix("{") }
            .map { String($0.dropFirst().dropLast()) }
        let inPath: [JSONValue] = names.map {
            ["name": .string($0), "in": "path", "required": true, "schema": ["type": "string"]]
        }
        let inQuery: [JSONValue] = endpoint.query.map {
            [
                "name": .string($0.name), "in": $0.isHeader ? "header" : "query", "required": false,
                "description": .string($0.meaning),
                "schema": ["type": .string($0.isInteger ? "integer" : "string")]
            ]
        }
        return inPath + inQuery
    }

    private static func responses(_ endpoint: Endpoint) -> [(String, JSONValue)] {
        let answers = endpoint.answers.map { answer -> (String, JSONValue) in
            (
                String(answer.status),
                [
                    "description": .string(answer.meaning),
                    "content": .object(JSONObject([(answer.mediaType, ["schema": answer.schema])]))
                ]
            )
        }
        let problem: JSONValue = [
            "description": "Refused, with the reason and the place (RFC 9457)",
            "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]]
        ]
        return answers + [("default", problem)]
    }

    private static let problemSchema: JSONValue = [
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": [
            "type": ["type": "string", "format": "uri"], "title": ["type": "string"], "status": ["type": "integer"],
            "detail": ["type": "string"], "place": ["type": "string"], "byteOffset": ["type": "integer"],
            "line": ["type": "integer"], "column": ["type": "integer"], "incident": ["type": "string"],
            "movedTo": ["type": "string"],
            "violations": Schema.list(Schema.object([("detail", Schema.text), ("place", Schema.text)]))
        ]
    ]
}

extension Sequence where Element: Hashable {
    /// The elements in order, each once.
    fileprivate func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
