import ArgumentParser
import BlindQuestion
import Clearinghouse
import Client
import Correlation
import Foundation
import JSONText
import Sealing

struct AskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask", abstract: "Ask whether a finding is already known, without telling it to anybody.",
        discussion: """
            Lodges a salted commitment, asks with blinded keys, verifies the answer's proofs, and compares at home with the tags of \
            everything that is known. A miss tells nobody anything. After a match, --open opens the commitment: the clearinghouse reads \
            the finding, and you and the others who hold it learn that there is another, no names. Ask before you hand the finding in: your own would match too. \
            FILE.ask keeps the salt and what was asked: with it the commitment can be opened, the same question is compared again with what is \
            known later at no cost, and asked again in a later epoch.
            """
    )
    @OptionGroup var remote: RemoteOptions
    @Argument(help: "The finding as a JSON object, as finding submit takes it.") var file: String
    @Option(name: .long, help: "Where the salt of the commitment is kept; FILE.ask unless told.") var state: String?
    @Flag(name: .long, help: "Open the commitment where the finding is known.") var open = false
    @Flag(name: .long, help: "One JSON object instead of a sentence.") var json = false

    func run() async throws {
        let finding = try Local.bytes(file)
        let keys = try FindingReader.submission(in: finding).report.coarseKeys
        guard let first = keys.first, !first.keys.isEmpty else {
            throw ValidationError(
                "\(file) names neither a repository nor a package with a function, file, weakness, crash or patch")
        }
        var asker = FindingAsker(
            client: try remote.client(), finding: finding, keys: first,
            state: try AskState(path: state ?? file + ".ask", finding: finding))
        let answer = try await asker.ask()
        var opened: JSONValue?
        if open, answer.match != nil { opened = try await asker.open(answer) }
        if json {
            print(String(decoding: answer.json(opened).bytes(), as: UTF8.self))
        } else {
            print(answer.sentence(opened?["case"]?.string))
        }
    }
}

/// What a question came to.
struct AskAnswer {
    let commitment: Commitment
    let epoch: Int64
    let findingCount: Int64
    let waitingCount: Int64
    /// The strongest tag that is known.
    let match: QuestionTag?

    /// - Parameter blindCase: the case that was opened.
    func sentence(_ blindCase: String?) -> String {
        let findings = findingCount == 1 ? "the one finding" : "the \(findingCount) findings"
        let rest = waitingCount > 0 ? " (\(waitingCount) more can't be asked about yet)" : ""
        guard match != nil else { return "Miss: not among \(findings) of epoch \(epoch)\(rest)." }
        let then = blindCase.map { "blind case \($0) is open" } ?? "--open lets its holder know that there is another"
        return "Hit: somebody holds this already, among \(findings) of epoch \(epoch)\(rest); \(then)."
    }

    func json(_ opened: JSONValue?) -> JSONValue {
        [
            "known": .bool(match != nil), "epoch": .number(JSONNumber(epoch)), "commitment": .string(commitment.digest.hex),
            "tag": match.map { .string($0.hex) } ?? .null, "findings": .number(JSONNumber(findingCount)),
            "waitingFindings": .number(JSONNumber(waitingCount)), "case": opened ?? .null
        ]
    }
}

/// The member's side of a question over HTTP. What it sends is the same for every finding but for the random bytes in it.
struct FindingAsker {
    let client: ClearinghouseClient
    let finding: [UInt8]
    let keys: CoarseKeys
    var state: AskState

    /// Asks in the open epoch, once: what came of it is kept, and later calls compare it with the list of that moment.
    mutating func ask() async throws -> AskAnswer {
        guard let commitment = QuestionCommitment.commitment(to: finding, salt: state.salt) else {
            throw AskFailure.answer("a commitment")
        }
        _ = try await client.json(.post, "/v1/questions/commitments", ["commitment": .string(commitment.digest.hex)])
        let open = try await client.json(.get, "/v1/questions/epoch")
        guard let epoch = open["epoch"]?.integer, let bytes = open["publicKey"]?.string.flatMap(Hexadecimal.decode) else {
            throw AskFailure.answer("an epoch")
        }
        if state.tags[epoch] == nil {
            state.tags[epoch] = try await tags(commitment, epoch: epoch, key: EvaluationPublicKey(parsing: bytes))
            try state.save()
        }
        let list = try TagList(parsing: try await client.bytes(.get, "/v1/questions/epochs/\(epoch)/tags"))
        guard list.epoch == epoch, list.after == -1 else { throw AskFailure.answer("the tags of epoch \(epoch)") }
        return AskAnswer(
            commitment: commitment, epoch: epoch, findingCount: open["findings"]?.integer ?? 0,
            waitingCount: open["waitingFindings"]?.integer ?? 0, match: state.tags[epoch]?.first(where: list.contains))
    }

    private func tags(_ commitment: Commitment, epoch: Int64, key: EvaluationPublicKey) async throws -> [QuestionTag] {
        let question = try BlindedQuestion(keys, random: DataDirectory.random)
        let answer = try await client.json(
            .post, "/v1/questions",
            [
                "commitment": .string(commitment.digest.hex), "epoch": .number(JSONNumber(epoch)),
                "elements": .array(question.elements.map { .string(Hexadecimal.encode($0.bytes)) })
            ])
        let evaluations = try (answer["evaluations"]?.array ?? []).enumerated().map { place, value in
            try Evaluation(parsing: value.string.flatMap(Hexadecimal.decode) ?? [], at: "/evaluations/\(place)")
        }
        return try question.tags(from: evaluations, under: key, epoch: epoch)
    }

    func open(_ answer: AskAnswer) async throws -> JSONValue {
        try await client.json(
            .post, "/v1/questions/openings",
            [
                "commitment": .string(answer.commitment.digest.hex), "salt": .string(Hexadecimal.encode(state.salt.bytes)),
                "finding": .string(Base64.encode(finding)), "epoch": .number(JSONNumber(answer.epoch)),
                "tag": .string(answer.match?.hex ?? "")
            ])
    }
}

struct QuestionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "question", abstract: "Your blinded questions, their budget and their blind cases.",
        subcommands: [List.self, Agree.self, Epoch.self, Rotate.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "What you may still ask, what you asked, and your blind cases.")
        @OptionGroup var remote: RemoteOptions
        @Option(name: .long, help: "How many.") var limit = 100

        func run() async throws { Local.show(try await remote.client().json(.get, "/v1/questions?limit=\(limit)")) }
    }

    struct Agree: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let yourself be named to those of a blind case's other sides that agree too; for good.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The blind case.") var identifier: String

        func run() async throws {
            Local.show(try await remote.client().json(.post, "/v1/questions/cases/\(Local.escaped(identifier))/agreement"))
        }
    }

    struct Epoch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The open epoch: its key, and how much was asked in it.")
        @OptionGroup var remote: RemoteOptions

        func run() async throws { Local.show(try await remote.client().json(.get, "/v1/questions/epoch")) }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End the open epoch now: its key and every tag are destroyed, and the next one opens.")
        @OptionGroup var remote: RemoteOptions

        func run() async throws { Local.show(try await remote.client().json(.post, "/v1/questions/epoch")) }
    }
}
