import CivilTime
import Clearinghouse
import HTTPTypes
import Hummingbird
import JSONText
import NIOCore

/// One request on its way to a use case: who asks, for what, with which bytes.
struct Call: Sendable {
    let rooms: Rooms
    let request: Request
    let parameters: Parameters
    let principal: Principal?
    /// What the endpoint asks of its callers.
    let access: Endpoint.Access?
    let maximumByteCount: Int
    /// The JSON Schema of the body; nil where the operation takes none.
    let bodySchema: JSONValue?

    /// The principal of an endpoint whose access is `member`.
    func caller() throws -> Principal {
        guard let principal else { throw Refusal(.unauthorised, "a valid, unexpired access token is needed") }
        return principal
    }

    /// The caller once more, in the middle of a long body: a token that was revoked or expired meanwhile ends here.
    func callerStill() async throws -> Principal {
        guard let access, let principal = try await Access.principal(of: request, for: access, rooms) else {
            return try caller()
        }
        return principal
    }

    /// A parameter of the path, percent-decoded.
    func parameter(_ name: String) throws -> String {
        guard let value = parameters.get(name) else { throw Refusal(.malformed, "\(name) is missing in the path") }
        guard let text = PercentEncoding.decode(value) else {
            throw Refusal(.malformed, "\(name) is not percent-encoded UTF-8", place: "path parameter \(name)")
        }
        return text
    }

    func query(_ name: String) -> String? {
        request.uri.queryParameters.get(name)
    }

    /// - Throws: `malformed` unless absent or a number within the range.
    func integerQuery(_ name: String, default fallback: Int64, in range: ClosedRange<Int64>) throws -> Int64 {
        guard let text = query(name) else { return fallback }
        guard let number = Int64(text), range.contains(number) else {
            throw Refusal(
                .malformed, "\(name) is a number from \(range.lowerBound) to \(range.upperBound)",
                place: "query parameter \(name)"
            )
        }
        return number
    }

    func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { request.headers[$0] }
    }

    /// The media type without its parameters, in lower case.
    var mediaType: String {
        let value = request.headers[.contentType] ?? ""
        return value.prefix { $0 != ";" }.trimmed.lowercased()
    }

    /// The whole body.
    /// - Throws: `tooLarge` as soon as the limit is passed; the rest is not read.
    func bytes() async throws -> [UInt8] {
        if let declared = request.headers[.contentLength].flatMap({ Int($0) }), declared > maximumByteCount {
            throw tooLarge
        }
        var bytes: [UInt8] = []
        for try await buffer in request.body {
            bytes.append(contentsOf: buffer.readableBytesView)
            guard bytes.count <= maximumByteCount else { throw tooLarge }
        }
        return bytes
    }

    private var tooLarge: Refusal {
        Refusal(.tooLarge, "the body is larger than \(maximumByteCount) bytes", place: "byte \(maximumByteCount)")
    }

    /// The body as JSON.
    func json() async throws -> JSONBody {
        let bytes = try await bytes()
        do {
            let value = try JSONValue(parsing: bytes)
            try requireKnownMembers(value)
            return JSONBody(value: value, bytes: bytes)
        } catch let error as JSONError {
            throw JSONProblem(error: error, bytes: bytes)
        }
    }

    /// A member that the operation does not take is a mistake of its sender: what it was to mean would be lost in silence.
    private func requireKnownMembers(_ value: JSONValue) throws {
        guard let object = value.object else { throw Refusal(.malformed, "the body must be a JSON object", place: "byte 0") }
        guard let known = bodySchema?["properties"]?.object?.members.map(\.key) else { return }
        for member in object.members where !known.contains(member.key) {
            throw Refusal(
                .malformed, "there is no member \(member.key) here, only \(known.joined(separator: ", "))",
                place: "/\(member.key)"
            )
        }
    }
}

/// A JSON body and the members a handler needs of it.
struct JSONBody: Sendable {
    let value: JSONValue
    let bytes: [UInt8]

    func text(_ name: String) throws -> String {
        guard let text = value[name]?.string else { throw wrong(name, "a string") }
        return text
    }

    func optionalText(_ name: String) throws -> String? {
        guard let member = value[name], !member.isNull else { return nil }
        guard let text = member.string else { throw wrong(name, "a string") }
        return text
    }

    func texts(_ name: String) throws -> [String] {
        guard let list = value[name]?.array else { throw wrong(name, "a list of strings") }
        let texts = list.compactMap(\.string)
        guard texts.count == list.count else { throw wrong(name, "a list of strings") }
        return texts
    }

    func optionalInteger(_ name: String) throws -> Int64? {
        guard let member = value[name], !member.isNull else { return nil }
        guard let number = member.integer else { throw wrong(name, "an integer") }
        return number
    }

    func integer(_ name: String) throws -> Int64 {
        guard let number = try optionalInteger(name) else { throw wrong(name, "an integer") }
        return number
    }

    func flag(_ name: String) throws -> Bool {
        guard let flag = try optionalFlag(name) else { throw wrong(name, "true or false") }
        return flag
    }

    func optionalFlag(_ name: String) throws -> Bool? {
        guard let member = value[name], !member.isNull else { return nil }
        guard let flag = member.bool else { throw wrong(name, "true or false") }
        return flag
    }

    func moment(_ name: String) throws -> Timestamp {
        guard let moment = try optionalMoment(name) else { throw wrong(name, "an RFC 3339 date-time") }
        return moment
    }

    func optionalMoment(_ name: String) throws -> Timestamp? {
        guard let text = try optionalText(name) else { return nil }
        guard let moment = Timestamp(rfc3339: text) else { throw wrong(name, "an RFC 3339 date-time") }
        return moment
    }

    private func wrong(_ name: String, _ wanted: String) -> Refusal {
        Refusal(.malformed, "\(name) must be \(wanted)", place: "/\(name)")
    }
}

/// A body that is not the JSON it should be; the problem names byte, line, column and JSON Pointer.
struct JSONProblem: Error {
    let error: JSONError
    let bytes: [UInt8]
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = self
        while text.last == " " || text.last == "\t" { text.removeLast() }
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        return text
    }
}
