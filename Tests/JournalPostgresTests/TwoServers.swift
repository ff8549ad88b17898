import JSONText
import Journal
import Sealing
import Server
import Synchronization
import TestKit

@testable import Clearinghouse
@testable import Sandbox

/// Two servers with the same keys on one database, each with a journal, rooms, a sandbox and a source of chance of its own.
struct TwoServers {
    let clock: FakeClock
    let first: Rooms
    let second: Rooms
    let log: LogIdentity

    init(
        on database: TestDatabase, firstSandbox: ReplayRunner = CountingSandbox().runner,
        secondSandbox: ReplayRunner = CountingSandbox().runner
    ) async throws {
        let keys = try TestEnvironment(seed: 0).journal
        log = keys.log
        let clock = FakeClock()
        self.clock = clock
        @Sendable func rooms(seed: UInt64, _ runner: ReplayRunner) async throws -> Rooms {
            let random = SeededRandom(seed: seed)
            let clearinghouse = ClearinghouseEnvironment(
                now: { clock.now }, random: { random.bytes($0) }, identifierSecret: Array(repeating: 3, count: 32),
                signingKey: try SigningKey(seed: Array(repeating: 5, count: 32)), origin: keys.log.origin
            )
            let environment = JournalEnvironment(
                now: { clock.now }, random: { random.bytes($0) }, masterKey: keys.masterKey, log: keys.log,
                belonging: JournalBelonging(agreements: clearinghouse.agreements)
            )
            let journal = try await database.journal(environment, projections: Projections.all)
            return Rooms(
                journal: journal, environment: clearinghouse, logKey: try keys.log.verifierKeyText(), runner: runner
            )
        }
        // At once, as after an update of both: one makes the tables, the other finds them.
        async let one = rooms(seed: 1, firstSandbox)
        async let two = rooms(seed: 2, secondSandbox)
        (first, second) = try await (one, two)
    }

    static let finder = Principal(member: "lab-a", scopes: [.submitFindings])
    static let coordinator = Principal(member: "desk", scopes: [.validate])

    /// A finding whose function decides which vulnerability it is of.
    static func submission(_ key: String, function: String) throws -> FindingSubmission {
        let report: JSONValue = [
            "title": "Heap overflow", "package": "pkg:generic/libtide", "weakness": "CWE-122",
            "location": ["file": "src/tide.c", "function": .string(function), "startLine": 88]
        ]
        return try FindingReader.submission(in: report.bytes(), idempotencyKey: key)
    }

    /// Hands in a finding with a reproducer that runs once, and asks for its replay through the first server.
    /// - Returns: the validation.
    func requestReplay(_ key: String) async throws -> String {
        let finding = try await first.discovery.submit(
            [TwoServers.submission(key, function: key)], by: TwoServers.finder
        )[0].get().finding
        let input = Array(key.utf8)
        let manifest: JSONValue = [
            "schemaVersion": 1, "target": ["package": "pkg:generic/libtide@1.2.0"],
            "files": [["path": "input", "sha256": .string(Digest(hashing: input).hex)]], "run": ["./program", "input"],
            "expected": ["kind": "heap-buffer-overflow"], "repeats": 1
        ]
        let bundle = try ReproducerBundle(manifest: ReproducerManifest(json: manifest), files: ["input": input])
        try await first.validation.attach(manifest.bytes(), bundle, to: finding, by: TwoServers.finder)
        return try await first.validation.request(finding: finding, by: TwoServers.coordinator)
    }

    func verdictCount() async throws -> Int64? {
        try await first.journal.read {
            try $0.firstRow("SELECT count(*) FROM record WHERE kind = 'validation.concluded'")?.integer(0)
        }
    }
}

extension Rooms {
    /// The salt of the record that holds a validation's verdict: of two records, even of equal content, no two have the same.
    func verdictSalt(of validation: String) async throws -> [UInt8]? {
        try await journal.read { snapshot in
            try snapshot.records(of: ValidationRecords.stream(validation)).last { $0.kind == ValidationRecords.concluded }?.salt
                .bytes
        }
    }
}

/// A sandbox whose programs end at once and that counts them, or waits in the middle until it is told.
final class CountingSandbox: Sendable {
    private let inputs = Mutex<[String]>([])
    let started: AsyncStream<Void>
    private let announce: AsyncStream<Void>.Continuation
    private let gate: AsyncStream<Void>
    private let open: AsyncStream<Void>.Continuation
    private let waits: Bool

    init(waits: Bool = false) {
        self.waits = waits
        (started, announce) = AsyncStream.makeStream()
        (gate, open) = AsyncStream.makeStream()
    }

    /// What was run, by its input.
    var ran: [String] { inputs.withLock { $0 } }

    func goOn() { open.finish() }

    var runner: ReplayRunner {
        ReplayRunner { job, _ in
            self.inputs.withLock { $0.append(String(decoding: job.inputs["input"]?.bytes ?? [], as: UTF8.self)) }
            self.announce.yield()
            if self.waits { for await _ in self.gate {} }
            return SandboxOutcome(
                ending: .exited(code: 0), standardOutput: CapturedOutput(bytes: [], omittedByteCount: 0),
                standardError: CapturedOutput(bytes: [], omittedByteCount: 0), wallTime: .zero, cpuTime: .zero,
                peakMemoryInBytes: 0, collected: [:], notCollected: [], memoryGuard: .residentSetSupervisor
            )
        }
    }
}
