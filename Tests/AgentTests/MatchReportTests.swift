import AdvisoryFormats
import Agent
import JSONText
import Matching
import PackageIdentity
import Testing

/// What people and programs are told about matches.
@Suite struct MatchReportTests {
    private static func report() throws -> MatchReport {
        let records = [
            SampleRecord.text("GO-1", summary: "left-pad: overflow").replacing(
                "\"affected\"", with: "\"aliases\":[\"CVE-2026-1\"],\"affected\""),
            SampleRecord.text("GO-2").replacing("\"affected\"", with: "\"aliases\":[\"CVE-2026-1\"],\"affected\""),
            SampleRecord.text("GO-3", fixed: nil)
        ]
        let index = try AdvisoryIndex(of: records.map { IndexedAdvisory(try OSVRecord(parsing: Array($0.utf8))) })
        var report = MatchReport(against: index)
        let npm = Ecosystem(name: "npm")
        report.add(
            Inventory(
                source: "ward 3/a b.json",
                components: [
                    Component(ecosystem: npm, name: "left-pad", version: "1.2.0", purl: "pkg:npm/left-pad@1.2.0"),
                    Component(ecosystem: npm, name: "left-pad", version: "latest"),
                    Component(ecosystem: npm, name: "right-pad", version: "1.0.0")
                ],
                problems: ["x has no package URL"]
            )
        )
        return report
    }

    @Test func `shows people one line for a component and a vulnerability, and what can't be decided apart`() throws {
        let table = try Self.report().table
        #expect(table.hasPrefix("ward 3/a b.json: 3 components, 1 entries not comparable\n\nPACKAGE"))
        let lines = table.split(separator: "\n").map(String.init)
        #expect(lines.count { $0.hasPrefix("left-pad") && $0.contains("CVE-2026-1 (GO-1)") } == 2, "\(table)")
        #expect(!table.contains("(GO-2)"), "the same vulnerability in the words of another advisory")
        #expect(table.contains("Can't be decided:"))
        #expect(lines.last == "2 components affected, 3 in all; 1 can't be decided; 3 advisories asked.", "\(table)")
    }

    @Test func `lets no text of others begin a line or move the cursor of a terminal`() throws {
        var report = try Self.report()
        let component = Component(
            ecosystem: Ecosystem(name: "npm"), name: "left-pad", version: "1.0.0", displayName: "left\u{1B}[31m\nNothing is known"
        )
        report.add(Inventory(source: "a\u{7}b", components: [component]))
        let lines = report.table.split(separator: "\n")
        #expect(!lines.contains { $0.hasPrefix("Nothing") } && lines.contains { $0.hasPrefix("left [31m Nothing is known") })
        #expect(!report.table.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }

    @Test func `says that nothing is affected, and what was asked`() throws {
        let table = MatchReport(against: try AdvisoryIndex(of: [])).table
        #expect(table == "\nNothing is known to be affected; 0 can't be decided; 0 advisories asked.")
    }

    @Test func `gives programs the component, all names, the verdict and the evidence`() throws {
        var text: [UInt8] = []
        try Self.report().writeJSON { text += $0 }
        let json = try JSONValue(parsing: text)
        let matches = try #require(json["matches"]?.array)
        #expect(matches.count == 6 && json["advisories"]?.integer == 3)
        let first = matches[0]
        #expect(first["component"]?["purl"]?.string == "pkg:npm/left-pad@1.2.0")
        #expect(first["advisory"]?.string == "GO-1" && first["verdict"]?.string == "affected")
        #expect(first["names"]?.array?.compactMap(\.string) == ["CVE-2026-1", "GO-1", "GO-2"])
        #expect(first["fixed"]?.string == "1.3.0" && first["evidence"]?["rule"]?.string == "range")
        #expect(
            matches[3]["verdict"]?.string == "unknown" && matches[3]["reason"]?.string?.contains("place in the order") == true)
    }

    @Test func `writes SARIF that a SARIF reader accepts, with a rule an advisory`() throws {
        let bytes = try Self.report().sarif
        let log = try SARIFReport(parsing: bytes)
        #expect(log.runs.count == 1 && log.runs[0].results.count == 6)
        let run = try #require(try JSONValue(parsing: bytes)["runs"]?.array?.first)
        #expect(run["tool"]?["driver"]?["rules"]?.array?.count == 3)
        #expect(run["artifacts"]?.array?.first?["location"]?["uri"]?.string == "ward%203/a%20b.json")
        #expect(run["results"]?.array?.map { $0["level"]?.string } == ["error", "error", "error", "note", "note", "error"])
    }

    @Test func `writes a CycloneDX document with each vulnerability once, that an inventory reader accepts`() throws {
        let bytes = try Self.report().cycloneDX
        let inventory = try InventoryDocument(parsing: bytes)
        #expect(inventory.components.count == 2 && inventory.vulnerabilityCount == 2 && inventory.specVersion == "1.6")
        let vulnerabilities = try #require(try JSONValue(parsing: bytes)["vulnerabilities"]?.array)
        #expect(vulnerabilities[0]["id"]?.string == "CVE-2026-1" && vulnerabilities[0]["references"]?.array?.count == 2)
        let affects = try #require(vulnerabilities[0]["affects"]?.array)
        #expect(affects.map { $0["versions"]?.array?.first?["status"]?.string } == ["affected", "unknown"])
        #expect(affects[0]["ref"]?.string == "pkg:npm/left-pad@1.2.0")
    }
}
