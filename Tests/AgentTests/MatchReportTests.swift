import AdvisoryFormats
import Agent
import Foundation
import JSONText
import Matching
import PackageIdentity
import Testing

/// What people and programs are told about matches.
@Suite struct MatchReportTests {
    private static func matching() throws -> InventoryMatching {
        let records = [
            SampleRecord.text("GO-1", summary: "left-pad: overflow").replacing(
                "\"affected\"", with: "\"aliases\":[\"CVE-2026-1\"],\"affected\""),
            SampleRecord.text("GO-2").replacing("\"affected\"", with: "\"aliases\":[\"CVE-2026-1\"],\"affected\""),
            SampleRecord.text("GO-3", fixed: nil)
        ]
        let index = try AdvisoryIndex(of: records.map { IndexedAdvisory(try OSVRecord(parsing: Array($0.utf8))) })
        return InventoryMatching(against: index)
    }

    private static let inventory = Inventory(
        source: "ward 3/a b.json",
        components: [
            Component(ecosystem: Ecosystem(name: "npm"), name: "left-pad", version: "1.2.0", purl: "pkg:npm/left-pad@1.2.0"),
            Component(ecosystem: Ecosystem(name: "npm"), name: "left-pad", version: "latest"),
            Component(ecosystem: Ecosystem(name: "npm"), name: "right-pad", version: "1.0.0")
        ],
        problems: ["x has no package URL"]
    )

    private static func report(_ inventories: [Inventory] = [inventory]) throws -> MatchReport {
        var report = MatchReport(try matching())
        for inventory in inventories { report.add(inventory) }
        return report
    }

    private static func json(_ inventories: [Inventory] = [inventory]) throws -> JSONValue {
        try matching().json(of: inventories)
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
        let json = try Self.json()
        let matches = try #require(json["matches"]?.array)
        #expect(matches.count == 6 && json["advisories"]?.integer == 3)
        let first = matches[0]
        #expect(first["component"]?["purl"]?.string == "pkg:npm/left-pad@1.2.0")
        #expect(first["advisory"]?.string == "GO-1" && first["verdict"]?.string == "affected")
        #expect(first["names"]?.array?.compactMap(\.string) == ["CVE-2026-1", "GO-1", "GO-2"])
        #expect(first["fixed"]?.string == "1.3.0" && first["evidence"]?["rule"]?.string == "range")
        #expect(first["evidence"]?["introduced"]?.string == "0" && first["evidence"]?["fixed"]?.string == "1.3.0")
        #expect(first["evidence"]?["last_affected"] == nil && first["evidence"]?["limit"] == nil)
        #expect(
            matches[3]["verdict"]?.string == "unknown" && matches[3]["reason"]?.string?.contains("place in the order") == true)
    }

    @Test func `writes SARIF that a SARIF reader accepts, with a rule an advisory`() throws {
        let bytes = try Self.matching().sarif(of: [Self.inventory])
        let log = try SARIFReport(parsing: bytes)
        #expect(log.runs.count == 1 && log.runs[0].results.count == 6)
        let run = try #require(try JSONValue(parsing: bytes)["runs"]?.array?.first)
        #expect(run["tool"]?["driver"]?["rules"]?.array?.count == 3)
        #expect(run["artifacts"]?.array?.first?["location"]?["uri"]?.string == "ward%203/a%20b.json")
        let results = try #require(run["results"]?.array)
        #expect(results.map { $0["level"]?.string } == ["error", "error", "error", "none", "none", "error"])
        #expect(results.map { $0["kind"]?.string } == ["fail", "fail", "fail", "review", "review", "fail"])
        let properties = try #require(results[0]["properties"])
        #expect(properties["component"]?.string == "pkg:npm/left-pad@1.2.0" && properties["rule"]?.string == "range")
        #expect(properties["introduced"]?.string == "0" && properties["fixed"]?.string == "1.3.0", "\(properties)")
        #expect(results[3]["properties"]?["rule"]?.string == "undecided")
    }

    @Test func `writes a CycloneDX document with each vulnerability once, that an inventory reader accepts`() throws {
        let bytes = try Self.matching().cycloneDX(of: [Self.inventory])
        let inventory = try InventoryDocument(parsing: bytes)
        #expect(inventory.components.count == 2 && inventory.vulnerabilityCount == 2 && inventory.specVersion == "1.6")
        let vulnerabilities = try #require(try JSONValue(parsing: bytes)["vulnerabilities"]?.array)
        #expect(vulnerabilities[0]["id"]?.string == "CVE-2026-1" && vulnerabilities[0]["references"]?.array?.count == 2)
        let affects = try #require(vulnerabilities[0]["affects"]?.array)
        #expect(affects.map { $0["versions"]?.array?.first?["status"]?.string } == ["affected", "unknown"])
        #expect(affects[0]["ref"]?.string == "pkg:npm/left-pad@1.2.0")
        let detail = try #require(vulnerabilities[0]["analysis"]?["detail"]?.string).split(separator: "\n")
        #expect(detail.first == "pkg:npm/left-pad@1.2.0: introduced 0, fixed 1.3.0", "\(detail)")
        #expect(detail.count == 2 && detail[1].hasPrefix("npm/left-pad@latest: can't be decided: "), "\(detail)")
    }

    @Test func `names every component in the table that is affected as one package`() throws {
        var report = try Self.report([])
        let components = ["pad", "pad-core", "pad-tools", "pad-core"].map {
            Component(ecosystem: Ecosystem(name: "npm"), name: "left-pad", version: "1.2.0", displayName: $0)
        }
        report.add(Inventory(source: "a", components: components))
        let rows = report.table.split(separator: "\n").filter { $0.hasPrefix("pad") }
        #expect(rows.count == 2 && rows.allSatisfy { $0.hasPrefix("pad, pad-core, pad-tools  1.2.0 ") }, "\(report.table)")
    }

    /// Of what a list can't tell everything, and a list that can't be read at all.
    private static func incomplete() throws -> [Inventory] {
        let boards = (1...7).map { "{\"type\":\"device\",\"name\":\"board \($0)\"}" }.joined(separator: ",")
        let text = """
            {"bomFormat":"CycloneDX","specVersion":"1.6","components":[\(boards),{"type":"library","name":"a","purl":"pkg:npm/a"},
             {"type":"library","name":"b","purl":"pkg:npm/b@~"},{"type":"library","name":"c","purl":"pkg:generic/c@1"},
             {"type":"library","name":"d","purl":"npm:d"},
             {"type":"library","name":"e","purl":"pkg:deb/debian/e@1?distro=debian-13"},{"type":"library","name":"f","purl":"pkg:cran/f@1.0"},
             {"type":"library","name":"g","purl":"pkg:cran/g@1.0"},{"type":"library","name":"h","purl":"pkg:npm/h@latest"}]}
            """
        var inventories: [Inventory] = []
        let folder = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "hall.cdx.json")
        try Data(text.utf8).write(to: file)
        let index = try AdvisoryIndex(of: [IndexedAdvisory(try OSVRecord(parsing: Array(SampleRecord.text("GO-1").utf8)))])
        for index in [nil, index] { inventories.append(try SBOMInventory.read(file: file.path, concernedBy: index)) }
        return inventories
    }

    @Test func `says which entries were not compared, and of which ecosystems the index knows nothing, in every format`() throws {
        for inventory in try Self.incomplete() {
            let table = try Self.report([inventory]).table
            let lines = table.split(separator: "\n").map(String.init)
            #expect(
                lines.contains(
                    "Not compared, or not surely: 7 without a package URL or CPE name (board 1, board 2, board 3, board 4, board 5 and 2 "
                        + "more); 1 with a package URL or CPE name that is none (d); 1 of a kind that no advisories are about "
                        + "(pkg:generic/c); 1 without a version (a); 2 with a version that can't be read (b ~, h latest)."),
                "\(table)")
            #expect(lines.contains("The index knows no advisory of: CRAN (2 components), Debian:13 (1 component)."), "\(table)")
            #expect(lines.last == "Nothing is known to be affected; 0 can't be decided; 3 advisories asked.", "\(table)")
            let json = try Self.json([inventory])
            let reasons = json["inventories"]?.array?.first?["not_compared"]?.array ?? []
            #expect(reasons.map { $0["count"]?.integer } == [7, 1, 1, 1, 2], "\(reasons)")
            #expect(reasons.first?["reason"] == "no-identifier" && reasons.first?["names"]?.array?.count == 7)
            #expect(json["unknown_to_index"]?.array?.map { $0["ecosystem"] } == ["CRAN", "Debian:13"])
            let (sarif, cycloneDX) = try (Self.matching().sarif(of: [inventory]), Self.matching().cycloneDX(of: [inventory]))
            let run = try #require(try JSONValue(parsing: sarif)["runs"]?.array?.first)
            let notes = run["invocations"]?.array?.first?["toolExecutionNotifications"]?.array ?? []
            #expect(notes.count == 6 && notes.allSatisfy { $0["level"] == "warning" }, "\(notes)")
            _ = try SARIFReport(parsing: sarif)
            let document = try InventoryDocument(parsing: cycloneDX, validating: true)
            #expect(document.violations.isEmpty, "\(document.violations)")
            let properties = try JSONValue(parsing: cycloneDX)["metadata"]?["properties"]?.array ?? []
            #expect(properties.count == 7 && properties.last?["value"] == "Debian:13 (1 component)", "\(properties)")
        }
    }

    @Test func `names what could not be read beside what could, and gives no all-clear where nothing could be compared`() throws {
        let unread = Inventory(source: "cellar.json", failure: "cellar.json: no JSON")
        let table = try Self.report([Self.inventory, unread]).table
        #expect(table.contains("\nNot read: cellar.json: no JSON\n") && !table.contains("cellar.json: 0"), "\(table)")
        let sarif = try JSONValue(parsing: Self.matching().sarif(of: [Self.inventory, unread]))
        #expect(sarif["runs"]?.array?.first?["invocations"]?.array?.first?["executionSuccessful"] == false)
        let json = try Self.json([Self.inventory, unread])
        #expect(json["inventories"]?.array?.last?["error"] == "cellar.json: no JSON")
        let fromAfar = Inventory(
            source: "r", components: [Component(ecosystem: Ecosystem(name: "CRAN"), name: "f", version: "1.0")])
        let lines = try Self.report([fromAfar]).table.split(separator: "\n")
        #expect(lines.last == "Nothing could be compared; 0 can't be decided; 3 advisories asked.")
    }

    @Test func `names an inventory that breaks its schema to programs, and says nothing of one that keeps to it`() throws {
        let text =
            #"{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":[{"name":"left-pad","purl":"pkg:npm/left-pad@1.2.0"}]}"#
        let invalid = try SBOMInventory.inventory(of: Array(text.utf8), name: "hall.cdx.json")
        let words = "not valid CycloneDX 1.5 at /components/0: required member \"type\" is missing"
        let json = try Self.json([Self.inventory, invalid])
        #expect(json["inventories"]?.array?.map { $0["invalid"]?.string } == [nil, words])
        #expect(json["matches"]?.array?.contains { $0["component"]?["inventory"] == "hall.cdx.json" } == true)
        let sarif = try JSONValue(parsing: Self.matching().sarif(of: [Self.inventory, invalid]))
        let invocation = sarif["runs"]?.array?.first?["invocations"]?.array?.first
        let notes = invocation?["toolExecutionNotifications"]?.array ?? []
        #expect(invocation?["executionSuccessful"] == true)
        #expect(notes.contains { $0["message"]?["text"]?.string == "hall.cdx.json: " + words && $0["level"] == "warning" })
        let document = try JSONValue(parsing: Self.matching().cycloneDX(of: [Self.inventory, invalid]))
        let properties = document["metadata"]?["properties"]?.array ?? []
        #expect(properties.contains { $0["name"] == "breakwater:invalid" && $0["value"]?.string == "hall.cdx.json: " + words })
    }
}
