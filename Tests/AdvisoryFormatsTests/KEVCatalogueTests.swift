import AdvisoryFormats
import TestSupport
import Testing

@Suite struct KEVCatalogueTests {
    private static let json = #"""
        {"title":"t","catalogVersion":"2026.01.31","dateReleased":"2026-01-31T12:00:00.5Z","count":1,"vulnerabilities":[
        {"cveID":"CVE-2026-12345","vendorProject":"V","product":"P","vulnerabilityName":"N","dateAdded":"2026-01-30",
         "shortDescription":"say \"a, b\"","requiredAction":"R","dueDate":"2026-02-20","knownRansomwareCampaignUse":"Known",
         "notes":"n","cwes":["CWE-59","CWE-436"],"new":{}}]}
        """#
    private static let csv = #"""
        cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,requiredAction,dueDate,\#
        knownRansomwareCampaignUse,notes,cwes\#r
        CVE-2026-12345,V,P,N,2026-01-30,"say ""a, b""",R,2026-02-20,Known,n,"CWE-59, CWE-436"\#r

        """#

    @Test func `reads the same entries from both editions`() throws {
        let fromJSON = try KEVCatalogue(parsingJSON: Array(Self.json.utf8))
        let fromCSV = try KEVCatalogue(parsingCSV: Array(Self.csv.utf8))
        #expect(fromJSON.entries == fromCSV.entries && fromJSON.entries.count == 1)
        #expect(fromJSON.version == "2026.01.31" && fromJSON.released != nil && fromCSV.version == nil)
        #expect(fromJSON.entries[0].shortDescription == "say \"a, b\"" && fromJSON.entries[0].isUsedByRansomware)
        #expect(fromJSON.entries[0].weaknesses == ["CWE-59", "CWE-436"])
    }

    @Test func `refuses what breaks the schema, with every place`() {
        let broken = Self.json.replacing("CVE-2026-12345", with: "CVE-26-1").replacing("2026-02-20", with: "2026-02-30")
            .replacing("CWE-59", with: "59").replacing("\"count\":1", with: "\"count\":1.5").replacing(
                "\"product\":\"P\",", with: "")
        let refusal = #expect(throws: FormatRefusal.self) { try KEVCatalogue(parsingJSON: Array(broken.utf8)) }
        let entry = "/vulnerabilities/0"
        #expect(refusal?.violations.map(\.pointer) == ["/count", entry, "\(entry)/cveID", "\(entry)/dueDate", "\(entry)/cwes/0"])
        let rows = Self.csv + "CVE-26-1,V\r\nCVE-1,V,P,N,2026-01-30,s,R,2026-02-30,Known,n,\r\n"
        let csv = #expect(throws: FormatRefusal.self) { try KEVCatalogue(parsingCSV: Array(rows.utf8)) }
        #expect(csv?.violations.map(\.pointer) == ["/3", "/4/1", "/4/8"])
        #expect(throws: FormatRefusal.self) { try KEVCatalogue(parsingCSV: Array("cveID,product\r\n".utf8)) }
        #expect(throws: FormatRefusal.self) { try KEVCatalogue(parsingCSV: []) }
    }

    @Test(.enabled(if: SharedSuite.has("kev"), "the catalogue lies beside the project"))
    func `reads the same 1404 entries from both editions of the real catalogue`() throws {
        let fromJSON = try KEVCatalogue(parsingJSON: SharedSuite.bytes("kev/known_exploited_vulnerabilities.json"))
        let fromCSV = try KEVCatalogue(parsingCSV: SharedSuite.bytes("kev/known_exploited_vulnerabilities.csv"))
        #expect(fromJSON.entries.count == 1404 && fromJSON.version == "2025.08.25")
        for (a, b) in zip(fromJSON.entries, fromCSV.entries) where a != b { Issue.record("\(a) \(b)") }
        #expect(fromJSON.entries == fromCSV.entries)
    }
}
