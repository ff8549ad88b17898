import Archive
import Foundation
import TestSupport
import Testing

/// Archives of documents, which are read without being unpacked to disk.
@Suite
struct MemberArchiveTests {
    private static func inDirectory(_ body: (URL) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "breakwater-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try body(directory)
    }

    private static func documents(_ file: URL, by count: Int = 3) throws -> [AdvisoryArchive.Document] {
        var reader = try #require(try AdvisoryArchive.sources(at: file.path).first).reader()
        var all: [AdvisoryArchive.Document] = []
        while case let batch = try reader.next(count), !batch.isEmpty { all += batch }
        return all
    }

    private static func write(_ text: String, _ name: String, in folder: URL) throws {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Documents in folders, with names of every length that tar writes in its own way, and files beside them.
    private static let names =
        ["a.json", "b/c.yml", "d.json.gz", "notes.txt", "e.csv"]
        + [99, 100, 101, 155, 180].map {
            String(repeating: "long/", count: 10) + String(repeating: "n", count: $0 - 55) + ".json"
        }

    private static func make(_ folder: URL) throws {
        for name in names where name != "d.json.gz" { try write("{\"in\":\"\(name)\"}", name, in: folder) }
        try write("{\"in\":\"packed\"}", "d.json", in: folder)
        _ = try Program.run("gzip", [folder.path + "/d.json"])
    }

    private static func expect(_ documents: [AdvisoryArchive.Document], from file: String) {
        let expected = names.filter { $0 != "notes.txt" }
        #expect(Set(documents.map(\.name)) == Set(expected), "\(file)")
        #expect(documents.map(\.number) == Array(1...expected.count), "\(file)")
        for document in documents {
            let text = document.name == "d.json.gz" ? "packed" : document.name
            #expect(String(decoding: document.bytes, as: UTF8.self) == "{\"in\":\"\(text)\"}", "\(file)")
        }
    }

    @Test(arguments: ["ustar", "gnu", "pax", "v7"])
    func `reads the documents of a tar, packed or not, as each kind of tar writes names`(_ kind: String) throws {
        guard ["tar", "gzip", "xz", "bzip2", "zstd"].allSatisfy(Program.isInstalled) else { return }
        try Self.inDirectory { directory in
            let folder = directory.appending(path: "in")
            try Self.make(folder)
            // The oldest kind knows no names above 99 bytes, ustar no last parts above 100.
            let limit = kind == "v7" ? 99 : kind == "ustar" ? 150 : .max
            let names = Self.names.filter { $0.utf8.count <= limit }
            let tar = directory.path + "/all.tar"
            _ = try Program.run("tar", ["--format=\(kind)", "-C", folder.path, "-cf", tar] + names)
            for (program, ending) in [("", ""), ("gzip", ".gz"), ("xz", ".xz"), ("bzip2", ".bz2"), ("zstd", ".zst")] {
                if !program.isEmpty { try Program.run(program, ["-c", tar]).write(to: URL(filePath: tar + ending)) }
                let documents = try Self.documents(URL(filePath: tar + ending))
                if limit == .max { Self.expect(documents, from: kind + ending) }
                #expect(documents.map(\.name) == names.filter { $0 != "notes.txt" }, "\(kind)\(ending)")
            }
        }
    }

    @Test
    func `reads the documents of a zip, also one of the large kind and one behind other bytes`() throws {
        guard ["zip", "unzip", "gzip"].allSatisfy(Program.isInstalled) else { return }
        try Self.inDirectory { directory in
            let folder = directory.appending(path: "in")
            try Self.make(folder)
            let file = directory.appending(path: "all.zip")
            for options in [["-q"], ["-q", "-0"], ["-q", "-fz"], ["-q", "-Z", "bzip2"]] {
                try? FileManager.default.removeItem(at: file)
                let made = try Program.run(
                    "sh", ["-c", "cd '\(folder.path)' && zip -r \(options.joined(separator: " ")) '\(file.path)' ."])
                #expect(made.isEmpty)
                Self.expect(try Self.documents(file), from: "\(options)")
            }
            let behind = Data("#!/bin/sh\nexit 0\n".utf8) + (try Data(contentsOf: file))
            try behind.write(to: file)
            Self.expect(try Self.documents(file), from: "behind other bytes")
        }
    }

    @Test
    func `one member that is too large or damaged takes nothing of the others with it`() throws {
        guard ["tar", "zip", "unzip", "gzip"].allSatisfy(Program.isInstalled) else { return }
        try Self.inDirectory { directory in
            for name in ["a.json", "z.json"] { try Self.write("{}", name, in: directory) }
            try Self.write("no gzip", "damaged", in: directory)
            try (Data([0x1F, 0x8B]) + Data("no gzip".utf8)).write(to: directory.appending(path: "damaged.json.gz"))
            let large = directory.appending(path: "large.json")
            try Data().write(to: large)
            let handle = try FileHandle(forWritingTo: large)
            try handle.truncate(atOffset: UInt64(PackedDocument.maximumByteCount) + 1)
            try handle.close()
            let bomb = try Program.run("gzip", ["-c", large.path])
            try bomb.write(to: directory.appending(path: "bomb.json.gz"))
            let members = ["a.json", "damaged.json.gz", "large.json", "bomb.json.gz", "z.json"]
            let script = "cd '\(directory.path)' && zip -q all.zip \(members.joined(separator: " ")) && tar -czf all.tar.gz "
            _ = try Program.run("sh", ["-c", script + members.joined(separator: " ")])
            for name in ["all.zip", "all.tar.gz"] {
                let documents = try Self.documents(directory.appending(path: name), by: 2)
                #expect(documents.map(\.name) == members, "\(name)")
                let reasons = documents.map { $0.failure?.reason ?? "" }
                #expect(reasons[0].isEmpty && reasons[4].isEmpty && reasons[1].contains("damaged"), "\(name): \(reasons)")
                #expect(
                    documents[2].failure?.isTooLarge == true && documents[3].failure?.isTooLarge == true, "\(name): \(reasons)")
                #expect(documents[2].bytes.isEmpty && documents[3].bytes.isEmpty)
            }
        }
    }

    @Test
    func `gives the documents before the damage, and says where it is`() throws {
        guard ["tar", "gzip", "zip", "unzip"].allSatisfy(Program.isInstalled) else { return }
        try Self.inDirectory { directory in
            for number in 0..<100 { try Self.write("{\"n\":\(number)}", "in/\(number).json", in: directory) }
            let folder = directory.path + "/in"
            let tar = directory.appending(path: "all.tar")
            _ = try Program.run("tar", ["-C", folder, "-cf", tar.path, "."])
            let bytes = try Data(contentsOf: tar)
            var cut = bytes
            // A header whose sum is wrong.
            cut[512 * 101 + 3] ^= 1
            for (damaged, name) in [(cut, "sum.tar"), (bytes.prefix(512 * 60 + 100), "cut.tar")] {
                try damaged.write(to: directory.appending(path: name))
                var reader = try #require(try AdvisoryArchive.sources(at: directory.path + "/" + name).first).reader()
                var count = 0
                let error = #expect(throws: ArchiveError.self, "\(name)") {
                    while case let batch = try reader.next(7), !batch.isEmpty { count += batch.count }
                }
                #expect(
                    count >= 25 && count < 100 && error?.reason.contains("is damaged") == true, "\(count) \(error?.reason ?? "")")
            }
            try Data(repeating: 7, count: 2_000).write(to: directory.appending(path: "no.tar"))
            #expect(throws: ArchiveError.self) { try Self.documents(directory.appending(path: "no.tar")) }
            let zip = directory.appending(path: "secret.zip")
            _ = try Program.run("zip", ["-q", "-r", "-P", "secret", zip.path, folder])
            let secret = #expect(throws: ArchiveError.self) { try Self.documents(zip) }
            #expect(secret?.reason.hasSuffix("is encrypted") == true, "\(secret?.reason ?? "")")
        }
    }

    @Test
    func `ends a bomb of anything while it is read, in flat memory`() throws {
        guard ["gzip", "sh"].allSatisfy(Program.isInstalled) else { return }
        try Self.inDirectory { directory in
            // One line that never ends.
            let script = "head -c \(PackedDocument.maximumByteCount + (4 << 20)) /dev/zero | tr '\\0' x | gzip -1"
            try Program.run("sh", ["-c", script]).write(to: directory.appending(path: "bomb.jsonl.gz"))
            let documents = try Self.documents(directory.appending(path: "bomb.jsonl.gz"))
            let error = documents.first?.failure
            #expect(
                documents.count == 1 && error?.isTooLarge == true && error?.reason.contains("line 1 is longer than") == true,
                "\(error?.reason ?? "")")
        }
    }

    @Test
    func `takes what can be read of a directory, and names what can't`() throws {
        try Self.inDirectory { directory in
            for name in ["a.json", "deep/b.json", "deep/er/c.json", "locked/d.json", ".git/e.json"] {
                try Self.write("{}", name, in: directory)
            }
            try FileManager.default.createSymbolicLink(
                at: directory.appending(path: "link.json"), withDestinationURL: directory.appending(path: "a.json"))
            try FileManager.default.createSymbolicLink(at: directory.appending(path: "loop"), withDestinationURL: directory)
            mkfifo(directory.path + "/pipe.json", 0o600)
            chmod(directory.path + "/locked", 0)
            defer { chmod(directory.path + "/locked", 0o700) }
            let sources = try AdvisoryArchive.sources(at: directory.path, isDeep: true)
            var reader = try #require(sources.first).reader()
            let names = try reader.next(10).map { String($0.name.dropFirst(directory.path.count + 1)) }
            guard geteuid() != 0 else {
                print("SKIPPED: directories without permission, for root may read everything")
                #expect(names == ["a.json", "deep/b.json", "deep/er/c.json", "link.json", "locked/d.json"])
                return
            }
            #expect(names == ["a.json", "deep/b.json", "deep/er/c.json", "link.json"] && sources.count == 2)
            let error = #expect(throws: ArchiveError.self) { try sources[1].reader() }
            #expect(error?.reason.hasSuffix("/locked can't be read: Permission denied") == true)
        }
    }
}
