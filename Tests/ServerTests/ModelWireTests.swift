import Client
import JSONText
import Testing

@testable import Runners

/// The model runner over a real socket, with a service that speaks the real formats.
@Suite struct ModelWireTests {
    private static let question = ModelQuestion(
        instruction: ModelPolicy.instruction, text: "=== a.c ===\n1| int a;\n", form: ModelPolicy.form,
        schema: ModelPolicy.schema,
        maximumAnswerTokens: 500)

    private static func service(
        _ format: ModelService.WireFormat, _ url: String, key: String = ModelStub.key, patience: Duration = .seconds(10)
    ) -> ModelService {
        ModelService(
            format: format, model: "stub-model", key: key,
            transport: { request in
                let answer = try await ClearinghouseClient(baseURL: url).exchange(
                    .post, request.path, request.body, headers: request.headers, patience: patience, limit: 1 << 20)
                return .init(status: answer.status, retryAfter: answer.retryAfter, body: answer.body)
            },
            pause: { _ in })
    }

    @Test(arguments: ModelService.WireFormat.allCases)
    func `a question is taken as the service documents it, and its answer is read`(format: ModelService.WireFormat) async throws {
        try await ModelStub.serve(.report(file: "a.c", line: 1)) { stub, url in
            let answer = try await Self.service(format, url).answer(to: Self.question)
            #expect(stub.faults == [])
            #expect(answer.model == ModelStub.modelVersion && answer.usage == TokenUsage(input: 321, output: 45) && !answer.isCut)
            #expect(answer.report?["findings"]?.array?.first?["weakness"]?.string == "CWE-121")
        }
    }

    @Test(arguments: ModelService.WireFormat.allCases)
    func `a busy service is asked again, a wrong key is not`(format: ModelService.WireFormat) async throws {
        try await ModelStub.serve(.busy(3)) { stub, url in
            _ = try await Self.service(format, url).answer(to: Self.question)
            #expect(stub.questionCount == 4)
            await #expect { _ = try await Self.service(format, url, key: "other").answer(to: Self.question) } throws: { error in
                (error as? RunnerError)?.code == .modelRefused && "\(error)".contains("401")
            }
            #expect(stub.faults.count == 1)
        }
    }

    @Test(arguments: ModelService.WireFormat.allCases)
    func `an answer that is cut says so`(format: ModelService.WireFormat) async throws {
        try await ModelStub.serve(.cut) { _, url in
            let answer = try await Self.service(format, url).answer(to: Self.question)
            #expect(answer.isCut)
        }
    }

    @Test func `a server from before max_completion_tokens is asked in its own words`() async throws {
        try await ModelStub.serve(.old) { stub, url in
            let answer = try await Self.service(.openAI, url).answer(to: Self.question)
            #expect(answer.report != nil && stub.faults == ["Unrecognized request argument supplied: max_completion_tokens"])
        }
    }

    @Test(arguments: ModelService.WireFormat.allCases)
    func `a redirection is not followed: neither source nor key go anywhere else`(format: ModelService.WireFormat) async throws {
        try await ModelStub.serve(.elsewhere) { stub, url in
            await #expect { _ = try await Self.service(format, url).answer(to: Self.question) } throws: {
                ($0 as? RunnerError)?.code == .modelRefused && "\($0)".contains("307")
            }
            #expect(stub.questionCount == 1)
        }
    }

    @Test(arguments: ModelService.WireFormat.allCases)
    func `neither the key nor the password of the address is in what is said of a failure`(
        format: ModelService.WireFormat
    ) async throws {
        try await ModelStub.serve(.telling) { _, url in
            await #expect { _ = try await Self.service(format, url).answer(to: Self.question) } throws: { error in
                "\(error)".contains("[key] may not ask") && !"\(error)".contains(ModelStub.key)
                    && (error as? RunnerError)?.publicReason.contains("may not ask") == false
            }
        }
        await #expect {
            _ = try await Self.service(format, "http://user:password@127.0.0.1:1").answer(to: Self.question)
        } throws: { error in
            "\(error)".contains("127.0.0.1:1") && !"\(error)".contains("password")
        }
    }

    @Test(arguments: [ModelStub.Behaviour.garbage, .truncated, .silent, .endless, .trickling], ModelService.WireFormat.allCases)
    func `a service that answers garbage, half, nothing or without end has failed`(
        behaviour: ModelStub.Behaviour, format: ModelService.WireFormat
    ) async throws {
        try await ModelStub.serve(behaviour) { _, url in
            await #expect {
                _ = try await Self.service(format, url, patience: .milliseconds(500)).answer(to: Self.question)
            } throws: { ($0 as? RunnerError)?.code == .modelFailed }
        }
    }

    @Test func `where nobody listens the run has failed`() async throws {
        await #expect {
            _ = try await Self.service(.openAI, "http://127.0.0.1:1").answer(to: Self.question)
        } throws: { ($0 as? RunnerError)?.code == .modelFailed && "\($0)".contains("refused") }
    }
}
