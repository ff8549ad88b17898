import AdvisoryFormats
import Agent
import Matching
import PackageIdentity

/// Statements about CVE-2026-1 to CVE-2026-4 in left-pad, and a report that heeds them.
enum SampleVEX {
    static let openVEX = #"""
        {"@context":"https://openvex.dev/ns/v0.2.0","@id":"https://e.org/vex/1","author":"Example\nCompany","version":1,
         "timestamp":"2026-01-02T00:00:00Z","statements":[
          {"vulnerability":{"name":"CVE-2026-1"},"products":[{"@id":"pkg:npm/left-pad@1.2.0"}],"status":"not_affected",
           "justification":"vulnerable_code_cannot_be_controlled_by_adversary","impact_statement":"only constants\nare padded"},
          {"vulnerability":{"name":"CVE-2026-2"},"products":[{"@id":"pkg:npm/left-pad@1.2.0"}],"status":"fixed",
           "status_notes":"patched in place"},
          {"vulnerability":{"name":"CVE-2026-3"},"products":[{"@id":"pkg:npm/left-pad"}],"status":"affected",
           "action_statement":"pad by hand"},
          {"vulnerability":{"name":"CVE-2026-4"},"products":[{"@id":"pkg:npm/left-pad"}],"status":"under_investigation"}]}
        """#

    static func document(_ text: String = openVEX) throws -> VEXDocument { try VEXDocument(parsing: Array(text.utf8)) }

    static func collection(_ documents: [VEXDocument], products: [String] = []) throws -> VEXCollection {
        var collection = try VEXCollection(products: products)
        for (number, document) in documents.enumerated() { collection.add(document, from: "vex \(number).json") }
        return collection
    }

    /// Advisories GO-1 to GO-5 about CVE-2026-1 to CVE-2026-5.
    static func advisories() -> [String] {
        (1...5).map { number in
            SampleRecord.text("GO-\(number)").replacing("\"affected\"", with: "\"aliases\":[\"CVE-2026-\(number)\"],\"affected\"")
        }
    }

    static func index() throws -> AdvisoryIndex {
        try AdvisoryIndex(of: advisories().map { IndexedAdvisory(try OSVRecord(parsing: Array($0.utf8))) })
    }

    /// Two inventories: left-pad in version 1.2.0, which the statements are about, and in 1.1.0.
    static let inventories = ["1.2.0", "1.1.0"].map { version in
        let component = Component(
            ecosystem: Ecosystem(name: "npm"), name: "left-pad", version: version, purl: "pkg:npm/left-pad@\(version)")
        return Inventory(source: "\(version).json", components: [component])
    }

    static func matching(_ documents: [VEXDocument]) throws -> InventoryMatching {
        InventoryMatching(against: try index(), vex: try collection(documents))
    }

    static func report(_ documents: [VEXDocument]) throws -> MatchReport {
        var report = MatchReport(try matching(documents))
        for inventory in inventories { report.add(inventory) }
        return report
    }
}
