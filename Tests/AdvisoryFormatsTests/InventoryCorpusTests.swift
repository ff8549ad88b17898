import AdvisoryFormats
import Foundation
import TestSupport
import Testing

/// The counts of a corpus of real inventories, measured by an independent parser.
@Suite struct InventoryCorpusTests {
    private struct Row {
        let path: String
        let format: String
        let specVersion: String
        let componentCount: Int
        let purlCount: Int
        let vulnerabilityCount: Int

        init?(_ line: String) {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count == 7, let components = Int(cells[3]), let purls = Int(cells[4]), let reported = Int(cells[5])
            else { return nil }
            (path, format, specVersion) = (cells[0], cells[1], cells[2])
            (componentCount, purlCount, vulnerabilityCount) = (components, purls, reported)
        }

        /// Archives are unpacked by whoever reads them.
        var isPacked: Bool { [".xz", ".bz2", ".gz", ".zst"].contains { path.hasSuffix($0) } }
    }

    /// Its version of SPDX is the number 2.
    private static let refused = ["exampledata/invalid-spdx.json"]

    private static let readFormats: Set<String> = ["cyclonedx-json", "spdx-json", "spdx-tv"]

    @Test(.enabled(if: SharedSuite.has("sboms"), "shared/suites/sboms is missing"))
    func `reads the components and package URLs of every inventory of the corpus`() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "breakwater-sboms-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let archive = try #require(SharedSuite.file("sboms/sbom-corpus.tar.zst"))
        _ = try Program.run("tar", ["--zstd", "-xf", archive.path, "-C", directory.path])
        var judged = 0
        for row in try SharedSuite.lines("sboms/INDEX.tsv").compactMap({ Row($0) })
        where Self.readFormats.contains(row.format) && !row.isPacked {
            judged += 1
            let bytes = try Data(contentsOf: directory.appending(path: "sbom-corpus/" + row.path))
            do {
                let inventory = try InventoryDocument(parsing: Array(bytes))
                let counts = (inventory.components.count, inventory.purlCount, inventory.vulnerabilityCount)
                #expect(
                    counts == (row.componentCount, row.purlCount, row.vulnerabilityCount), "\(row.path): \(counts)")
                #expect(inventory.specVersion == row.specVersion && inventory.format.description == row.format, "\(row.path)")
            } catch {
                #expect(Self.refused.contains { row.path.hasSuffix($0) }, "\(row.path): \(error)")
            }
        }
        print("sboms: \(judged) judged")
        #expect(judged >= 270, "the corpus was read only in part")
    }
}
