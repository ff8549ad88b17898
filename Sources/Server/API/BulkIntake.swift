import Clearinghouse
import HTTPTypes
import Hummingbird
import JSONText
import NIOCore
import Synchronization

/// NDJSON findings in, one answer line a line out, while the body still arrives.
///
/// Whatever lines have arrived while the last transaction was made durable go into the next one, so that a slow client has its
/// answer at once and a fast one its lines by the hundred. An answer is sent only when its finding is durable. A line that can't
/// be read is answered with its problem and stops nothing. Reading goes on while answers wait to be fetched, because many
/// clients send their whole body before they read a byte; answers that wait are bounded by `longestBacklog`.
struct BulkIntake: Sendable {
    let call: Call

    /// Answers kept for a client that is still sending: those of a quarter of a million findings.
    private static let longestBacklog = 64 * 1_024 * 1_024

    func response() -> Response {
        let intake = self
        return Response(
            status: .ok, headers: [.contentType: "application/x-ndjson"],
            body: ResponseBody { writer in
                let (lines, answers) = (ArrivedLines(), AnswerQueue(limit: BulkIntake.longestBacklog))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        defer { lines.finish() }
                        try await intake.read(into: lines)
                    }
                    group.addTask {
                        defer { answers.finish() }
                        try await intake.commit(lines, answers)
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
    private func read(into arrived: ArrivedLines) async throws {
        var lines = LineSplitter(maximumLineByteCount: BodyLimit.finding)
        for try await buffer in call.request.body {
            for line in lines.split(buffer.readableBytesView) { try await arrived.add(understood(line)) }
            arrived.announce()
        }
        if let last = lines.finish() { try await arrived.add(understood(last)) }
    }

    /// The line as far as it is understood without the journal.
    private func understood(_ line: LineSplitter.Line) throws -> BulkBatch.Line {
        switch line {
        case .tooLong:
            let limit = BodyLimit.finding
            return .refused(Refusal(.tooLarge, "the line is longer than \(limit) bytes", place: "byte \(limit)"))
        case .bytes(let bytes) where bytes.isEmpty: return .empty
        case .bytes(let bytes):
            do {
                let submission = try FindingReader.submission(in: bytes)
                return .finding(try call.rooms.discovery.prepare(submission, by: try call.caller()), byteCount: bytes.count)
            } catch let refusal as Refusal {
                return .refused(refusal)
            }
        }
    }

    @concurrent
    private func commit(_ arrived: ArrivedLines, _ answers: AnswerQueue) async throws {
        for await _ in arrived.announcements { try await commitWaiting(arrived, answers) }
        try await commitWaiting(arrived, answers)
    }

    private func commitWaiting(_ arrived: ArrivedLines, _ answers: AnswerQueue) async throws {
        while let batch = arrived.take() {
            let results = try await call.rooms.discovery.submit(prepared: batch.findings, by: try await call.callerStill())
            try await answers.add(batch.answerLines(results))
        }
    }
}

/// Lines that were read and wait for their transaction, parsed already.
private final class ArrivedLines: Sendable {
    /// One for any number of lines that arrived since the last.
    let announcements: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation
    private let waiting = Mutex(BulkBatch())

    init() {
        (announcements, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Waits while a whole transaction is waiting; what sends faster than the disk writes is then not read from.
    func add(_ line: BulkBatch.Line) async throws {
        while waiting.withLock({ $0.isFull }) {
            announce()
            try await Task.sleep(for: .milliseconds(2))
        }
        waiting.withLock { $0.add(line) }
    }

    func announce() { bell.yield() }

    func finish() { bell.finish() }

    /// Everything that waits; nil where that is nothing.
    func take() -> BulkBatch? {
        waiting.withLock { batch in
            guard batch.lineCount > 0 else { return nil }
            defer { batch = BulkBatch(after: batch) }
            return batch
        }
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
private struct BulkBatch: Sendable {
    enum Line: Sendable {
        case finding(PreparedFinding, byteCount: Int)
        case refused(Refusal)
        case empty
    }

    private enum Outcome {
        /// The index of its finding.
        case submitted(Int)
        case refused(Refusal)
        case empty
    }

    private let firstNumber: Int
    private(set) var findings: [PreparedFinding] = []
    private var byteCount = 0
    private var outcomes: [Outcome] = []

    /// Lines of one transaction: enough to amortise its sync.
    private static let mostLines = 500
    /// Bytes of one transaction, so that 500 long lines do not fill the memory.
    private static let mostBytes = 4 * 1_024 * 1_024

    init() { firstNumber = 1 }

    /// An empty one whose lines follow those of `batch`.
    init(after batch: BulkBatch) { firstNumber = batch.firstNumber + batch.lineCount }

    var lineCount: Int { outcomes.count }
    var isFull: Bool { lineCount >= BulkBatch.mostLines || byteCount >= BulkBatch.mostBytes }

    mutating func add(_ line: Line) {
        switch line {
        case .finding(let finding, let count):
            byteCount += count
            findings.append(finding)
            outcomes.append(.submitted(findings.count - 1))
        case .refused(let refusal): outcomes.append(.refused(refusal))
        case .empty: outcomes.append(.empty)
        }
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
                JSONObject(
                    [
                        line, ("status", .number(JSONNumber(Int64(Problem.status(of: refusal.code))))),
                        ("problem", .string(refusal.code.rawValue)), ("detail", .string(refusal.reason)),
                        ("place", refusal.place.map { .string($0) } ?? .null)
                    ] + Problem.violations(of: refusal))
            )
        }
    }
}
