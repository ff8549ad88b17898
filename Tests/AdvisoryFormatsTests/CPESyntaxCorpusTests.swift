import Foundation
import PackageIdentity
import TestSupport
import Testing

@testable import AdvisoryFormats

@Suite struct CPESyntaxCorpusTests {
    private static let archives = ["cisa-csaf/csaf_files.tar.zst", "csaf-other/csaf-other-corpus.tar.zst"]
    private static let records = "vulnrichment/vulnrichment.jsonl.zst"

    @Test(.enabled(if: (archives + [records]).allSatisfy(SharedSuite.has), "the corpora are missing"))
    func `has one opinion on every CPE name of the corpora`() throws {
        var texts: Set<String> = []
        for archive in Self.archives {
            let folder = try SharedSuite.unpackedArchive(archive)
            defer { try? FileManager.default.removeItem(at: folder) }
            for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where path.hasSuffix(".json") {
                Self.add([UInt8](try Data(contentsOf: folder.appending(path: path))), to: &texts)
            }
        }
        Self.add(try SharedSuite.unpacked(Self.records), to: &texts)
        for file in try SharedSuite.files(below: "csaf-tc", suffix: ".json") { Self.add(try SharedSuite.bytes(file), to: &texts) }
        var differences: [String] = []
        for text in texts {
            var copy = text
            let isCPE = copy.withUTF8(CPESyntax.isCPE)
            if isCPE != ((try? CPE(parsing: text)) != nil) { differences.append("\(isCPE) \(text)") }
        }
        print("CPE names: \(texts.count), differences \(differences.count): \(differences.sorted().prefix(20))")
        #expect(texts.count > 10_000 && differences.isEmpty)
    }

    /// Every JSON string that begins like a CPE name.
    private static func add(_ bytes: [UInt8], to texts: inout Set<String>) {
        var index = 0
        let mark = Array("\"cpe:".utf8)
        while let quote = bytes[index...].firstIndex(of: UInt8(ascii: "\"")) {
            index = quote + 1
            guard bytes[quote...].starts(with: mark) else { continue }
            var text: [UInt8] = []
            while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count { index += 1 }
                text.append(bytes[index])
                index += 1
            }
            texts.insert(String(decoding: text, as: UTF8.self))
        }
    }
}
