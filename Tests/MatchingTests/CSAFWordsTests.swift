import AdvisoryFormats
import PackageIdentity
import Testing

@testable import Matching

/// Makers of devices name their products in words: 7,900 of the 8,000 advisories of industrial and medical devices do.
@Suite struct `CSAF products named in words` {
    private func verdicts(
        _ branch: String, vendor: String = "Maker AG", product: String = "Infusion Pump 3", identifiedBy helper: String = "",
        _ versions: String, as name: String = "maker_ag:infusion_pump_3"
    ) throws -> String {
        try versions.split(separator: " ").map { version in
            let cpe = try CPE(parsing: "cpe:2.3:h:\(name):\(version):*:*:*:*:*:*:*")
            let component = try #require(Component(cpe))
            return "\(version)\(try verdicts(branch, vendor: vendor, product: product, identifiedBy: helper, component))"
        }.joined(separator: " ")
    }

    private func verdicts(
        _ branch: String, vendor: String = "Maker AG", product: String = "Infusion Pump 3", identifiedBy helper: String = "",
        _ component: Component
    ) throws -> String {
        return switch try matches([(branch, helper)], vendor: vendor, product: product, component).first?.verdict {
        case .affected: "+"
        case .unknown: "?"
        case nil: "-"
        }
    }

    /// The matches of a document about one name, the first of whose products is affected, and all of them where it is said.
    private func matches(
        _ products: [(branch: String, helper: String)], vendor: String = "Maker AG", product: String = "Infusion Pump 3",
        areAllAffected: Bool = false, _ component: Component
    ) throws -> [Match] {
        let branches = products.enumerated().map { number, product in
            "{\(product.branch),\"product\":{\"product_id\":\"P\(number)\",\"name\":\"P\"\(product.helper)}}"
        }
        let affected = (areAllAffected ? Array(products.indices) : [0]).map { "\"P\($0)\"" }.joined(separator: ",")
        let text = """
            {"document":{"category":"csaf_security_advisory","csaf_version":"2.0","title":"T","publisher":{"category":"vendor",
            "name":"Example","namespace":"https://example.org/"},"tracking":{"id":"EX-1","version":"1","status":"final",
            "initial_release_date":"2026-01-01T00:00:00Z","current_release_date":"2026-01-02T00:00:00Z","revision_history":[
            {"number":"1","date":"2026-01-01T00:00:00Z","summary":"x"}]}},"product_tree":{"branches":[{"category":"vendor",
            "name":"\(vendor)","branches":[{"category":"product_name","name":"\(product)","branches":[
            \(branches.joined(separator: ","))]}]}]},
            "vulnerabilities":[{"cve":"CVE-2026-1","product_status":{"known_affected":[\(affected)]}}]}
            """
        let document = try CSAFDocument(parsing: Array(text.utf8))
        var matcher = Matcher(try AdvisoryIndex(of: IndexedAdvisory.all(of: document)))
        return matcher.matches(component)
    }

    @Test(arguments: [
        ("MAKER AG", "Infusion-Pump 3", "1.9", "+"), ("Maker AG", "Maker AG Infusion Pump 3", "1.9", "+"),
        ("Maker AG", "Infusion Pump 3", "2.0", "-"), ("Other", "Infusion Pump 3", "1.9", "-"), ("Maker AG", "Pump", "1.9", "-"),
        ("n/a", "Infusion Pump 3", "1.9", "none"), ("Maker AG", "?", "1.9", "none")
    ])
    func `concern a device of an inventory that names it in words`(
        vendor: String, product: String, version: String, expected: String
    ) throws {
        let component = Component(product: product, of: vendor, version: version)
        guard let component else { return #expect(expected == "none") }
        #expect(try verdicts(range("< V2.0"), component) == expected)
    }

    @Test func `are found of a device in words under CPE names of any part, once`() throws {
        let names = ["h:maker_ag:s7-1500", "o:maker_ag:s7-1500", "a:maker_ag:s7-1500"].map { name in
            AffectedPackage(
                ecosystem: Ecosystem(name: "CPE"), name: name,
                ranges: [.everything(in: .libversion, doubt: name.hasPrefix("h") ? "Perhaps." : nil)])
        }
        let index = try AdvisoryIndex(of: [
            IndexedAdvisory(id: "A", affected: names), IndexedAdvisory(id: "B", affected: [names[0]])
        ])
        let component = try #require(Component(product: "S7-1500", of: "Maker AG", version: "1"))
        var matcher = Matcher(index)
        #expect(matcher.matches(component).map { "\($0.advisory) \($0.verdict == .affected)" }.sorted() == ["A true", "B false"])
    }

    @Test func `are named as not compared where no advisory names them in these words`() throws {
        let names = AffectedPackage(
            ecosystem: Ecosystem(name: "CPE"), name: "*:maker:pump", ranges: [.everything(in: .libversion)])
        let index = try AdvisoryIndex(of: [IndexedAdvisory(id: "A", affected: [names])])
        let list = "vendor,product,version\nMaker,Pump,1\nMaker Inc,Pump,1\nMaker,Pumpe,\n"
        let document = try InventoryDocument(parsing: Array(list.utf8), fileName: "devices.csv")
        let listed = ListedComponents(.document(document), release: nil, concernedBy: index)
        #expect(listed.comparability.obstructed[.unknownProduct]?.names == ["Maker Inc Pump", "Maker Pumpe"])
        #expect(listed.comparability.ecosystems == [Ecosystem(name: "CPE"): 1])
    }

    /// ECMA-424 calls them organizational entities; a component with a package URL or a CPE name is asked by that.
    @Test(arguments: [
        #"{"components":[{"type":"device","name":"Pump","version":"1","supplier":{"name":"Maker"}}]}"#,
        #"{"components":[{"type":"firmware","name":"Pump","version":"1","manufacturer":{"name":"Maker"}}]}"#,
        #"{"components":[{"name":"Pump","version":"1","supplier":{"name":"Reseller"},"manufacturer":{"url":["x"],"name":"Maker"}}]}"#,
        #"{"components":[{"name":"Pump","version":"1","manufacturer":{"name":"Maker"},"supplier":{"url":["x"]}}]}"#,
        #"{"components":[{"name":"Pump","version":"1","supplier":{"name":"Maker"},"manufacturer":{"url":["x"]}}]}"#,
        #"{"components":[{"name":"Pump","version":"1","supplier":{"name":"Maker"},"purl":"pkg:generic/pump@1"}]}"#,
        #"{"metadata":{"component":{"type":"device","name":"Pump","version":"1","supplier":{"name":"Maker"}}}}"#,
        """
        <bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components><component type="device"><supplier><name>Reseller</name>
        </supplier><manufacturer><name>Maker</name></manufacturer><name>Pump</name><version>1</version></component></components></bom>
        """
    ])
    func `are found of a CycloneDX component by who supplies or makes it`(text: String) throws {
        let names = AffectedPackage(
            ecosystem: Ecosystem(name: "CPE"), name: "*:maker:pump", ranges: [.everything(in: .libversion)])
        let index = try AdvisoryIndex(of: [IndexedAdvisory(id: "A", affected: [names])])
        let text = text.first == "<" ? text : #"{"bomFormat":"CycloneDX","specVersion":"1.6","# + text.dropFirst()
        func found(_ text: String) throws -> [String] {
            try InventoryContent.with(Array(text.utf8), fileName: "hall") { content in
                ListedComponents(content, release: nil, concernedBy: index).components.flatMap { index.match($0) }.map(\.advisory)
            }
        }
        #expect(try found(text) == ["A"])
        let named = text.replacing(#""name":"Pump","#, with: #""name":"Pump","cpe":"cpe:2.3:h:a:b:1:*:*:*:*:*:*:*","#)
            .replacing("<version>1</version>", with: "<version>1</version><purl>pkg:npm/pump@1</purl>")
        #expect(try named != text && found(named).isEmpty)
        #expect(try found(text.replacing("Maker", with: "Baker")).isEmpty)
    }

    @Test(arguments: [
        ("1.9 build 77", "?"), ("1.9 (2019)", "?"), ("-", "?"), ("\u{FF11}.9", "?"), ("V1.9", "+"), ("v2.0", "-"), ("V99", "-")
    ])
    func `leave a version in doubt that has no place, and read one with a letter before it`(
        version: String, expected: String
    ) throws {
        let component = try #require(Component(product: "Infusion Pump 3", of: "Maker AG", version: version))
        #expect(try verdicts(range("< V2.0"), component) == expected)
        #expect(try verdicts(range("vers:all/*"), component) == "+")
    }

    @Test func `keep letters beyond ASCII`() throws {
        let component = try #require(Component(product: "Pump Ü", of: "Dräger", version: "1.9"))
        #expect(try verdicts(range("< V2.0"), vendor: "Dräger", product: "Pump Ü", component) == "+")
    }

    private func range(_ text: String) -> String { #""category":"product_version_range","name":"\#(text)""# }
    private func version(_ text: String) -> String { #""category":"product_version","name":"\#(text)""# }

    @Test func `concern whoever has the product of this vendor and name, of any part`() throws {
        #expect(try verdicts(range("< V2.0"), "1.9 2.0") == "1.9+ 2.0-")
        #expect(try verdicts(range("< V2.0"), product: "Maker AG Infusion Pump 3", "1.9") == "1.9+")
        #expect(try verdicts(range("< V2.0"), "1.9", as: "other:infusion_pump_3") == "1.9-")
        #expect(try verdicts(range("< V2.0"), "1.9", as: "maker_ag:infusion_pump") == "1.9-")
        #expect(try verdicts(range("< V2.0"), vendor: "n/a", "1.9", as: "n_a:infusion_pump_3") == "1.9-")
    }

    @Test func `take versions and ranges wherever they are written, and doubt what is neither`() throws {
        #expect(try verdicts(version("V1.9"), "1.9 2.0") == "1.9+ 2.0-")
        #expect(try verdicts(version("vers:all/*"), "1.9 99") == "1.9+ 99+")
        #expect(try verdicts(version("1.8 | 1.9"), "1.7 1.8 1.9") == "1.7- 1.8+ 1.9+")
        #expect(try verdicts(range("1.9"), "1.8 1.9") == "1.8- 1.9+")
        #expect(try verdicts(range(">= 1.0 | < 1.2, 1.5"), "0.9 1.1 1.3 1.5") == "0.9- 1.1+ 1.3- 1.5+")
        for prose in ["1.8 SP1", "1.8 | R5", "< 1.8 and FS 3", "All versions 1.8", "R16A (all)", "1.8 < 1.9"] {
            #expect(try verdicts(version(prose), "1.8 2.0") == "1.8? 2.0?", "\(prose)")
        }
    }

    @Test(arguments: [
        ("12.4.1-12.4.11", "12.4.0 12.4.5 12.4.11 12.4.12", "- + + -"), ("V1.2-V1.10", "1.1 1.9 1.10 1.11", "- + + -"),
        ("1.0~1.2", "0.9 1.1 1.3", "- + -")
    ])
    func `read a span of versions that is written without blanks`(text: String, versions: String, expected: String) throws {
        let found = zip(versions.split(separator: " "), expected.split(separator: " ")).map { "\($0)\($1)" }.joined(
            separator: " ")
        #expect(try verdicts(version(text), versions) == found)
        #expect(try verdicts(range(text), versions) == found)
        #expect(try verdicts(range("0.1 | \(text)"), versions) == found)
    }

    @Test(arguments: [
        "1.0/1.2", "1.0_and_earlier", "1.0_to_1.2", "1.0to1.2", "prior_to_1.2", "1.0-and-prior", "1.0_through_1.2", "1.0+",
        "1.0..1.2",
        "1.0—1.2", "1.2-1.0", "1.2-1.2.5", "1.0_1.2", "1.0-1.2-1.5", "1.275M-1.280S", "V175-V189", "20-33", "7.6x", "R15x",
        "1.x.2",
        "FW_1.2", "MX-V4.0.1.15", "Firmware-1.2", "1763-L16AWA", "HEN08103", "M221", "750-81xx/xxx-xxx", "<33.017_V34.014",
        "<18_Update_2",
        "<V3.2_SP2", "<3.19_P006", "<=1.0-1.2"
    ])
    func `call no version clean by a text that is more than one version, or none`(text: String) throws {
        #expect(try verdicts(version(text), "0.1 1.1 99") == "0.1? 1.1? 99?")
        #expect(try verdicts(range(text), "0.1 1.1 99") == "0.1? 1.1? 99?")
    }

    @Test(arguments: [
        "1.2.3-4", "5.0-beta", "2.0-1.el8", "B.06.18", "R16A", "1.1.1k", "0x04075010", "1.3.5_20190129", "2023_R2", "1.02-05",
        "2.0-22165",
        "6.3V1L10", "01x37", "3.10.0-1160.15.2.el7"
    ])
    func `take one version for one`(text: String) throws {
        #expect(try verdicts(version(text), "\(text.lowercased()) 99") == "\(text.lowercased())+ 99-")
    }

    @Test func `end ranges at versions whose place is certain`() throws {
        #expect(try verdicts(range("<1.1.1k"), "1.1.1j 1.1.1k") == "1.1.1j+ 1.1.1k-")
        #expect(try verdicts(range("<2.0-rc2"), "2.0-rc1 2.0") == "2.0-rc1+ 2.0-")
        #expect(try verdicts(range("<=2.0-1.el8"), "2.0-1.el8 2.0-2.el8") == "2.0-1.el8+ 2.0-2.el8-")
    }

    @Test(arguments: ["service_pack", "architecture", "patch_level", "specification", "language", "host_name", "legacy"])
    func `are in doubt where a product is less than its name`(category: String) throws {
        // The helper closes the inner branch, and leaves the outer one a member to close.
        let (branch, end) = ("\(range("< V2.0")),\"branches\":[{\"category\":\"\(category)\",\"name\":\"A\"", "}}],\"note\":{")
        #expect(try verdicts(branch, identifiedBy: end, "1.9 2.0") == "1.9? 2.0-")
        let family = branch.replacing(category, with: "product_family")
        #expect(try verdicts(family, identifiedBy: end, "1.9 2.0") == "1.9+ 2.0-")
    }

    private func identified(_ helper: String) -> String { ",\"product_identification_helper\":{\(helper)}" }

    @Test func `are in doubt of some devices by their serial numbers`() throws {
        let serial = identified(#""serial_numbers":["A1*"]"#)
        #expect(try verdicts(range("< V2.0"), identifiedBy: serial, "1.9 2.0") == "1.9? 2.0-")
        #expect(try verdicts(version("1.9"), identifiedBy: serial, "1.9 2.0") == "1.9? 2.0-")
    }

    @Test(arguments: ["model_numbers", "skus"])
    func `are in doubt of some models only where the document tells products of one name apart by them`(key: String) throws {
        let (one, other) = (identified("\"\(key)\":[\"A\"]"), identified("\"\(key)\":[\"B\"]"))
        let component = try #require(Component(product: "Infusion Pump 3", of: "Maker AG", version: "1.9"))
        func isAffected(_ second: String) throws -> [Bool] {
            try matches([(range("< V2.0"), one), (range(">= V2.0"), second)], component).map { $0.verdict == .affected }
        }
        #expect(try isAffected(one) == [true])
        #expect(try isAffected(other) == [false] && isAffected("") == [false])
        #expect(try verdicts(range("< V2.0"), identifiedBy: one, "1.9") == "1.9+")
    }

    @Test(arguments: [("1.0", [true]), ("1.5", [true]), ("2.0", [])])
    func `are found once beside a name for machines, by the surest`(number: String, expected: [Bool]) throws {
        let component = try #require(Component(CPE(parsing: "cpe:2.3:h:maker_ag:infusion_pump_3:\(number):*:*:*:*:*:*:*")))
        let name = identified(#""cpe":"cpe:2.3:h:maker_ag:infusion_pump_3:1.0:*:*:*:*:*:*:*""#)
        let sure = [(version("1.0"), name), (range("< 2.0"), "")]
        #expect(try matches(sure, areAllAffected: true, component).map { $0.verdict == .affected } == expected)
        let unsure = [(range("1.0 SP1"), name.replacing(":1.0:", with: ":*:")), (range("< 2.0"), "")]
        let found = try matches(unsure, areAllAffected: true, component).map { $0.verdict == .affected }
        #expect(found == (expected.isEmpty ? [false] : expected))
    }

    @Test func `say it of a name for machines where there is one`() throws {
        let helper = #","product_identification_helper":{"cpe":"cpe:2.3:h:v:p:*:*:*:*:*:*:*:*"}"#
        #expect(try verdicts(range("< V2.0"), identifiedBy: helper, "1.9") == "1.9-")
        #expect(try verdicts(range("< V2.0"), identifiedBy: helper, "1.9", as: "v:p") == "1.9+")
        let unreadable = #","product_identification_helper":{"cpe":"cpe:2.3:a"}"#
        #expect(try verdicts(range("< V2.0"), identifiedBy: unreadable, "1.9") == "1.9+")
    }
}
