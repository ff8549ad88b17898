import BlindQuestion
import Correlation
import Foundation
import Sealing

/// Our own side of `Benchmarks/question`, in process and on one thread.
///
///     QuestionBenchmark questions COUNT     so many questions of five keys: the server's evaluation and the asker's two steps
///     QuestionBenchmark set COUNT           tags of so many made-up findings, with the growth of time
///     QuestionBenchmark list COUNT          a list of the tags of so many findings: read, and asked of
///
/// Each prints one JSON line.
@main
struct QuestionBenchmark {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let count = Int(arguments[2]), count > 0 else { return usage() }
        switch arguments[1] {
        case "questions": try QuestionRun(count: count).run()
        case "set": try SetRun(count: count).run()
        case "list": try ListRun(findingCount: count).run()
        default: usage()
        }
    }

    static func usage() {
        FileHandle.standardError.write(Data("usage: QuestionBenchmark questions | set | list COUNT\n".utf8))
        exit(2)
    }

    static func random(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255) } }

    /// A finding with a function, a file and a weakness in a repository and a package.
    static func keys(of number: Int) -> [CoarseKeys] {
        CoarseKeys.ofSubjects(
            of: .init(
                package: "pkg:generic/library\(number % 1_000)", repository: "https://git.example/o/library\(number % 1_000)",
                weakness: "CWE-\(number % 900 + 1)", file: "src/part\(number % 97).c", function: "work_\(number)"))
    }

    static func milliseconds(_ body: () throws -> Void) rethrows -> Double {
        let duration = try ContinuousClock().measure(body)
        return Double(duration.components.seconds) * 1_000 + Double(duration.components.attoseconds) / 1e15
    }

    /// What this thread has used so far; another process on the same core does not count.
    static func processorMilliseconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1e6
    }

    static func show(_ members: [(String, Double)]) {
        print("{" + members.map { "\"\($0)\": \(($1 * 10_000).rounded() / 10_000)" }.joined(separator: ", ") + "}")
    }
}

/// One question after another.
struct QuestionRun {
    let count: Int

    func run() throws {
        let key = try EvaluationKey(random: QuestionBenchmark.random)
        var (blinding, evaluating, processor, finishing): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
        for number in 0..<count {
            guard let keys = QuestionBenchmark.keys(of: number).first else { continue }
            var question: BlindedQuestion?
            blinding.append(
                try QuestionBenchmark.milliseconds { question = try BlindedQuestion(keys, random: QuestionBenchmark.random) })
            guard let question else { continue }
            // What the server gets are bytes: reading and checking the points counts.
            let sent = question.elements.map(\.bytes)
            var evaluations: [Evaluation] = []
            let before = QuestionBenchmark.processorMilliseconds()
            evaluating.append(
                try QuestionBenchmark.milliseconds {
                    evaluations = try key.evaluate(sent.map { try BlindedElement(parsing: $0) })
                })
            processor.append(QuestionBenchmark.processorMilliseconds() - before)
            finishing.append(
                try QuestionBenchmark.milliseconds {
                    _ = try question.tags(
                        from: evaluations.map { try Evaluation(parsing: $0.bytes) }, under: key.publicKey, epoch: 1)
                })
        }
        QuestionBenchmark.show([
            ("evaluate_cpu_least", percentile(processor, 0)), ("evaluate_cpu_p50", percentile(processor, 50)),
            ("evaluate_cpu_p95", percentile(processor, 95)),
            ("evaluate_p50", percentile(evaluating, 50)), ("evaluate_p95", percentile(evaluating, 95)),
            ("blind_p50", percentile(blinding, 50)), ("finish_p50", percentile(finishing, 50))
        ])
    }

    private func percentile(_ values: [Double], _ share: Int) -> Double {
        let sorted = values.sorted()
        return sorted[min(sorted.count - 1, sorted.count * share / 100)]
    }
}

/// The set of an epoch, finding after finding.
struct SetRun {
    let count: Int

    func run() throws {
        let key = try EvaluationKey(random: QuestionBenchmark.random)
        var done = 0
        let start = ContinuousClock.now
        var figures: [(String, Double)] = []
        for step in 1...4 {
            while done < count * step / 4 {
                _ = FindingTags.padded(
                    try FindingTags.tags(of: QuestionBenchmark.keys(of: done), epoch: 1, key: key),
                    with: FindingTags.dummies(random: QuestionBenchmark.random))
                done += 1
            }
            let elapsed = ContinuousClock.now - start
            let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
            figures.append(("findings_per_second_after_\(done)", Double(done) / seconds))
        }
        QuestionBenchmark.show(figures)
    }
}

/// What an asker does with the list at home.
struct ListRun {
    let findingCount: Int

    func run() throws {
        let tags = (0..<findingCount * FindingTags.countOfFinding).map { _ in QuestionTag(value: .random(in: 0...(.max))) }
        var list = TagList(epoch: 1, through: 1, tags: [])
        let sorting = QuestionBenchmark.milliseconds { list = TagList(epoch: 1, through: 1, tags: tags) }
        let bytes = list.bytes
        let reading = try QuestionBenchmark.milliseconds { list = try TagList(parsing: bytes) }
        var found = 0
        let asked = 100_000
        let asking = QuestionBenchmark.milliseconds {
            for number in 0..<asked {
                let tag = number.isMultiple(of: 2) ? tags[number % tags.count] : QuestionTag(value: .random(in: 0...(.max)))
                if list.contains(tag) { found += 1 }
            }
        }
        QuestionBenchmark.show([
            ("findings", Double(findingCount)), ("megabytes", Double(bytes.count) / 1e6), ("sort_ms", sorting),
            ("read_ms", reading), ("compare_us", asking * 1_000 / Double(asked)), ("found", Double(found))
        ])
    }
}
