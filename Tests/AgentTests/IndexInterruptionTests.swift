import Agent
import CivilTime
import Foundation
import Matching
import TestSupport
import Testing

@Suite struct `An intake that is interrupted` {
    private func line(_ id: String, fixed: String = "1.3.0") -> String { SampleRecord.text(id, fixed: fixed) + "\n" }

    private static let feed = "#model_version:v1,score_date:2026-09-29\ncve,epss\nCVE-2026-0001,0.5\n"

    @Test(arguments: [false, true])
    func `at any write leaves an index that can be read, never claims what it does not hold, and loses one segment's work`(
        isWritten: Bool
    ) throws {
        var ending = 0
        for count in 1... {
            let desk = try IntakeDesk()
            defer { desk.close() }
            try desk.write((0..<6).map { line("GO-\($0)") }.joined(), "a.jsonl")
            try desk.write(line("GO-6"), "b.json")
            try desk.write(Self.feed, "c.csv")
            let writes = FailingWrites(after: count, isWritten: isWritten)
            let failing = IndexDirectory(path: desk.index.path, writeFile: writes.write)
            let isWhole = (try? desk.intake(maximumHeldByteCount: 1, into: failing)) != nil
            if isWhole { ending = count; break }
            let (before, claimed) = try desk.index.exists ? (desk.answers().count, desk.index.ledger()) : (0, SourceLedger())
            let taken = claimed.records.values.reduce(0) { $0 + $1.takenCount }
            let scores = try desk.index.exists ? desk.index.signals().epss?.count ?? 0 : 0
            #expect(taken == before + scores, "write \(count): \(taken) claimed, \(before) and \(scores) there")
            let rest = try desk.intake(maximumHeldByteCount: 1)
            #expect(rest.documentCount == 8 - taken, "write \(count)")
            #expect(try desk.answers().count == 7 && desk.index.signals().epss?.count == 1, "write \(count)")
            let files = try FileManager.default.contentsOfDirectory(atPath: desk.index.path).filter { $0.first?.isNumber == true }
            #expect(files.allSatisfy { !$0.hasSuffix(".new") } && files.count <= 6, "write \(count): \(files)")
        }
        #expect(ending > 20, "every write of the run failed once")
    }

    @Test func `without its ledger, or with a damaged one, reads everything anew`() throws {
        for damage in ["", "breakwater ledger 0\n", "breakwater ledger 2\nsource\t/a\tx\n", "breakwater ledger 2\nrefused\t1\n"] {
            let desk = try IntakeDesk()
            defer { desk.close() }
            try desk.write(line("GO-1"), "a.json")
            try desk.intake()
            for name in try FileManager.default.contentsOfDirectory(atPath: desk.index.path) where name.hasSuffix(".ledger") {
                try Data(damage.utf8).write(to: URL(fileURLWithPath: desk.index.path + "/" + name))
            }
            #expect(try desk.intake().takenCount == 1, "\(damage)")
        }
        let desk = try IntakeDesk()
        defer { desk.close() }
        try desk.write(line("GO-1"), "a.json")
        try desk.intake()
        try FileManager.default.removeItem(atPath: desk.index.path + "/manifest")
        #expect(try desk.intake().takenCount == 1 && desk.answers().count == 1, "a ledger that no manifest names claims nothing")
    }

    /// Files that change and grow, runs that are cut off at random writes and stops, and one run at the end, give the same answers as one
    /// run over the files as they are then.
    @Test func `in any pattern gives the answers of one run without interruption`() throws {
        for seed in UInt64(1)...25 {
            var generator = SeededGenerator(seed: seed)
            let desk = try IntakeDesk()
            defer { desk.close() }
            var revision = 0
            for _ in 0..<generator.below(6) + 1 {
                try change(desk, &revision, &generator)
                let held = generator.pick([1, 2_000, 1 << 20])
                let writes = FailingWrites(after: generator.below(12) + 1, isWritten: generator.chance(oneIn: 2))
                let failing = IndexDirectory(path: desk.index.path, writeFile: writes.write)
                _ = try? desk.intake(hours: generator.below(4), maximumHeldByteCount: held, into: failing)
            }
            try desk.intake(retry: true)
            let interrupted = try desk.answers()
            let ledger = try desk.index.ledger()
            try FileManager.default.removeItem(atPath: desk.index.path)
            try desk.intake()
            let whole = try desk.index.ledger()
            #expect(try interrupted == desk.answers(), "seed \(seed)")
            #expect(ledger.records.mapValues(\.isFinished) == whole.records.mapValues(\.isFinished), "seed \(seed)")
            #expect(ledger.records.mapValues(\.refusedCount) == whole.records.mapValues(\.refusedCount), "seed \(seed)")
        }
    }

    /// Documents get a later date with each change and none is taken away, so that the order in which they are taken does not count.
    private func change(_ desk: IntakeDesk, _ revision: inout Int, _ generator: inout SeededGenerator) throws {
        for file in 0..<3 where generator.chance(oneIn: 2) || revision == 0 {
            revision += 1
            let text = (0..<generator.below(8) + 1).map { _ in
                generator.chance(oneIn: 5) ? "{\"id\":\"x\"}\n" : document(file * 10 + generator.below(6), revision, &generator)
            }.joined()
            let name = "\(file).jsonl"
            if FileManager.default.fileExists(atPath: desk.path(name)) {
                try desk.append(text, name)
            } else {
                try desk.write(text, name)
            }
        }
        if generator.chance(oneIn: 2) {
            revision += 1
            try desk.write(document(40, revision, &generator), "d.json")
        }
    }

    private func document(_ number: Int, _ revision: Int, _ generator: inout SeededGenerator) -> String {
        let day = revision < 10 ? "0\(revision)" : "\(revision)"
        return line("GO-\(number)", fixed: "1.\(generator.below(4) + 1).\(revision)")
            .replacing("2026-01-02T", with: "2026-01-\(day)T")
    }
}
