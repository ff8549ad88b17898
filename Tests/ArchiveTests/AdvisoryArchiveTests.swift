import Archive
import Foundation
import TestSupport
import Testing

@Suite
struct AdvisoryArchiveTests {
    private static func inDirectory(_ body: (URL) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "breakwater-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try body(directory)
    }

    /// Everything in a file, read `count` at a time.
    private static func documents(_ file: String, by count: Int = 2) throws -> [AdvisoryArchive.Document] {
        var reader = try #require(try AdvisoryArchive.sources(at: file).first).reader()
        var all: [AdvisoryArchive.Document] = []
        while true {
            let batch = try reader.next(count)
            if batch.isEmpty { return all }
            #expect(batch.count <= count)
            all += batch
        }
    }

    private static func texts(_ file: String, by count: Int = 2) throws -> [String] {
        try documents(file, by: count).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    @Test
    func `reads lines in batches of any size, without the empty ones and with the number of each`() throws {
        try Self.inDirectory { directory in
            let file = directory.path + "/go.jsonl"
            for end in ["", "\n"] {
                try Data(("{\"a\":1}\n\n{\"b\":2}\n{\"c\":3}" + end).utf8).write(to: URL(filePath: file))
                for count in [1, 2, 3, 100] {
                    let documents = try Self.documents(file, by: count)
                    let texts = documents.map { String(decoding: $0.bytes, as: UTF8.self) }
                    #expect(texts == ["{\"a\":1}", "{\"b\":2}", "{\"c\":3}"])
                    #expect(documents.map(\.name) == ["go.jsonl line 1", "go.jsonl line 3", "go.jsonl line 4"])
                }
            }
            try Data().write(to: URL(filePath: file))
            #expect(try Self.texts(file).isEmpty)
            let missing = #expect(throws: ArchiveError.self) { try Self.texts(directory.path + "/none.jsonl") }
            #expect(missing?.reason.hasSuffix("none.jsonl is not there") == true)
        }
    }

    /// Lines longer than what is read at once, and boundaries at every place around it.
    private static let lengths = [1 << 20, 1, (1 << 20) - 1, (1 << 20) + 1, 3 << 20, 2, 700_000, 700_000]

    private static func longLines(_ directory: URL) throws -> (file: String, lines: [String]) {
        let lines = lengths.enumerated().map { String(repeating: "\($0)", count: $1) }
        let file = directory.path + "/long.ndjson"
        try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(filePath: file))
        return (file, lines)
    }

    @Test
    func `keeps lines whole across what is read at once`() throws {
        try Self.inDirectory { directory in
            let (file, lines) = try Self.longLines(directory)
            #expect(try Self.texts(file, by: 3) == lines)
        }
    }

    @Test
    func `reads the same lines from a compressed file, and says where a damaged one ended`() throws {
        guard Program.isInstalled("zstd") else { return }
        try Self.inDirectory { directory in
            let (file, lines) = try Self.longLines(directory)
            _ = try Program.run("zstd", ["-q", file])
            let packed = file + ".zst"
            #expect(try Self.texts(packed) == lines)
            let bytes = try Data(contentsOf: URL(filePath: packed))
            try bytes.dropLast(5).write(to: URL(filePath: packed))
            let error = #expect(throws: ArchiveError.self, "truncated") { try Self.texts(packed) }
            #expect(error?.reason.contains("is damaged: zstd stopped after line") == true)
            try Data("no zstd at all".utf8).write(to: URL(filePath: packed))
            #expect(throws: ArchiveError.self, "foreign") { try Self.texts(packed) }
        }
    }

    @Test
    func `reads the JSON files of a zip archive, and refuses a damaged one`() throws {
        guard Program.isInstalled("unzip"), Program.isInstalled("zip") else { return }
        try Self.inDirectory { directory in
            for name in ["GO-2.json", "GO-1.json", "README.txt"] {
                try Data("{\"id\":\"\(name)\"}".utf8).write(to: directory.appending(path: name))
            }
            let file = directory.path + "/all.zip"
            let members = ["GO-2.json", "GO-1.json", "README.txt"].map { directory.path + "/" + $0 }
            _ = try Program.run("zip", ["-q", "-j", file] + members)
            #expect(try Self.texts(file, by: 1) == ["{\"id\":\"GO-2.json\"}", "{\"id\":\"GO-1.json\"}"], "in the archive's order")
            let bytes = try Data(contentsOf: URL(filePath: file))
            try bytes.prefix(bytes.count / 2).write(to: URL(filePath: file))
            let error = #expect(throws: ArchiveError.self) { try Self.texts(file) }
            #expect(error?.reason.hasSuffix("is not a whole zip archive") == true)
            let folder = directory.path + "/cves/2026"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data("{}".utf8).write(to: URL(filePath: folder + "/x.json"))
            _ = try Program.run("zip", ["-q", "-r", directory.path + "/deep.zip", directory.path + "/cves"])
            let deep = try Self.documents(directory.path + "/deep.zip")
            #expect(deep.count == 1 && deep[0].name.hasSuffix("cves/2026/x.json") && !deep[0].name.contains("breakwater-zip"))
            try Data().write(to: URL(filePath: directory.path + "/notes.txt"))
            _ = try Program.run("zip", ["-q", "-j", directory.path + "/none.zip", directory.path + "/notes.txt"])
            let none = #expect(throws: ArchiveError.self) { try Self.texts(directory.path + "/none.zip") }
            #expect(none?.reason.contains("holds no documents") == true)
        }
    }

    @Test(arguments: ["lines.jsonl", "lines.jsonl.zst", "lines.jsonl.gz", "all.zip", "all.tar", "all.tgz"])
    func `goes on behind any document, with the same names and numbers as in one reading`(_ name: String) throws {
        guard ["zstd", "gzip", "tar", "zip", "unzip"].allSatisfy(Program.isInstalled) else { return }
        try Self.inDirectory { directory in
            let lines = directory.path + "/lines.jsonl"
            try Data("{\"a\":1}\n\n{\"b\":2}\n{\"c\":3}\n\n{\"d\":4}".utf8).write(to: URL(filePath: lines))
            let members = (1...4).map { "\(directory.path)/GO-\($0).json" }
            for member in members { try Data(member.utf8).write(to: URL(filePath: member)) }
            _ = try Program.run("zstd", ["-q", lines])
            _ = try Program.run("gzip", ["-qk", lines])
            _ = try Program.run("zip", ["-q", "-j", directory.path + "/all.zip"] + members)
            for (name, options) in [("all.tar", "-cPf"), ("all.tgz", "-czPf")] {
                _ = try Program.run("tar", [options, directory.path + "/" + name] + members)
            }
            let source = try #require(try AdvisoryArchive.sources(at: directory.path + "/" + name).first)
            func documents(from place: AdvisoryArchive.Place) throws -> [AdvisoryArchive.Document] {
                var reader = try source.reader(from: place)
                return try reader.next(100)
            }
            func words(_ document: AdvisoryArchive.Document) -> String {
                "\(document.number) \(document.name.split(separator: "/").last ?? "") \(String(decoding: document.bytes, as: UTF8.self).suffix(9))"
            }
            let whole = try documents(from: .start)
            #expect(whole.count == 4)
            for (index, document) in whole.dropLast().enumerated() {
                let rest = try documents(from: document.end)
                #expect(rest.map(words) == whole[(index + 1)...].map(words), "\(name) behind \(words(document))")
            }
            let last = try documents(from: whole[3].end)
            #expect(last.map(words) == (name.hasPrefix("all") ? [] : [words(whole[3])]), "a line without its end is read again")
        }
    }

    @Test
    func `takes the archives of a directory in the order of their names, and its loose documents as one source`() throws {
        try Self.inDirectory { directory in
            for name in ["b.json", "a.jsonl", "notes.txt", "d.json", "c.ndjson.zst"] {
                try Data("{\"in\":\"\(name)\"}".utf8).write(to: directory.appending(path: name))
            }
            let sources = try AdvisoryArchive.sources(at: directory.path + "/")
            #expect(sources.map(\.name) == ["a", "c", directory.lastPathComponent])
            #expect(sources.allSatisfy { !$0.isNamed })
            var reader = try sources[2].reader()
            #expect(try reader.next(5).map(\.name) == ["b.json", "d.json"].map { directory.path + "/" + $0 })
            let named = try AdvisoryArchive.sources(at: directory.path + "/b.json")
            #expect(named.map(\.name) == ["b"] && named.allSatisfy(\.isNamed))
            #expect(throws: ArchiveError.self) { try AdvisoryArchive.sources(at: directory.path + "/none") }
        }
    }

    @Test(.enabled(if: Program.isInstalled("zstd"), "zstd is missing"))
    func `gives the lines before the place where a packed file is damaged, and then says so`() throws {
        try Self.inDirectory { directory in
            let file = directory.path + "/go.jsonl"
            let lines = (0..<20_000).map { "{\"id\":\"GO-\($0)-\($0 &* 2_654_435_761 % 1_000_003)\"}\n" }
            try Data(lines.joined().utf8).write(to: URL(filePath: file))
            let packed = try Program.run("zstd", ["-qc", file])
            try Data(packed.prefix(packed.count * 2 / 3)).write(to: URL(filePath: file + ".zst"))
            var reader = try #require(try AdvisoryArchive.sources(at: file + ".zst").first).reader()
            var count = 0
            let damage = #expect(throws: ArchiveError.self) {
                while case let batch = try reader.next(1_000_000), !batch.isEmpty { count += batch.count }
            }
            #expect(
                damage?.reason.contains("zstd stopped after line \(count)") == true,
                "\(String(describing: damage)) after \(count)")
        }
    }

    @Test
    func `passes a line that is too long, says so of that line alone, and goes on behind it`() throws {
        try Self.inDirectory { directory in
            let file = directory.path + "/go.jsonl"
            let long = Data(repeating: UInt8(ascii: "x"), count: PackedDocument.maximumByteCount + (2 << 20))
            try (Data("{}\n".utf8) + long + Data("\n{\"b\":2}\n".utf8)).write(to: URL(filePath: file))
            for count in [1, 5] {
                let documents = try Self.documents(file, by: count)
                #expect(documents.map(\.number) == [1, 2, 3])
                #expect(
                    documents.map { $0.failure?.isTooLarge } == [nil, true, nil] && documents.allSatisfy { $0.bytes.count < 9 })
                #expect(documents[1].failure?.reason.contains("line 2 is longer than") == true)
                var reader = try #require(try AdvisoryArchive.sources(at: file).first).reader(from: documents[1].end)
                #expect(try reader.next(5).map { String(decoding: $0.bytes, as: UTF8.self) } == ["{\"b\":2}"])
            }
        }
    }
}
