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

        /// The program that unpacks the file, by its name.
        var unpacker: String? {
            switch path.split(separator: ".").last {
            case "xz": "xz"
            case "bz2": "bzip2"
            case "gz": "gzip"
            default: nil
            }
        }
    }

    /// Its version of SPDX is the number 2.
    private static let refused = ["exampledata/invalid-spdx.json"]

    /// Where the independent parser passed over what stands in the document: package URLs in SPDX 3 (`software_packageUrl`) and
    /// vulnerabilities in XML.
    private static let corrections: [String: (purls: Int, vulnerabilities: Int)] = [
        "spdx-examples/software/example11/spdx3.0/sbom.spdx3.json": (4, 0),
        "spdx-examples/software/example9/spdx3.0/appbomination.spdx3.json": (4, 0),
        "dependency-track/apiserver/src/test/resources/unit/bom-issue2859.xml": (1, 1),
        "guac/internal/testing/testdata/exampledata/cyclonedx-vex.xml": (0, 1)
    ]

    private static let readFormats: Set<String> = ["cyclonedx-json", "cyclonedx-xml", "spdx-json", "spdx-tv", "spdx3-jsonld"]

    /// What a refusal calls a format that is no inventory or is not read.
    private static let otherFormats = [
        "csaf": "a CSAF document", "cve5": "a CVE record", "dsse": "a DSSE envelope", "in-toto": "an in-toto statement",
        "openvex": "an OpenVEX document", "osv": "an OSV record", "spdx-rdf": "an RDF/XML SPDX document"
    ]

    private static func bytes(of row: Row, in archive: URL) throws -> [UInt8] {
        let file = archive.appending(path: "sbom-corpus/" + row.path)
        return try Array(row.unpacker.map { try Program.run($0, ["-dc", file.path]) } ?? Data(contentsOf: file))
    }

    @Test(.enabled(if: SharedSuite.has("sboms"), "shared/suites/sboms is missing"))
    func `reads the components and package URLs of every inventory of the corpus`() throws {
        let archive = try SharedSuite.unpackedArchive("sboms/sbom-corpus.tar.zst")
        defer { try? FileManager.default.removeItem(at: archive) }
        var judged = 0
        for row in try SharedSuite.lines("sboms/INDEX.tsv").compactMap({ Row($0) }) where Self.readFormats.contains(row.format) {
            judged += 1
            do {
                // Real documents often break their schemas; that must not cost a count.
                let inventory = try InventoryDocument(parsing: Self.bytes(of: row, in: archive), validating: true)
                let counts = (inventory.components.count, inventory.purlCount, inventory.vulnerabilityCount)
                let correction = Self.corrections[row.path] ?? (row.purlCount, row.vulnerabilityCount)
                #expect(counts == (row.componentCount, correction.purls, correction.vulnerabilities), "\(row.path): \(counts)")
                #expect(inventory.specVersion == row.specVersion && inventory.format.description == row.format, "\(row.path)")
            } catch {
                #expect(Self.refused.contains { row.path.hasSuffix($0) }, "\(row.path): \(error)")
            }
        }
        print("sboms: \(judged) judged")
        #expect(judged >= 356, "the corpus was read only in part")
    }

    @Test(.enabled(if: SharedSuite.has("sboms"), "shared/suites/sboms is missing"))
    func `says of every other document of the corpus what it is`() throws {
        let archive = try SharedSuite.unpackedArchive("sboms/sbom-corpus.tar.zst")
        defer { try? FileManager.default.removeItem(at: archive) }
        var judged = 0
        for row in try SharedSuite.lines("sboms/INDEX.tsv").compactMap({ Row($0) }) {
            guard let name = Self.otherFormats[row.format] else { continue }
            judged += 1
            let bytes = try Self.bytes(of: row, in: archive)
            let refusal = #expect(throws: FormatRefusal.self, "\(row.path)") { try InventoryDocument(parsing: bytes) }
            #expect(refusal?.description.contains(name) == true, "\(row.path): \(refusal.map(String.init(describing:)) ?? "")")
        }
        #expect(judged >= 80, "the corpus was read only in part")
    }
}
