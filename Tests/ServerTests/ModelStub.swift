import HTTPTypes
import Hummingbird
import JSONText
import NIOCore
import Synchronization

/// A model's service on this machine that speaks both wire formats as their documentation has them, refuses what they refuse, and
/// misbehaves as a test says.
final class ModelStub: Sendable {
    enum Behaviour: Sendable, Equatable {
        case report(file: String, line: Int64)
        /// 429 this often, then a report.
        case busy(Int)
        /// No JSON at all, with status 200.
        case garbage
        /// The connection ends in the middle of the answer.
        case truncated
        /// The model talked past its limit.
        case cut
        /// No answer for an hour.
        case silent
        /// An answer without end.
        case endless
        /// The head at once, and then a byte from time to time.
        case trickling
        /// Another address is to be asked.
        case elsewhere
        /// A server from before `max_completion_tokens`.
        case old
        /// The answer repeats the key.
        case telling
        /// Everything counts for nothing.
        case free
    }

    static let key = "stub-key"
    static let modelVersion = "stub-model-2026-11-01"

    private let behaviour: Behaviour
    private let state = Mutex<(count: Int, faults: [String])>((0, []))

    init(_ behaviour: Behaviour) { self.behaviour = behaviour }

    var questionCount: Int { state.withLock { $0.count } }
    /// What was wrong with questions, in words.
    var faults: [String] { state.withLock { $0.faults } }

    /// Serves for as long as `test` runs.
    static func serve(_ behaviour: Behaviour, _ test: @escaping @Sendable (ModelStub, String) async throws -> Void) async throws {
        let stub = ModelStub(behaviour)
        let router = Router()
        router.post("/v1/chat/completions") { request, _ in try await stub.answer(request, isAnthropic: false) }
        router.post("/v1/messages") { request, _ in try await stub.answer(request, isAnthropic: true) }
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in continuation.yield(channel.localAddress?.port ?? 0) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            guard let port = await ports.first(where: { _ in true }) else { return }
            try await test(stub, "http://127.0.0.1:\(port)")
            group.cancelAll()
        }
    }

    private func answer(_ request: Request, isAnthropic: Bool) async throws -> Response {
        let body = try? JSONValue(parsing: Array(try await request.body.collect(upTo: 1 << 20).readableBytesView))
        if let fault = isAnthropic ? anthropicFault(request, body) : openAIFault(request, body) {
            state.withLock { $0.faults.append(fault.words) }
            return error(fault.status, fault.words, isAnthropic)
        }
        let number = state.withLock { state in
            state.count += 1
            return state.count
        }
        switch behaviour {
        case .trickling:
            return Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: ResponseBody { writer in
                    while true {
                        try await writer.write(ByteBuffer(repeating: 0x20, count: 1))
                        try await Task.sleep(for: .milliseconds(20))
                    }
                })
        case .elsewhere:
            let path = isAnthropic ? "/v1/messages" : "/v1/chat/completions"
            return Response(status: .temporaryRedirect, headers: [.location: path])
        case .telling: return error(400, "the key \(ModelStub.key) may not ask", isAnthropic)
        case .busy(let count) where number <= count:
            var response = error(429, "Rate limit reached", isAnthropic)
            response.headers[.retryAfter] = "0"
            return response
        case .garbage: return json(Array("<html>It works!</html>".utf8))
        case .truncated:
            let whole = report("a.c", 1, isAnthropic, isCut: false).bytes()
            return Response(
                status: .ok, headers: [.contentType: "application/json", .contentLength: "\(whole.count)"],
                body: ResponseBody { writer in
                    try await writer.write(ByteBuffer(bytes: whole.prefix(whole.count / 2)))
                    throw CancellationError()
                })
        case .silent:
            try await Task.sleep(for: .seconds(3_600))
            return json([])
        case .endless:
            return Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: ResponseBody { writer in
                    while true { try await writer.write(ByteBuffer(repeating: 0x20, count: 1 << 16)) }
                })
        case .report(let file, let line): return json(report(file, line, isAnthropic, isCut: false).bytes())
        case .cut: return json(report("a.c", 1, isAnthropic, isCut: true).bytes())
        case .busy, .old, .free: return json(report("a.c", 1, isAnthropic, isCut: false).bytes())
        }
    }

    // MARK: what the services require

    private func openAIFault(_ request: Request, _ body: JSONValue?) -> (status: Int, words: String)? {
        guard request.headers[.authorization] == "Bearer \(ModelStub.key)" else { return (401, "Incorrect API key provided") }
        guard let body else { return (400, "We could not parse the JSON body of your request") }
        guard body["model"]?.string != nil else { return (400, "you must provide a model parameter") }
        // As a reasoning model has it, and as a server from before them has it.
        let (known, unknown) =
            behaviour == .old ? ("max_tokens", "max_completion_tokens") : ("max_completion_tokens", "max_tokens")
        guard body[unknown] == nil else {
            return (
                400,
                behaviour == .old
                    ? "Unrecognized request argument supplied: max_completion_tokens"
                    : "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
            )
        }
        guard body[known]?.integer ?? 0 > 0 else { return (400, "\(known) is no number") }
        let roles = body["messages"]?.array?.compactMap { $0["role"]?.string }
        guard roles == ["system", "user"] else { return (400, "invalid messages") }
        let format = body["response_format"]
        guard
            format?["type"]?.string == "json_schema", format?["json_schema"]?["name"]?.string != nil,
            format?["json_schema"]?["schema"]?["additionalProperties"]?.bool == false
        else { return (400, "Invalid schema for response_format") }
        return nil
    }

    private func anthropicFault(_ request: Request, _ body: JSONValue?) -> (status: Int, words: String)? {
        func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { request.headers[$0] } }
        guard header("x-api-key") == ModelStub.key else { return (401, "invalid x-api-key") }
        guard header("anthropic-version") == "2023-06-01" else { return (400, "anthropic-version: header is required") }
        guard let body else { return (400, "invalid JSON") }
        guard body["max_tokens"]?.integer ?? 0 > 0 else { return (400, "max_tokens: Field required") }
        guard body["messages"]?.array?.compactMap({ $0["role"]?.string }) == ["user"] else { return (400, "messages: invalid") }
        guard
            let tool = body["tools"]?.array?.first, tool["input_schema"]?["type"]?.string == "object",
            body["tool_choice"]?["name"] == tool["name"]
        else { return (400, "tools: invalid") }
        return nil
    }

    // MARK: what they answer

    private func error(_ status: Int, _ words: String, _ isAnthropic: Bool) -> Response {
        let inner: JSONValue = [
            "type": .string(status == 429 ? "rate_limit_error" : "invalid_request_error"), "message": .string(words)
        ]
        let body: JSONValue = isAnthropic ? ["type": "error", "error": inner] : ["error": inner]
        return json(body.bytes(), status: status)
    }

    private func report(_ file: String, _ line: Int64, _ isAnthropic: Bool, isCut: Bool) -> JSONValue {
        let (input, output): (Int64, Int64) = behaviour == .free ? (0, 0) : (321, 45)
        let finding: JSONValue = [
            "file": .string(file), "line": .number(JSONNumber(line)), "weakness": "CWE-121", "title": "Out of bounds",
            "explanation": "The index is not checked.", "severity": "high"
        ]
        let report: JSONValue = ["findings": [finding]]
        let text = String(decoding: report.bytes(), as: UTF8.self)
        guard isAnthropic else {
            let message: JSONValue = [
                "role": "assistant", "content": .string(isCut ? String(text.dropLast(9)) : text), "refusal": nil
            ]
            return [
                "id": "chatcmpl-1", "object": "chat.completion", "created": 1_800_000_000,
                "model": .string(ModelStub.modelVersion),
                "choices": [
                    ["index": 0, "message": message, "logprobs": nil, "finish_reason": .string(isCut ? "length" : "stop")]
                ],
                "usage": ["prompt_tokens": .number(JSONNumber(input)), "completion_tokens": .number(JSONNumber(output))]
            ]
        }
        return [
            "id": "msg_1", "type": "message", "role": "assistant", "model": .string(ModelStub.modelVersion),
            "content": [
                ["type": "text", "text": "I will report it."],
                ["type": "tool_use", "id": "toolu_1", "name": "report_findings", "input": report]
            ],
            "stop_reason": .string(isCut ? "max_tokens" : "tool_use"), "stop_sequence": nil,
            "usage": [
                "input_tokens": .number(JSONNumber(input)), "output_tokens": .number(JSONNumber(output)),
                "cache_read_input_tokens": 0
            ]
        ]
    }

    private func json(_ bytes: [UInt8], status: Int = 200) -> Response {
        Response(
            status: .init(code: status), headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
