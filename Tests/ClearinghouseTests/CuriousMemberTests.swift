import BlindQuestion
import Correlation
import JSONText
import Journal
import Sealing
import TestKit
import TestSupport
import Testing

@testable import Clearinghouse

/// A member that wants to know what others hold, has every repository, path and weakness there is to guess, and plays by none of the
/// rules that its own tool would keep: it commits to nothing, fills all five elements with guesses, and remembers everything.
@Suite struct CuriousMemberTests {
    private struct Dictionary {
        let repositories = (0..<12).map { "https://git.example/project\($0)/library\($0)" }
        let files = (0..<25).map { "src/part\($0).c" }
        let weaknesses = [
            "CWE-122", "CWE-416", "CWE-476", "CWE-190", "CWE-79", "CWE-89", "CWE-22", "CWE-78", "CWE-502", "CWE-918"
        ]

        func finding(_ generator: inout SeededGenerator) -> FindingReport {
            FindingReport(
                title: "known", repository: generator.pick(repositories), weakness: generator.pick(weaknesses),
                file: generator.pick(files))
        }

        /// Every guess as the input it would be asked with.
        var guesses: [[UInt8]] {
            repositories.flatMap { repository in
                files.flatMap { file in
                    weaknesses.compactMap { weakness in
                        CoarseKeys.ofSubjects(of: .init(repository: repository, weakness: weakness, file: file)).first
                            .flatMap { KeyCombination.fileAndWeakness.input(of: $0) }
                    }
                }
            }
        }
    }

    /// What the curious member makes of outputs: it can compute tags like everybody.
    private static func tag(_ output: ObliviousOutput, _ combination: KeyCombination, epoch: Int64) -> QuestionTag {
        QuestionTag(epoch: epoch, combination, output)
    }

    @Test func `learns at most whether five guesses a question are known, until its budget is spent`() async throws {
        let seed = UInt64.random(in: 0...(.max))
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let house = try House()
        let (holder, curious) = (try await house.enrol("lab-a", as: .finder), try await house.enrol("curious", as: .finder))
        let dictionary = Dictionary()
        var known: [FindingReport] = []
        for number in 0..<40 {
            known.append(dictionary.finding(&generator))
            try await house.submit(known[number], key: "k\(number)", by: holder)
        }
        // Not in the dictionary: nothing that it asks can find them.
        for number in 0..<10 {
            try await house.submit(
                Sample.report("secret", file: "src/unknown\(number).c", function: "g\(number)"), key: "s\(number)", by: holder)
        }
        try await house.questions.lodge(Commitment(digest: Digest(hashing: "first")), by: curious)
        try await house.buildSet()
        let (epoch, figures) = try await house.questions.epoch()
        let list = try TagList(parsing: try await house.questions.tags(of: epoch.number, after: -1, for: curious).bytes)

        var guesses = dictionary.guesses.shuffled(using: &generator)[...]
        var outputs: [(input: [UInt8], output: ObliviousOutput)] = []
        var questionCount = 0
        var refusal: Refusal?
        while refusal == nil {
            let asked = Array(guesses.prefix(BlindedQuestion.elementCount))
            let blinded = try asked.map { try BlindedInput($0) }
            let commitment = Commitment(digest: Digest(hashing: "garbage \(questionCount)"))
            do {
                try await house.questions.lodge(commitment, by: curious)
                let evaluations = try await house.questions.ask(
                    blinded.map(\.element), commitment: commitment, epoch: epoch.number, by: curious)
                for (place, evaluation) in evaluations.enumerated() {
                    outputs.append((asked[place], try blinded[place].output(from: evaluation, under: epoch.publicKey)))
                }
                guesses = guesses.dropFirst(asked.count)
                questionCount += 1
            } catch let error as Refusal {
                refusal = error
            }
        }
        #expect(refusal?.code == .budgetSpent)
        #expect(questionCount == Int(QuestionLimits.questionsADay))

        let hits = outputs.filter { list.contains(Self.tag($0.output, .fileAndWeakness, epoch: epoch.number)) }
        let truth = Set(known.compactMap { $0.coarseKeys.first.flatMap { KeyCombination.fileAndWeakness.input(of: $0) } })
        // Exactly the guesses that are true, of those it could pay for; and nothing of the rest, whatever it puts together at home.
        #expect(Set(hits.map(\.input)) == truth.intersection(outputs.map(\.input)))
        #expect(outputs.count == questionCount * BlindedQuestion.elementCount)
        let guessesAtHome = outputs.flatMap { output in
            KeyCombination.allCases.filter { $0 != .fileAndWeakness }.map { Self.tag(output.output, $0, epoch: epoch.number) }
                + [Self.tag(output.output, .fileAndWeakness, epoch: epoch.number + 1)]
        }
        #expect(guessesAtHome.allSatisfy { !list.contains($0) })
        // What it sees without asking: one number, the same for every finding.
        #expect(list.tags.count == Int(figures.findingCount) * FindingTags.countOfFinding)
        // A hit that it does not open gives no case and no name.
        #expect(try await house.questions.own(limit: 100, for: curious).cases.isEmpty)
        let total = dictionary.guesses.count
        print(
            """
            curious member: \(total) guesses in the dictionary, \(truth.count) true; \(questionCount) questions a day try \(outputs.count) of \
            them and find \(hits.count); the whole dictionary takes \((total + 4) / 5) questions, \
            \((total + 499) / 500) days; an epoch allows \(QuestionLimits.questionsAnEpoch * 5) guesses
            """)

        // A fresh epoch does not give the day's budget back, and what was learnt of the old one is void in it.
        try await house.questions.rotate(by: House.desk)
        try await house.buildSet()
        let next = try TagList(parsing: try await house.questions.tags(of: 2, after: -1, for: curious).bytes)
        #expect(hits.allSatisfy { !next.contains(Self.tag($0.output, .fileAndWeakness, epoch: 1)) })
        #expect(hits.allSatisfy { !next.contains(Self.tag($0.output, .fileAndWeakness, epoch: 2)) })
        try await house.expectRefusal(.budgetSpent) {
            _ = try await house.questions.ask(
                Array(repeating: try BlindedInput([1]).element, count: 5),
                commitment: Commitment(digest: Digest(hashing: "first")),
                epoch: 2, by: curious)
        }
    }

    /// It hands guesses in as findings and watches which tags come to the list.
    @Test func `learns nothing from the list by handing in a guess, and what it guessed can still be asked`() async throws {
        let (house, holder, curious) = try await House.withKnownFinding()
        let before = try TagList(parsing: try await house.questions.tags(of: 1, after: -1, for: curious).bytes)
        for (number, guess) in [Sample.report(), Sample.report("Wrong", file: "src/other.c", function: "g")].enumerated() {
            try await house.submit(guess, key: "guess \(number)", by: curious)
        }
        // Twice in one extension of the set, too.
        try await house.submit(Sample.report("Wrong again", file: "src/other.c", function: "g"), key: "again", by: curious)
        try await house.buildSet()
        let came = try TagList(parsing: try await house.questions.tags(of: 1, after: before.through, for: curious).bytes)
        #expect(came.tags.count == 3 * FindingTags.countOfFinding)
        #expect(!came.tags.contains(where: before.contains), "a tag that came twice says that somebody holds the guess")
        let whole = try TagList(parsing: try await house.questions.tags(of: 1, after: -1, for: curious).bytes)
        #expect(Set(whole.tags).count == whole.tags.count)

        let third = try await house.enrol("lab-c", as: .finder)
        let question = try QuestionAsker(third, about: Sample.report(), in: house)
        #expect(try await question.matches().count == 2)
        try await house.membership.withdraw(holder.member, reason: "leaves", by: House.desk)
        #expect(try await question.compare().count == 2, "it returns with the next who holds it")
        let opened = try await house.questions.open(question.opening(try await question.compare()[0]), by: third)
        #expect(opened.sides.count == 2)
        try await house.expectProvable()
    }

    @Test func `the clearinghouse sees the same of a hit and of a miss, until the hit is opened`() async throws {
        let (house, _, asker) = try await House.withKnownFinding()
        let reports = [
            Sample.report(), Sample.report("Another", weakness: "CWE-79", file: "a.c", function: "b"),
            Sample.report("With less", weakness: nil, file: nil, function: nil)
        ]
        var shapes: Set<[String]> = []
        var hits = 0
        for report in reports {
            let before = try await house.recordCount()
            let mine = try QuestionAsker(asker, about: report, in: house)
            hits += try await mine.matches().isEmpty ? 0 : 1
            let records = try await house.journal.read { try $0.records(from: before, limit: .max) }
            let sent = ["\(mine.question.elements.map(\.bytes.count))"]
            shapes.insert(
                sent + records.map { "\($0.kind) \($0.storedPayload.count) \($0.payload?.object?.members.map(\.key) ?? [])" })
        }
        #expect(hits == 1)
        #expect(shapes.count == 1, "\(shapes)")
    }
}
