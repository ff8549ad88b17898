import AdvisoryFormats
import JSONText
import Testing

@Suite struct CSAFWriterTests {
    private func written(_ advisory: AdvisoryDocument) throws -> JSONValue {
        try JSONValue(parsing: advisory.csaf().bytes)
    }

    @Test func `writes tracking with revisions numbered from one`() throws {
        let tracking = try #require(try written(SampleAdvisory.make())["document"]?["tracking"])
        #expect(tracking["id"] == "EX-2026:0001")
        #expect(tracking["version"] == "2")
        #expect(tracking["initial_release_date"] == "2026-01-31T12:00:00Z")
        #expect(tracking["current_release_date"] == "2026-02-01T12:00:00+01:00")
        #expect(tracking["revision_history"]?.array?.map { $0["number"] } == ["1", "2"])
        #expect(tracking["generator"] == ["engine": ["name": "Breakwater", "version": "0.1.0"]])
    }

    @Test func `groups products by vendor and name`() throws {
        let tree = try written(SampleAdvisory.make())["product_tree"]
        let expected = try JSONValue(
            parsing: #"""
                {"branches":[
                  {"category":"vendor","name":"Example","branches":[{"category":"product_name","name":"left-pad","branches":[
                    {"category":"product_version_range","name":"vers:npm/>=1.0.0|<1.3.1","product":{"product_id":"P1",
                      "name":"Example left-pad vers:npm/>=1.0.0|<1.3.1","product_identification_helper":{"purl":"pkg:npm/left-pad"}}},
                    {"category":"product_version","name":"1.3.1","product":{"product_id":"P2","name":"Example left-pad 1.3.1",
                      "product_identification_helper":{"purl":"pkg:npm/left-pad@1.3.1"}}}]}]},
                  {"category":"vendor","name":"Other","branches":[{"category":"product_name","name":"Appliance",
                    "product":{"product_id":"P3","name":"Other Appliance"}}]}]}
                """#)
        #expect(tree == expected)
    }

    @Test func `writes status, scores, remediations and reasons of a vulnerability`() throws {
        let vulnerability = try #require(try written(SampleAdvisory.make())["vulnerabilities"]?.array?.first)
        #expect(vulnerability["cve"] == "CVE-2026-12345")
        #expect(vulnerability["cwe"] == ["id": "CWE-122", "name": "Heap-based Buffer Overflow"])
        #expect(vulnerability["product_status"] == ["fixed": ["P2"], "known_affected": ["P1"], "known_not_affected": ["P3"]])
        #expect(vulnerability["scores"]?.array?.first?["cvss_v3"]?["baseSeverity"] == "CRITICAL")
        #expect(vulnerability["scores"]?.array?.first?["cvss_v3"]?["baseScore"]?.number?.double == 9.8)
        #expect(vulnerability["remediations"]?.array?.first?["category"] == "vendor_fix")
        #expect(vulnerability["flags"]?.array?.first?["label"] == "vulnerable_code_not_present")
        #expect(vulnerability["ids"] == [["system_name": "Example Tracker", "text": "#7"]])
    }

    @Test func `never widens a TLP label`() throws {
        var advisory = try SampleAdvisory.make()
        for (label, expected) in [
            (AdvisoryTLP.clear, "WHITE"), (.green, "GREEN"), (.amber, "AMBER"), (.amberStrict, "RED"), (.red, "RED")
        ] {
            advisory.tlp = label
            let document = try advisory.csaf()
            let distribution = try JSONValue(parsing: document.bytes)["document"]?["distribution"]
            #expect(distribution?["tlp"]?["label"]?.string == expected)
            #expect(document.misfits.map(\.pointer) == (label == .amberStrict ? ["/document/distribution/tlp/label"] : []))
            #expect(distribution?["text"]?.string?.contains("AMBER+STRICT") == (label == .amberStrict ? true : nil))
        }
    }

    @Test func `tells a score of CVSS 4 as a note and says so`() throws {
        var advisory = try SampleAdvisory.make()
        let vector = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"
        advisory.vulnerabilities[0].scores.append(AdvisoryScore(vector: vector, baseScore: 9.3, products: ["P1"]))
        let document = try advisory.csaf()
        let vulnerability = try JSONValue(parsing: document.bytes)["vulnerabilities"]?.array?.first
        #expect(vulnerability?["scores"]?.array?.count == 1)
        #expect(
            vulnerability?["notes"]?.array?.last == [
                "category": "other", "text": .string(vector), "title": "CVSS 4.0 base score 9.3"
            ])
        #expect(document.misfits.map(\.pointer) == ["/vulnerabilities/0/notes"])
    }

    @Test func `names the file after the tracking identifier as section 5.1 prescribes`() throws {
        for (id, name) in [
            ("cisco-sa-20190513-secureboot", "cisco-sa-20190513-secureboot.json"), ("RHSA-2019:1862", "rhsa-2019_1862.json"),
            ("Example Company - 2019-YH3234", "example_company_-_2019-yh3234.json"), ("a..b//c+D", "a_b_c+d.json"),
            ("é1", "_1.json")
        ] {
            #expect(AdvisoryDocument.csafFileName(forTrackingID: id) == name)
        }
        #expect(try SampleAdvisory.make().csaf().fileName == "ex-2026_0001.json")
    }

    @Test func `writes the same document pretty and plain`() throws {
        let advisory = try SampleAdvisory.make()
        #expect(try JSONValue(parsing: advisory.csaf(pretty: true).bytes) == written(advisory))
    }
}
