import Agent
import Foundation
import JSONText
import Matching
import PackageIdentity
import Testing

@Suite
struct CardTests {
    /// The matches of one inventory, or of the same components found by several.
    private static func matches(
        _ records: [String], version: String = "1.2.0", names: [String] = ["left-pad"], sources: [String] = ["hall.cdx.json"],
        signals: Signals = .none
    ) throws -> [LocalMatch] {
        let lines = Array(records.map { $0 + "\n" }.joined().utf8)
        let index = AdvisoryIndex([try IndexSegment(IndexedLines(lines, at: 0).segment)])
        let matching = LocalMatching(index, damagedLineCount: 0, signals: signals) { Array(lines[$0]) }
        return sources.flatMap { source in
            let components = names.map { Component(ecosystem: Ecosystem(name: "npm"), name: $0, version: version) }
            return matching.matches(Inventory(source: source, components: components))
        }
    }

    private static func known(exploited: String, automatable: String, impact: String) -> JSONValue {
        [
            "ssvc": [
                "knownExploited": .string(exploited), "automatable": .string(automatable), "technicalImpact": .string(impact)
            ]
        ]
    }

    @Test
    func `says what, where, why, how urgent and what to do then, with a date`() throws {
        let record = SampleRecord.text(
            "GO-1", summary: "left-pad: heap overflow", published: "2026-11-24T10:00:00Z",
            specific: Self.known(exploited: "yes", automatable: "yes", impact: "total"))
        let text = try Card(Self.matches([record]), isPubliclyExposed: true).text
        #expect(text.hasPrefix("Update left-pad to 1.3.0. Fix this by Friday 27 November 2026"), "\(text)")
        for line in [
            "  What     left-pad: heap overflow", "  Where    left-pad 1.2.0 (from hall.cdx.json)", "; you run 1.2.0",
            "  Urgency  Attackers are already using this weakness.", "  Advisory GO-1, verified against the log",
            "  Done?    breakwater agent done GO-1"
        ] {
            #expect(text.contains(line), "\(line) in\n\(text)")
        }
        #expect(text.split(separator: "\n").contains { $0.hasPrefix("  Why      ") && $0.contains("1.3.0") }, "\(text)")
    }

    @Test
    func `leaves the date open where the exposure nobody told decides it, and only there`() throws {
        let specific = Self.known(exploited: "no", automatable: "yes", impact: "total")
        let matches = try Self.matches([SampleRecord.text("GO-1", published: "2026-11-24T10:00:00Z", specific: specific)])
        let open = Card(matches, isPubliclyExposed: nil).text
        #expect(open.contains("There is no date yet: an answer is missing."), "\(open)")
        #expect(open.contains("Not known: whether your system can be reached from the internet."), "\(open)")
        #expect(!open.contains("Fix this"), "\(open)")
        for exposed in [true, false] {
            let text = Card(matches, isPubliclyExposed: exposed).text
            #expect(text.contains("Fix this ") && !text.contains("no date yet"), "\(exposed): \(text)")
        }
    }

    @Test
    func `a fix that nobody has made is not invented`() throws {
        let text = try Card(Self.matches([SampleRecord.text("GO-1", fixed: nil)]), isPubliclyExposed: true).text
        #expect(text.hasPrefix("Protect left-pad: there is no fixed version yet."), "\(text)")
    }

    @Test
    func `says in plain words that nothing is affected`() throws {
        for version in ["1.3.0", "2.0.0"] {
            let card = try Card(Self.matches([SampleRecord.text("GO-1")], version: version), isPubliclyExposed: nil)
            #expect(card.text == "Nothing you run is known to be affected.")
            #expect(card.affectedComponentCount == 0 && card.others(limit: 20).isEmpty)
        }
    }

    @Test
    func `names each advisory once, however many inventories hold the component`() throws {
        let records =
            (0..<5).map { SampleRecord.text("GO-\($0)", name: "wide") } + [
                SampleRecord.text("PYSEC-1"), SampleRecord.text("PYSEC-2")
            ]
        let card = Card(
            try Self.matches(records, names: ["left-pad", "wide"], sources: ["a", "b", "c"]), isPubliclyExposed: nil)
        // Three findings of two advisories are no more than two advisories.
        #expect(card.others(limit: 20) == ["left-pad 1.2.0: PYSEC-1, PYSEC-2, fixed in 1.3.0"])
        let many = Card(
            try Self.matches(
                records + [SampleRecord.text("x_BREAKWATER-1", name: "ours")], names: ["left-pad", "wide", "ours"],
                sources: ["a", "b"]),
            isPubliclyExposed: nil)
        #expect(many.text.contains("x_BREAKWATER-1"), "what was validated here comes first: \(many.text)")
        let wide = "wide 1.2.0: GO-0, GO-1, GO-2 and 2 more, fixed in 1.3.0"
        #expect(many.others(limit: 1) == [wide, "1 more component"])
        #expect(many.affectedComponentCount == 3)
    }

    @Test
    func `a version without a place in the order is undecided, not affected`() throws {
        let card = try Card(Self.matches([SampleRecord.text("GO-1")], version: "not a version"), isPubliclyExposed: nil)
        #expect(card.undecidedCount == 1 && card.affectedComponentCount == 0)
    }

    /// CVE-2026-1000 is exploited, CVE-2026-2000 likely; by way of the files that an operator keeps.
    private static func signals() throws -> Signals {
        let catalogue = """
            cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,requiredAction,dueDate
            CVE-2026-1000,V,P,N,2026-01-30,s,R,2026-12-01

            """
        let feed = "#model_version:v2025,score_date:2026-09-29T00:00:00Z\ncve,epss,percentile\nCVE-2026-2000,0.97,0.99\n"
        let directory = try AgentDirectory(path: FileManager.default.temporaryDirectory.path + "/card-\(UUID())")
        defer { try? FileManager.default.removeItem(atPath: directory.path) }
        for (name, text) in [("kev", catalogue), ("epss", feed)] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: directory.path + "/" + name))
        }
        let lines = try directory.keepSignals([directory.path + "/kev", directory.path + "/epss"])
        #expect(lines == ["KEV of 2026-01-30: 1 vulnerabilities", "EPSS of 2026-09-29T00:00:00Z: 1 vulnerabilities"])
        return try directory.index.signals()
    }

    @Test
    func `what is known to be exploited comes first, and both signals stand on the card`() throws {
        func record(_ id: String, _ name: String, _ alias: String) -> String {
            SampleRecord.text(id, name: name).replacing("\"affected\"", with: "\"aliases\":[\"\(alias)\"],\"affected\"")
        }
        let records = [
            record("GO-1", "alpha", "CVE-2026-2000"), record("GO-2", "alpha", "CVE-2026-3000"),
            record("GO-3", "omega", "CVE-2026-1000")
        ]
        let plain = try Card(Self.matches(records, names: ["alpha", "omega"]), isPubliclyExposed: true)
        #expect(plain.text.hasPrefix("Update alpha") && !plain.text.contains("Signals"), "\(plain.text)")
        let signals = try Self.signals()
        let card = try Card(Self.matches(records, names: ["alpha", "omega"], signals: signals), isPubliclyExposed: true)
        #expect(card.text.hasPrefix("Update omega") && card.text.contains("\n  Signals  KEV, due 2026-12-01\n"), "\(card.text)")
        #expect(card.text.contains("Attackers are already using this weakness."), "\(card.text)")
        #expect(card.others(limit: 20) == ["alpha 1.2.0: GO-1, GO-2, fixed in 1.3.0; EPSS 0.97"])
    }
}
