import Testing

@testable import Correlation

@Suite struct `The correlation format` {
    private static func read(_ text: String) -> (records: [CorrelationRecord], faults: [String]) {
        var records: [CorrelationRecord] = []
        let faults = CorrelationRecord.reading(lines: Array(text.utf8)) { records.append($0) }
        return (records, faults.map(\.description))
    }

    @Test func `reads every member and skips the others`() throws {
        let members = [
            #"{"id": "F-1", "database": "kelp", "listing": "byVulnerability", "finder": "ana", "aliases": ["X-1"], "title": "t""#,
            #""description": "d", "packages": ["pkg:npm/%40tide/core@1.0", "plain"], "repositories": ["https://example.org/a/b"]"#,
            #""fixed": ["1.2"], "commits": ["0123456789ab"], "references": ["https://example.org"], "weaknesses": ["CWE-79"]"#,
            #""symbols": ["f"], "unknown": {"a": 1}, "locations": [{"file": "a.c", "function": "f", "startLine": 7}], "entry": "e""#,
            #""sink": "s", "patch": "+x", "extra": null, "crash": {"project": "p", "type": "t", "state": ["f"]}"#,
            #""fingerprints": [{"tool": "t", "name": "n", "value": "v", "partial": true}]}"#
        ]
        let (records, faults) = Self.read(members.joined(separator: ", "))
        #expect(faults.isEmpty)
        let record = try #require(records.first)
        #expect(record.packages == [.init(scope: "npm", name: "@tide/core"), .init(name: "plain")])
        #expect(record.locations == [.init(file: "a.c", function: "f", startLine: 7)])
        #expect(record.listing == .byVulnerability && record.finder == "ana" && record.aliases == ["X-1"] && record.patch == "+x")
        #expect(record.crash == .init(project: "p", type: "t", state: ["f"]))
        #expect(record.toolFingerprints == [.init(tool: "t", name: "n", value: "v", isPartial: true)])
    }

    @Test func `names line and member of what is wrong, and counts the other lines`() {
        let (records, faults) = Self.read(
            """
            {"id": "a"}

            {"title": "no id"}
            {"id": "b", "fixed": [1]}
            not JSON
            {"id": "c", "locations": [{"file": 7}]}
            {"id": "d", "listing": "never"}
            {"id": "e", "crash": {"project": "p", "state": []}}
            {"id": "f", "title": null}
            """)
        #expect(records.map(\.id) == ["a", "f"])
        #expect(faults.count == 6)
        #expect(faults[0] == "line 3: id: missing")
        #expect(faults[1] == "line 4: fixed[0]: not a text")
        #expect(faults[2].hasPrefix("line 5: "))
        #expect(faults[3] == "line 6: locations[0].file: not a text")
        #expect(faults[4] == "line 7: listing: neither byPackage nor byVulnerability")
        #expect(faults[5] == "line 8: crash.type: missing")
    }

    @Test func `refuses a line whose id stands above already, with both lines`() {
        let (records, faults) = Self.read(
            "{\"id\": \"dup\", \"title\": \"one\"}\n{\"id\": \"b\"}\n\n{\"id\": \"dup\", \"title\": \"two\"}\n")
        #expect(records.map(\.id) == ["dup", "b"] && records.first?.title == "one")
        #expect(faults == ["line 4: id: dup is that of line 1"])
    }

    @Test func `of one run of a finder are two, whatever they share`() {
        func score(_ second: String) -> Float {
            var run = CorrelationRun(comparesIdentifiers: false)
            let first = #"{"id": "a", "finder": "ana", "run": "monday", "startLine": 5, "#
            for (head, line) in [(first, 5), (second, 305)] {
                let record =
                    head + #""title": "SQL injection through user name", "weaknesses": ["CWE-89"], "#
                    + #""repositories": ["https://example.org/a/b"], "locations": [{"file": "app.py", "function": "main", "#
                    + "\"startLine\": \(line)}]}\n"
                let faults = CorrelationRecord.reading(lines: Array(record.utf8)) { run.add($0) }
                #expect(faults.isEmpty)
            }
            return run.index().relations().first { $0.kind == .duplicate }?.score ?? 0
        }
        #expect(score(#"{"id": "b", "finder": "ana", "run": "monday", "#) == 0)
        #expect(score(#"{"id": "b", "finder": "ana", "run": "tuesday", "#) > 0.5)
        #expect(score(#"{"id": "b", "finder": "bob", "run": "monday", "#) > 0.5)
    }

    @Test func `reads OSV and CVE records as they are`() throws {
        let (records, faults) = Self.read(
            """
            {"id":"GO-1","aliases":["CVE-2020-1"],"details":"d","affected":[{"package":{"ecosystem":"Go","name":"a/b"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.2.0"}]},{"type":"GIT","events":[{"fixed":"0123456789ab"}]}]}],"references":[{"url":"https://example.org/1"}]}
            {"cveMetadata":{"cveId":"CVE-2020-1"},"containers":{"cna":{"descriptions":[{"lang":"en","value":"d"}],"affected":[{"vendor":"tide","product":"kelp","versions":[{"version":">= 1, < 1.2.0"}]}]},"adp":[{"references":[{"url":"https://example.org/1"}]}]}}
            """)
        #expect(faults.isEmpty && records.count == 2)
        #expect(records[0].fixedVersions == ["1.2.0"] && records[0].commits == ["0123456789ab"] && records[0].database == "go")
        #expect(records[1].fixedVersions == ["1.2.0"] && records[1].packages == [.init(scope: "tide", name: "kelp")])
        #expect(records[1].references == ["https://example.org/1"] && records[1].text == "d")
    }
}

@Suite struct `Identifiers of vulnerabilities` {
    @Test(arguments: [
        "CVE-2020-11978", "cve-2020-11978", "GHSA-pwcw-6f5g-gxf8", "PYSEC-2021-399", "GO-2024-2616", "RUSTSEC-2021-0131",
        "RHSA-2020:1234",
        "BIT-airflow-2020-11978", "JLSEC-2025-102", "EUVD-2025-32089", "2020-11978", "DSA-951-1", "SNYK-JS-LODASH-590103",
        "cve20201234",
        "FEDORA-2020-ab12cd34ef"
    ])
    func `are seen in whatever shape`(_ text: String) {
        #expect(IdentifierScreen.isIdentifier(Array(text.utf8)[...]))
    }

    @Test(arguments: [
        "2020-05-17", "heap-buffer-overflow", "utf-8", "read_palette", "TLS-1", "x86-64", "sha-256", "use-after-free"
    ])
    func `are not seen where there are none`(_ text: String) {
        #expect(!IdentifierScreen.isIdentifier(Array(text.utf8)[...]))
    }

    @Test func `change no feature, wherever they stand`() {
        func features(_ name: String) -> FindingFeatures {
            var record = CorrelationRecord(id: name)
            record.aliases = [name]
            record.title = "Overflow in tide_read (\(name))"
            record.text = "See \(name), https://nvd.nist.gov/vuln/detail/\(name) and advisories/\(name).yaml for more."
            record.references = ["https://example.org/security/\(name)", "https://example.org/fix/7"]
            return FeatureExtractor(comparesIdentifiers: false).features(of: record)
        }
        #expect(features("CVE-2020-11978") == features("GHSA-pwcw-6f5g-gxf8"))
        #expect(features("CVE-2020-11978") == features("PYSEC-2020-14"))
    }
}
