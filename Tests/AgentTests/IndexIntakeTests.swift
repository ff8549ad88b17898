import AdvisoryFormats
import Agent
import Archive
import Foundation
import JSONText
import Matching
import PackageIdentity
import Testing

@Suite struct `Documents for an index` {
    private static let id = "00000000-0000-4000-9000-000000000000"
    private static let cve = """
        {"dataType":"CVE_RECORD","dataVersion":"5.1","cveMetadata":{"cveId":"CVE-2026-0001","assignerOrgId":"\(id)",
        "state":"PUBLISHED"},"containers":{"cna":{"providerMetadata":{"orgId":"\(id)"},"descriptions":[{"lang":"en","value":"x"}],
        "references":[{"url":"https://example.org"}],"affected":[{"vendor":"v","product":"p","versions":[
        {"version":"1","lessThan":"2","versionType":"custom","status":"affected"}],"cpes":["cpe:2.3:a:v:p:*:*:*:*:*:*:*:*"]}]}}}
        """
    private static let gem = "gem: example\ntitle: t\nurl: u\ndate: 2026-01-01\ncve: 2026-2\npatched_versions: ['>= 2']\n"
    private static let node = #"{"id":7,"title":"t","module_name":"m","cves":[],"vulnerable_versions":"<2.0.0"}"#
    private static let ghsa = #"{"ghsa_id":"GHSA-aaaa-bbbb-cccc","summary":"s","vulnerabilities":[]}"#
    private static let php = "title: t\nlink: l\nbranches: {main: {time: ~, versions: ['<2']}}\nreference: composer://v/p\n"

    @Test func `are told by their content, at any depth of a directory`() throws {
        let desk = try IntakeDesk()
        defer { desk.close() }
        try desk.write(Self.cve, "cves/2026/0xxx/CVE-2026-0001.json")
        try desk.write(Self.gem, "gems/example/CVE-2026-2.yml")
        try desk.write(Self.node, "vuln/npm/7.json")
        try desk.write(Self.ghsa, "ghsa.json")
        try desk.write(Self.php, "v/p/2026-01-01.yaml")
        try desk.write(SampleRecord.text("GO-1", fixed: "1.3.0"), "go.json")
        try desk.write("key: value\n", "config.yml")
        try desk.write(Self.cve, ".git/CVE-2026-9.json")
        try desk.write("#model_version:v1,score_date:2026-01-01\ncve,epss,percentile\n", "epss.csv")
        try desk.write("cveID,vendorProject\n", "kev.csv")
        let intake = try desk.intake()
        #expect(intake.takenCount == 6 && intake.emptyCount == 1 && intake.foreign == ["documents": 1])
        #expect(intake.formats.count == 6 && intake.formats.values.allSatisfy { $0 == 1 })
        #expect(intake.refusedCount == 2, "signals without a row")
        let index = try desk.index.open()
        var matcher = Matcher(index)
        let gem = matcher.matches(Component(ecosystem: Ecosystem("RubyGems"), name: "example", version: "1"))
        #expect(gem.map(\.advisory) == ["rubysec:gems/example/CVE-2026-2"])
        let product = try #require(Component(CPE(parsing: "cpe:2.3:a:v:p:1.5:*:*:*:*:*:*:*")))
        #expect(matcher.matches(product).map(\.advisory) == ["cvelist:CVE-2026-0001"])
    }

    @Test func `that are withdrawn at a later time stand until it has come`() throws {
        let desk = try IntakeDesk()
        defer { desk.close() }
        for (name, time) in [("past", "2026-11-26T23:59:59Z"), ("now", "2026-11-27T00:00:00Z"), ("later", "2999-01-01T00:00:00Z")]
        {
            let text = SampleRecord.text("GO-\(name)").replacing(
                "\"affected\"", with: "\"withdrawn\":\"\(time)\",\"affected\"")
            try desk.write(text, name + ".json")
        }
        try desk.intake()
        var matcher = Matcher(try desk.index.open())
        let component = Component(ecosystem: Ecosystem(name: "npm"), name: "left-pad", version: "1.2.0")
        #expect(matcher.matches(component).map(\.advisory) == ["GO-later"])
    }

    @Test func `go into the index piece by piece`() throws {
        let desk = try IntakeDesk()
        defer { desk.close() }
        for number in 0..<50 { try desk.write(SampleRecord.text("GO-\(number)", fixed: "1.3.0"), "\(number).json") }
        let whole = try desk.intake()
        #expect(try whole.takenCount == 50 && desk.index.open().advisoryCount == 50)
        try FileManager.default.removeItem(atPath: desk.index.path)
        let pieces = try desk.intake(maximumHeldByteCount: 1)
        #expect(try pieces.takenCount == 50 && desk.index.open().advisoryCount == 50)
    }

    @Test func `that are withdrawn stay so when an older revision comes later, by run, by file and by line`() throws {
        let old = SampleRecord.text("GO-1")
        let withdrawn = old.replacing(
            "\"modified\":\"2026-01-02T03:04:05Z\"",
            with: "\"modified\":\"2026-02-02T03:04:05Z\",\"withdrawn\":\"2026-02-02T03:04:05Z\""
        )
        let again = old.replacing("2026-01-02", with: "2026-03-02")
        for order in [[old, withdrawn], [withdrawn, old], [old, withdrawn, again], [again, withdrawn, old]] {
            let desk = try IntakeDesk()
            defer { desk.close() }
            let expected = order.contains(again) ? 1 : 0
            var older = 0
            for (number, text) in order.enumerated() {
                try desk.write(text, "\(number).json")
                older += try desk.intake("\(number).json").olderCount
            }
            #expect(try desk.answers().count == expected && desk.index.open().knownAdvisoryCount == 1)
            #expect(older == zip(order, order.dropFirst()).count { $0 == withdrawn && $1 == old || $0 == again })
            let lines = desk.root.appending(path: "lines")
            try Data(order.map { $0 + "\n" }.joined().utf8).write(to: lines)
            for partByteCount in [1, 1 << 20] {
                try FileManager.default.removeItem(atPath: desk.index.path)
                let index = try desk.index.upToDate(with: lines.path, partByteCount: partByteCount).index
                #expect(index.advisoryCount == expected, "parts of \(partByteCount)")
            }
        }
    }

    @Test func `that can't be read are named, and the others are taken`() throws {
        let desk = try IntakeDesk()
        defer { desk.close() }
        try desk.write("{\"id\": \"GO-1\", ", "a.json")
        try desk.write(Self.cve.replacingOccurrences(of: "PUBLISHED", with: "LOST"), "b.json")
        try desk.write(Self.gem.replacingOccurrences(of: "date:", with: "day:"), "c.yml")
        try desk.write(Self.php + "title: again\n", "d.yaml")
        try desk.write(Self.node, "7.json")
        let intake = try desk.intake()
        #expect(intake.takenCount == 1 && intake.refusedCount == 4)
        let reasons = intake.refused.map { "\($0.name): \($0.reason)" }.joined(separator: "\n")
        #expect(reasons.contains("b.json): /cveMetadata/state") && reasons.contains("\"date\" is missing"))
        #expect(reasons.contains("d.yaml: line 5: the key \"title\" stands twice"))
    }

    @Test func `that are refused are all named to whoever asks, by their own identifiers and with every reason`() throws {
        let desk = try IntakeDesk()
        defer { desk.close() }
        let broken = Self.cve.replacing("\"containers\"", with: "\"Containers\"").replacing("\n", with: "")
        let lines = (0..<1_200).map { broken.replacing("2026-0001", with: "2026-\(10_000 + $0)") } + ["{\"id\":\"GO-1\"}"]
        try desk.write(lines.joined(separator: "\n"), "cves.jsonl")
        try desk.write("no zip", "all.zip")
        var refusals: [IntakeRefusal] = []
        var intake = try IndexIntake(addingTo: desk.index, now: IntakeDesk.start, onRefusal: { refusals.append($0) })
        for source in try AdvisoryArchive.sources(at: desk.documents.path, isDeep: true) { try intake.read(source) }
        try intake.flush()
        let summary = intake.summary
        #expect(refusals.count == 1_202 && summary.refusedCount == 1_202 && summary.unreadCount == 1)
        #expect(refusals[0].name == "all" && refusals[0].number == nil && refusals[0].reasons[0].contains("whole zip archive"))
        #expect(refusals[1].number == 1 && refusals[1200].document?.id == "CVE-2026-11199")
        #expect(summary.text.contains("refused CVE-2026-10000 (cves.jsonl line 1): "), "\(summary.text)")
        let line = try JSONValue(parsing: refusals[1].line)
        #expect(line["id"] == "CVE-2026-10000" && line["format"] == "CVE record" && line["document"]?.integer == 1)
        #expect(line["source"]?.string == desk.path("cves.jsonl") && (line["reasons"]?.array?.count ?? 0) > 0)
        var kept: [JSONValue] = []
        try desk.index.ledger().writeRefusals { kept.append(try JSONValue(parsing: $0)) }
        #expect(kept.count == 102 && kept.last?["unlisted"]?.integer == 1_101, "one each, the first hundred and how many more")
        // What could not be read is said of each run, until it can be.
        #expect(try desk.intake().unreadCount == 1)
    }
}
