import Archive
import Foundation
import TestSupport
import Testing

@Suite struct PackedDocumentTests {
    private static let text = Array(String(repeating: "{\"a\": 1}\n", count: 1_000).utf8)

    private static func packed(by program: String, _ text: [UInt8] = text) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: "packed-\(UUID())")
        try Data(text).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try Array(Program.run(program, ["-c", file.path]))
    }

    @Test func `leaves what is not compressed as it is`() throws {
        for bytes in [[], Array("BZ".utf8), Self.text] {
            #expect(try PackedDocument.unpacked(bytes, name: "x") == bytes)
        }
    }

    @Test func `takes the ending of a packed file from its name`() {
        for name in ["a/yarn.lock", "a/yarn.lock.gz", "a/yarn.lock.bz2", "a/yarn.lock.xz", "a/yarn.lock.zst"] {
            #expect(PackedDocument.unpackedName(name) == "a/yarn.lock")
        }
        #expect(PackedDocument.unpackedName("-") == "-")
    }

    @Test func `unpacks by the first bytes, and refuses the damaged and the endless`() throws {
        for program in ["gzip", "bzip2", "xz", "zstd"] where Program.isInstalled(program) {
            let packed = try Self.packed(by: program)
            #expect(try PackedDocument.unpacked(packed, name: "x") == Self.text, "\(program)")
            let damaged = #expect(throws: ArchiveError.self, "\(program)") {
                try PackedDocument.unpacked(Array(packed.dropLast(8)), name: "inventory")
            }
            #expect(damaged?.reason == "inventory is damaged: \(program) can't unpack it")
            let bomb = #expect(throws: ArchiveError.self, "\(program)") {
                try PackedDocument.unpacked(packed, name: "bomb", maximumByteCount: 100)
            }
            #expect(bomb?.reason == "bomb unpacks to more than 100 bytes")
        }
    }

    @Test func `ends a program that unpacks more than anybody takes, and is not waited for`() throws {
        let large = [UInt8](repeating: 0x20, count: 12 << 20)
        for program in ["gzip", "bzip2", "xz", "zstd"] where Program.isInstalled(program) {
            let packed = try Self.packed(by: program, large)
            #expect(throws: ArchiveError.self, "\(program)") {
                try PackedDocument.unpacked(packed, name: "bomb", maximumByteCount: 2 << 20)
            }
        }
    }
}
