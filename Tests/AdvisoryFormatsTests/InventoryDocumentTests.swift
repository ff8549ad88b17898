import AdvisoryFormats
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
        for inventory in [first, second] {
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
            ("", "SPDXVersion is missing"),
            ("<bom/>", "SPDXVersion is missing"), (#"{"spdxVersion": "SPDX-3.0"}"#, "SPDX-2.2 and SPDX-2.3"),
            ("SPDXVersion: SPDX-3.0", "SPDX-2.2 and SPDX-2.3"), (#"{"bomFormat": "CycloneDX"}"#, "\"specVersion\" is missing")
        ] {
            #expect(Self.refusal(of: text)?.description.contains(reason) == true, "\(text)")
        }
    }
}
