import Agent
import Archive
import CivilTime
import Foundation
import Sealing
import TestSupport
import Testing

@Suite struct `The ledger of sources` {
    @Test func `is read as it was written, whatever names and reasons hold`() throws {
        let desk = try IntakeDesk()
        defer { desk.close() }
        let odd = "a\tb\nc\\d\r\n\u{1F512}.json"
        try desk.write("{\"id\":\"x\\ty\\nz\"}", odd)
        try desk.write(SampleRecord.text("GO-1") + "\n", "lines.jsonl")
        #expect(try desk.intake().refusedCount == 1)
        let ledger = try desk.index.ledger()
        #expect(ledger.records.count == 2)
        let record = try #require(try desk.record(odd))
        #expect(record.isFinished && record.takenCount == 0 && record.refused.count == 1)
        #expect(record.refused[0].name.hasPrefix("x\ty\nz (") && record.refused[0].refusal.tries == 1)
        let lines = try #require(try desk.record("lines.jsonl"))
        let text = try Data(contentsOf: URL(fileURLWithPath: desk.path("lines.jsonl")))
        #expect(
            lines.prefix == Digest(hashing: [UInt8](text)) && lines.place.byteCount == text.count
                && lines.version.byteCount == text.count)
        #expect(try desk.intake().unchangedCount == 2)
    }

    @Test func `is read as it was written before the status of files was kept, and then those files are read again once`() throws
    {
        let desk = try IntakeDesk()
        defer { desk.close() }
        for name in ["a.json", "b.json"] { try desk.write(SampleRecord.text("GO-\(name)"), name) }
        try desk.intake()
        let folder = desk.root.appending(path: "index")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains("ledger") }
        let file = folder.appending(path: try #require(names.first))
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        let earlier = lines.map {
            $0.hasPrefix("source\t") ? $0.split(separator: "\t").dropLast(2).joined(separator: "\t") : String($0)
        }
        try Data((earlier.joined(separator: "\n") + "\n").utf8).write(to: file)
        #expect(try desk.record("b.json")?.takenCount == 1)
        #expect(try desk.intake("a.json").documentCount == 1)
        #expect(try desk.record("b.json")?.takenCount == 1, "what was not read stays as it is")
        #expect(try desk.intake().documentCount == 1 && desk.intake().unchangedCount == 2)
    }

    @Test func `lists the files, what was refused with its reason, and when it is tried again`() throws {
        let desk = try IntakeDesk()
        defer { desk.close() }
        try desk.write(SampleRecord.text("GO-1"), "a.json")
        try desk.write("{\"id\":\"x\"}", "b.json")
        try desk.intake()
        let lines = try desk.index.ledger().lines
        #expect(lines.count == 5 && lines[0] == "2 sources, 2 read to the end:", "\(lines)")
        #expect(
            lines[1] == "  \(desk.path("a.json")): 1 documents taken"
                && lines[2].hasSuffix("b.json: 0 documents taken, 1 refused"))
        #expect(lines[3] == "1 refused:" && lines[4].contains("tried 1 times, next try 2026-11-27T01:00:00Z"), "\(lines)")
    }

    @Test func `forgets files that are gone only when it is long`() {
        let record = SourceRecord(version: FileVersion(byteCount: 1, modified: 1))
        var ledger = SourceLedger()
        ledger.take(["/a": record, "/b": record], maximumCount: 2) { _ in false }
        #expect(ledger.records.count == 2)
        ledger.take(["/c": record], maximumCount: 2) { $0 == "/a" }
        #expect(ledger.records.keys.sorted() == ["/a", "/c"])
    }

    @Test func `keeps what another run wrote of other files in the meantime`() throws {
        let desk = try IntakeDesk()
        defer { desk.close() }
        for name in ["a.json", "b.json"] { try desk.write(SampleRecord.text("GO-\(name)"), name) }
        try desk.intake("a.json")
        var slow = try IndexIntake(addingTo: desk.index, now: IntakeDesk.start)
        for source in try AdvisoryArchive.sources(at: desk.path("b.json")) { try slow.read(source) }
        try desk.write(SampleRecord.text("GO-c"), "c.json")
        try desk.intake("c.json")
        try slow.flush()
        #expect(try desk.index.ledger().records.count == 3 && desk.answers().count == 3)
    }
}
