import AdvisoryFormats
import Foundation
import TestSupport
import Testing

@Suite struct CSAFCorpusTests {
    private static let cisa = "cisa-csaf/csaf_files.tar.zst"
    private static let other = "csaf-other/csaf-other-corpus.tar.zst"

    /// Documents that are refused, and why.
    private static let refused = [
        "csaf_unsupported_version.json": "versions 2.0 and 2.1",
        "trailing-garbage-data/avendor-advisory-0004.json": "after the document",
        "secvisogram-cms": ""
    ]

    @Test(.enabled(if: SharedSuite.has(cisa) && SharedSuite.has(other), "the CSAF documents lie beside the project"))
    func `reads every real CSAF document and resolves its products`() throws {
        var (documents, statements, misfits, bytes) = (0, 0, 0, 0)
        var refused: [String] = []
        for archive in [Self.cisa, Self.other] {
            let folder = try SharedSuite.unpackedArchive(archive)
            defer { try? FileManager.default.removeItem(at: folder) }
            let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
            for path in paths.sorted() {
                let data = [UInt8](try Data(contentsOf: folder.appending(path: path)))
                guard data.contains(text: "\"csaf_version\"") else { continue }
                do throws(FormatRefusal) {
                    let document = try CSAFDocument(parsing: data)
                    documents += 1
                    bytes += data.count
                    misfits += document.misfits.isEmpty ? 0 : 1
                    let vex = VEXDocument(document)
                    statements += vex.statements.count
                    let named = try? Self.productsByStatus(data)
                    let given = Dictionary(grouping: vex.statements, by: \.status).mapValues {
                        $0.reduce(0) { $0 + $1.products.count }
                    }
                    #expect(given == named, "\(path)")
                } catch {
                    refused.append(path)
                    let isKnown = Self.refused.contains {
                        path.contains($0.key) && ($0.value.isEmpty || error.description.contains($0.value))
                    }
                    #expect(isKnown, "\(path): \(error)")
                }
            }
        }
        print("csaf, refused: \(refused)")
        print("csaf: \(documents) documents of \(bytes) bytes, \(statements) statements, \(misfits) with misfits")
        #expect(documents >= 2383)
    }
}

extension CSAFCorpusTests {
    /// How many products the vulnerabilities name per status of VEX, by another JSON reader.
    private static func productsByStatus(_ data: [UInt8]) throws -> [VEXStatement.Status: Int] {
        let names: [VEXStatement.Status: [String]] = [
            .affected: ["first_affected", "known_affected", "last_affected"], .fixed: ["first_fixed", "fixed"],
            .notAffected: ["known_not_affected"], .underInvestigation: ["under_investigation"]
        ]
        let root = try JSONSerialization.jsonObject(with: Data(data)) as? [String: Any]
        var counts: [VEXStatement.Status: Int] = [:]
        for vulnerability in root?["vulnerabilities"] as? [[String: Any]] ?? [] {
            let lists = vulnerability["product_status"] as? [String: [String]] ?? [:]
            for (status, names) in names {
                let products = Set(names.flatMap { lists[$0] ?? [] })
                if !products.isEmpty { counts[status, default: 0] += products.count }
            }
        }
        return counts
    }

    /// Documents that are valid for the test they belong to and name products that they do not define.
    private static let undefined = ["2024-6-3-21-01-12.json", "2024-6-1-27-13-16.json"]

    private struct TestCases: Decodable {
        struct Test: Decodable {
            struct Document: Decodable { let name: String }
            let valid: [Document]?
        }
        let tests: [Test]
    }

    @Test(
        .enabled(if: SharedSuite.has("csaf-tc"), "the suite of the CSAF committee lies beside the project"),
        arguments: ["2.0", "2.1"])
    func `reads every document that the committee's tests call valid`(version: String) throws {
        let folder = "csaf-tc/csaf_\(version)/test/validator/data/"
        let cases = try JSONDecoder().decode(TestCases.self, from: Data(SharedSuite.bytes(folder + "testcases.json")))
        var read = 0
        for name in Set(cases.tests.flatMap { $0.valid ?? [] }.map(\.name)).sorted() where SharedSuite.file(folder + name) != nil
        {
            do {
                let document = try CSAFDocument(parsing: SharedSuite.bytes(folder + name))
                #expect(document.version == version, "\(name)")
                let isKnown = Self.undefined.contains { name.hasSuffix($0) }
                #expect(document.misfits.isEmpty == !isKnown, "\(name): \(document.misfits)")
                read += 1
            } catch {
                Issue.record("\(name): \(error)")
            }
        }
        print("csaf-tc \(version): \(read) read")
        #expect(read > 0)
    }
}

extension [UInt8] {
    fileprivate func contains(text: String) -> Bool { String(decoding: self, as: UTF8.self).contains(text) }
}
