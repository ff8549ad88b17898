import AdvisoryFormats
import Foundation
import TestSupport
import Testing

@Suite struct VEXDocumentTests {
    private func read(_ text: String) throws -> VEXDocument { try VEXDocument(parsing: Array(text.utf8)) }

    @Test func `reads OpenVEX of both forms`() throws {
        let document = try read(
            #"""
            {"@context":"https://openvex.dev/ns/v0.2.0","@id":"https://e.org/1","author":"A","timestamp":"2026-01-01T00:00:00Z",
             "version":2,"statements":[
              {"vulnerability":{"name":"CVE-2026-0001","aliases":["GHSA-x"]},"products":[{"@id":"https://e.org/image",
                "identifiers":{"purl":"pkg:oci/i@1","cpe23":"cpe:2.3:a:b:c:1:*:*:*:*:*:*:*"},"subcomponents":[{"@id":"pkg:npm/a@1"}]}],
                "status":"not_affected","justification":"component_not_present","impact_statement":"gone"},
              {"vulnerability":"CVE-2026-0002","products":["pkg:npm/b@1"],"subcomponents":["pkg:npm/c@1"],"status":"affected",
                "action_statement":"update","timestamp":"2026-02-01T00:00:00Z"}]}
            """#
        )
        #expect(document.format == .openVEX && document.formatVersion == "0.2.0" && document.version == "2")
        let (first, second) = (document.statements[0], document.statements[1])
        #expect(first.vulnerability == "CVE-2026-0001" && first.aliases == ["GHSA-x"] && first.status == .notAffected)
        #expect(first.products[0].purls == ["pkg:oci/i@1"] && first.products[0].cpes.count == 1)
        #expect(
            first.products[0].subcomponents[0].purls == ["pkg:npm/a@1"] && first.justification?.reason == .componentNotPresent)
        #expect(first.impactStatement == "gone" && first.timestamp?.text == "2026-01-01T00:00:00Z" && first.author == "A")
        #expect(
            second.status == .affected && second.actionStatement == "update" && second.timestamp?.text == "2026-02-01T00:00:00Z")
        #expect(second.products[0].subcomponents.map(\.id) == ["pkg:npm/c@1"] && second.documentID == "https://e.org/1")
    }

    @Test func `refuses statements that VEX does not know`() {
        let text = #"""
            {"@context":"https://openvex.dev/ns","@id":"i","author":"a","statements":[{"vulnerability":"V","status":"mitigated"},
             {"vulnerability":"V","status":"not_affected"},{"vulnerability":"V","status":"affected"},{"status":"fixed"},
             {"vulnerability":"V","status":"not_affected","justification":"because"}]}
            """#
        let refusal = #expect(throws: FormatRefusal.self) { try read(text) }
        #expect(
            refusal?.violations.map(\.pointer) == [
                "/statements/0/status", "/statements/1", "/statements/2", "/statements/3", "/statements/4",
                "/statements/4/justification"
            ])
        for other in ["{}", "[]", "", #"{"@context":"https://openvex.dev/ns/v9.9.9","@id":"i","author":"a","statements":[]}"#] {
            #expect(throws: FormatRefusal.self, "\(other)") { try read(other) }
        }
    }

    private static let csaf = #"""
        {"vulnerabilities":[{"cve":"CVE-2026-0001","ids":[{"system_name":"s","text":"X-1"}],"product_status":{"known_affected":["C"],
          "known_not_affected":["A","B"],"fixed":["A:B"],"recommended":["A"]},"flags":[{"label":"component_not_present","group_ids":["G"]}],
          "threats":[{"category":"impact","details":"none","product_ids":["B"]},{"category":"target_set","details":"all","product_ids":["A"]}],
          "remediations":[{"category":"vendor_fix","details":"update","product_ids":["C"]}]}],
         "product_tree":{"relationships":[{"category":"default_component_of","full_product_name":{"name":"A of B","product_id":"A:B"},
            "product_reference":"A","relates_to_product_reference":"B"}],"product_groups":[{"group_id":"G","product_ids":["A","B"]}],
          "branches":[{"category":"vendor","name":"V","branches":[{"category":"product_name","branches":[{"category":"product_version",
             "name":"1","product":{"name":"a 1","product_id":"A","product_identification_helper":{"purl":"pkg:rpm/v/a@1"}}}],"name":"a"}]}],
          "full_product_names":[{"name":"b","product_id":"B","product_identification_helper":{"cpe":"cpe:/o:v:b"}}]},
         "document":{"category":"csaf_vex","csaf_version":"2.0","title":"t","publisher":{"category":"vendor","name":"V","namespace":"https://v"},
          "distribution":{"tlp":{"label":"WHITE"}},"tracking":{"id":"V-1","version":"3","status":"final","aliases":["alias"],
           "initial_release_date":"2026-01-01T00:00:00Z","current_release_date":"2026-01-02T00:00:00Z"}}}
        """#

    @Test func `reads CSAF with branches, groups and relationships resolved`() throws {
        let advisory = try CSAFDocument(parsing: Array(Self.csaf.utf8))
        #expect(advisory.tracking.id == "V-1" && advisory.tlp == "WHITE" && advisory.version == "2.0")
        #expect(advisory.aliases == ["alias", "CVE-2026-0001", "X-1"] && advisory.products.map(\.id) == ["A", "B", "A:B"])
        #expect(advisory.products[0].branches.map(\.name) == ["V", "a", "1"] && advisory.products[0].version == "1")
        #expect(advisory.misfits.map(\.pointer) == ["/vulnerabilities/0/product_status/known_affected"])
        let document = try read(Self.csaf)
        #expect(document.format == .csaf && document.statements.map(\.status) == [.fixed, .affected, .notAffected, .notAffected])
        let fixed = document.statements[0].products[0]
        #expect(fixed.id == "A:B" && fixed.cpes == ["cpe:/o:v:b"] && fixed.subcomponents[0].purls == ["pkg:rpm/v/a@1"])
        #expect(document.statements[1].actionStatement == "update" && document.statements[1].products[0].purls.isEmpty)
        #expect(document.statements[2].impactStatement == nil && document.statements[3].impactStatement == "none")
        #expect(
            document.statements[3].justification?.reason == .componentNotPresent && document.statements[3].products[0].id == "B")
        #expect(document.statements.allSatisfy { $0.aliases == ["X-1"] && $0.author == "V" && $0.documentID == "V-1" })
    }

    @Test func `reads what CSAF 2_1 names otherwise`() throws {
        let text = Self.csaf.replacing("\"2.0\"", with: "\"2.1\"").replacing(
            "\"purl\":\"pkg:rpm/v/a@1\"", with: "\"purls\":[\"pkg:rpm/v/a@1\",\"pkg:rpm/w/a@1\"]"
        )
        .replacing(
            "\"flags\"",
            with:
                #""cwes":[{"id":"CWE-79","name":"n","version":"4.1"}],"metrics":[{"products":["A"],"content":{"cvss_v4":{"vectorString":"CVSS:4.0/AV:N"}}}],"flags""#
        )
        let advisory = try CSAFDocument(parsing: Array(text.utf8))
        #expect(advisory.products[0].purls.count == 2 && advisory.vulnerabilities[0].weaknesses == ["CWE-79"])
        let scores = advisory.vulnerabilities[0].scores
        #expect(scores.map(\.vector) == ["CVSS:4.0/AV:N"] && scores[0].products == ["A"])
        let other = Self.csaf.replacing("\"2.0\"", with: "\"1.2\"").replacing(#""id":"V-1","#, with: "")
        let refusal = #expect(throws: FormatRefusal.self) { try CSAFDocument(parsing: Array(other.utf8)) }
        #expect(refusal?.violations.map(\.pointer) == ["/document/csaf_version", "/document/tracking"])
    }

    @Test func `reads the product paths of CSAF 2_1 from the innermost component outwards`() throws {
        let old =
            #""relationships":[{"category":"default_component_of","full_product_name":{"name":"A of B","product_id":"A:B"},"#
        let new = #""product_paths":[{"full_product_name":{"name":"A of B","product_id":"A:B"},"#
        let ends = #""product_reference":"A","relates_to_product_reference":"B""#
        let path =
            #""beginning_product_reference":"X","subpaths":[{"category":"default_component_of","next_product_reference":"A"},"#
            + #"{"category":"installed_on","next_product_reference":"B"}]"#
        let text = Self.csaf.replacing("\"2.0\"", with: "\"2.1\"").replacing(old, with: new).replacing(ends, with: path)
        let advisory = try CSAFDocument(parsing: Array(text.utf8))
        #expect(advisory.products.last?.path?.products == ["X", "A", "B"] && advisory.misfits.count == 2)
        let product = try read(text).statements[0].products[0]
        #expect(product.cpes == ["cpe:/o:v:b"] && product.subcomponents.map(\.id) == ["A", "X"])
    }

    @Test func `ends relationships that go in a circle`() throws {
        let text = Self.csaf.replacing(
            #""product_reference":"A","relates_to_product_reference":"B""#,
            with: #""product_reference":"A:B","relates_to_product_reference":"A:B""#)
        #expect(try read(text).statements[0].products[0].id == "A:B")
    }

    private static let cycloneDX = #"""
        {"bomFormat":"CycloneDX","specVersion":"1.6","serialNumber":"urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79","version":1,
         "vulnerabilities":[
          {"id":"CVE-2026-0001","references":[{"id":"GHSA-x","source":{}}],"analysis":{"state":"not_affected","justification":"code_not_reachable",
            "detail":"dead","lastUpdated":"2026-03-01T00:00:00Z"},"affects":[{"ref":"a"},{"ref":"urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#inner"},
            {"ref":"urn:cdx:f08a6ccd-4dce-4759-bd84-c626675d60a7/2#x"},{"ref":"nowhere"}]},
          {"id":"CVE-2026-0002","analysis":{"state":"exploitable","response":["will_not_fix","update"]},"recommendation":"stop",
            "affects":[{"ref":"a","versions":[{"range":"vers:npm/<2","status":"affected"}]}]},
          {"id":"CVE-2026-0003","analysis":{"state":"resolved"}},{"id":"CVE-2026-0004","analysis":{"state":"in_triage"}},{"id":"CVE-2026-0005"}],
         "components":[{"bom-ref":"a","name":"a","version":"1","purl":"pkg:npm/a@1","components":[{"bom-ref":"inner","name":"i","cpe":"cpe:/a:i"}]}],
         "metadata":{"timestamp":"2026-01-01T00:00:00Z","supplier":{"name":"S"}}}
        """#

    @Test func `reads CycloneDX with references resolved and links to other documents kept`() throws {
        let document = try read(Self.cycloneDX)
        #expect(document.statements.map(\.status) == [.notAffected, .affected, .fixed, .underInvestigation])
        let first = document.statements[0]
        #expect(first.aliases == ["GHSA-x"] && first.impactStatement == "dead" && first.author == "S")
        #expect(
            first.justification?.reason == .vulnerableCodeNotInExecutePath && first.justification?.written == "code_not_reachable"
        )
        #expect(first.products.map(\.purls) == [["pkg:npm/a@1"], [], [], []] && first.products[1].cpes == ["cpe:/a:i"])
        #expect(first.products[2].id == "urn:cdx:f08a6ccd-4dce-4759-bd84-c626675d60a7/2#x" && document.misfits.count == 1)
        #expect(
            first.timestamp?.text == "2026-03-01T00:00:00Z" && document.statements[2].timestamp?.text == "2026-01-01T00:00:00Z")
        let second = document.statements[1]
        #expect(second.actionStatement == "will_not_fix\nupdate\nstop" && second.products[0].versions[0].text == "vers:npm/<2")
        #expect(second.products[0].versions[0].isRange && second.products[0].versions[0].status == "affected")
    }

    private static let cycloneDXXML = #"""
        <?xml version="1.0"?>
        <bom xmlns="http://cyclonedx.org/schema/bom/1.6" serialNumber="urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79" version="1">
         <vulnerabilities>
          <vulnerability bom-ref="v"><id> CVE-2026-0001 </id><references><reference><id>GHSA-x</id><source/></reference></references>
           <x:note xmlns:x="https://example.org/"><x:analysis>passed</x:analysis></x:note>
           <analysis><state>not_affected</state><justification>code_not_reachable</justification><detail><![CDATA[dead]]></detail>
            <lastUpdated>2026-03-01T00:00:00Z</lastUpdated></analysis>
           <affects><target><ref>a</ref></target><target><ref>urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#inner</ref></target>
            <target><ref>urn:cdx:f08a6ccd-4dce-4759-bd84-c626675d60a7/2#x</ref></target><target><ref>nowhere</ref></target></affects></vulnerability>
          <vulnerability><id>CVE-2026-0002</id><recommendation>stop</recommendation><analysis><state>exploitable</state>
            <responses><response>will_not_fix</response><response>update</response></responses></analysis>
           <affects><target><ref>a</ref><versions><version><range>vers:npm/&lt;2</range><status>affected</status></version></versions></target></affects></vulnerability>
          <vulnerability><id>CVE-2026-0003</id><analysis><state>resolved</state></analysis></vulnerability>
          <vulnerability><id>CVE-2026-0004</id><analysis><state>in_triage</state></analysis></vulnerability>
          <vulnerability><id>CVE-2026-0005</id></vulnerability>
         </vulnerabilities>
         <components><component bom-ref="a" type="library"><name>a</name><version>1</version><purl>pkg:npm/a@1</purl>
          <components><component bom-ref="inner" type="library"><name>i</name><cpe>cpe:/a:i</cpe></component></components></component></components>
         <metadata><timestamp>2026-01-01T00:00:00Z</timestamp><supplier><name>S</name></supplier></metadata>
        </bom>
        """#

    @Test func `reads the same from CycloneDX in both of its syntaxes`() throws {
        let (xml, json) = try (read(Self.cycloneDXXML), read(Self.cycloneDX))
        #expect(xml.statements == json.statements && xml.statements.count == 4)
        #expect((xml.format, xml.formatVersion, xml.id, xml.version) == (json.format, json.formatVersion, json.id, json.version))
        #expect(xml.author == json.author && xml.timestamp == json.timestamp)
        #expect(xml.misfits.map(\.reason) == json.misfits.map(\.reason) && xml.misfits.map(\.pointer) == ["/bom/vulnerabilities"])
        let authors = "<authors><author><name>A</name></author><author><name>B</name></author></authors><supplier>"
        #expect(try read("\u{FEFF}" + Self.cycloneDXXML.replacing("<supplier>", with: authors)).author == "A, B")
    }

    @Test func `names the places in CycloneDX XML that it refuses, and a time without a zone is none`() throws {
        let wrong = Self.cycloneDXXML.replacing("exploitable", with: "mended").replacing("code_not_reachable", with: "because")
            .replacing("<ref>nowhere</ref>", with: "").replacing("<id>CVE-2026-0004</id>", with: "").replacing(
                "03-01T", with: "13-01T")
        let refusal = #expect(throws: FormatRefusal.self) { try read(wrong) }
        let vulnerability = "/bom/vulnerabilities/vulnerability"
        #expect(
            refusal?.violations.map(\.pointer) == [
                "\(vulnerability)/analysis/justification", "\(vulnerability)/analysis/lastUpdated",
                "\(vulnerability)/affects/target[4]", "\(vulnerability)[2]/analysis/state", "\(vulnerability)[4]"
            ], "\(String(describing: refusal))")
        let local = try read(Self.cycloneDXXML.replacing("03-01T00:00:00Z", with: "03-01T00:00:00"))
        #expect(local.statements[0].timestamp?.text == "2026-01-01T00:00:00Z", "that of the document")
        #expect(
            local.misfits.map(\.reason).first
                == "the time 2026-03-01T00:00:00 in <lastUpdated> has no time zone, and counts for none")
        let other = #expect(throws: FormatRefusal.self) { try read("<project/>") }
        let broken = #expect(throws: FormatRefusal.self) { try read("<bom") }
        #expect(other?.isOfOtherThanVEX == true && broken?.isOfOtherThanVEX == false)
    }

    @Test func `reads OpenVEX in an in-toto statement, and says that no signature was checked`() throws {
        let predicate =
            #"{"@context":"https://openvex.dev/ns/v0.2.0","@id":"i","author":"a","statements":[{"vulnerability":"V","status":"fixed"}]}"#
        func statement(_ predicate: String, _ type: String = "https://openvex.dev/ns/v0.2.0") -> String {
            #"{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"x"}],"predicateType":"\#(type)","predicate": \#(predicate)}"#
        }
        let document = try read(statement(predicate))
        #expect(try document.format == .openVEX && document.statements == read(predicate).statements)
        #expect(
            document.misfits.map(\.reason) == ["the document stands in an in-toto statement, whose signature was not checked"])
        #expect(try read(statement(predicate, "https://openvex.dev/ns")).statements.count == 1)
        let text = statement(predicate.replacing("fixed", with: "mended"))
        let wrong = #expect(throws: FormatRefusal.self) { try read(text) }
        #expect(wrong?.violations.map(\.pointer) == ["/predicate/statements/0/status"])
        let place = try #require(text.range(of: "\"mended"))
        #expect(wrong?.violations.map(\.byteOffset) == [text.utf8.distance(from: text.startIndex, to: place.lowerBound)])
        for (other, words) in [
            (
                statement(predicate, "https://slsa.dev/provenance/v1"),
                "an in-toto statement of the type \"https://slsa.dev/provenance/v1\""
            ),
            (statement(predicate, "https://openvex.dev/nsx"), "an in-toto statement of the type"),
            (
                #"{"payloadType":"application/vnd.in-toto+json","payload":"e30=","signatures":[]}"#,
                "a DSSE envelope, whose signature is not"
            )
        ] {
            let refusal = #expect(throws: FormatRefusal.self) { try read(other) }
            #expect(refusal?.isOfOtherThanVEX == true && refusal?.violations.first?.reason.hasPrefix(words) == true, "\(other)")
        }
    }

    @Test func `versions of CycloneDX without a status are affected, the version of a component has none`() throws {
        let text = Self.cycloneDX.replacing(
            #"{"ref":"a"}"#,
            with:
                #"{"ref":"a"},{"ref":"a","versions":[{"version":"1"},{"range":"vers:npm/<1"},{"version":"2","status":"unknown"}]}"#
        )
        let products = try read(text).statements[0].products
        #expect(products[0].versions == [VEXVersion(text: "1", isRange: false, status: nil)])
        #expect(products[1].versions.map(\.status) == ["affected", "affected", "unknown"])
    }

    @Test func `never crashes on truncated or changed documents`() {
        let seed: UInt64 = 7
        var generator = SeededGenerator(seed: seed)
        for text in [Self.csaf, Self.cycloneDX, Self.cycloneDXXML] {
            let bytes = Array(text.utf8)
            for end in bytes.indices {
                #expect(throws: FormatRefusal.self, "cut at \(end)") { try VEXDocument(parsing: Array(bytes[..<end])) }
            }
            for round in 0..<1000 {
                var changed = bytes
                for _ in 0...generator.below(4) {
                    changed[generator.below(changed.count)] = UInt8(truncatingIfNeeded: generator.next())
                }
                do throws(FormatRefusal) { _ = try VEXDocument(parsing: changed) } catch {
                    for violation in error.violations {
                        #expect((0...changed.count).contains(violation.byteOffset), "seed \(seed), round \(round)")
                    }
                }
            }
        }
    }
}
