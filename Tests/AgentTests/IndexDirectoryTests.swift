import Agent
import Foundation
import Matching
import PackageIdentity
import Testing

/// The index of an agent follows its advisory lines, whatever happens to its files.
@Suite struct IndexDirectoryTests {
    /// An agent's lines and index in a directory that is removed afterwards.
    private struct Desk {
        let root = FileManager.default.temporaryDirectory.appending(path: "index-\(UUID())")
        var lines: URL { root.appending(path: "advisories.ndjson") }
        var index: IndexDirectory { IndexDirectory(path: root.appending(path: "index").path) }

        init() throws { try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true) }

        func upToDate() throws -> (index: AdvisoryIndex, damagedLineCount: Int) { try index.upToDate(with: lines.path) }

        func append(_ text: String) throws {
            let before = (try? Data(contentsOf: lines)) ?? Data()
            try (before + Data(text.utf8)).write(to: lines)
        }

        func segments() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: index.path).filter { $0.hasSuffix(".segment") }.sorted()
        }

        func close() { try? FileManager.default.removeItem(at: root) }
    }

    private func matched(_ index: AdvisoryIndex, version: String = "1.2.0") -> [String] {
        var matcher = Matcher(index)
        return matcher.matches(Component(ecosystem: Ecosystem(name: "npm"), name: "left-pad", version: version)).map(\.advisory)
    }

    private func line(_ id: String, fixed: String = "1.3.0") -> String { SampleRecord.text(id, fixed: fixed) + "\n" }

    @Test func `knows nothing before the first pull`() throws {
        let desk = try Desk()
        defer { desk.close() }
        let (index, damaged) = try desk.upToDate()
        #expect(index.knownAdvisoryCount == 0 && damaged == 0)
    }

    /// What a process holds of the files below a directory, in KiB (proc(5), smaps).
    private func heldKibibytes(below path: String) throws -> Int {
        var (isBelow, sum) = (false, 0)
        // Its size is said to be 0, and many ways to read a file believe that.
        let text = try #require(try FileHandle(forReadingAtPath: "/proc/self/smaps")?.readToEnd())
        for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.count >= 5, !words[0].hasSuffix(":") { isBelow = line.contains(path) }
            if isBelow, words[0] == "Rss:" { sum += Int(words[1]) ?? 0 }
        }
        return sum
    }

    @Test func `holds nothing of an index in memory for who only adds to it`() throws {
        let desk = try Desk()
        defer { desk.close() }
        try desk.append((0..<4_000).map { line("GHSA-\($0)") }.joined())
        _ = try desk.upToDate()
        let whole = try desk.index.open()
        let held = try heldKibibytes(below: desk.index.path)
        #expect(whole.byteCount > 512 * 1_024)
        #expect(held >= whole.byteCount / 1_024)
        whole.releasePages()
        let added = try desk.index.openForIntake()
        #expect(try heldKibibytes(below: desk.index.path) == 0)
        #expect(added.advisoryCount == 4_000 && matched(whole).count == 4_000, "and reads it again")
    }

    @Test func `takes new lines into a segment of their own and leaves the large one alone`() throws {
        let desk = try Desk()
        defer { desk.close() }
        try desk.append((0..<200).map { line("GO-\($0)") }.joined())
        #expect(try desk.upToDate().index.advisoryCount == 200)
        let before = try desk.segments()
        try desk.append(line("GO-7", fixed: "1.1.0") + line("GO-999"))
        let index = try desk.upToDate().index
        #expect(index.advisoryCount == 201 && !matched(index).contains("GO-7") && matched(index).contains("GO-999"))
        #expect(try desk.segments().count == 2 && Set(desk.segments()).isSuperset(of: before))
        #expect(try desk.upToDate().index.segmentSizes == index.segmentSizes, "nothing new, nothing written")
    }

    @Test func `reads long files in parts, a line longer than a part among them`() throws {
        let desk = try Desk()
        defer { desk.close() }
        try desk.append((0..<40).map { line("GO-\($0)") }.joined() + "nonsense\n" + line("GO-40") + "{\"id\"")
        let length = try Data(contentsOf: desk.lines).count
        for partByteCount in [64, 1_000, length - 1, length, length + 1] {
            try? FileManager.default.removeItem(atPath: desk.index.path)
            let (index, damaged) = try desk.index.upToDate(with: desk.lines.path, partByteCount: partByteCount)
            #expect(matched(index).count == 41 && damaged == 2, "parts of \(partByteCount)")
        }
    }

    @Test func `stays in few segments however often it grows`() throws {
        let desk = try Desk()
        defer { desk.close() }
        for number in 0..<60 {
            try desk.append(line("GO-\(number)"))
            let index = try desk.upToDate().index
            #expect(index.advisoryCount == number + 1 && index.segmentSizes.count <= 4)
        }
        #expect(try desk.segments().count <= 4, "files of merged segments are removed")
        #expect(matched(try desk.upToDate().index).count == 60)
    }

    @Test func `is made anew where a file is missing, damaged or of another layout`() throws {
        let damages: [(Desk) throws -> Void] = [
            { desk in try FileManager.default.removeItem(atPath: desk.index.path + "/" + desk.segments()[0]) },
            { desk in try Data("x".utf8).write(to: URL(fileURLWithPath: desk.index.path + "/" + desk.segments()[0])) },
            { desk in try Data("breakwater index 0\n".utf8).write(to: URL(fileURLWithPath: desk.index.path + "/manifest")) },
            { desk in try Data().write(to: URL(fileURLWithPath: desk.index.path + "/manifest")) },
            { desk in try FileManager.default.removeItem(atPath: desk.index.path + "/manifest") },
            { desk in try Data((self.line("GO-1") + self.line("GO-2")).utf8).write(to: desk.lines) }
        ]
        for (number, damage) in damages.enumerated() {
            let desk = try Desk()
            defer { desk.close() }
            try desk.append(line("GO-1") + line("GO-2") + "\n\n")
            _ = try desk.upToDate()
            try damage(desk)
            #expect(try matched(desk.upToDate().index) == ["GO-1", "GO-2"], "damage \(number)")
        }
    }

    @Test func `counts what is no advisory, also half a line at the end, and goes on behind it`() throws {
        let desk = try Desk()
        defer { desk.close() }
        try desk.append(line("GO-1") + "nonsense\n" + "{\"id\"")
        #expect(try desk.upToDate().damagedLineCount == 2)
        try desk.append("\n" + line("GO-2"))
        let (index, damaged) = try desk.upToDate()
        #expect(damaged == 2 && matched(index) == ["GO-1", "GO-2"])
    }

    @Test func `adds to an index, and to none that it can't read, so that nothing is lost in silence`() throws {
        let desk = try Desk()
        defer { desk.close() }
        #expect(!desk.index.exists)
        try desk.index.add(IndexedLines(Array(line("GO-1").utf8), at: 0).segment)
        try desk.index.add(IndexedLines(Array(line("GO-2").utf8), at: 0).segment)
        #expect(try matched(desk.index.open()) == ["GO-1", "GO-2"])
        let segment = try desk.index.path + "/" + desk.segments()[0]
        try Data("x".utf8).write(to: URL(fileURLWithPath: segment))
        #expect(throws: AgentError.self) { try desk.index.add(IndexedLines(Array(line("GO-3").utf8), at: 0).segment) }
        #expect(throws: AgentError.self) { try desk.index.open() }
        #expect(FileManager.default.contents(atPath: segment) == Data("x".utf8), "what was there is still there")
    }

    @Test func `refuses in words where it may not write`() throws {
        let desk = try Desk()
        defer { desk.close() }
        try Data().write(to: desk.root.appending(path: "index"))
        #expect(throws: (any Error).self) { try desk.upToDate() }
    }
}
