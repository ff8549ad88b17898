import AdvisoryFormats
import CivilTime
import Sealing
import TestKit
import Testing

@testable import Clearinghouse

@Suite struct AdvisoryImportTests {
    private func tally(
        _ house: House, _ documents: [OSVDocument], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> [Int] {
        let tally = try await house.distribution.importOSV(documents, from: "osv", by: House.desk)
        #expect(tally.total == documents.count, "every document is in exactly one count", sourceLocation: sourceLocation)
        return [tally.new, tally.changed, tally.unchanged, tally.older, tally.refused.count]
    }

    private func rangeCount(_ house: House) async throws -> Int {
        try await house.tables().count { $0.hasPrefix("affected_range: ") }
    }

    @Test func `takes in new, changed, unchanged and older revisions as what they are`() async throws {
        let house = try House()
        let (first, second) = (
            Sample.osv("GHSA-1", modified: "2026-11-01T00:00:00Z", summary: "First"),
            Sample.osv("GHSA-1", modified: "2026-11-02T00:00:00Z", summary: "Second")
        )
        #expect(try await tally(house, [first]) == [1, 0, 0, 0, 0])
        #expect(try await tally(house, [first]) == [0, 0, 1, 0, 0])
        #expect(try await tally(house, [second]) == [0, 1, 0, 0, 0])
        #expect(try await tally(house, [first]) == [0, 0, 0, 1, 0])
        #expect(try await house.distribution.osv("GHSA-1") == second.bytes, "kept byte for byte")
        #expect(try await house.distribution.advisoryCount() == 1)
        #expect(try await house.recordCount() == 2)
        try await house.expectProvable()
    }

    @Test func `a revision some milliseconds later is later`() async throws {
        let house = try House()
        let (early, late) = (
            Sample.osv("GHSA-1", modified: "2026-11-01T00:00:00.500Z", summary: "Early"),
            Sample.osv("GHSA-1", modified: "2026-11-01T00:00:00.900Z", summary: "Late")
        )
        #expect(try await tally(house, [early, late]) == [1, 1, 0, 0, 0])
        #expect(try await tally(house, [early]) == [0, 0, 0, 1, 0])
        #expect(try await house.distribution.osv("GHSA-1") == late.bytes)
    }

    @Test func `of two revisions with the same date one counts, in whatever order they come, and reading again changes nothing`()
        async throws
    {
        let both = [Sample.osv("GHSA-1", summary: "One"), Sample.osv("GHSA-1", summary: "Other")]
        let sorted = both.sorted { Digest(hashing: $0.bytes) < Digest(hashing: $1.bytes) }
        for documents in [sorted, sorted.reversed()] {
            let house = try House()
            _ = try await tally(house, documents)
            #expect(try await house.distribution.osv("GHSA-1") == sorted[1].bytes)
            let count = try await house.recordCount()
            #expect(try await tally(house, documents)[1] == 0, "nothing changed")
            #expect(try await house.recordCount() == count)
            #expect(try await house.distribution.osv("GHSA-1") == sorted[1].bytes)
        }
    }

    @Test func `a withdrawn advisory stays, says so and affects nothing any more`() async throws {
        let house = try House()
        _ = try await tally(house, [Sample.osv("GHSA-1"), Sample.osv("GHSA-2")])
        #expect(try await rangeCount(house) == 2)
        let withdrawn = Sample.osv(
            "GHSA-1", modified: "2026-11-03T00:00:00Z", withdrawn: "2026-11-03T00:00:00Z", aliases: ["CVE-2026-1"]
        )
        #expect(try await tally(house, [withdrawn]) == [0, 1, 0, 0, 0])
        let page = try await house.distribution.advisories(before: .max, limit: 10, source: nil)
        #expect(page.map(\.identifier) == ["GHSA-1", "GHSA-2"] && page.map(\.isWithdrawn) == [true, false])
        #expect(try await rangeCount(house) == 1)
        try await house.expectProvable()
        // And back.
        #expect(try await tally(house, [Sample.osv("GHSA-1", modified: "2026-11-04T00:00:00Z")]) == [0, 1, 0, 0, 0])
        #expect(try await rangeCount(house) == 2)
        try await house.expectProvable()
    }

    @Test func `names what it refuses, with the reason, and takes the rest`() async throws {
        let house = try House()
        let documents = [
            OSVDocument(name: "line 1", bytes: Array("{".utf8)), Sample.osv("GHSA-1"),
            OSVDocument(name: "line 3", bytes: Array(#"{"id": "GHSA-2"}"#.utf8)),
            OSVDocument(name: "line 4", bytes: Array(#"{"id": "NOBODY-1", "modified": "2026-01-01T00:00:00Z"}"#.utf8)),
            OSVDocument(name: "line 5", bytes: [])
        ]
        let result = try await house.distribution.importOSV(documents, from: "osv", by: House.desk)
        #expect(result.new == 1 && result.refused.count == 4 && result.total == 5)
        for (refused, name) in zip(result.refused, ["line 1", "line 3", "line 4", "line 5"]) {
            #expect(refused.name.contains(name) && !refused.reason.isEmpty, "\(refused)")
        }
        #expect(result.refused[1].reason.contains("modified"))
        try await house.distribution.recordReading(of: "osv", result, by: House.desk)
        try await house.expectProvable()
    }

    @Test func `duplicates within one batch are counted, and the newest stands`() async throws {
        let house = try House()
        let (one, two) = (
            Sample.osv("GHSA-1", modified: "2026-11-01T00:00:00Z"), Sample.osv("GHSA-1", modified: "2026-11-02T00:00:00Z")
        )
        #expect(try await tally(house, [one, one, two, one, two]) == [1, 1, 2, 1, 0])
        #expect(try await house.distribution.osv("GHSA-1") == two.bytes)
        try await house.expectProvable()
    }

    @Test func `however a source is cut into batches, the same is stored and every document is counted once`() async throws {
        let seed = UInt64.random(in: .min ... .max)
        let random = SeededRandom(seed: seed)
        let documents = (0..<60).map { _ in
            let day = 1 + random.next() % 4
            return random.next() % 10 == 0
                ? OSVDocument(name: "broken", bytes: Array("{".utf8))
                : Sample.osv(
                    "GHSA-\(random.next() % 8)", modified: "2026-11-0\(day)T00:00:00Z", summary: "s\(random.next() % 3)",
                    withdrawn: random.next() % 5 == 0 ? "2026-11-05T00:00:00Z" : nil
                )
        }
        var results: [(ImportTally, [String])] = []
        for size in [1, 7, 60] {
            let house = try House()
            var (sum, rest) = (ImportTally(), documents[...])
            while !rest.isEmpty {
                sum += try await house.distribution.importOSV(Array(rest.prefix(size)), from: "osv", by: House.desk)
                rest = rest.dropFirst(size)
            }
            #expect(sum.total == documents.count, "seed \(seed)")
            results.append((sum, try await house.tables()))
            try await house.expectProvable("seed \(seed)")
        }
        for result in results.dropFirst() {
            #expect(result.0 == results[0].0, "seed \(seed)")
            expectSame(results[0].1, result.1, "seed \(seed)")
        }
    }

    @Test func `finds a document by its identifier, and by an alias that leads to exactly one`() async throws {
        let house = try House()
        let documents = [
            Sample.osv("GHSA-1", aliases: ["CVE-2026-1", "CVE-2026-2"]), Sample.osv("GHSA-2", aliases: ["CVE-2026-2"]),
            Sample.osv("CVE-2026-3"), Sample.osv("GHSA-4", aliases: ["CVE-2026-3"])
        ]
        _ = try await tally(house, documents)
        #expect(try await house.distribution.osv("CVE-2026-1") == documents[0].bytes)
        #expect(try await house.distribution.osv("CVE-2026-3") == documents[2].bytes, "its own identifier goes before aliases")
        for unknown in ["CVE-2026-2", "CVE-2026-9", ""] {
            try await house.expectRefusal(.notFound, "\(unknown)") { _ = try await house.distribution.osv(unknown) }
        }
        try await house.expectRefusal(.notFound) { _ = try await house.distribution.csaf("GHSA-1") }
    }

    @Test func `pages through advisories, latest first, by source where asked`() async throws {
        let house = try House()
        for source in ["a", "b"] {
            let documents = (0..<3).map { Sample.osv("GHSA-\(source)\($0)") }
            _ = try await house.distribution.importOSV(documents, from: source, by: House.desk)
        }
        let first = try await house.distribution.advisories(before: .max, limit: 4, source: nil)
        let second = try await house.distribution.advisories(before: try #require(first.last).sequence, limit: 4, source: nil)
        #expect((first + second).map(\.identifier) == ["GHSA-b2", "GHSA-b1", "GHSA-b0", "GHSA-a2", "GHSA-a1", "GHSA-a0"])
        #expect(try await house.distribution.advisories(before: .max, limit: 9, source: "a").count == 3)
    }

    @Test func `takes no name of a source and no identifier that a stream can't carry`() async throws {
        let house = try House()
        for source in ["", "breakwater", "\u{1}", "a\nb", "a\u{7F}"] {
            try await house.expectRefusal(.malformed, at: "/source") {
                _ = try await house.distribution.importOSV([], from: source, by: House.desk)
            }
            try await house.expectRefusal(.malformed, at: "/source") {
                try await house.distribution.recordReading(of: source, ImportTally(), by: House.desk)
            }
        }
        let documents = ["GHSA-\u{1}", "GHSA-a\nb", "GHSA-\u{7F}", "GHSA-é b"].map { Sample.osv($0) }
        let result = try await house.distribution.importOSV(documents, from: "osv", by: House.desk)
        #expect(result.new == 1)
        #expect(result.refused.map(\.reason) == Array(repeating: "/id: an identifier has no control characters", count: 3))
    }

    @Test func `refuses who may not import`() async throws {
        let house = try House()
        let finder = try await house.enrol("lab-a", as: .finder)
        try await house.expectRefusal(.forbidden) {
            _ = try await house.distribution.importOSV([Sample.osv("GHSA-1")], from: "osv", by: finder)
        }
        try await house.expectRefusal(.forbidden) {
            try await house.distribution.recordReading(of: "osv", ImportTally(), by: finder)
        }
    }
}
