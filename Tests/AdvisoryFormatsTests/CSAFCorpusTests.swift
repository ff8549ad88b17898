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
                    statements += VEXDocument(document).statements.count
                    if !document.misfits.isEmpty { print(path, document.misfits.prefix(2)) }
                } catch {
                    let isKnown = Self.refused.contains {
                        path.contains($0.key) && ($0.value.isEmpty || error.description.contains($0.value))
                    }
                    #expect(isKnown, "\(path): \(error)")
                }
            }
        }
        print("csaf: \(documents) documents of \(bytes) bytes, \(statements) statements, \(misfits) with misfits")
        #expect(documents >= 2383)
    }
}

extension [UInt8] {
    fileprivate func contains(text: String) -> Bool { String(decoding: self, as: UTF8.self).contains(text) }
}
