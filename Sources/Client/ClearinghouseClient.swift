import AsyncHTTPClient
package import JSONText
package import NIOCore
import NIOHTTP1

/// Talks to a clearinghouse over its HTTP API, for the command line and the operator's agent.
package struct ClearinghouseClient: Sendable {
    private let http: HTTPClient
    private let baseURL: String
    private let token: String?

    /// - Parameter baseURL: like `https://clearinghouse.example`; a path before the API's own is kept.
    package init(baseURL: String, token: String? = nil) {
        http = ClearinghouseClient.connections
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        self.token = token
    }

    /// Shared by all clients for as long as the process lives. A refused connection is an answer: the library's own client
    /// would knock for a minute and a half before it says that nobody is there.
    private static let connections: HTTPClient = {
        var configuration = HTTPClient.Configuration.singletonConfiguration
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.timeout.connect = .seconds(10)
        return HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
    }()

    /// The answer to a request with a JSON body, or none.
    /// - Throws: `ClientProblem` where the server refuses, `ClientFailure` where there is no server.
    package func json(
        _ method: Method, _ path: String, _ body: JSONValue? = nil, headers: [String: String] = [:]
    ) async throws -> JSONValue {
        let bytes = try await bytes(method, path, body?.bytes(), type: "application/json", headers: headers)
        return try JSONValue(parsing: bytes)
    }

    /// The bytes of an answer, read whole.
    package func bytes(
        _ method: Method, _ path: String, _ body: [UInt8]? = nil, type: String = "application/json",
        headers: [String: String] = [:]
    ) async throws -> [UInt8] {
        var request = request(method, path, headers)
        if let body {
            request.headers.replaceOrAdd(name: "Content-Type", value: type)
            request.body = .bytes(body)
        }
        let response = try await execute(request)
        let buffer = try await response.body.collect(upTo: ClientLimit.answer)
        let bytes = Array(buffer.readableBytesView)
        guard (200..<300).contains(response.status.code) else {
            throw ClientProblem(status: Int(response.status.code), body: bytes)
        }
        return bytes
    }

    /// Calls `each` with every line of an answer while it still arrives, sending `body` meanwhile.
    package func forEachLine(
        _ method: Method, _ path: String, body: AsyncStream<[UInt8]>? = nil, type: String = "application/x-ndjson",
        headers: [String: String] = [:], _ each: (ArraySlice<UInt8>) async throws -> Void
    ) async throws {
        var request = request(method, path, headers)
        if let body {
            request.headers.replaceOrAdd(name: "Content-Type", value: type)
            request.body = .stream(body.map { ByteBuffer(bytes: $0) }, length: .unknown)
        }
        let response = try await execute(request)
        guard (200..<300).contains(response.status.code) else {
            let buffer = try await response.body.collect(upTo: ClientLimit.answer)
            throw ClientProblem(status: Int(response.status.code), body: Array(buffer.readableBytesView))
        }
        var lines = IncomingLines()
        for try await buffer in response.body {
            for line in lines.append(buffer.readableBytesView) { try await each(line) }
        }
        if let last = lines.finish() { try await each(last) }
    }

    /// For services of others: what is sent there, and its key, go to the address that was named and nowhere else, and how long an
    /// answer may take is said with each question.
    private static let connectionsToOthers: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(10))
        return HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
    }()

    /// One question and its answer, whatever the status, for services that speak another protocol than ours. A redirection is an answer
    /// like others: it is not followed.
    /// - Parameter patience: for the whole of the answer, its body included.
    /// - Throws: `ClientFailure` where there is no answer within `patience`.
    package func exchange(
        _ method: Method, _ path: String, _ body: [UInt8], headers: [String: String], patience: Duration, limit: Int
    ) async throws -> (status: Int, retryAfter: String?, body: [UInt8]) {
        var request = request(method, path, headers)
        request.body = .bytes(body)
        let (asked, deadline) = (request, NIODeadline.now() + .nanoseconds(Int64(patience / .nanoseconds(1))))
        do {
            return try await within(patience) {
                let response = try await ClearinghouseClient.connectionsToOthers.execute(asked, deadline: deadline)
                let buffer = try await response.body.collect(upTo: limit)
                return (
                    Int(response.status.code), response.headers.first(name: "Retry-After"), Array(buffer.readableBytesView)
                )
            }
        } catch {
            if Task.isCancelled { throw CancellationError() }
            throw ClientFailure(url: baseURL + path, cause: "\(error)")
        }
    }

    /// What lies at the address itself, up to `limit` bytes.
    package func download(limit: Int) async throws -> [UInt8] {
        let response = try await execute(request(.get, "", [:]))
        guard response.status == .ok else { throw ClientProblem(status: Int(response.status.code), body: []) }
        return Array(try await response.body.collect(upTo: limit).readableBytesView)
    }

    /// Calls `each` with the bytes of an answer as they arrive, from byte `offset` on.
    /// - Throws: also where the connection breaks in the middle; what `each` was given stands.
    package func download(
        _ path: String, from offset: Int64, _ each: (ByteBufferView) throws -> Void
    ) async throws {
        let response = try await execute(request(.get, path, offset > 0 ? ["Range": "bytes=\(offset)-"] : [:]))
        guard response.status == (offset > 0 ? .partialContent : .ok) else {
            let buffer = try await response.body.collect(upTo: ClientLimit.answer)
            throw ClientProblem(status: Int(response.status.code), body: Array(buffer.readableBytesView))
        }
        for try await part in response.body { try each(part.readableBytesView) }
    }

    private func request(_ method: Method, _ path: String, _ headers: [String: String]) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: baseURL + path)
        request.method = .init(rawValue: method.rawValue)
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        return request
    }

    private func execute(_ request: HTTPClientRequest) async throws -> HTTPClientResponse {
        do {
            return try await http.execute(request, timeout: ClientLimit.patience)
        } catch {
            throw ClientFailure(url: request.url, cause: "\(error)")
        }
    }
}

package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"
}

private enum ClientLimit {
    /// The largest single answer: an advisory document or a page of a list.
    static let answer = 64 * 1_024 * 1_024
    /// A whole feed or a bulk upload may take long; silence may not.
    static let patience: TimeAmount = .hours(1)
}

/// The server's refusal, as RFC 9457 describes it.
package struct ClientProblem: Error, CustomStringConvertible {
    package let status: Int
    package let detail: String
    package let place: String?
    /// Each rule that what was sent breaks, with its place, where there are several.
    package let violations: [String]

    init(status: Int, body: [UInt8]) {
        let problem = try? JSONValue(parsing: body)
        self.status = status
        detail = problem?["detail"]?.string ?? String(decoding: body.prefix(300), as: UTF8.self)
        place = problem?["place"]?.string
        violations = (problem?["violations"]?.array ?? []).compactMap { violation in
            violation["detail"]?.string.map { "\($0) (at \(violation["place"]?.string ?? "/"))" }
        }
    }

    package var description: String {
        (["\(detail)\(place.map { " (at \($0))" } ?? "") [\(status)]"] + violations.dropFirst()).joined(separator: "\n")
    }
}

/// There was no answer at all.
package struct ClientFailure: Error, CustomStringConvertible {
    package let url: String
    package let cause: String

    package var description: String { "nobody answers at \(place): \(words)" }

    /// The address without the user's name and password that may stand in it (RFC 3986 section 3.2.1).
    private var place: String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        let authority = url[scheme.upperBound...].prefix { !"/?#".contains($0) }
        guard let at = authority.lastIndex(of: "@") else { return url }
        return String(url[..<scheme.upperBound] + url[url.index(after: at)...])
    }

    /// The usual causes in plain words.
    private var words: String {
        if cause.contains("errno: 111") { return "the connection is refused; is the server running there?" }
        if cause.contains("UnknownHost") || cause.contains("SocketAddressError") { return "this name is not known" }
        if cause.contains("deadlineExceeded") || cause.contains("OutOfTime") { return "no answer in time" }
        if cause.contains("connectTimeout") { return "no connection within 10 seconds" }
        return cause
    }
}

/// The answer of `work`, which is stopped when its time is over.
/// - Throws: `OutOfTime` then; errors of the work.
private func within<Answer: Sendable>(
    _ time: Duration, _ work: @escaping @Sendable () async throws -> Answer
) async throws -> Answer {
    try await withThrowingTaskGroup(of: Answer.self) { group in
        group.addTask { try await work() }
        group.addTask {
            try await Task.sleep(for: time)
            throw OutOfTime()
        }
        defer { group.cancelAll() }
        guard let answer = try await group.next() else { throw CancellationError() }
        return answer
    }
}

private struct OutOfTime: Error {}

/// Lines of a stream; an empty line is none.
private struct IncomingLines {
    private var current: [UInt8] = []

    mutating func append(_ bytes: some Collection<UInt8>) -> [ArraySlice<UInt8>] {
        current.append(contentsOf: bytes)
        var lines: [ArraySlice<UInt8>] = []
        var start = current.startIndex
        while let end = current[start...].firstIndex(of: UInt8(ascii: "\n")) {
            if end > start { lines.append(current[start..<end]) }
            start = end + 1
        }
        current.removeFirst(start)
        return lines.map { ArraySlice(Array($0)) }
    }

    mutating func finish() -> ArraySlice<UInt8>? {
        current.isEmpty ? nil : current[...]
    }
}
