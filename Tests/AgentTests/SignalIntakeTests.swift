import AdvisoryFormats
import Agent
import CivilTime
import Foundation
import JSONText
import Matching
import PackageIdentity
import TestSupport
import Testing

@Suite struct `Signals beside an index` {
    private func feed(_ date: String, _ score: String = "0.97") -> String {
        "#model_version:v1,score_date:\(date)\ncve,epss,percentile\nCVE-2026-0001,\(score),0.99\nCVE-2026-0002,0.00043,0.1\n"
    }

    private func catalogue(_ added: String, due: String = "2026-12-01", ransomware: String = "Known") -> String {
        """
        cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,requiredAction,dueDate,knownRansomwareCampaignUse,notes,cwes
        CVE-2026-0001,V,P,N,\(added),s,R,\(due),\(ransomware),n,
        """
    }

    private func record(_ id: String, _ alias: String) -> String {
        SampleRecord.text(id).replacing("\"affected\"", with: "\"aliases\":[\"\(alias)\"],\"affected\"")
    }

    private static let inventory = Inventory(
        source: "bom.json",
        components: [
            Component(
                ecosystem: Ecosystem(name: "npm"), name: "left-pad", version: "1.2.0", purl: "pkg:npm/left-pad@1.2.0"
            )
        ])

    private func report(_ desk: IntakeDesk) throws -> MatchReport {
        var report = MatchReport(against: try desk.index.open(), signals: try desk.index.signals())
        report.add(Self.inventory)
        return report
    }

    private func desk() throws -> IntakeDesk {
        let desk = try IntakeDesk()
        try desk.write(
            record("GO-1", "GHSA-a") + "\n" + record("GO-2", "CVE-2026-0002") + "\n" + record("GO-3", "CVE-2026-3"), "a.jsonl")
        try desk.write(#"{"id":"GHSA-a","modified":"2026-01-02T03:04:05Z","aliases":["CVE-2026-0001"],"affected":[]}"#, "b.json")
        return desk
    }

    @Test func `are taken with advisories, also packed, and replaced by a newer edition only`() throws {
        guard Program.isInstalled("gzip") else { return }
        let desk = try desk()
        defer { desk.close() }
        try desk.write(feed("2026-09-29"), "plain")
        try desk.write(try Program.run("gzip", ["-c", desk.path("plain")]), "epss.csv.gz")
        try desk.write(catalogue("2026-01-30"), "kev.csv")
        let taken = try desk.intake()
        #expect(taken.refusedCount == 0 && taken.takenCount == 4 && taken.signals.count == 2, "\(taken.text)")
        #expect(
            try desk.index.signals().lines.map { $0.prefix(30) } == [
                "KEV of 2026-01-30: 1 vulnerabi", "EPSS of 2026-09-29T00:00:00Z: "
            ])
        try desk.write(feed("2026-09-28", "0.1"), "epss.csv")
        try desk.write(catalogue("2026-01-29", due: "2026-02-01"), "kev.csv")
        let older = try desk.intake()
        #expect(
            older.refusedCount == 2 && older.refused.allSatisfy { $0.reason.contains("is older than that of") }, "\(older.text)")
        #expect(try desk.index.signals().about(["CVE-2026-0001"]).epss?.score == 0.97)
        try desk.write(feed("2026-09-30", "0.2"), "epss.csv")
        try desk.write(catalogue("2026-01-30", due: "2026-02-02"), "kev.csv")
        #expect(try desk.intake().refusedCount == 0)
        let about = try desk.index.signals().about(["CVE-2026-0001"])
        #expect(about.epss?.score == 0.2 && about.exploited?.due.description == "2026-02-02")
        let files = try FileManager.default.contentsOfDirectory(atPath: desk.index.path)
        #expect(files.count { $0.hasSuffix(".epss") } == 1 && files.count { $0.hasSuffix(".exploited") } == 1, "\(files)")
    }

    @Test func `of the same run: the newest edition counts, in whatever order the files come`() throws {
        let desk = try desk()
        defer { desk.close() }
        try desk.write(feed("2026-09-30"), "epss-1.csv")
        try desk.write(feed("2026-09-29", "0.1"), "epss-2.csv")
        #expect(try desk.intake().refusedCount == 1)
        #expect(try desk.index.signals().about(["CVE-2026-0001"]).epss?.score == 0.97)
    }

    @Test func `stand in the table in a column of their own, over all names of a vulnerability, and without them there is none`()
        throws
    {
        let desk = try desk()
        defer { desk.close() }
        try desk.intake()
        #expect(try !report(desk).table.contains("SIGNALS"))
        try desk.write(feed("2026-09-29"), "epss.csv")
        try desk.write(catalogue("2026-01-30"), "kev.csv")
        try desk.intake()
        let lines = try report(desk).table.split(separator: "\n").map(String.init)
        #expect(lines[1].contains("  SIGNALS"))
        #expect(lines[2].contains("CVE-2026-0001 (GO-1)  KEV, ransomware, due 2026-12-01; EPSS 0.97  introduced 0"), "\(lines)")
        #expect(lines[3].contains("  EPSS <0.01 ") && lines[4].contains("CVE-2026-3 (GO-3)     -  "), "\(lines)")
    }

    @Test func `stand in JSON, SARIF and CycloneDX, each by the rules of its format`() throws {
        let desk = try desk()
        defer { desk.close() }
        try desk.write(feed("2026-09-29"), "epss.csv")
        try desk.write(catalogue("2026-01-30", ransomware: "Unknown"), "kev.csv")
        try desk.intake()
        let matching = InventoryMatching(against: try desk.index.open(), signals: try desk.index.signals())
        let (sarif, cycloneDX) = (matching.sarif(of: [Self.inventory]), matching.cycloneDX(of: [Self.inventory]))
        let matches = try #require(try matching.json(of: [Self.inventory])["matches"]?.array)
        let exploited: JSONValue = ["added": "2026-01-30", "due": "2026-12-01", "ransomware": "unknown"]
        #expect(matches[0]["known_exploited"] == exploited && matches[1]["known_exploited"] == nil)
        let epss = try JSONValue(parsing: Array(#"{"score":0.97,"percentile":0.99,"date":"2026-09-29"}"#.utf8))
        #expect(matches[0]["epss"] == epss && matches[2]["epss"] == nil, "\(matches)")
        _ = try SARIFReport(parsing: sarif)
        let results = try #require(try JSONValue(parsing: sarif)["runs"]?.array?.first?["results"]?.array)
        #expect(results[0]["properties"]?["epss"] == epss && results[0]["properties"]?["known_exploited"] == exploited)
        #expect(results[2]["properties"]?["epss"] == nil && results[2]["properties"]?["known_exploited"] == nil)
        let inventory = try InventoryDocument(parsing: cycloneDX)
        #expect(inventory.vulnerabilityCount == 3)
        let vulnerabilities = try #require(try JSONValue(parsing: cycloneDX)["vulnerabilities"]?.array)
        let rating = try #require(vulnerabilities[0]["ratings"]?.array?.first)
        #expect(
            rating["score"] == epss["score"] && rating["source"]?["name"]?.string == "EPSS" && rating["method"]?.string == "other"
        )
        let names = vulnerabilities[0]["properties"]?.array?.compactMap { $0["name"]?.string?.split(separator: ":").last }
        #expect(names == ["added", "due", "ransomware"] && vulnerabilities[2]["ratings"] == nil)
    }

    @Test(.enabled(if: SharedSuite.has("kev") && SharedSuite.has("epss"), "catalogue and feed lie beside the project"))
    func `of the real catalogue and feed are taken as they are`() throws {
        let desk = try IntakeDesk()
        defer { desk.close() }
        try desk.write(Data(SharedSuite.bytes("kev/known_exploited_vulnerabilities.json")), "kev.json")
        try desk.write(Data(SharedSuite.bytes("kev/known_exploited_vulnerabilities.csv")), "kev.csv")
        try desk.write(Data(SharedSuite.bytes("epss/epss_scores-sample.csv")), "epss.csv")
        let taken = try desk.intake()
        #expect(taken.refusedCount == 0 && taken.signals.count == 3 && taken.isOfUse, "\(taken.text)")
        #expect(try desk.index.signals().exploited?.count == 1404 && desk.index.signals().epss?.count == 49)
    }
}
