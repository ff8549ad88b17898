import Clearinghouse
import HTTPTypes
import Hummingbird
import JSONText
import NIOCore
import Synchronization

/// NDJSON findings in, one answer line a line out, while the body still arrives.
///
/// Lines are committed in batches; an answer is sent only when its finding is durable. A line that can't be read is answered
/// with its problem and stops nothing. Reading goes on while answers wait to be fetched, because many clients send their whole
/// body before they read a byte; answers that wait are bounded by `longestBacklog`.
struct BulkIntake: Sendable {
    let call: Call

    /// Lines of one transaction: enough to amortise its sync.
    private static let batchSize = 500
    /// Bytes of one batch, so that 500 long lines do not fill the memory.
    private static let batchByteCount = 4 * 1_024 * 1_024

    /// Answers kept for a client that is still sending: those of a quarter of a million findings.
    private static let longestBacklog = 64 * 1_024 * 1_024

    func response() -> Response {
        let intake = self
        return Response(
            status: .ok, headers: [.contentType: "application/x-ndjson"],
            body: ResponseBody { writer in
                let answers = AnswerQueue(limit: BulkIntake.longestBacklog)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        defer { answers.finish() }
                        try await intake.run(answers)
                    }
                    for await bytes in answers.chunks {
                        try await writer.write(ByteBuffer(bytes: bytes))
                        answers.sent(bytes.count)
                    }
                    try await group.waitForAll()
                }
                try await writer.finish(nil)
            }
        )
    }

    @concurrent
    private func run(_ answers: AnswerQueue) async throws {
        var lines = LineSplitter(maximumLineByteCount: BodyLimit.finding)
        var batch = BulkBatch()
        for try await buffer in call.request.body {
            for line in lines.split(buffer.readableBytesView) {
                batch.add(line)
                if batch.lineCount >= BulkIntake.batchSize || batch.byteCount >= BulkIntake.batchByteCount {
                    try await commit(&batch, answers)
                }
            }
        }
        if let last = lines.finish() { batch.add(last) }
        try await commit(&batch, answers)
    }

    private func commit(_ batch: inout BulkBatch, _ answers: AnswerQueue) async throws {
        guard batch.lineCount > 0 else { return }
        let results = try await call.rooms.discovery.submit(batch.submissions, by: try await call.callerStill())
        try await answers.add(batch.answerLines(results))
        batch.removeAll()
    }
}

/// Answers on their way to a client that may read late.
private final class AnswerQueue: Sendable {
    let chunks: AsyncStream<[UInt8]>
    private let feed: AsyncStream<[UInt8]>.Continuation
    private let limit: Int
    /// Bytes added and not sent yet.
    private let backlog = Mutex(0)

    init(limit: Int) {
        self.limit = limit
        (chunks, feed) = AsyncStream.makeStream()
    }

    /// Waits while too much is unsent; a client that never reads is then not read from any more either.
    func add(_ bytes: [UInt8]) async throws {
        while backlog.withLock({ $0 }) > limit { try await Task.sleep(for: .milliseconds(20)) }
        backlog.withLock { $0 += bytes.count }
        feed.yield(bytes)
    }

    func sent(_ count: Int) {
        backlog.withLock { $0 -= count }
    }

    func finish() {
        feed.finish()
    }
}

/// The lines of one transaction, and what became of each.
private struct BulkBatch {
    private var firstNumber = 1
    private(set) var lineCount = 0
    private(set) var byteCount = 0
    private(set) var submissions: [FindingSubmission] = []
    /// For each line, the index of its submission or its refusal; nil for an empty line.
    private var outcomes: [Outcome] = []

    private enum Outcome {
        case submitted(Int)
        case refused(Refusal)
        case empty
    }

    mutating func add(_ line: LineSplitter.Line) {
        lineCount += 1
        switch line {
        case .tooLong:
            outcomes.append(.refused(Refusal(.tooLarge, "the line is longer than \(BodyLimit.finding) bytes")))
        case .bytes(let bytes) where bytes.isEmpty:
            outcomes.append(.empty)
        case .bytes(let bytes):
            byteCount += bytes.count
            do throws(Refusal) {
                submissions.append(try FindingReader.submission(in: bytes))
                outcomes.append(.submitted(submissions.count - 1))
            } catch {
                outcomes.append(.refused(error))
            }
        }
    }

    mutating func removeAll() {
        firstNumber += lineCount
        (lineCount, byteCount, submissions, outcomes) = (0, 0, [], [])
    }

    func answerLines(_ answers: [Result<FindingReceipt, Refusal>]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, outcome) in outcomes.enumerated() {
            let result: Result<FindingReceipt, Refusal>
            switch outcome {
            case .empty: continue
            case .refused(let refusal): result = .failure(refusal)
            case .submitted(let place): result = answers[place]
            }
            bytes += BulkBatch.line(firstNumber + index, result).bytes()
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    private static func line(_ number: Int, _ result: Result<FindingReceipt, Refusal>) -> JSONValue {
        let line = ("line", JSONValue.number(JSONNumber(Int64(number))))
        switch result {
        case .success(let receipt):
            let members = FindingEndpoints.json(receipt).object?.members.map { ($0.key, $0.value) } ?? []
            return .object(JSONObject([line, ("status", 201)] + members))
        case .failure(let refusal):
            return .object(
                JSONObject([
                    line, ("status", .number(JSONNumber(Int64(Problem.status(of: refusal.code))))),
                    ("problem", .string(refusal.code.rawValue)), ("detail", .string(refusal.reason)),
                    ("place", refusal.place.map { .string($0) } ?? .null)
                ])
            )
        }
    }
}
