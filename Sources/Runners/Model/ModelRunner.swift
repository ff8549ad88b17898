import Sandbox

/// How much a run may cost.
package struct ModelBudget: Sendable {
    /// Of questions and answers together.
    package let maximumTokens: Int64

    package init(maximumTokens: Int64) {
        self.maximumTokens = maximumTokens
    }
}

/// Has a model read a source. The files are unpacked and read in the sandbox; what leaves this machine is what is shown to the
/// model, to the one service the operator named, from this process. The model is given no tool, nothing it says is executed, and
/// it can name no file but those it was shown: a source that talks it into something gets findings that are wrong, and no more.
package struct ModelRunner: Runner {
    package let name = "model"
    package let configuration: Set<String> = []
    package let unitFileCount = 8

    private let service: ModelService
    private let budget: ModelBudget

    package init(service: ModelService, budget: ModelBudget) {
        self.service = service
        self.budget = budget
    }

    package var driver: RunnerDriver {
        RunnerDriver(
            name: ModelPolicy.harnessName,
            model: ModelProvenance(
                model: service.model, harnessVersion: ModelPolicy.harnessVersion, promptPolicyHash: ModelPolicy.hash))
    }

    private static let endings = [
        ".c", ".h", ".cc", ".cpp", ".cxx", ".hpp", ".py", ".go", ".rs", ".java", ".kt", ".swift", ".js", ".jsx", ".ts", ".tsx",
        ".php",
        ".rb", ".cs", ".pl", ".sh", ".lua", ".scala", ".m", ".mm"
    ]

    package func accepts(_ path: String) -> Bool {
        let name = path.lowercased()
        return ModelRunner.endings.contains { name.hasSuffix($0) }
    }

    /// What an answer may take; a report of fifty findings is shorter.
    private static let maximumAnswerTokens: Int64 = 8_000
    /// Generated sources and data; reading one would cost as much as a hundred others.
    private static let maximumFileByteCount = 256 << 10

    package func scan(_ files: [SourceFile], of source: Source, in sandbox: @escaping SandboxRun) async throws -> UnitResult {
        let read = files.filter { $0.sizeInBytes <= ModelRunner.maximumFileByteCount }
        var result = UnitResult(
            notices: files.filter { $0.sizeInBytes > ModelRunner.maximumFileByteCount }.map {
                .miss($0.path, because: "larger than 256 KiB")
            })
        guard !read.isEmpty else { return result }
        var excerpts: [SourceExcerpt] = []
        for (file, text) in try await FileReading.texts(of: read, in: source, sandbox) {
            if let text {
                excerpts += SourceExcerpt.excerpts(of: text, path: file.path)
            } else {
                result.notices.append(.miss(file.path, because: "it is no text"))
                continue
            }
            result.notices += SourceExcerpt.cutNotices(of: text ?? "", path: file.path)
        }
        var questions = SourceExcerpt.questions(excerpts)[...]
        let count = questions.count
        while let question = questions.first {
            do {
                try await ask(about: question, spentBefore: source.spent, &result)
                questions.removeFirst()
            } catch let error as RunnerError {
                let paths = Set(questions.joined().map(\.path)).sorted()
                result.notices += paths.map { .miss($0, because: error.publicReason, perhapsInPart: true) }
                result.stop = .init(error, wasAnythingLookedAt: questions.count < count)
                break
            }
        }
        return result
    }

    /// - Throws: why there is no answer; what was found and used before stays in the result, and what this question may have cost.
    private func ask(about excerpts: [SourceExcerpt], spentBefore: TokenUsage, _ result: inout UnitResult) async throws {
        let text = SourceExcerpt.shown(excerpts)
        let asked = ModelRunner.tokens(text) + ModelRunner.tokens(ModelPolicy.instruction)
        let needed = TokenUsage(input: asked, output: ModelRunner.maximumAnswerTokens)
        guard (spentBefore + result.usage + needed).total <= budget.maximumTokens else {
            throw RunnerError(.budgetSpent, "the budget of \(budget.maximumTokens) tokens does not allow another question")
        }
        let answer: ModelAnswer
        do {
            answer = try await service.answer(
                to: ModelQuestion(
                    instruction: ModelPolicy.instruction, text: text, form: ModelPolicy.form, schema: ModelPolicy.schema,
                    maximumAnswerTokens: ModelRunner.maximumAnswerTokens))
        } catch let error as RunnerError where error.mayHaveCost {
            result.usage = result.usage + TokenUsage(input: asked)
            throw error
        }
        // A service that does not count is counted for, and one that counts next to nothing is not believed.
        let floor = TokenUsage(
            input: ModelRunner.fewestTokens(text.utf8.count + ModelPolicy.instruction.utf8.count),
            output: ModelRunner.fewestTokens(answer.byteCount))
        result.usage = result.usage + (answer.usage?.atLeast(floor) ?? needed)
        result.version = result.version ?? answer.model
        // An answer grows with what it is about.
        if answer.isCut, excerpts.count > 1 {
            let half = excerpts.count / 2
            try await ask(about: Array(excerpts[..<half]), spentBefore: spentBefore, &result)
            return try await ask(about: Array(excerpts[half...]), spentBefore: spentBefore, &result)
        }
        take(answer, about: excerpts, &result)
    }

    private func take(_ answer: ModelAnswer, about excerpts: [SourceExcerpt], _ result: inout UnitResult) {
        if !answer.isCut, let report = answer.report, let read = ModelReport.read(report, about: excerpts) {
            result.findings += read.findings
            result.notices += read.notices
            return
        }
        let reason = answer.isCut ? "the model's answer was cut" : "the model's answer is no report"
        result.notices += Set(excerpts.map(\.path)).sorted().map { .miss($0, because: reason) }
    }

    /// Three bytes a token are fewer than code has, so that a budget holds.
    private static func tokens(_ text: String) -> Int64 { Int64(text.utf8.count / 3 + 1) }

    /// No tokenizer makes one token of sixteen bytes of code on average.
    private static func fewestTokens(_ byteCount: Int) -> Int64 { Int64(byteCount / 16) }
}

extension TokenUsage {
    fileprivate func atLeast(_ floor: TokenUsage) -> TokenUsage {
        TokenUsage(input: max(input, floor.input), output: max(output, floor.output))
    }
}

/// Reading files of a source inside the sandbox, where it is unpacked.
enum FileReading {
    /// Each file's length on a line of its own, then its bytes.
    private static let script = """
        for file in "$@"; do wc -c < "$file"; cat -- "$file"; done > texts
        """

    /// The texts of files; nil for one that is none.
    static func texts(
        of files: [SourceFile], in source: Source, _ sandbox: SandboxRun
    ) async throws -> [(SourceFile, String?)] {
        let name = Unpacking.outputDirectory + "/texts"
        let outcome = try await sandbox(
            Unpacking.job(
                source.archive, configuration: [], then: script, arguments: files.map { Unpacking.root + $0.path },
                collect: [name]),
            RunnerPolicy.unit)
        try Unpacking.check(outcome)
        guard let bytes = outcome.collected[name] else { throw RunnerError(.toolFailed, "the files could not be read") }
        return try split(bytes, files)
    }

    static func split(_ bytes: [UInt8], _ files: [SourceFile]) throws(RunnerError) -> [(SourceFile, String?)] {
        var rest = bytes[...]
        var texts: [(SourceFile, String?)] = []
        for file in files {
            guard
                let end = rest.firstIndex(of: UInt8(ascii: "\n")),
                let count = Int(String(decoding: rest[..<end], as: UTF8.self).filter { $0 != " " }), count >= 0,
                count <= rest.endIndex - end - 1
            else { throw RunnerError(.toolFailed, "the texts of the files are malformed") }
            let text = rest[(end + 1)..<(end + 1 + count)]
            texts.append((file, text.contains(0) ? nil : String(validating: text, as: UTF8.self)))
            rest = rest[(end + 1 + count)...]
        }
        return texts
    }
}
