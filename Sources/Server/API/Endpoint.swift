import Clearinghouse
import HTTPTypes
import Hummingbird
import JSONText

/// One operation of the HTTP API: how it is reached, what the OpenAPI document says of it, and what it does.
///
/// The document and the router are made from the same list, so neither can know an operation the other does not.
struct Endpoint: Sendable {
    let method: HTTPRequest.Method
    /// With parameters in braces, as OpenAPI writes them: `/v1/findings/{finding}`. A last parameter whose name ends in `*`
    /// takes the rest of the path, slashes included.
    let path: String
    /// The operation's name, unique, in lowerCamelCase.
    let operation: String
    let summary: String
    /// Nil for what anybody may read without a token.
    let access: Access
    let query: [QueryParameter]
    let body: BodyDescription?
    let answers: [AnswerDescription]
    let handle: @Sendable (Call) async throws -> Response

    enum Access: Sendable {
        case anyone
        case member(Scope?)
    }

    struct QueryParameter: Sendable {
        let name: String
        let meaning: String
        let isInteger: Bool
        /// True for one that travels as a header instead.
        var isHeader = false
    }

    struct BodyDescription: Sendable {
        let mediaTypes: [String]
        /// JSON Schema (2020-12) of a JSON body.
        let schema: JSONValue
        let maximumByteCount: Int

        /// A body that does not say what it is, is taken for the first kind.
        /// - Throws: `unsupportedMediaType` for a body of a kind that is not described.
        func requireKind(of call: Call) throws {
            guard !call.mediaType.isEmpty, !mediaTypes.contains(call.mediaType) else { return }
            throw Refusal(
                .unsupportedMediaType,
                "a body of \(call.mediaType) is not taken here; send \(mediaTypes.joined(separator: " or "))",
                place: "header Content-Type"
            )
        }
    }

    struct AnswerDescription: Sendable {
        let status: Int
        let meaning: String
        let mediaType: String
        let schema: JSONValue

        static func json(_ status: Int, _ meaning: String, _ schema: JSONValue) -> AnswerDescription {
            AnswerDescription(status: status, meaning: meaning, mediaType: "application/json", schema: schema)
        }
    }

    init(
        _ method: HTTPRequest.Method, _ path: String, _ operation: String, _ summary: String, access: Access,
        query: [QueryParameter] = [], body: BodyDescription? = nil, answers: [AnswerDescription],
        handle: @escaping @Sendable (Call) async throws -> Response
    ) {
        self.method = method
        self.path = path
        self.operation = operation
        self.summary = summary
        self.access = access
        self.query = query
        self.body = body
        self.answers = answers
        self.handle = handle
    }

    /// The path as the router reads it.
    var routerPath: RouterPath {
        guard let open = path.lastIndex(of: "{"), path.hasSuffix("*}") else { return RouterPath(path) }
        return RouterPath(path[..<open] + "**")
    }

    /// The path as OpenAPI reads it, which knows no parameters over several segments.
    var documentedPath: String {
        path.hasSuffix("*}") ? String(path.dropLast(2)) + "}" : path
    }
}
