import Foundation
import Handling
import JSONText
import Journal
import JournalSQLite
import Sealing
import TestKit
import Testing

@testable import JournalPostgres

/// Appends a second like those of submitted findings, on both engines in one run: two records (the finding with its report as
/// content, the vulnerability it belongs to), five projection rows, and a decision that looks for an earlier submission.
enum FindingLoad {
    private static let finding = TableSchema(
        "bench_finding",
        columns: [
            .text("id"), .text("member"), .text("package"), .text("title"), .text("state"), .integer("sequence"),
            .blob("report")
        ],
        primaryKey: ["id"], indexes: [["member", "sequence"], ["package"]]
    )
    private static let submission = TableSchema(
        "bench_submission", columns: [.text("member"), .text("idempotency"), .text("finding")],
        primaryKey: ["member", "idempotency"]
    )
    private static let vulnerability = TableSchema(
        "bench_vulnerability", columns: [.text("id"), .text("package"), .integer("findings"), .integer("changed")],
        primaryKey: ["id"], indexes: [["package"]]
    )
    private static let membership = TableSchema(
        "bench_membership", columns: [.text("vulnerability"), .text("finding")], primaryKey: ["vulnerability", "finding"]
    )

    static let projection = Projection(
        "bench", tables: [finding, submission, vulnerability, membership, Job.table]
    ) { record, contents in
        let id = record.stream.identifier
        guard let payload = record.payload else { return [] }
        func text(_ key: String) -> SQLValue { .text(payload[key]?.string ?? "") }
        if record.kind == RecordKind("finding.submitted") {
            let report = payload["report"]?.string.flatMap(Digest.init(hex:))
            return [
                .insert(
                    finding,
                    [
                        .text(id), text("member"), text("package"), text("title"), .text("new"), .integer(record.sequence),
                        .blob(report?.bytes ?? [])
                    ]
                ),
                .insert(submission, [text("member"), text("key"), .text(id)]),
                Job.enqueue(id, kind: "validate", payload: ["finding": .string(id)], at: record.sequence)
            ]
        }
        return [
            .put(vulnerability, [.text(id), text("package"), .integer(record.version), .integer(record.sequence)]),
            .insert(membership, [.text(id), text("finding")])
        ]
    }

    /// Appends findings `numbers` from `width` tasks at once.
    static func append(_ numbers: Range<Int>, width: Int, to journal: some Journal) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<width {
                group.addTask {
                    for number in numbers where number % width == task { try await append(number, to: journal) }
                }
            }
            try await group.waitForAll()
        }
    }

    static func read(_ count: Int, from first: Int, in journal: some Journal) async throws {
        for number in 0..<count {
            let id = SQLValue.text("F-\(first + number % 300)")
            let row = try await journal.read { try $0.firstRow("SELECT title FROM bench_finding WHERE id = $1", [id]) }
            #expect(row != nil)
        }
    }

    private static func append(_ number: Int, to journal: some Journal) async throws {
        let (id, member, package) = ("F-\(number)", "member-\(number % 50)", "pkg:npm/package-\(number % 997)")
        let report = Content(Array(String(repeating: "finding \(number) ", count: 80).utf8))
        let submitted = RecordDraft(
            RecordKind("finding.submitted"), in: StreamName("finding", id), by: member, label: .red,
            payload: [
                "member": .string(member), "package": .string(package), "key": .string("k\(number)"),
                "title": "Out-of-bounds write in the decoder", "report": .string(report.digest.hex)
            ],
            contents: [report], expectedVersion: 0
        )
        let assigned = RecordDraft(
            RecordKind("vulnerability.assigned"), in: StreamName("vulnerability", "V-\(number % 5_000)"), by: "system",
            label: .red,
            payload: ["package": .string(package), "finding": .string(id)]
        )
        _ = try await journal.append { snapshot in
            let known = try snapshot.firstRow(
                "SELECT finding FROM bench_submission WHERE member = $1 AND idempotency = $2",
                [.text(member), .text("k\(number)")]
            )
            return Decision(known == nil ? [submitted, assigned] : [])
        }
    }
}

extension PostgresTests {
    @Suite(
        .enabled(
            if: ProcessInfo.processInfo.environment["BREAKWATER_BENCHMARK"] != nil,
            "SKIPPED: BREAKWATER_BENCHMARK is missing"
        )
    )
    struct AppendRate {
        @Test func `reports appends and reads a second of both engines`() async throws {
            try await withDatabase { database in
                let (postgres, _) = try await database.journal(projections: [FindingLoad.projection])
                // Beside the server's own files, so that both engines sync the same disk.
                let directory = FileManager.default.temporaryDirectory.appending(path: "breakwater-rate-\(UUID())")
                try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
                defer { try? FileManager.default.removeItem(at: directory) }
                let sqlite = try SQLiteJournal(
                    path: directory.appending(path: "journal.db").path, environment: TestEnvironment(seed: 1).journal,
                    projections: [FindingLoad.projection]
                )
                for round in 0..<3 {
                    try await measure("SQLite    ", sqlite, round: round)
                    try await measure("PostgreSQL", postgres, round: round)
                }
            }
        }

        private func measure(_ name: String, _ journal: some Journal, round: Int) async throws {
            let first = round * 100_000
            for (count, width) in [(300, 1), (2_000, 16), (6_000, 128)] {
                let numbers = (first + width * 500)..<(first + width * 500 + count)
                try await report("\(name) round \(round): appends from \(width) tasks", count) {
                    try await FindingLoad.append(numbers, width: width, to: journal)
                }
            }
            try await report("\(name) round \(round): reads of one row from 8 tasks", 8_000) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<8 { group.addTask { try await FindingLoad.read(1_000, from: first + 500, in: journal) } }
                    try await group.waitForAll()
                }
            }
        }

        private func report(_ what: String, _ count: Int, _ work: () async throws -> Void) async throws {
            let elapsed = try await ContinuousClock().measure(work)
            print("\(what): \(Int(Double(count) / (elapsed / .seconds(1)))) a second")
        }
    }
}
