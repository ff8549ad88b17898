import ArgumentParser
import Clearinghouse
import Client
import Foundation
import Runners

/// Which runners a server has on; without a word, none.
struct RunnerOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "A runner to turn on: \(AnalysisTools.names.joined(separator: ", ")), model, or NAME=PROGRAM. May be given again.",
            valueName: "runner"))
    var runner: [String] = []

    @OptionGroup var model: ModelOptions

    static let names = AnalysisTools.names + [ModelOptions.runnerName]

    func settings() throws -> ScanSettings {
        guard !runner.isEmpty else { return .off }
        return ScanSettings(
            runners: try runner.map { $0 == ModelOptions.runnerName ? try model.runner() : try RunnerOptions.runner($0) })
    }

    private static func runner(_ text: String) throws -> any Runner {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        return try AnalysisTools.runner(parts.first ?? "", program: parts.count > 1 ? parts[1] : nil)
    }
}

/// Which model reads sources, where one does, and what it may cost.
struct ModelOptions: ParsableArguments {
    static let runnerName = "model"

    @Option(name: .long, help: "The model's service, such as https://models.example; what is shown to the model is sent there.")
    var modelEndpoint: String?

    @Option(name: .long, help: "What the service speaks: openai (/v1/chat/completions) or anthropic (/v1/messages).")
    var modelProtocol = "openai"

    @Option(name: .long, help: "The model's name.")
    var model: String?

    @Option(name: .long, help: "The file with the service's key (or BREAKWATER_MODEL_KEY).")
    var modelKey: String?

    @Option(name: .long, help: "How many tokens a run may take, questions and answers together.")
    var modelTokens: Int64 = 1_000_000

    @Option(name: .long, help: "How many seconds an answer may take.")
    var modelPatience: Int64 = 300

    func runner() throws -> ModelRunner {
        guard let modelEndpoint, let model else {
            throw ValidationError("the runner model needs --model-endpoint and --model")
        }
        guard let format = ModelService.WireFormat(rawValue: modelProtocol) else {
            throw ValidationError("--model-protocol is openai or anthropic")
        }
        guard modelTokens > 0, modelPatience > 0 else { throw ValidationError("tokens and seconds are more than none") }
        return ModelRunner(
            service: ModelService(
                format: format, model: model, key: try key(),
                transport: ModelOptions.transport(modelEndpoint, patience: .seconds(modelPatience))),
            budget: ModelBudget(maximumTokens: modelTokens))
    }

    private func key() throws -> String? {
        guard let modelKey else { return ProcessInfo.processInfo.environment["BREAKWATER_MODEL_KEY"] }
        return String(decoding: try Local.bytes(modelKey), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Larger answers are no reports.
    private static let maximumAnswerByteCount = 4 << 20

    private static func transport(_ endpoint: String, patience: Duration) -> ModelService.Transport {
        let client = ClearinghouseClient(baseURL: endpoint)
        return { request in
            let answer = try await client.exchange(
                .post, request.path, request.body, headers: request.headers, patience: patience, limit: maximumAnswerByteCount)
            return ModelService.Response(status: answer.status, retryAfter: answer.retryAfter, body: answer.body)
        }
    }
}
