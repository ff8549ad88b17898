import AdvisoryFormats
import PackageIdentity
import Testing

@testable import Matching

@Suite struct `CSAF documents` {
    private func document(_ tree: String, _ vulnerability: String) throws -> CSAFDocument {
        let text = """
            {"document":{"category":"csaf_security_advisory","csaf_version":"2.0","title":"T","publisher":{"category":"vendor",
            "name":"Example","namespace":"https://example.org/"},"tracking":{"id":"EX-1","version":"1","status":"final",
            "initial_release_date":"2026-01-01T00:00:00Z","current_release_date":"2026-01-02T00:00:00Z","revision_history":[
            {"number":"1","date":"2026-01-01T00:00:00Z","summary":"x"}]}},"product_tree":{\(tree)},
            "vulnerabilities":[{"cve":"CVE-2026-1",\(vulnerability)}]}
            """
        return try CSAFDocument(parsing: Array(text.utf8))
    }

    private func product(_ id: String, _ helper: String) -> String {
        #"{"product_id":"\#(id)","name":"\#(id)","product_identification_helper":{\#(helper)}}"#
    }

    private func match(_ document: CSAFDocument, _ component: Component) throws -> [Match] {
        try AdvisoryIndex(of: IndexedAdvisory.all(of: document)).match(component)
    }

    @Test(arguments: ["vers:npm/>=1.0.0|<2.0.0", "< V2.0.0", "vers:all/<V2.0.0", ">= 1.0.0 | < 2.0.0", "All versions < 2.0.0"])
    func `concern the versions of a range, and name the fix where the vendor does`(range: String) throws {
        let tree = """
            "branches":[{"category":"vendor","name":"v","branches":[{"category":"product_name","name":"p","branches":[
            {"category":"product_version_range","name":"\(range)","product":\(product("P", #""purl":"pkg:npm/p""#))}]}]}]
            """
        let document = try document(
            tree,
            #""product_status":{"known_affected":["P"]},"remediations":[{"category":"vendor_fix","details":"Update to V2.0.0.","product_ids":["P"]}]"#
        )
        func component(_ version: String) -> Component { Component(ecosystem: Ecosystem("npm"), name: "p", version: version) }
        let match = try match(document, component("1.5.0"))
        #expect(match.map(\.advisory) == ["csaf:example.org/EX-1/CVE-2026-1"] && match.map(\.fixedVersion) == ["2.0.0"])
        #expect(match.map(\.verdict) == [.affected] && match.map(\.aliases) == [["CVE-2026-1"]])
        #expect(try self.match(document, component("2.0.0")).isEmpty)
    }

    @Test func `leave in doubt what they do not say in a range or a version`() throws {
        for name in ["< V2.0 SP3", "firmware before May", "<=the_first_9_digits"] {
            let tree = """
                "branches":[{"category":"product_version_range","name":"\(name)","product":\(product("P", #""purl":"pkg:npm/p""#))}]
                """
            let document = try document(tree, #""product_status":{"known_affected":["P"]}"#)
            let component = Component(ecosystem: Ecosystem("npm"), name: "p", version: "1.0.0")
            let reason = try match(document, component).first?.reason
            #expect(reason == "The document's range '\(name)' is not one that can be read.")
        }
    }

    @Test func `follow a relationship to the component, on its platform`() throws {
        let cpe = #""cpe":"cpe:/o:redhat:enterprise_linux:8::baseos""#
        let purl = #""purl":"pkg:rpm/redhat/openssl@1.1.1k-6.el8?arch=x86_64&epoch=1""#
        let tree = """
            "full_product_names":[\(product("PLATFORM", cpe)),\(product("COMPONENT", purl))],
            "relationships":[{"category":"default_component_of","product_reference":"COMPONENT",
            "relates_to_product_reference":"PLATFORM","full_product_name":{"product_id":"P","name":"P"}}]
            """
        let document = try document(tree, #""product_status":{"fixed":["P"]}"#)
        let release = Ecosystem("Red Hat:enterprise_linux:8::baseos")
        func component(_ ecosystem: Ecosystem, _ version: String) -> Component {
            Component(ecosystem: ecosystem, name: "openssl", version: version)
        }
        let older = try match(document, component(release, "1:1.1.1k-5.el8"))
        #expect(older.map(\.reason) == ["The document says only which version has the fix."])
        #expect(older.map(\.fixedVersion) == ["1:1.1.1k-6.el8"])
        #expect(try match(document, component(release, "1:1.1.1k-6.el8")).isEmpty)
        #expect(try match(document, component(Ecosystem("Red Hat:enterprise_linux:9::baseos"), "1:1.1.1k-5.el8")).isEmpty)
    }

    @Test func `name products by CPE, with their version or a range`() throws {
        let tree = """
            "branches":[{"category":"product_version_range","name":"<2","product":\(product("P", #""cpe":"cpe:2.3:a:v:p:*:*:*:*:*:*:*:*""#))},
            {"category":"product_version","name":"3.0","product":\(product("Q", #""cpe":"cpe:2.3:a:v:p:*:*:*:*:*:*:*:*""#))},
            {"category":"product_version","name":"4.0","product":\(product("R", #""cpe":"cpe:2.3:a:v:p:4.0:*:*:*:*:*:*:*""#))}]
            """
        let document = try document(tree, #""product_status":{"known_affected":["P","Q"],"under_investigation":["R"]}"#)
        func verdict(_ version: String) throws -> String {
            let component = try #require(Component(CPE(parsing: "cpe:2.3:a:v:p:\(version):*:*:*:*:*:*:*")))
            return switch try match(document, component).first?.verdict {
            case .affected: "+"
            case .unknown: "?"
            case nil: "-"
            }
        }
        #expect(try ["1", "2", "3.0", "4.0"].map(verdict) == ["+", "-", "+", "?"])
    }
}
