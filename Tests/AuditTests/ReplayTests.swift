import Foundation
import Handling
import JSONText
import Journal
import JournalSQLite
import Sealing
import TestKit
import Testing

@testable import Audit

/// The auditor's reading of row changes against SQLite's.
@Suite struct ReplayTests {
    private static let plain = TableSchema(
        "plain", columns: [.text("id"), .integer("n"), .text("t").optional, .blob("b")], primaryKey: ["id"]
    )
    /// The key is neither the first columns nor in their order.
    private static let woven = TableSchema(
        "woven", columns: [.integer("n"), .blob("low"), .text("high"), .text("t").optional], primaryKey: ["high", "low"]
    )

    /// Changes drawn from the seed a record carries: pure, as projections are.
    private static let projection = Projection("random", tables: [plain, woven]) { record, _ in
        guard let seed = record.payload?["seed"]?.integer else { return [] }
        let random = SeededRandom(seed: UInt64(bitPattern: seed))
        return (0..<4).map { _ in change(random, at: record.sequence) }
    }

    private static func change(_ random: SeededRandom, at sequence: Int64) -> RowChange {
        let id = SQLValue.text("k\(random.next() % 12)")
        let low = SQLValue.blob([UInt8(random.next() % 4)])
        switch random.next() % 9 {
        case 0: return .insert(plain, [.text("new \(sequence) \(random.next())"), .integer(sequence), .null, .blob([])])
        case 1: return .insertIfAbsent(plain, [id, .integer(1), text(random), .blob(random.bytes(20))])
        case 2: return .put(plain, [id, .integer(Int64(bitPattern: random.next())), text(random), .blob(random.bytes(3))])
        case 3: return .update(plain, key: [id], set: [.init("n", .integer(7)), .init("t", text(random))])
        case 4: return .delete(plain, keyPrefix: [id])
        case 5: return .put(woven, [.integer(sequence), low, id, text(random)])
        case 6: return .delete(woven, keyPrefix: [id])
        case 7: return .update(woven, key: [id, low], set: [.init("n", .integer(-1))])
        default:
            return random.next() % 40 == 0 ? .delete(woven, keyPrefix: []) : .insertIfAbsent(woven, [.integer(0), low, id, .null])
        }
    }

    private static func text(_ random: SeededRandom) -> SQLValue {
        let length = Int(random.next() % 40)
        return length < 4 ? .null : .text(String(repeating: "ü", count: length / 2) + "\(random.next() % 3)")
    }

    @Test func `derives the same rows as SQLite from random changes of every kind`() async throws {
        let seed = UInt64.random(in: .min ... .max)
        let directory = try DataDirectories.make()
        defer { try? FileManager.default.removeItem(at: directory) }
        try DataDirectories.writeKeys(in: directory, masterKey: 7, logSeed: 9, signingSeed: 3, origin: "log.example/test")
        let (test, random) = (try TestEnvironment(seed: seed), SeededRandom(seed: seed))
        let journal = try SQLiteJournal(
            path: directory.appending(path: "journal.db").path, environment: test.journal, projections: [ReplayTests.projection]
        )
        for _ in 0..<60 {
            try await journal.append(
                (0..<25).map { _ in
                    RecordDraft(
                        RecordKind("random.drawn"), in: StreamName("random", "s\(random.next() % 9)"), by: "tester",
                        label: .green,
                        payload: ["seed": .number(JSONNumber(Int64(random.next() >> 12)))]
                    )
                })
        }
        let report = try Audit.run(directory: directory.path, projections: [ReplayTests.projection])
        #expect(report.isClean && report.counts.rows > 100, "seed \(seed): \(report.text)")
    }

    @Test func `names the record that inserts what is there already`() async throws {
        let directory = try DataDirectories.make()
        defer { try? FileManager.default.removeItem(at: directory) }
        try DataDirectories.writeKeys(in: directory, masterKey: 7, logSeed: 9, signingSeed: 3, origin: "log.example/test")
        let test = try TestEnvironment(seed: 1)
        // Appended under a projection that overwrites, audited under one that must not.
        let lenient = Projection("rows", tables: [ReplayTests.plain]) { record, _ in
            [.put(ReplayTests.plain, [.text("a"), .integer(0), .null, .blob([])])]
        }
        let strict = Projection("rows", tables: [ReplayTests.plain]) { record, _ in
            [.insert(ReplayTests.plain, [.text("a"), .integer(0), .null, .blob([])])]
        }
        let journal = try SQLiteJournal(
            path: directory.appending(path: "journal.db").path, environment: test.journal, projections: [lenient]
        )
        for _ in 0..<2 {
            try await journal.append([
                RecordDraft(RecordKind("row.made"), in: StreamName("row", "a"), by: "tester", label: .green, payload: [:])
            ])
        }
        let report = try Audit.run(directory: directory.path, projections: [strict])
        #expect(report.findings(.projectionCollision).map(\.place) == ["record 1, plain[a]"], "\(report.text)")
    }

    @Test func `a cell tells apart values of any type and length`() {
        let values: [SQLValue] = [
            .null, .integer(0), .integer(1), .integer(-1), .text(""), .text("1"), .blob([]), .blob([0x31]), .blob([0]),
            .text("\0"), .text(String(repeating: "x", count: 15)), .text(String(repeating: "x", count: 16)),
            .blob([UInt8](repeating: 0x78, count: 15)), .blob([UInt8](repeating: 0x78, count: 16)), .blob([0, 0]),
            .text("1234567"), .text("12345678"), .text("1234567\0")
        ]
        #expect(Set(values.map(\.cell)).count == values.count)
    }

    @Test func `a key's first value is the beginning of its bytes, and keys print as people know them`() {
        var key = RowKey()
        for value in [SQLValue.text("a,b"), .integer(-5), .blob([1, 2])] { value.append(to: &key) }
        var first = RowKey()
        SQLValue.text("a,b").append(to: &first)
        #expect(key.first == first && key.begins(with: first) && key.description == "a,b,-5,blob of 2 bytes")
        var other = RowKey()
        SQLValue.text("a").append(to: &other)
        #expect(!key.begins(with: other), "a shorter text is another value, not a prefix")
    }
}
