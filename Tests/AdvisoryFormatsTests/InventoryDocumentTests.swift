import AdvisoryFormats
import TestSupport
import Testing

@Suite struct InventoryDocumentTests {
    private static func refusal(of text: String) -> FormatRefusal? {
        #expect(throws: FormatRefusal.self, "\(text)") { try InventoryDocument(parsing: Array(text.utf8)) }
    }

    @Test func `lists components at any depth, and not the product that the document is about`() throws {
        let text = """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": {"name": "product", "purl": "pkg:a/b"}},
             "components": [{"name": "a", "version": "1", "purl": "pkg:npm/a@1", "cpe": "cpe:2.3:a:x:a:1:*:*:*:*:*:*:*",
               "components": [{"name": "inner"}]}, {"name": "b"}], "vulnerabilities": [{}, {}]}
            """
        let inventory = try InventoryDocument(parsing: Array(text.utf8))
        #expect(inventory.components.map(\.name) == ["a", "inner", "b"] && inventory.subjects.map(\.purls) == [["pkg:a/b"]])
        #expect(inventory.components[0].purls == ["pkg:npm/a@1"] && inventory.components[0].cpes.count == 1)
        #expect(inventory.purlCount == 1 && inventory.vulnerabilityCount == 2 && inventory.specVersion == "1.6")
    }

    @Test func `lists the packages of SPDX as JSON and as text alike`() throws {
        let json = """
            {"spdxVersion": "SPDX-2.3", "packages": [{"name": "a", "versionInfo": "1", "externalRefs": [
              {"referenceType": "purl", "referenceLocator": "pkg:npm/a@1"},
              {"referenceType": "http://spdx.org/rdf/references/cpe23Type", "referenceLocator": "cpe:2.3:a:x:a:1"}]}, {}]}
            """
        let text = """
            SPDXVersion: SPDX-2.3
            ## a comment: PackageName: none
            PackageName: a
            PackageVersion: 1
            PackageComment: <text>words
            PackageName: inside a text
            end</text>
            ExternalRef: PACKAGE-MANAGER purl pkg:npm/a@1
            ExternalRef: SECURITY cpe23Type cpe:2.3:a:x:a:1
            PackageName:
            """
        let (first, second) = (
            try InventoryDocument(parsing: Array(json.utf8)), try InventoryDocument(parsing: Array(text.utf8))
        )
        let fromWindows = try InventoryDocument(parsing: Array(text.replacing("\n", with: "\r\n").utf8))
        for inventory in [first, second, fromWindows] {
            #expect(inventory.components.map(\.name) == ["a", ""] && inventory.components[0].version == "1")
            #expect(inventory.components[0].purls == ["pkg:npm/a@1"] && inventory.components[0].cpes == ["cpe:2.3:a:x:a:1"])
        }
    }

    @Test func `refuses what is no inventory, with every place`() {
        let many = Self.refusal(of: #"{"bomFormat": "Cyclone", "specVersion": "9", "components": [{"purl": 1}, 2]}"#)
        #expect(
            many?.violations.map(\.pointer) == [
                "/bomFormat", "/specVersion", "/components/0", "/components/0/purl", "/components/1"
            ])
        for (text, reason) in [
            ("{}", "neither bomFormat"), (#"{"specVersion": "1.6", "bomFormat": "CycloneDX""#, "ends"),
            ("", "there is nothing in it"), ("name", "no line begins with SPDXVersion"), (" []", "a JSON array"),
            ("<bom/>", "the root element <bom> is not the <bom> of a CycloneDX namespace"),
            (#"{"spdxVersion": "SPDX-3.0"}"#, "SPDX-2.2 and SPDX-2.3"),
            ("SPDXVersion: SPDX-2.3\nPackageName: a\nPackageComment: <text>x\nPackageName: b", "a <text> that does not end"),
            ("SPDXVersion: SPDX-3.0", "SPDX-2.2 and SPDX-2.3"), (#"{"bomFormat": "CycloneDX"}"#, "\"specVersion\" is missing")
        ] {
            #expect(Self.refusal(of: text)?.description.contains(reason) == true, "\(text)")
        }
    }

    @Test func `lists the same components of CycloneDX as XML`() throws {
        let text = """
            \u{FEFF}<?xml version="1.0"?><c:bom xmlns:c="http://cyclonedx.org/schema/bom/1.6" version="1">
              <c:metadata><c:tools><c:components><c:component type="library"><c:name>tool</c:name></c:component></c:components>
              </c:tools><c:component type="library"><c:name>product</c:name><c:purl>pkg:a/b</c:purl></c:component></c:metadata>
              <c:components><c:component type="library"><c:name>a &amp; b</c:name><c:version><![CDATA[1]]></c:version>
              <c:cpe>cpe:2.3:a:x:a:1:*:*:*:*:*:*:*</c:cpe><c:purl> pkg:npm/a@1 </c:purl><c:components>
              <c:component type="file"><c:name>inner</c:name></c:component></c:components></c:component>
              <component xmlns="urn:other"><name>none</name></component></c:components>
              <c:vulnerabilities><c:vulnerability/><c:vulnerability/></c:vulnerabilities></c:bom>
            """
        let inventory = try InventoryDocument(parsing: Array(text.utf8), validating: true)
        #expect(inventory.components.map(\.name) == ["a & b", "inner"] && inventory.subjects.map(\.purls) == [["pkg:a/b"]])
        #expect(inventory.components[0].purls == ["pkg:npm/a@1"] && inventory.components[0].version == "1")
        #expect(inventory.components[0].cpes.count == 1 && inventory.vulnerabilityCount == 2 && inventory.specVersion == "1.6")
        #expect(inventory.purlCount == 2 && inventory.format == .cycloneDXXML && inventory.violations.isEmpty)
    }

    @Test func `lists the packages of SPDX 3`() throws {
        let text = """
            {"@context": ["urn:x", "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"], "@graph": [
              {"name": "a", "software_packageVersion": "1", "software_packageUrl": "pkg:npm/a@1", "type": "software_Package",
               "externalIdentifier": [{"type": "ExternalIdentifier", "externalIdentifierType": "cpe23", "identifier": "cpe:2.3:a"}, "_:b"]},
              {"type": "software_File", "name": "b"}, {"type": "software_Package", "software_packageUrl": "pkg:npm/c@1",
               "externalIdentifier": [{"externalIdentifierType": "packageUrl", "identifier": "pkg:npm/c@1"},
                {"externalIdentifierType": "packageUrl", "identifier": "pkg:npm/d@1"}]}]}
            """
        let inventory = try InventoryDocument(parsing: Array(text.utf8))
        #expect(inventory.components.map(\.name) == ["a", ""] && inventory.components[0].purls == ["pkg:npm/a@1"])
        #expect(inventory.components[0].cpes == ["cpe:2.3:a"] && inventory.components[0].version == "1")
        #expect(inventory.components[1].purls == ["pkg:npm/c@1", "pkg:npm/d@1"])
        #expect(inventory.specVersion == "3.0" && inventory.format == .spdx3)
    }

    @Test func `says what a document is that is no inventory`() {
        for (text, reason) in [
            (#"{"payloadType": "x", "payload": ""}"#, "a DSSE envelope"), (#"{"document": {}}"#, "a CSAF document"),
            (#"{"id": "x", "affected": []}"#, "an OSV record"), (#"{"cveMetadata": {}}"#, "a CVE record"),
            (#"{"@context": "https://openvex.dev/ns", "statements": []}"#, "an OpenVEX document"),
            (#"<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>"#, "an RDF/XML SPDX document"),
            (#"<bom xmlns="http://cyclonedx.org/schema/bom/2.0"/>"#, "versions 1.0 to 1.7"),
            ("SPDXID: SPDXRef-DOCUMENT\nspdxVersion: SPDX-2.3\n", "an SPDX document as YAML"),
            ("<bom", "the document ends inside <bom>"),
            ("<!DOCTYPE bom><bom/>", "a document type declaration")
        ] {
            #expect(Self.refusal(of: text)?.description.contains(reason) == true, "\(text)")
        }
    }

    @Test func `keeps an inventory that breaks rules of its schema, with every place`() throws {
        let json = """
            {"bomFormat": "CycloneDX", "specVersion": "1.4", "version": "1", "serialNumber": "urn:uuid:X", "components": [
              {"type": "thing", "name": "a", "extra": 1, "licenses": [{"license": {"id": "NONE"}}],
               "hashes": [{"alg": "MD5", "content": "0"}]}, {"name": "b"}]}
            """
        let document = try InventoryDocument(parsing: Array(json.utf8), validating: true)
        #expect(document.components.map(\.name) == ["a", "b"])
        #expect(
            document.violations.map(\.pointer) == [
                "/version", "/serialNumber", "/components/0/type", "/components/0/extra", "/components/0/licenses/0/license/id",
                "/components/0/hashes/0/content", "/components/1"
            ])
        #expect(try InventoryDocument(parsing: Array(json.utf8)).violations.isEmpty, "it was not asked for")
        let xml = """
            <bom xmlns="http://cyclonedx.org/schema/bom/1.4" serialNumber="x"><components><component bom-ref="a"><version>1</version>
            <name>a</name></component><component type="library" bom-ref="a"><name>b</name><licenses><license><id>NONE</id></license>
            </licenses><modified>maybe</modified><flag/></component>text</components><components/></bom>
            """
        let other = try InventoryDocument(parsing: Array(xml.utf8), validating: true)
        #expect(other.components.map(\.name) == ["a", "b"])
        #expect(
            other.violations.map(\.pointer) == [
                "/bom/@serialNumber", "/bom/components/component", "/bom/components/component/version",
                "/bom/components/component/name", "/bom/components/component[2]/@bom-ref",
                "/bom/components/component[2]/licenses/license/id", "/bom/components/component[2]/modified",
                "/bom/components/component[2]/flag", "/bom/components", "/bom/components[2]"
            ])
    }

    @Test func `never crashes on a cut or changed document`() {
        let documents = [
            #"{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{"type":"file","name":"a","licenses":[{"expression":"x"}]}]}"#,
            #"<bom xmlns="http://cyclonedx.org/schema/bom/1.1"><components><component type="file"><name>a</name></component></components></bom>"#,
            #"{"@context":"https://spdx.org/rdf/3.0.0/","@graph":[{"type":"software_Package","name":"a","externalIdentifier":[]}]}"#
        ].map { Array($0.utf8) }
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        print("seed \(seed)")
        for document in documents {
            let cut = document.indices.map { Array(document[..<$0]) }
            let changed = (0..<1_000).map { _ in
                var copy = document
                for _ in 0...generator.below(3) { copy[generator.below(copy.count)] = UInt8(generator.below(256)) }
                return copy
            }
            for bytes in cut + changed {
                do throws(FormatRefusal) {
                    let violations = try InventoryDocument(parsing: bytes, validating: true).violations
                    #expect(violations.allSatisfy { 0...bytes.count ~= $0.byteOffset }, "seed \(seed)")
                } catch {
                    #expect(
                        !error.violations.isEmpty && error.violations.allSatisfy { 0...bytes.count ~= $0.byteOffset },
                        "seed \(seed)")
                }
            }
        }
    }

    @Test func `says where elements of an extension break its schema, wherever they may stand`() throws {
        func places(_ inside: String, _ behind: String = "") throws -> [String] {
            let namespaces =
                #"xmlns="http://cyclonedx.org/schema/bom/1.1" xmlns:dg="http://cyclonedx.org/schema/ext/dependency-graph/1.0""#
            let component = "<component type='library'><name>a</name><version>1</version>\(inside)</component>"
            let text = "<bom \(namespaces) xmlns:x='urn:x'><components>\(component)</components>\(behind)</bom>"
            return try InventoryDocument(parsing: Array(text.utf8), validating: true).violations.map {
                "\($0.pointer) \($0.code)"
            }
        }
        let good = "<dg:dependencies><dg:dependency ref='1' x:more='y'><dg:dependency ref='2'/></dg:dependency></dg:dependencies>"
        let bad = "<dg:dependencies><dg:dependency ref='1'><dg:dependency/></dg:dependency><dg:other/></dg:dependencies>"
        #expect(try places(good, good).isEmpty)
        #expect(try places("", "<x:dependencies><x:dependency/></x:dependencies>").isEmpty)
        let found = ["/bom/dependencies/dependency/dependency missingMember", "/bom/dependencies/other unknownMember"]
        #expect(try places("", bad) == found)
        #expect(try places(bad).count == 2)
    }

    @Test func `warns of what SPDX requires and a document lacks, and calls it valid all the same`() throws {
        let text = """
            \u{FEFF}{"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "name": "hall", "creationInfo": {"created": "x", "creators": []},
             "packages": [{"name": "a", "SPDXID": "SPDXRef-a", "more": 1,
              "externalRefs": [{"referenceCategory": "PACKAGE", "referenceType": "purl", "referenceLocator": "pkg:npm/a@1"}]}],
             "relationships": [{"spdxElementId": "a", "relationshipType": "NEAR", "relatedSpdxElement": "b"}]}
            """
        let document = try InventoryDocument(parsing: Array(text.utf8), validating: true)
        #expect(document.components.count == 1 && document.purlCount == 1 && document.violations.isEmpty)
        let found = document.warnings.map { "\($0.pointer) \($0.code)" }
        #expect(
            found == [
                " missingMember", "/creationInfo/creators badValue", "/packages/0 missingMember",
                "/packages/0/externalRefs/0/referenceCategory badValue", "/relationships/0/relationshipType badValue"
            ], "\(document.warnings)")
        #expect(document.warnings.allSatisfy { $0.byteOffset >= 3 && !$0.reason.isEmpty })
        #expect(try InventoryDocument(parsing: Array(text.utf8)).warnings.isEmpty, "it was not asked for")
    }

    @Test func `a number of any size is one from one on`() throws {
        for (version, isValid) in [("1", true), ("1\(String(repeating: "0", count: 30))", true), ("0", false), ("1.5", false)] {
            let text = #"{"bomFormat": "CycloneDX", "specVersion": "1.6", "version": \#(version)}"#
            let violations = try InventoryDocument(parsing: Array(text.utf8), validating: true).violations
            #expect(violations.isEmpty == isValid, "\(version): \(violations)")
        }
    }
}
