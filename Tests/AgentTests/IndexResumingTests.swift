import Agent
import Archive
import CivilTime
import Foundation
import Matching
import Synchronization
import TestSupport
import Testing

@Suite struct `A run that takes documents again` {
    /// An OSV record without anything else that one must have.
    private static let broken = "{\"id\":\"x\"}\n"

    private func line(_ id: String, fixed: String = "1.3.0") -> String { SampleRecord.text(id, fixed: fixed) + "\n" }

    @Test func `reads nothing of a file that was taken and did not change`() throws {
        let desk = try IntakeDesk()
        defer { desk.close() }
        try desk.write(line("GO-1") + line("GO-2"), "a.jsonl")
        try desk.write(line("GO-3"), "b.json")
        try desk.write("key: value\n", "c.yml")
        #expect(try desk.intake().documentCount == 4)
        let again = try desk.intake()
        #expect(again.documentCount == 0 && again.unchangedCount == 3 && again.knownCount == 2 && again.isOfUse)
        #expect(again.foreign.isEmpty && again.refusedCount == 0)
        #expect(try desk.answers().count == 3)
        #expect(try desk.intake("c.yml").refusedCount == 1, "what is asked for by its name is refused, and not passed")
    }

    @Test func `goes on at the old end of lines that only grew, also within a line that was half there`() throws {
        let desk = try IntakeDesk()
        defer { desk.close() }
        let last = line("GO-3")
        try desk.write(line("GO-1") + "\n" + line("GO-2") + last.dropLast(20), "a.jsonl")
        let first = try desk.intake()
        #expect(first.takenCount == 2 && first.refusedCount == 1)
        try desk.append(last.suffix(20) + line("GO-4"), "a.jsonl")
        let second = try desk.intake()
        #expect(second.documentCount == 2 && second.takenCount == 2 && second.refusedCount == 0)
        #expect(try desk.record("a.jsonl")?.refusedCount == 0 && desk.record("a.jsonl")?.isFinished == true)
        try desk.append(Self.broken, "a.jsonl")
        let third = try desk.intake()
        #expect(third.documentCount == 1 && third.refused.map(\.name) == ["x (a.jsonl line 6)"])
        #expect(try desk.answers().count == 4)
    }

    @Test func `reads lines anew that grew and were changed before their old end, or got shorter`() throws {
        let desk = try IntakeDesk()
        defer { desk.close() }
        try desk.write(line("GO-1") + line("GO-2"), "a.jsonl")
        try desk.intake()
        try desk.write(line("GO-1", fixed: "1.1.0") + line("GO-2") + line("GO-3"), "a.jsonl")
        #expect(try desk.intake().documentCount == 3)
        #expect(try desk.answers().map { $0.prefix(4) } == ["GO-2", "GO-3"])
        try desk.write(line("GO-1"), "a.jsonl")
        #expect(try desk.intake().documentCount == 1)
        #expect(try desk.answers().map { $0.prefix(4) } == ["GO-1", "GO-2", "GO-3"])
    }

    @Test func `tries what was refused after an hour, then after twice as long each time, at most a week`() throws {
        let desk = try IntakeDesk()
        defer { desk.close() }
        try desk.write(line("GO-1") + Self.broken + line("GO-2"), "a.jsonl")
        var (hours, delay) = (0, 1)
        for tries in 1...10 {
            let tried = try desk.intake(hours: hours)
            #expect(tried.refusedCount == 1 && tried.documentCount == (tries == 1 ? 3 : 1), "try \(tries)")
            let refused = try #require(try desk.record("a.jsonl")?.refused.first)
            #expect(refused.number == 2 && refused.refusal.tries == tries)
            #expect(refused.refusal.nextTry == IntakeDesk.start.advanced(by: .seconds((hours + delay) * 3_600)), "try \(tries)")
            let early = try desk.intake(hours: hours + delay - 1)
            #expect(early.documentCount == 0 && early.refusedBeforeCount == 1 && early.nextTry == refused.refusal.nextTry)
            #expect(
                early.refusedBefore.map(\.name) == ["x (a.jsonl line 2)"]
                    && early.text.contains("next try \(refused.refusal.nextTry)"))
            (hours, delay) = (hours + delay, min(2 * delay, 168))
        }
        #expect(delay == 168)
        #expect(try desk.intake(hours: hours - 1, retry: true).refusedCount == 1, "--retry does not wait")
    }

    @Test func `tries a changed file at once, and forgets what was refused of it`() throws {
        let desk = try IntakeDesk()
        defer { desk.close() }
        try desk.write("{\"id\": \"GO-1\"", "a.json")
        #expect(try desk.intake().refusedCount == 1)
        try desk.write(line("GO-1"), "a.json")
        let changed = try desk.intake()
        #expect(changed.takenCount == 1 && changed.refusedBeforeCount == 0)
        #expect(try desk.record("a.json")?.refusedCount == 0)
    }

    @Test func `knows no more than a hundred refused documents of a file by name, and how many there are`() throws {
        let desk = try IntakeDesk()
        defer { desk.close() }
        try desk.write((0..<5_000).map { "{\"id\":\"\($0)\"}\n" }.joined() + line("GO-1"), "a.jsonl")
        #expect(try desk.intake().refusedCount == 5_000)
        let record = try #require(try desk.record("a.jsonl"))
        #expect(record.refused.count == 100 && record.unlistedCount == 4_900 && record.refusedCount == 5_000)
        let size = try FileManager.default.contentsOfDirectory(atPath: desk.index.path).filter { $0.hasSuffix(".ledger") }
            .map { try Data(contentsOf: URL(fileURLWithPath: desk.index.path + "/" + $0)).count }
        #expect(size.count == 1 && size[0] < 60_000, "\(size)")
        #expect(try desk.intake().refusedBeforeCount == 5_000)
        let later = try desk.intake(hours: 1)
        #expect(later.documentCount == 5_001 && later.refusedCount == 5_000)
        #expect(try desk.record("a.jsonl")?.unlisted?.tries == 2 && desk.record("a.jsonl")?.refused.first?.refusal.tries == 2)
    }

    @Test func `names a damaged archive, leaves it until its time, and reads it when it is replaced`() throws {
        guard Program.isInstalled("zstd") else { return }
        let desk = try IntakeDesk()
        defer { desk.close() }
        try desk.write("no zstd at all", "a.jsonl.zst")
        try desk.write(line("GO-1"), "b.json")
        #expect(try desk.intake().refusedCount == 1)
        let early = try desk.intake()
        #expect(early.refusedBefore.map(\.name) == [desk.path("a.jsonl.zst")] && early.refusedCount == 0)
        #expect(try desk.intake(hours: 1).refusedCount == 1)
        try desk.write(line("GO-2") + line("GO-3"), "lines")
        try desk.write(try Program.run("zstd", ["-qc", desk.path("lines")]), "a.jsonl.zst")
        #expect(try desk.intake(hours: 1).takenCount == 2 && desk.answers().count == 3)
    }

    @Test func `stops where it is asked to, and the next run goes on there`() throws {
        let desk = try IntakeDesk()
        defer { desk.close() }
        try desk.write((0..<20).map { line("GO-\($0)") }.joined(), "a.jsonl")
        let read = Mutex(0)
        let stopped = try desk.intake(isStopped: {
            read.withLock {
                $0 += 1; return $0 > 8
            }
        })
        #expect(stopped.takenCount == 8, "\(stopped.takenCount)")
        #expect(try desk.answers().count == stopped.takenCount && desk.record("a.jsonl")?.isFinished == false)
        #expect(try desk.intake().takenCount == 20 - stopped.takenCount && desk.answers().count == 20)
    }

    @Test(arguments: ["a.json", "a.jsonl"])
    func `reads a file again that was changed without another size or time of change`(_ name: String) throws {
        let desk = try IntakeDesk()
        defer { desk.close() }
        try desk.write(line("GO-1", fixed: "1.3.0"), name)
        try desk.intake()
        #expect(try desk.answers().count == 1)
        let time = desk.root.appending(path: "time").path
        _ = try Program.run("touch", ["-r", desk.path(name), time])
        try desk.write(line("GO-1", fixed: "1.1.0"), name)
        _ = try Program.run("touch", ["-r", time, desk.path(name)])
        let again = try desk.intake()
        #expect(again.documentCount == 1 && again.unchangedCount == 0)
        #expect(try desk.answers().isEmpty)
        #expect(try desk.intake().unchangedCount == 1)
    }

    @Test func `takes what stood before the place where a tar is cut off, and the rest once it is whole`() throws {
        guard Program.isInstalled("tar") else { return }
        let desk = try IntakeDesk()
        defer { desk.close() }
        for number in 1...3 { try desk.write(line("GO-\(number)"), "GO-\(number).json") }
        let tar = try Program.run(
            "tar", ["-C", desk.documents.path, "-b", "1", "-cf", "-"] + (1...3).map { "GO-\($0).json" })
        for number in 1...3 { try FileManager.default.removeItem(atPath: desk.path("GO-\(number).json")) }
        // Behind the second document, where a whole member ends.
        try desk.write(tar.prefix(4 * 512), "all.tar")
        let cut = try desk.intake()
        #expect(cut.takenCount == 2 && cut.refusedCount == 1, "\(cut.text)")
        #expect(try desk.record("all.tar")?.isFinished == false && desk.answers().count == 2)
        try desk.write(tar, "all.tar")
        #expect(try desk.intake().refusedCount == 0)
        #expect(try desk.record("all.tar")?.isFinished == true && desk.answers().count == 3)
    }
}
