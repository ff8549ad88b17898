import AdvisoryFormats
import JSONText
import TestSupport
import Testing

@Suite struct CVERecordTests {
    private static let organisation = "8254265b-2729-46b6-b9e3-3dfca2d5bfca"

    /// A published record with members of its containers.
    private static func record(
        cna: String = "", adp: String? = nil, version: String = "5.1", affected: String? = nil, metadata: String = ""
    ) -> [UInt8] {
        let product = affected ?? #"{"vendor":"v","product":"p","defaultStatus":"unknown"}"#
        let others = adp.map { #","adp":[{"providerMetadata":{"orgId":"\#(organisation)"},\#($0)}]"# } ?? ""
        let text = """
            {"dataType":"CVE_RECORD","dataVersion":"\(version)","cveMetadata":{"cveId":"CVE-2026-12345","state":"PUBLISHED",
             "assignerOrgId":"\(organisation)"\(metadata)},"containers":{"cna":{"providerMetadata":{"orgId":"\(organisation)"},
             "descriptions":[{"lang":"en","value":"d"}],"affected":[\(product)],"references":[{"url":"https://example.org/"}]
             \(cna)}\(others)}}
            """
        return Array(text.utf8)
    }

    @Test func `keeps what the authority and what others say apart, and every text as it was written`() throws {
        let cvss =
            #"{"version":"3.1","vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","baseScore":9.80,"baseSeverity":"CRITICAL"}"#
        let bytes = Self.record(
            cna: #"""
                ,"title":"t","datePublic":"2026-01-31T12:00:00","x_free":{"any":1},
                "problemTypes":[{"descriptions":[{"lang":"en","description":"w","cweId":"CWE-79","type":"CWE"}]}],
                "cpeApplicability":[{"operator":"OR","nodes":[{"operator":"AND","negate":true,"cpeMatch":[{"vulnerable":true,
                  "criteria":"cpe:2.3:a:x:y:*:*:*:*:*:*:*:*","versionEndExcluding":"2"}]}]}],
                "credits":[{"lang":"en","value":"A","type":"finder"}],"tags":["x_mine","disputed"],
                "workarounds":[{"lang":"en","value":"w"}],"solutions":[{"lang":"de","value":"s"}]
                """#,
            adp: #"""
                "title":"CISA ADP Vulnrichment","metrics":[{"cvssV3_1":\#(cvss)},{"other":{"type":"ssvc","content":{
                  "role":"CISA Coordinator","options":[{"Exploitation":"active"},{"Automatable":"yes"},{"Technical Impact":"total"}],
                  "version":"2.0.3"}}},{"other":{"type":"kev","content":{"dateAdded":"2026-02-01","reference":"https://x"}}},
                  {"other":{"type":"Red Hat severity rating","content":{"value":"Important"}}}]
                """#,
            affected: #"""
                {"collectionURL":"https://registry.npmjs.org","packageName":"a","repo":"https://e.org/r","modules":["m"],
                 "programFiles":["f.c"],"programRoutines":[{"name":"g"}],"platforms":["Linux"],"defaultStatus":"unaffected",
                 "cpes":["cpe:/a:x:y"],"own":1,"versions":[{"version":"1.0","status":"affected","versionType":"semver",
                   "lessThan":"2.*","changes":[{"at":"1.5","status":"unaffected"}]},{"version":"3","status":"unknown"}]}
                """#,
            metadata: #","assignerShortName":"mitre","datePublished":"2026-01-31T13:00:00+01:00""#
        )
        let record = try CVERecord(parsing: bytes)
        #expect(record.id.text == "CVE-2026-12345" && record.state == .published && record.dataVersion == "5.1")
        #expect(record.assignerID == Self.organisation && record.assignerShortName == "mitre")
        #expect(record.cna.datePublic?.moment == record.datePublished?.moment && record.cna.datePublic?.moment != nil)
        #expect(record.cna.title == "t" && record.cna.descriptions == [CVEText(language: "en", text: "d")])
        #expect(record.cna.weaknesses == [WeaknessID("CWE-79")] && record.cna.tags == ["x_mine", "disputed"])
        #expect(record.cna.credits.map(\.type) == ["finder"] && record.cna.solutions[0].language == "de")
        let match = record.cna.cpeApplicability[0].nodes[0]
        #expect(match.isNegated && match.joining == .and && match.matches[0].endExcluding == "2")
        let product = record.cna.affected[0]
        #expect(product.packageName == "a" && product.collectionURL == "https://registry.npmjs.org" && product.vendor == nil)
        #expect(product.programRoutines == ["g"] && product.platforms == ["Linux"] && product.cpes == ["cpe:/a:x:y"])
        #expect(product.defaultStatus == .unaffected && product.versions.map(\.version) == ["1.0", "3"])
        #expect(product.versions[0].lessThan == "2.*" && product.versions[0].lessThanOrEqual == nil)
        #expect(product.versions[0].changes == [CVEVersionChange(at: "1.5", status: .unaffected)])
        #expect(record.cna.metrics.isEmpty && record.adp.count == 1)
        let metrics = record.adp[0].metrics
        #expect(metrics[0].scores[0].baseScore.text == "9.80" && metrics[0].scores[0].version == "3.1")
        #expect(metrics[1].other?.ssvc?["Exploitation"] == "active" && metrics[1].other?.ssvc?.points.count == 3)
        #expect(metrics[2].other?.kev?.dateAdded == "2026-02-01" && metrics[3].other?.kev == nil)
    }

    @Test func `reads rejected records`() throws {
        let text = """
            {"containers":{"cna":{"providerMetadata":{"orgId":"\(Self.organisation)"},"replacedBy":["CVE-2026-0001"],
             "rejectedReasons":[{"lang":"en-US","value":"r"}]}},"cveMetadata":{"state":"REJECTED","cveId":"CVE-2026-0002",
             "assignerOrgId":"\(Self.organisation)","dateRejected":"2026-01-31T12:00:00Z"},"dataType":"CVE_RECORD","dataVersion":"5.0"}
            """
        let record = try CVERecord(parsing: Array(text.utf8))
        #expect(record.state == .rejected && record.cna.replacedBy.map(\.text) == ["CVE-2026-0001"])
        #expect(record.cna.rejectedReasons.map(\.text) == ["r"] && record.dateRejected != nil)
        let adp = text.replacing("}},\"cveMetadata", with: "},\"adp\":[]},\"cveMetadata")
        #expect(CVERecord.violations(in: Array(adp.utf8)).map(\.pointer) == ["/containers/adp"])
    }

    @Test func `refuses what the schema forbids, naming place and byte`() {
        let score = #""version":"3.1","vectorString":"CVSS:3.1/AV:N""#
        for (cna, pointer) in [
            (#","surprise":1"#, "surprise"), (#","x_a.b":1"#, "x_a.b"), (#","title":"""#, "title"),
            (#","title":"\#(String(repeating: "é", count: 257))""#, "title"),
            (#","datePublic":"2026-02-29T00:00:00Z""#, "datePublic"),
            (#","datePublic":"2026-01-31T00:00:00+1:00""#, "datePublic"), (#","tags":[]"#, "tags"),
            (#","tags":["x_a","x_a"]"#, "tags/1"),
            (#","tags":["mine"]"#, "tags/0"), (#","credits":[{"lang":"english","value":"a"}]"#, "credits/0/lang"),
            (#","credits":[{"lang":"en","value":"a","type":"hero"}]"#, "credits/0/type"),
            (#","impacts":[{"descriptions":[{"lang":"de","value":"x"}]}]"#, "impacts/0/descriptions"),
            (#","impacts":[{"capecId":"CAPEC-066","descriptions":[{"lang":"en","value":"x"}]}]"#, "impacts/0/capecId"),
            (
                #","problemTypes":[{"descriptions":[{"lang":"en","description":"x","cweId":"CWE-0"}]}]"#,
                "problemTypes/0/descriptions/0/cweId"
            ),
            (#","source":{}"#, "source"), (#","metrics":[{}]"#, "metrics/0"),
            (#","metrics":[{"other":{"type":"a","content":{}}}]"#, "metrics/0/other/content"),
            (#","metrics":[{"cvssV3_1":{\#(score),"baseScore":9,"baseSeverity":"HIGH"}}]"#, "metrics/0/cvssV3_1/baseScore"),
            (
                #","metrics":[{"cvssV3_1":{\#(score),"baseScore":9.05,"baseSeverity":"CRITICAL"}}]"#,
                "metrics/0/cvssV3_1/baseScore"
            ),
            (#","metrics":[{"cvssV3_0":{\#(score),"baseScore":9,"baseSeverity":"CRITICAL"}}]"#, "metrics/0/cvssV3_0/version"),
            (#","cpeApplicability":[{"nodes":[{"operator":"XOR","cpeMatch":[]}]}]"#, "cpeApplicability/0/nodes/0/operator")
        ] {
            let found = CVERecord.violations(in: Self.record(cna: cna))
            #expect(found.first?.pointer == "/containers/cna/" + pointer, "\(cna): \(found)")
        }
    }

    @Test func `judges products and versions`() {
        let version = #""vendor":"v","product":"p","versions":[{"version":"1","status":"affected""#
        for (product, pointer) in [
            ("{}", ""), (#"{"vendor":"v","product":"p"}"#, ""), (#"{"vendor":"v","defaultStatus":"unknown"}"#, ""),
            (#"{"vendor":"v","product":"p","versions":[]}"#, "/versions"),
            (#"{\#(version),"changes":[{"at":"2","status":"unknown"}]}]}"#, "/versions/0"),
            (#"{\#(version),"lessThan":"2"}]}"#, "/versions/0"),
            (#"{\#(version),"versionType":"semver","lessThan":"2","lessThanOrEqual":"3"}]}"#, "/versions/0"),
            (#"{\#(version),"versionType":"semver","more":1}]}"#, "/versions/0"),
            (#"{\#(version)},{"status":"affected","version":"1"}]}"#, "/versions/1"),
            (#"{\#(version)}],"repo":"git://git@e.org:x/y.git"}"#, "/repo"),
            (#"{\#(version)}],"cpes":["cpe:2.3:a:b"]}"#, "/cpes/0")
        ] {
            let found = CVERecord.violations(in: Self.record(affected: product))
            #expect(found.first?.pointer == "/containers/cna/affected/0" + pointer, "\(product): \(found)")
        }
        for product in [
            #"{\#(version)}]}"#, #"{\#(version),"versionType":"git","lessThanOrEqual":"*"}]}"#,
            #"{\#(version)}],"cpes":["a cpe:/ b"]}"#,
            #"{"collectionURL":"https://pypi.org","packageName":"p","defaultStatus":"affected","packageURL":7}"#
        ] {
            let found = CVERecord.violations(in: Self.record(affected: product))
            #expect(found.isEmpty, "\(product): \(found)")
        }
    }

    @Test func `knows package URLs from format 5.2 on`() throws {
        let product = #"{"packageURL":"pkg:npm/a","defaultStatus":"affected"}"#
        #expect(CVERecord.violations(in: Self.record(version: "5.1.1", affected: product)).count == 1)
        #expect(
            try CVERecord(parsing: Self.record(version: "5.2.0", affected: product)).cna.affected[0].packageURL == "pkg:npm/a")
        let unknown = #"{"packageURL":"pkg:npm/a","defaultStatus":"affected","own":1}"#
        #expect(CVERecord.violations(in: Self.record(version: "5.2", affected: unknown)).map(\.code) == [.unknownMember])
        for version in ["4.0", "5", "5.01", "5.1.1.1", "5.x"] {
            let found = CVERecord.violations(in: Self.record(version: version))
            #expect(found.map(\.pointer) == ["/dataVersion"], "\(version): \(found)")
        }
    }

    @Test func `never crashes on truncated or changed records`() {
        let bytes = Self.record(cna: #","title":"\u00e9","credits":[{"lang":"en","value":"a"},{"lang":"en","value":"b"}]"#)
        for end in bytes.indices { #expect(!CVERecord.violations(in: Array(bytes[..<end])).isEmpty, "cut at \(end)") }
        let seed: UInt64 = 2026
        var generator = SeededGenerator(seed: seed)
        for round in 0..<2000 {
            var changed = bytes
            for _ in 0...generator.below(4) {
                changed[generator.below(changed.count)] = UInt8(truncatingIfNeeded: generator.next())
            }
            for violation in CVERecord.violations(in: changed) {
                #expect((0...changed.count).contains(violation.byteOffset), "seed \(seed), round \(round)")
            }
        }
    }
}
