import PackageIdentity
import Testing

@testable import Matching

@Suite struct `Collections of CVE records` {
    private let wordPress = Component(
        ecosystem: Ecosystem(name: "Packagist"), name: "wpackagist-plugin/example", version: nil)

    private func block(_ collection: String, _ package: String, product: String = "Example", _ rest: String) -> String {
        #"{"vendor":"Maker","product":"\#(product)","collectionURL":"\#(collection)","packageName":"\#(package)",\#(rest)}"#
    }

    private let upTo2 =
        #""defaultStatus":"unaffected","versions":[{"version":"*","lessThanOrEqual":"2.0","versionType":"semver","status":"affected"}]"#

    @Test(arguments: ["https://wordpress.org/plugins", "https://www.wordpress.org/plugins/"])
    func `name plugins of WordPress as its Packagist does`(url: String) throws {
        #expect(try CVESample.verdicts(block(url, "example", upTo2), wordPress, "1.0 2.0.0 2.1") == "1.0+ 2.0.0+ 2.1-")
        #expect(try CVESample.verdicts(block("https://wordpress.org/themes", "example", upTo2), wordPress, "1.0") == "1.0-")
    }

    @Test func `name a package of Red Hat in every platform beside it, and nothing of the platform itself`() throws {
        let record = block(
            "https://access.redhat.com/downloads/content/package-browser/", "kernel",
            #"""
            "cpes":["cpe:/o:redhat:enterprise_linux:8::baseos","cpe:/o:redhat:rhel_eus:8.6"],"defaultStatus":"affected",
            "versions":[{"version":"0:4.18.0-553.el8","lessThan":"*","versionType":"rpm","status":"unaffected"}]
            """#)
        let versions = "0:4.18.0-100.el8 0:4.18.0-553.el8 0:4.18.0-553.1.el8"
        let decided = "0:4.18.0-100.el8+ 0:4.18.0-553.el8- 0:4.18.0-553.1.el8-"
        for release in ["enterprise_linux:8::baseos", "rhel_eus:8.6"] {
            let kernel = Component(ecosystem: Ecosystem(name: "Red Hat", suffix: release), name: "kernel", version: nil)
            #expect(try CVESample.verdicts(record, kernel, versions) == decided)
        }
        let other = Component(ecosystem: Ecosystem("Red Hat:enterprise_linux:9::baseos"), name: "kernel", version: nil)
        #expect(try CVESample.verdicts(record, other, "0:4.18.0-100.el8") == "0:4.18.0-100.el8-")
        #expect(try CVESample.verdicts(record, try CVESample.product("redhat:enterprise_linux"), "8 9") == "8- 9-")
    }

    private let browser = "https://access.redhat.com/downloads/content/package-browser/"

    @Test func `say nothing of Red Hat's platform where they name no versions of its package either`() throws {
        for status in ["affected", "unknown"] {
            let record = block(browser, "tang", #""cpes":["cpe:/o:redhat:enterprise_linux:8"],"defaultStatus":"\#(status)""#)
            #expect(try CVESample.verdicts(record, try CVESample.product("redhat:enterprise_linux"), "8 9") == "8- 9-")
            let system = try #require(Component(CPE(parsing: "cpe:2.3:o:redhat:enterprise_linux:8:*:*:*:*:*:*:*")))
            #expect(try CVESample.verdicts(record, system, "8") == "8-")
            let tang = Component(ecosystem: Ecosystem("Red Hat:enterprise_linux:8"), name: "tang", version: nil)
            #expect(try CVESample.verdicts(record, tang, "0:11-1.el8") == "0:11-1.el8" + (status == "affected" ? "+" : "?"))
        }
    }

    @Test func `leave a package of a module in doubt, by the name that inventories have`() throws {
        let rest = #"""
            "cpes":["cpe:/a:redhat:enterprise_linux:8::appstream"],"defaultStatus":"affected",
            "versions":[{"version":"1:18.2-1.el8","lessThan":"*","versionType":"rpm","status":"unaffected"}]
            """#
        let nodejs = Component(ecosystem: Ecosystem("Red Hat:enterprise_linux:8::appstream"), name: "nodejs", version: nil)
        let module = block(browser, "nodejs:18/nodejs", rest)
        let versions = "1:18.1-1.el8 1:18.2-1.el8"
        #expect(try CVESample.verdicts(module, nodejs, versions) == "1:18.1-1.el8? 1:18.2-1.el8-")
        let other = block(browser, "nodejs:20/nodejs", rest.replacing("18", with: "20"))
        #expect(try CVESample.verdicts(module + "," + other, nodejs, versions) == "1:18.1-1.el8? 1:18.2-1.el8?")
        let plain = block(browser, "nodejs", rest)
        #expect(try CVESample.verdicts(other + "," + plain, nodejs, versions) == "1:18.1-1.el8+ 1:18.2-1.el8?")
        var matcher = Matcher(try AdvisoryIndex(of: [IndexedAdvisory(try CVESample.record("\"affected\":[\(module)]"))]))
        var installed = nodejs
        installed.version = "1:18.1-1.el8"
        #expect(matcher.matches(installed).first?.reason?.contains("the module nodejs:18") == true)
    }

    @Test func `leave products of collections that nobody knows to their words, and parts of products to nobody`() throws {
        let product = try CVESample.product("maker:example")
        let url = "https://example.org/downloads"
        #expect(try CVESample.verdicts(block(url, "example", upTo2), product, "1.0 2.1") == "1.0+ 2.1-")
        #expect(try CVESample.verdicts(block(url, "part", upTo2), product, "1.0") == "1.0-")
        let unnamed = #"{"vendor":"Maker","product":"Example","collectionURL":"\#(url)",\#(upTo2)}"#
        #expect(try CVESample.verdicts(unnamed, product, "1.0 2.1") == "1.0+ 2.1-")
    }

    @Test func `order versions of four numbers as products do, though they are called semver`() throws {
        let record = #"""
            {"vendor":"Maker","product":"Server","defaultStatus":"unaffected","versions":[{"version":"0","lessThan":"V7.14.3.69",
            "versionType":"semver","status":"affected"}]}
            """#
        let product = try CVESample.product("maker:server")
        #expect(
            try CVESample.verdicts(record, product, "7.14.2 7.14.3 7.14.3.68 v7.14.3.69")
                == "7.14.2+ 7.14.3+ 7.14.3.68+ v7.14.3.69-")
    }

    @Test func `keep the words of the numbering authority for inventories that have no others`() throws {
        let cna = #"""
            {"vendor":"D-Link","product":"DIR-X3260","cpes":["cpe:2.3:o:dlink:dir-x3260_firmware:1.04b01:*:*:*:*:*:*:*"],
            "defaultStatus":"unknown","versions":[{"version":"1.04B01","status":"affected"}]}
            """#
        let device = try #require(Component(product: "DIR-X3260", of: "D-Link", version: nil))
        #expect(try CVESample.verdicts(cna, device, "1.04B01 1.05").hasPrefix("1.04B01+ "))
        #expect(try CVESample.verdicts(cna, try CVESample.product("d-link:dir-x3260"), "1.04B01") == "1.04B01-")
    }

    @Test func `are known by their hosts`() {
        let slash = CVECollection.packages("org.example/lib", in: "https://repo.maven.apache.org/maven2/", platforms: [])
        #expect(slash.map(\.name) == ["org.example:lib"])
        #expect(CVECollection.packages("x", in: "https://example.org", platforms: []).isEmpty)
        #expect(CVECollection.packages("x", in: "https://wordpress.org/news", platforms: []).isEmpty)
    }
}
