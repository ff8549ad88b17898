import AdvisoryFormats
import Foundation
import JSONText
import TestSupport
import Testing

/// The table of names against the pairs of identifier and name that published documents have.
@Suite struct WeaknessNameTests {
    /// Younger than the documents of the suites.
    private static let notPublishedYet: Set<Int> = [1_426, 1_427]

    @Test(.enabled(if: SharedSuite.has("sarif/sarif-suite.tar.zst"), "the suites lie beside the project"))
    func `has every name as published documents have it`() throws {
        var names: [Int: [String: Int]] = [:]
        var short: [Int: Set<String>] = [:]
        for archive in ["cisa-csaf/csaf_files.tar.zst", "csaf-other/csaf-other-corpus.tar.zst"] {
            try forEachDocument(of: archive) { Self.collectCSAF($0, into: &names) }
        }
        for line in try SharedSuite.unpacked("vulnrichment/vulnrichment.jsonl.zst").split(separator: UInt8(ascii: "\n")) {
            Self.collectCVE(try JSONValue(parsing: Array(line)), into: &names)
        }
        try forEachDocument(of: "sarif/sarif-suite.tar.zst") { Self.collectTaxonomy($0, into: &short) }
        #expect(names.count > 300 && short.count > 900)

        var count = 0
        for number in 1...2_000 {
            guard let name = WeaknessID(number: number)?.name else { continue }
            count += 1
            let isPublished = names[number]?[name, default: 0] ?? 0 > 1
            let isListed = short[number].map { !$0.isDisjoint(with: Self.shortForms(of: name)) }
            if !Self.notPublishedYet.contains(number) {
                #expect(isPublished || isListed == true, "CWE-\(number) \(name): \(names[number] ?? [:])")
            }
            #expect(isListed != false, "CWE-\(number) \(name): \(short[number] ?? [])")
        }
        #expect(count > 120)
    }

    @Test func `knows no name of what is not in the table`() {
        #expect(WeaknessID(number: 79)?.name?.hasSuffix("('Cross-site Scripting')") == true)
        #expect(WeaknessID(number: 999_999)?.name == nil)
        #expect(WeaknessID(number: 16)?.name == nil, "a category is no weakness")
    }

    private func forEachDocument(of archive: String, _ body: (JSONValue) -> Void) throws {
        let directory = try SharedSuite.unpackedArchive(archive)
        defer { try? FileManager.default.removeItem(at: directory) }
        for case let file as URL in FileManager.default.enumerator(at: directory, includingPropertiesForKeys: nil) ?? .init() {
            guard ["json", "sarif"].contains(file.pathExtension) else { continue }
            var bytes = [UInt8](try Data(contentsOf: file))
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
            // Some documents of the suites are broken on purpose.
            if let document = try? JSONValue(parsing: bytes) { body(document) }
        }
    }

    private static func collectCSAF(_ document: JSONValue, into names: inout [Int: [String: Int]]) {
        for vulnerability in document["vulnerabilities"]?.array ?? [] {
            guard
                let id = vulnerability["cwe"]?["id"]?.string.flatMap({ WeaknessID($0) }),
                let name = vulnerability["cwe"]?["name"]?.string
            else { continue }
            names[id.number, default: [:]][name, default: 0] += 1
        }
    }

    /// CVE records describe a problem type as `CWE-79 Improper …`.
    private static func collectCVE(_ record: JSONValue, into names: inout [Int: [String: Int]]) {
        let containers = [record["containers"]?["cna"]].compactMap { $0 } + (record["containers"]?["adp"]?.array ?? [])
        for type in containers.flatMap({ $0["problemTypes"]?.array ?? [] }) {
            for description in type["descriptions"]?.array ?? [] {
                guard
                    let id = description["cweId"]?.string.flatMap({ WeaknessID($0) }),
                    let text = description["description"]?.string, text.hasPrefix(id.description)
                else { continue }
                let name = text.dropFirst(id.description.count).drop { $0 == ":" || $0 == " " }
                names[id.number, default: [:]][String(name), default: 0] += 1
            }
        }
    }

    /// Taxonomies of SARIF logs name a weakness in one word: `UseAfterFree`.
    private static func collectTaxonomy(_ log: JSONValue, into short: inout [Int: Set<String>]) {
        for taxonomy in (log["runs"]?.array ?? []).flatMap({ $0["taxonomies"]?.array ?? [] }) {
            guard taxonomy["name"]?.string == "CWE" else { continue }
            for taxon in taxonomy["taxa"]?.array ?? [] {
                guard
                    let number = taxon["id"]?.string.flatMap({ Int($0.replacing("CWE-", with: "")) }),
                    let name = taxon["name"]?.string
                else { continue }
                short[number, default: []].insert(name.lowercased())
            }
        }
    }

    /// The letters and digits of a name, and of the part in quotation marks, which taxonomies use where there is one.
    private static func shortForms(of name: String) -> Set<String> {
        let quoted = name.split(separator: "'")
        let parts = [name] + (quoted.count > 1 && name.contains("('") ? [String(quoted[1])] : [])
        return Set(parts.map { $0.lowercased().filter { $0.isLetter || $0.isNumber } })
    }
}
