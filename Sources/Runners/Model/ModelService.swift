import JSONText

/// A model's service, as far as we speak with it: the two wire formats that most services and local servers understand.
package struct ModelService: Sendable {
    package enum WireFormat: String, Sendable, CaseIterable {
        /// `POST /v1/chat/completions`.
        case openAI = "openai"
        /// `POST /v1/messages`.
        case anthropic
    }

    /// A question on its way: what an HTTP client needs, and no more. The key is in `headers` and nowhere else.
    package struct Request: Sendable, Equatable {
        package let path: String
        package let headers: [String: String]
        package let body: [UInt8]
    }

    /// What came back, whatever it is.
    package struct Response: Sendable {
        package let status: Int
        /// The header `Retry-After`.
        package let retryAfter: String?
        package let body: [UInt8]

        package init(status: Int, retryAfter: String? = nil, body: [UInt8]) {
            self.status = status
            self.retryAfter = retryAfter
            self.body = body
        }
    }

    /// The port to the network: one question, one answer, within a time. Throws where there was no answer.
    package typealias Transport = @Sendable (Request) async throws -> Response

    package let format: WireFormat
    package let model: String
    /// Nil for local servers that ask for none.
    let key: String?
    let transport: Transport
    /// How a pause is made; tests make none.
    let pause: @Sendable (Duration) async throws -> Void

    package init(
        format: WireFormat, model: String, key: String?, transport: @escaping Transport,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.format = format
        self.model = model
        self.key = key
        self.transport = transport
        self.pause = pause
    }

    /// Asks, and asks again where the service is busy or nobody answered.
    /// - Throws: `modelFailed` where nobody answered in the end, `modelRefused` where asking again would change nothing.
    func answer(to question: ModelQuestion) async throws -> ModelAnswer {
        var request = request(question)
        var (last, mayHaveCost, attempt) = ("nobody answers", false, 1)
        while true {
            var retryAfter: String?
            do {
                let response = try await transport(request)
                if response.status == 200 { return try ModelAnswer(response.body, format) }
                last = "the model's service answers \(response.status): \(words(response.body))"
                if response.status == 400, let older = olderRequest(question, than: request, last) {
                    request = older
                    continue
                }
                guard ModelService.isBusy(response.status) else {
                    throw RunnerError(.modelRefused, last, mayHaveCost: mayHaveCost)
                }
                retryAfter = response.retryAfter
            } catch let error as RunnerError where error.code == .modelRefused || error.mayHaveCost {
                throw error
            } catch let error where !(error is CancellationError) && !Task.isCancelled {
                // A question whose answer did not arrive may have been answered, and counted.
                (last, mayHaveCost) = (redacted("\(error)"), true)
            }
            guard attempt < ModelService.maximumAttempts else { break }
            try await pause(ModelService.wait(retryAfter, attempt))
            attempt += 1
        }
        throw RunnerError(.modelFailed, last, mayHaveCost: mayHaveCost)
    }

    /// Reasoning models refuse `max_tokens`, and older servers know nothing else.
    private func olderRequest(_ question: ModelQuestion, than request: Request, _ words: String) -> Request? {
        guard format == .openAI, words.contains("max_completion_tokens") else { return nil }
        let older = self.request(question, limit: "max_tokens")
        return older == request ? nil : older
    }

    static let maximumAttempts = 4

    /// 529 is Anthropic's "overloaded".
    private static func isBusy(_ status: Int) -> Bool { [408, 409, 425, 429].contains(status) || 500...599 ~= status }

    /// What the service asks for in seconds (RFC 9110 section 10.2.3; its date form is not used by these services), within a
    /// minute, or else 1, 2, 4 seconds.
    static func wait(_ retryAfter: String?, _ attempt: Int) -> Duration {
        if let seconds = retryAfter.flatMap(Double.init), seconds >= 0 { return .milliseconds(Int(min(seconds, 60) * 1_000)) }
        return .seconds(1 << (attempt - 1))
    }

    /// The words of an error in either format: `error.message`.
    private func words(_ body: [UInt8]) -> String {
        let json = try? JSONValue(parsing: body)
        let text =
            json?["error"]?["message"]?.string ?? json?["error"]?.string ?? String(decoding: body.prefix(200), as: UTF8.self)
        return String(redacted(text).unicodeScalars.prefix(300).map { $0.value < 0x20 ? " " : Character($0) })
    }

    /// Services repeat the key they refuse.
    private func redacted(_ text: String) -> String {
        guard let key, !key.isEmpty else { return text }
        return text.replacing(key, with: "[key]")
    }
}

/// What a model is told and how it must answer.
struct ModelQuestion: Sendable {
    let instruction: String
    let text: String
    /// The name of the only form of answer, and its JSON Schema.
    let form: String
    let schema: JSONValue
    let maximumAnswerTokens: Int64
}

extension ModelService {
    /// The question in the service's format. No temperature is asked for: reasoning models refuse one.
    func request(_ question: ModelQuestion, limit: String = "max_completion_tokens") -> Request {
        switch format {
        case .openAI:
            var headers = ["Content-Type": "application/json"]
            if let key { headers["Authorization"] = "Bearer \(key)" }
            let body: JSONValue = [
                "model": .string(model), limit: .count(question.maximumAnswerTokens),
                "messages": [
                    ["role": "system", "content": .string(question.instruction)],
                    ["role": "user", "content": .string(question.text)]
                ],
                "response_format": [
                    "type": "json_schema",
                    "json_schema": ["name": .string(question.form), "strict": true, "schema": question.schema]
                ]
            ]
            return Request(path: "/v1/chat/completions", headers: headers, body: body.bytes())
        case .anthropic:
            var headers = ["Content-Type": "application/json", "anthropic-version": "2023-06-01"]
            if let key { headers["x-api-key"] = key }
            let body: JSONValue = [
                "model": .string(model), "max_tokens": .count(question.maximumAnswerTokens),
                "system": .string(question.instruction), "messages": [["role": "user", "content": .string(question.text)]],
                "tools": [
                    [
                        "name": .string(question.form),
                        "description": .string(ModelPolicy.formDescription),
                        "input_schema": question.schema
                    ]
                ],
                "tool_choice": ["type": "tool", "name": .string(question.form)]
            ]
            return Request(path: "/v1/messages", headers: headers, body: body.bytes())
        }
    }
}

/// What a service answered: claims of a model, nothing of it believed.
struct ModelAnswer: Sendable {
    /// The model's own name, with its version.
    let model: String?
    /// The answer in the asked form; nil where it is none.
    let report: JSONValue?
    /// True where the answer was cut because it grew too long.
    let isCut: Bool
    /// Nil where the service does not count.
    let usage: TokenUsage?
    /// What the answer itself has, without what is around it.
    let byteCount: Int

    /// - Throws: `modelFailed` for what is no answer of this format.
    init(_ body: [UInt8], _ format: ModelService.WireFormat) throws(RunnerError) {
        guard let json = try? JSONValue(parsing: body) else {
            throw RunnerError(.modelFailed, "the model's service answers no JSON", mayHaveCost: true)
        }
        model = json["model"]?.string
        switch format {
        case .openAI:
            guard let choice = json["choices"]?.array?.first, choice["message"]?.object != nil else {
                throw RunnerError(.modelFailed, "the model's service answers without choices", mayHaveCost: true)
            }
            let content = choice["message"]?["content"]?.string
            report = content.flatMap(ModelAnswer.json)
            byteCount = content?.utf8.count ?? 0
            isCut = choice["finish_reason"]?.string == "length"
            usage = ModelAnswer.usage(json["usage"], "prompt_tokens", "completion_tokens")
        case .anthropic:
            guard let content = json["content"]?.array else {
                throw RunnerError(.modelFailed, "the model's service answers without content", mayHaveCost: true)
            }
            let called = content.first { $0["type"]?.string == "tool_use" }?["input"]
            report = called ?? content.lazy.compactMap { $0["text"]?.string.flatMap(ModelAnswer.json) }.first
            byteCount = JSONValue.array(content).bytes().count
            isCut = json["stop_reason"]?.string == "max_tokens"
            usage = ModelAnswer.usage(json["usage"], "input_tokens", "output_tokens")
        }
    }

    /// JSON by itself, or in a fence of Markdown, in which some models put it whatever they were told.
    private static func json(_ text: String) -> JSONValue? {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let first = lines.first, first.allSatisfy(\.isWhitespace) { lines = lines.dropFirst() }
        while let last = lines.last, last.allSatisfy(\.isWhitespace) { lines = lines.dropLast() }
        if lines.first?.hasPrefix("```") == true, lines.last == "```", lines.count > 2 { lines = lines.dropFirst().dropLast() }
        return try? JSONValue(parsing: lines.joined(separator: "\n"))
    }

    private static func usage(_ json: JSONValue?, _ input: String, _ output: String) -> TokenUsage? {
        guard let input = json?[input]?.integer, let output = json?[output]?.integer, input >= 0, output >= 0 else { return nil }
        return TokenUsage(input: min(input, largestCount), output: min(output, largestCount))
    }

    /// A number beyond this is no count of one answer, and many of them still have a sum.
    private static let largestCount: Int64 = 1 << 40
}
