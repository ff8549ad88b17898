import Archive
import Foundation
import TestSupport
import Testing

/// Archives that claim what they do not hold, that were cut off, and whose names are like patterns.
@Suite
struct DamagedArchiveTests {
    private static func inDirectory(_ body: (URL) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "breakwater-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try body(directory)
    }

    /// The names of what is read of a file, and why reading ended where it was not at the end.
    private static func read(_ file: URL) throws -> (names: [String], failure: String?) {
        var names: [String] = []
        do {
            var reader = try #require(try AdvisoryArchive.sources(at: file.path).first).reader()
            while case let batch = try reader.next(2), !batch.isEmpty { names += batch.map(\.name) }
        } catch let error as ArchiveError {
            return (names, error.reason)
        }
        return (names, nil)
    }

    /// A member of a tar as POSIX has it, padded to whole blocks.
    private static func member(_ name: String, _ type: Character, _ content: String) -> Data {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at offset: Int) { block.replaceSubrange(offset..<(offset + text.utf8.count), with: text.utf8) }
        put(name, at: 0)
        let size = String(content.utf8.count, radix: 8)
        put(String(repeating: "0", count: 11 - size.count) + size, at: 124)
        put(String(repeating: " ", count: 8), at: 148)
        put(String(type), at: 156)
        put("ustar\u{0}00", at: 257)
        let sum = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
        put(String(repeating: "0", count: 6 - sum.count) + sum + "\u{0}", at: 148)
        let padding = (512 - content.utf8.count % 512) % 512
        return Data(block) + Data(content.utf8) + Data(count: padding)
    }

    private static func paxRecord(_ key: String, _ value: String) -> String {
        let rest = " \(key)=\(value)\n"
        var length = rest.utf8.count
        while rest.utf8.count + String(length).utf8.count > length { length += 1 }
        return "\(length)\(rest)"
    }

    private static let end = Data(count: 1_024)

    @Test(arguments: [
        "9223372036854775807", "72057594037927937", "72057594037927936", "-1", "-9223372036854775808", "99999999999999999999",
        "x", ""
    ])
    func `a tar that claims a size no file has is damaged behind the documents that were read`(_ size: String) throws {
        guard Program.isInstalled("gzip") else { return }
        try Self.inDirectory { directory in
            for (name, type) in [("b.json", "0"), ("b.txt", "0"), ("label", "V")] as [(String, Character)] {
                let file = directory.appending(path: "all.tar")
                let large = Self.member("pax", "x", Self.paxRecord("size", size)) + Self.member(name, type, "{}")
                // Longer than what is read at once, so that it is gone to and not read.
                try (Self.member("a.json", "0", "{}") + large + Data(count: 3 << 20)).write(to: file)
                let (names, failure) = try Self.read(file)
                #expect(names == ["a.json"] && failure?.contains("is damaged: ") == true, "\(name): \(failure ?? "no failure")")
                let packed = directory.appending(path: "all.tar.gz")
                try Program.run("gzip", ["-c", file.path]).write(to: packed)
                let (packedNames, packedFailure) = try Self.read(packed)
                #expect(packedNames == ["a.json"] && packedFailure?.contains("is damaged: ") == true, "\(name) packed")
            }
        }
    }

    @Test
    func `a tar that is cut off anywhere before its end is never taken as whole`() throws {
        guard Program.isInstalled("gzip") else { return }
        try Self.inDirectory { directory in
            let long = String(repeating: "l", count: 120) + ".json"
            let members = [
                Self.member("a.json", "0", "{}"), Self.member("label", "V", String(repeating: "v", count: 700)),
                Self.member("long", "L", long), Self.member("short.json", "0", "{}"),
                Self.member("pax", "x", Self.paxRecord("path", "p.json") + Self.paxRecord("size", "600")),
                Self.member("x.json", "0", String(repeating: " ", count: 600)), Self.member("folder/", "5", ""),
                Self.member("notes.txt", "0", String(repeating: "n", count: 513)), Self.member("z.json", "0", "{}")
            ]
            let body = members.reduce(Data(), +)
            let file = directory.appending(path: "all.tar")
            try (body + Self.end).write(to: file)
            let whole = try Self.read(file)
            #expect(whole.names == ["a.json", long, "p.json", "z.json"] && whole.failure == nil, "\(whole)")
            for length in stride(from: 0, to: body.count + 512, by: 64) {
                try (body + Self.end).prefix(length).write(to: file)
                let (names, failure) = try Self.read(file)
                #expect(failure?.contains("is damaged") == true, "cut at \(length): \(names) \(failure ?? "no failure")")
                #expect(whole.names.starts(with: names), "cut at \(length): \(names)")
            }
            // The packed file is whole, and what it holds is not.
            for length in [512, body.count - 512, body.count] {
                try body.prefix(length).write(to: file)
                let packed = directory.appending(path: "all.tar.gz")
                try Program.run("gzip", ["-c", file.path]).write(to: packed)
                #expect(try Self.read(packed).failure?.contains("is damaged") == true, "packed, cut at \(length)")
            }
        }
    }

    @Test
    func `a zip is read by its very name, also where that is like a pattern for others beside it`() throws {
        guard Program.isInstalled("unzip"), Program.isInstalled("zip") else { return }
        try Self.inDirectory { directory in
            for (name, members) in [("in", ["right.json"]), ("other", ["wrong.json"])] {
                for member in members { try Data("{\"\(member)\"}".utf8).write(to: directory.appending(path: member)) }
                let paths = members.map { directory.path + "/" + $0 }
                _ = try Program.run("zip", ["-q", "-j", "\(directory.path)/\(name).zip"] + paths)
            }
            let names = ["a[1].zip", "a?.zip", "a*.zip", "a\\1.zip", "[a]1.zip", "-p.zip", "a[^2].zip"]
            for name in names {
                let folder = directory.appending(path: UUID().uuidString)
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                try FileManager.default.copyItem(at: directory.appending(path: "other.zip"), to: folder.appending(path: "a1.zip"))
                try FileManager.default.copyItem(at: directory.appending(path: "in.zip"), to: folder.appending(path: name))
                var reader = try #require(
                    try AdvisoryArchive.sources(at: folder.appending(path: name).path(percentEncoded: false)).first
                ).reader()
                let documents = try reader.next(9)
                #expect(documents.map(\.name) == ["right.json"], "\(name)")
                #expect(documents.map { String(decoding: $0.bytes, as: UTF8.self) } == ["{\"right.json\"}"], "\(name)")
            }
        }
    }
}
