import AdvisoryFormats
import Agent
import JSONText
import Matching
import PackageIdentity
import Testing

/// Reports for programs go out while they are written, so that memory does not go with what they say.
@Suite struct ReportPartsTests {
    /// Advisories with long summaries, each of which concerns a component of both inventories.
    private static func matching() throws -> InventoryMatching {
        let records = (0..<1_500).map { number in
            SampleRecord.text("GO-\(number)", summary: "\(number)" + String(repeating: " overflow", count: 200))
        }
        return InventoryMatching(
            against: try AdvisoryIndex(of: records.map { IndexedAdvisory(try OSVRecord(parsing: Array($0.utf8))) })
        )
    }

    private static let inventories = ["1.2.0", "1.1.0"].map { (version: String) in
        Inventory(
            source: "\(version).json",
            components: [
                Component(
                    ecosystem: Ecosystem(name: "npm"), name: "left-pad", version: version, purl: "pkg:npm/left-pad@\(version)")
            ])
    }

    enum Format: CaseIterable { case json, sarif, cycloneDX }

    @Test(arguments: Format.allCases)
    func `each goes out in parts of about a megabyte, which are one document together`(_ format: Format) throws {
        var (matching, text, parts): (InventoryMatching, [UInt8], [Int]) = (try Self.matching(), [], [])
        func take(_ part: [UInt8]) {
            parts.append(part.count)
            text += part
        }
        let counts =
            switch format {
            case .json: matching.writeJSON(of: Self.inventories, to: take)
            case .sarif: matching.writeSARIF(of: Self.inventories, to: take)
            case .cycloneDX: matching.writeCycloneDX(of: Self.inventories, to: take)
            }
        let largest = try #require(parts.max())
        #expect(parts.count >= 3 && largest < 1 << 20 + 8_192, "\(parts)")
        #expect(counts.affected == 3_000 && counts.undecided == 0)
        let document = try JSONValue(parsing: text)
        let run = document["runs"]?.array?.first
        switch format {
        case .json: #expect(document["matches"]?.array?.count == 3_000)
        case .sarif:
            let results = run?["results"]?.array ?? []
            let rules = run?["tool"]?["driver"]?["rules"]?.array ?? []
            #expect(results.count == 3_000 && rules.count == 1_500)
            #expect(results.allSatisfy { rules[Int($0["ruleIndex"]?.integer ?? 0)]["id"] == $0["ruleId"] })
        case .cycloneDX:
            let vulnerabilities = document["vulnerabilities"]?.array ?? []
            #expect(vulnerabilities.count == 1_500 && vulnerabilities.allSatisfy { $0["affects"]?.array?.count == 2 })
        }
    }

    @Test func `a component that several inventories list alike stands once in CycloneDX`() throws {
        let inventories = [Self.inventories[0], Self.inventories[0], Self.inventories[1], Self.inventories[0]]
        let text = try Self.matching().cycloneDX(of: inventories)
        let document = try InventoryDocument(parsing: text, validating: true)
        #expect(document.violations.isEmpty && document.components.count == 2, "\(document.violations)")
        let vulnerabilities = try JSONValue(parsing: text)["vulnerabilities"]?.array ?? []
        let affects = vulnerabilities.map { $0["affects"]?.array?.compactMap { $0["ref"]?.string } }
        #expect(Set(affects) == [["pkg:npm/left-pad@1.2.0", "pkg:npm/left-pad@1.1.0"]] && vulnerabilities.count == 1_500)
    }
}
