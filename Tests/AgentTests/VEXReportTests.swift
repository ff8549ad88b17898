import AdvisoryFormats
import Agent
import JSONText
import Matching
import PackageIdentity
import Testing

/// What reports say of matches about which a VEX statement was made.
@Suite struct VEXReportTests {
    private static func report() throws -> MatchReport { try SampleVEX.report([SampleVEX.document()]) }

    @Test func `suppressed matches stand apart in the table, with the reason, who says so and when`() throws {
        let table = try Self.report().table
        let parts = table.split(separator: "\n\n").map { $0.split(separator: "\n").map(String.init) }
        #expect(parts[0].last == "vex 0.json: 4 VEX statements", "\(table)")
        #expect(parts[1].count == 9 && !parts[1].contains { $0.contains("1.2.0") && $0.contains("CVE-2026-1") }, "\(table)")
        #expect(
            parts[2] == [
                "Not affected, by VEX:",
                "left-pad  1.2.0  CVE-2026-1 (GO-1)  the vulnerable code cannot be controlled by an adversary; only constants are padded "
                    + "(Example Company, 2026-01-02T00:00:00Z)",
                "left-pad  1.2.0  CVE-2026-2 (GO-2)  fixed in this version; patched in place (Example Company, 2026-01-02T00:00:00Z)"
            ], "\(table)")
        #expect(
            parts[3] == ["2 components affected, 8 in all; 0 can't be decided; 2 not affected by VEX; 5 advisories asked."],
            "\(table)")
    }

    @Test func `many documents are one line of the table, and what in them counts for nothing is counted`() throws {
        let bare = #",{"vulnerability":{"name":"CVE-2026-5"},"products":[{}],"status":"fixed"}]}"#
        let text = SampleVEX.openVEX.replacing("]}", with: bare).replacing("[{}]", with: #"[{"@id":"https://e.org/a"}]"#)
        let documents = try (0..<11).map { number in
            var document = try SampleVEX.document(text)
            if number == 0 { document.statements[0].justification = nil; document.statements[0].impactStatement = nil }
            return document
        }
        let lines = try SampleVEX.report(documents).table.split(separator: "\n").map(String.init)
        #expect(lines.contains("11 documents: 55 VEX statements, 1 problems"), "\(lines)")
    }

    @Test func `what confirms a match, or is not known yet, stands beside it`() throws {
        let report = try Self.report()
        let lines = report.table.split(separator: "\n").map(String.init)
        let affected = "introduced 0, fixed 1.3.0; VEX: affected, pad by hand (Example Company, 2026-01-02T00:00:00Z)"
        let open = "introduced 0, fixed 1.3.0; VEX: under investigation (Example Company, 2026-01-02T00:00:00Z)"
        #expect(lines.count { $0.hasSuffix(affected) } == 2 && lines.count { $0.hasSuffix(open) } == 2, "\(report.table)")
        #expect(report.affected.count == 8 && report.suppressed.map(\.match.advisory) == ["GO-1", "GO-2"])
    }

    @Test func `an undecided match is suppressed, too`() throws {
        var report = MatchReport(
            against: try SampleVEX.index(),
            vex: try SampleVEX.collection([
                SampleVEX.document(SampleVEX.openVEX.replacing("left-pad@1.2.0", with: "left-pad@latest"))
            ]))
        report.add(
            Inventory(
                source: "x",
                components: [
                    Component(
                        ecosystem: Ecosystem(name: "npm"), name: "left-pad", version: "latest", purl: "pkg:npm/left-pad@latest")
                ]))
        #expect(report.undecided.map(\.match.advisory) == ["GO-3", "GO-4", "GO-5"] && report.suppressed.count == 2)
    }

    @Test func `gives programs the statement beside the verdict of the matching`() throws {
        let json = try SampleVEX.matching([SampleVEX.document()]).json(of: SampleVEX.inventories)
        let matches = try #require(json["matches"]?.array)
        #expect(matches.map { $0["verdict"]?.string } == Array(repeating: "affected", count: 10))
        #expect(matches.map { $0["suppressed"]?.bool ?? false } == [true, true] + Array(repeating: false, count: 8))
        let statuses = ["not_affected", "fixed", "affected", "under_investigation", nil]
        #expect(matches.prefix(5).map { $0["vex"]?["status"]?.string } == statuses)
        let first = try #require(matches[0]["vex"])
        #expect(first["justification"]?.string == "vulnerable_code_cannot_be_controlled_by_adversary")
        #expect(first["impact"]?.string == "only constants\nare padded" && first["author"]?.string == "Example\nCompany")
        #expect(first["timestamp"]?.string == "2026-01-02T00:00:00Z" && first["document"]?.string == "https://e.org/vex/1")
        #expect(
            matches[1]["vex"]?["notes"]?.string == "patched in place" && matches[2]["vex"]?["action"]?.string == "pad by hand")
        #expect(json["statements"]?.array?.first?["statements"]?.integer == 4)
    }

    @Test func `writes suppressions that a SARIF reader understands, on all results or on none`() throws {
        let bytes = try SampleVEX.matching([SampleVEX.document()]).sarif(of: SampleVEX.inventories)
        let results = try SARIFReport(parsing: bytes).runs[0].results
        #expect(results.map(\.isSuppressed) == [true, true] + Array(repeating: false, count: 8))
        let written = try #require(try JSONValue(parsing: bytes)["runs"]?.array?.first?["results"]?.array)
        #expect(written.allSatisfy { $0["suppressions"]?.array != nil })
        let suppression = try #require(written[0]["suppressions"]?.array?.first)
        #expect(suppression["kind"]?.string == "external" && suppression["status"]?.string == "accepted")
        #expect(suppression["justification"]?.string?.contains("only constants are padded (Example") == true)
        #expect(
            written[2]["message"]?["text"]?.string?.hasSuffix(
                "VEX: affected, pad by hand (Example Company, 2026-01-02T00:00:00Z)") == true)
        let none = try JSONValue(parsing: SampleVEX.matching([]).sarif(of: SampleVEX.inventories))
        #expect(none["runs"]?.array?.first?["results"]?.array?.allSatisfy { $0["suppressions"] == nil } == true)
    }

    @Test func `writes analyses that keep to the schema of CycloneDX and mean the same when they are read`() throws {
        let bytes = try SampleVEX.matching([SampleVEX.document()]).cycloneDX(of: SampleVEX.inventories)
        let inventory = try InventoryDocument(parsing: bytes, validating: true)
        #expect(inventory.violations.isEmpty && inventory.vulnerabilityCount == 7, "\(inventory.violations)")
        let document = try VEXDocument(parsing: bytes)
        #expect(
            document.statements.map(\.status) == [
                .notAffected, .fixed, .affected, .underInvestigation, .underInvestigation, .underInvestigation,
                .underInvestigation
            ]
        )
        let first = document.statements[0]
        #expect(first.justification?.reason == .vulnerableCodeCannotBeControlledByAdversary)
        #expect(first.impactStatement?.hasPrefix("vulnerable_code_cannot_be_controlled_by_adversary; only constants") == true)
        #expect(first.timestamp?.text == "2026-01-02T00:00:00Z")
        let again = try SampleVEX.report([document])
        #expect(again.suppressed.map(\.match.advisory) == ["GO-1", "GO-2"])
        let states = try JSONValue(parsing: SampleVEX.matching([document]).cycloneDX(of: SampleVEX.inventories))[
            "vulnerabilities"]?.array?.compactMap {
                $0["analysis"]?["state"]?.string
            }
        #expect(states?.prefix(4) == ["not_affected", "resolved", "exploitable", "in_triage"])
    }

    @Test func `keeps CycloneDX's own justification, and finds one for each of the other formats`() throws {
        for (written, word) in [
            ("component_not_present", "code_not_present"), ("vulnerable_code_not_present", "code_not_present"),
            ("vulnerable_code_not_in_execute_path", "code_not_reachable"),
            ("vulnerable_code_cannot_be_controlled_by_adversary", "requires_environment"),
            ("inline_mitigations_already_exist", "protected_by_mitigating_control")
        ] {
            #expect(VEXJustification(written)?.cycloneDXWord == word, "\(written)")
        }
        for word in ["code_not_present", "requires_dependency", "protected_at_perimeter"] {
            #expect(VEXJustification(cycloneDX: word)?.cycloneDXWord == word, "\(word)")
        }
    }

    @Test func `an inventory that says what it is of is the product whose parts a statement is about`() throws {
        let text = SampleVEX.openVEX.replacing(
            #"[{"@id":"pkg:npm/left-pad@1.2.0"}]"#,
            with: #"[{"@id":"pkg:oci/ward@1","subcomponents":[{"@id":"pkg:npm/left-pad"}]}]"#)
        let components = [
            Component(ecosystem: Ecosystem(name: "npm"), name: "left-pad", version: "1.2.0", purl: "pkg:npm/left-pad@1.2.0")
        ]
        for (subjects, products, expected) in [
            (["pkg:oci/ward@1"], [], 2), (["pkg:oci/ward@2"], [], 0), ([], [], 0), ([], ["pkg:oci/ward@1"], 2),
            (["pkg:oci/other@1"], ["pkg:oci/ward@1"], 2)
        ] as [([String], [String], Int)] {
            var report = MatchReport(
                against: try SampleVEX.index(), vex: try SampleVEX.collection([SampleVEX.document(text)], products: products))
            report.add(Inventory(source: "x", subjects: subjects, components: components))
            #expect(report.suppressed.count == expected, "\(subjects) \(products)")
        }
        for product in ["pkg:oci", "cpe:/x:y"] {
            #expect(throws: AgentError.self, "\(product)") { try VEXCollection(products: [product]) }
        }
    }

    @Test func `a suppressed advisory gives no card and is listed with its reason`() throws {
        let lines = Array(SampleVEX.advisories().prefix(2).map { $0 + "\n" }.joined().utf8)
        func matching(_ documents: [VEXDocument]) throws -> LocalMatching {
            let index = AdvisoryIndex([try IndexSegment(IndexedLines(lines, at: 0).segment)])
            return LocalMatching(index, damagedLineCount: 0, vex: try SampleVEX.collection(documents)) { Array(lines[$0]) }
        }
        let component = Component(
            ecosystem: Ecosystem(name: "npm"), name: "left-pad", version: "1.2.0", purl: "pkg:npm/left-pad@1.2.0")
        let inventory = Inventory(source: "x", components: [component])
        let suppressed = Card(try matching([SampleVEX.document()]).matches(inventory), isPubliclyExposed: nil)
        #expect(suppressed.text == "Nothing you run is known to be affected but for what VEX says of it.")
        #expect(suppressed.affectedComponentCount == 0 && suppressed.undecidedCount == 0)
        #expect(
            suppressed.suppressed == [
                "left-pad 1.2.0: GO-1, the vulnerable code cannot be controlled by an adversary; only constants are padded "
                    + "(Example Company, 2026-01-02T00:00:00Z)",
                "left-pad 1.2.0: GO-2, fixed in this version; patched in place (Example Company, 2026-01-02T00:00:00Z)"
            ])
        let confirmed = SampleVEX.openVEX.replacing("CVE-2026-3", with: "GO-1").replacing("CVE-2026-1", with: "CVE-2026-9")
        let card = Card(try matching([SampleVEX.document(confirmed)]).matches(inventory), isPubliclyExposed: nil)
        #expect(card.text.contains("  Said     VEX: affected, pad by hand (Example Company"), "\(card.text)")
        #expect(card.suppressed.count == 1)
    }
}
