import Clearinghouse
import HTTPTypes
import Hummingbird
import JSONText
import Journal
import Logging
import NIOCore
import Sealing

/// Errors as RFC 9457 problems; the one place where an error becomes a status.
enum Problem {
    static func response(for error: any Error, logger: Logger) -> Response {
        switch error {
        case let refusal as Refusal: response(for: refusal)
        case let problem as JSONProblem: response(for: problem)
        case let error as JournalError where error.code == .versionConflict:
            response(409, "conflict", "Somebody else changed this at the same time; read it again and decide again")
        case let error as JournalError where error.code == .keyDestroyed:
            response(409, "conflict", "The member has left; nothing can be kept for it any more")
        case let error as HTTPError:
            response(error.status.code, "http", error.body ?? error.status.reasonPhrase)
        default: unexpected(error, logger: logger)
        }
    }

    static func status(of code: Refusal.Code) -> Int {
        switch code {
        case .notFound: 404
        case .forbidden: 403
        case .unauthorised: 401
        case .malformed: 400
        case .conflict, .notYet: 409
        case .idempotencyKeyReused: 422
        case .tooLarge: 413
        case .budgetSpent: 429
        case .preconditionFailed: 412
        case .preconditionRequired: 428
        case .unavailable: 503
        case .unsupportedMediaType: 415
        }
    }

    private static func response(for refusal: Refusal) -> Response {
        var response = response(
            status(of: refusal.code), refusal.code.rawValue, refusal.reason,
            (refusal.place.map { [("place", .string($0))] } ?? []) + violations(of: refusal)
                + (refusal.movedTo.map { [("movedTo", .string($0))] } ?? [])
        )
        if refusal.code == .unauthorised { response.headers[.wwwAuthenticate] = "Bearer" }
        // Whole seconds (RFC 9110 §10.2.3), rounded up: who comes back then is not told to wait again.
        if let wait = refusal.retryAfter {
            response.headers[.retryAfter] = "\(max(1, wait.components.seconds + (wait.components.attoseconds > 0 ? 1 : 0)))"
        }
        return response
    }

    /// As a member of a problem, where there are several.
    static func violations(of refusal: Refusal) -> [(String, JSONValue)] {
        guard !refusal.violations.isEmpty else { return [] }
        let list = refusal.violations.map { violation -> JSONValue in
            ["detail": .string(violation.reason), "place": .string(violation.place)]
        }
        return [("violations", .array(list))]
    }

    private static func response(for problem: JSONProblem) -> Response {
        let (line, column) = JSONText.lineAndColumn(ofByteOffset: problem.error.byteOffset, in: problem.bytes)
        let pointer = JSONText.pointer(toByteOffset: problem.error.byteOffset, in: problem.bytes)
        return response(
            problem.error.code == .tooLarge ? 413 : 400, "json-" + kebab(problem.error.code.description), problem.error.reason,
            [
                ("byteOffset", .number(JSONNumber(Int64(problem.error.byteOffset)))),
                ("line", .number(JSONNumber(Int64(line)))), ("column", .number(JSONNumber(Int64(column)))),
                ("place", .string(pointer))
            ]
        )
    }

    /// What we did not foresee: the caller gets a number to quote, the log gets the error.
    private static func unexpected(_ error: any Error, logger: Logger) -> Response {
        let incident = recorded(error, logger: logger)
        return response(500, "internal", "Something failed inside; quote the incident", [("incident", .string(incident))])
    }

    /// Logs an error nobody foresaw.
    /// - Returns: the number under which it stands in the log.
    static func recorded(_ error: any Error, logger: Logger) -> String {
        let incident = String(UInt64.random(in: .min ... .max), radix: 36)
        logger.error("unexpected error", metadata: ["incident": "\(incident)", "error": "\(error)"])
        return incident
    }

    static func response(_ status: Int, _ type: String, _ detail: String, _ more: [(String, JSONValue)] = []) -> Response {
        let members: [(String, JSONValue)] = [
            ("type", .string("https://breakwater.dev/problems/\(type)")), ("title", .string(title(of: status))),
            ("status", .number(JSONNumber(Int64(status)))), ("detail", .string(detail))
        ]
        return Response(
            status: .init(code: status), headers: [.contentType: "application/problem+json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: JSONValue.object(JSONObject(members + more)).bytes()))
        )
    }

    /// The phrases of RFC 9110 §15. (`HTTPResponse.Status(code:)` brings an empty one.)
    private static func title(of status: Int) -> String {
        switch status {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 409: "Conflict"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 416: "Range Not Satisfiable"
        case 422: "Unprocessable Content"
        case 428: "Precondition Required"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 503: "Service Unavailable"
        default: "Refused"
        }
    }

    private static func kebab(_ name: String) -> String {
        name == "badUTF8" ? "bad-utf8" : name.map { $0.isUppercase ? "-" + $0.lowercased() : String($0) }.joined()
    }
}
