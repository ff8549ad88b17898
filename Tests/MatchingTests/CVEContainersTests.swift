import AdvisoryFormats
import PackageIdentity
import Testing

@testable import Matching

/// What the numbering authority and other publishers say of one product.
@Suite struct `Containers of a CVE record` {
    private let cpe = #""cpes":["cpe:2.3:a:maker:data_center:*:*:*:*:*:*:*:*"]"#

    private func block(_ vendor: String, _ product: String, _ rest: String) -> String {
        #"{"vendor":"\#(vendor)","product":"\#(product)",\#(rest)}"#
    }

    private func versions(_ entries: String, _ status: String? = nil) -> String {
        (status.map { #""defaultStatus":"\#($0)","# } ?? "") + "\"versions\":[\(entries)]"
    }

    private func range(_ lower: String, _ end: String, _ status: String = "affected") -> String {
        #"{"version":"\#(lower)","lessThan":"\#(end)","versionType":"custom","status":"\#(status)"}"#
    }

    private func verdicts(_ cna: String, _ adp: String, _ versions: String, of name: String = "maker:data_center") throws
        -> String
    {
        try CVESample.verdicts(
            container: "\"affected\":[\(cna)]", adp: "\"affected\":[\(adp)]", CVESample.product(name), versions
        )
    }

    /// The way of CVE-2023-22515: texts with comparators here, blocks with another default there.
    @Test func `are read together, the numbering authority's statuses first`() throws {
        let texts = [
            ("unaffected", "< 8.0.0"), ("affected", ">= 8.0.0"), ("affected", ">= 8.4.0"), ("affected", ">= 8.4.1"),
            ("unaffected", ">= 8.3.3"), ("unaffected", ">= 8.4.3")
        ].map { #"{"status":"\#($0)","version":"\#($1)"}"# }.joined(separator: ",")
        let cna = block("Maker", "Data Center", versions(texts))
        let adp = [("8.0.0", "8.3.3"), ("8.4.0", "8.4.3")].map { lower, end in
            block("maker", "data_center", cpe + "," + versions(range(lower, end), "affected"))
        }.joined(separator: ",")
        #expect(
            try verdicts(cna, adp, "7.13.0 8.0.0 8.3.2 8.3.3 8.4.0 8.4.2 8.4.3 9.0")
                == "7.13.0- 8.0.0+ 8.3.2+ 8.3.3- 8.4.0+ 8.4.2+ 8.4.3- 9.0-"
        )
    }

    @Test func `leave to the others what the numbering authority says nothing certain of`() throws {
        let silent = block("Maker", "Data Center", versions(#"{"version":"2.0","status":"unaffected"}"#))
        let adp = block("maker", "data_center", cpe + "," + versions(range("1.0", "3.0"), "unaffected"))
        #expect(try verdicts(silent, adp, "0.9 1.0 2.0 2.1 3.0") == "0.9- 1.0+ 2.0- 2.1+ 3.0-")
        let prose = block("Maker", "Data Center", versions(#"{"version":"2.9 and earlier","status":"affected"}"#))
        #expect(try verdicts(prose, adp, "1.0 3.0") == "1.0+ 3.0-", "what is no version is settled by what is one")
        let open = block("maker", "data_center", cpe + "," + versions(range("1.0", "3.0")))
        #expect(try verdicts(prose, open, "0.9 1.0") == "0.9? 1.0+")
        let decided = block("Maker", "Data Center", versions(range("1.0", "1.5"), "unaffected"))
        #expect(try verdicts(decided, adp, "1.0 1.5 2.0") == "1.0+ 1.5- 2.0-", "a default is a status too")
    }

    @Test(arguments: [
        ("Maker", "Data Center", true), ("MAKER", "data-center", true), ("Maker Inc.", "Data Center", true),
        ("Maker", "Maker Data Center", true), ("n/a", "Data Center", true), ("Maker", "n/a", false), ("Maker", "Server", false),
        ("Maker", "Center", false)
    ])
    func `know a product by its name, however vendors are spelled`(vendor: String, product: String, isSame: Bool) throws {
        let cna = block(vendor, product, versions(range("1.0", "1.5"), "unaffected"))
        let adp = block("maker", "data_center", cpe + "," + versions(range("1.0", "3.0"), "unaffected"))
        #expect(try verdicts(cna, adp, "1.4 2.0") == (isSame ? "1.4+ 2.0-" : "1.4+ 2.0+"))
    }

    @Test func `keep products of one name apart by their vendors, and packages from the product they belong to`() throws {
        let adp = block("maker", "data_center", cpe + "," + versions(range("1.0", "3.0"), "unaffected"))
        let two = [("Maker", "2.0"), ("Other", "1.1")].map {
            block($0, "Data Center", versions(range("1.0", $1), "unaffected"))
        }.joined(separator: ",")
        #expect(try verdicts(two, adp, "1.9 2.0") == "1.9+ 2.0-")
        let package = block(
            "Maker", "Data Center",
            #""packageName":"lib","collectionURL":"https://example.org","# + versions(range("1.0", "1.5"), "unaffected")
        )
        #expect(try verdicts(package, adp, "1.4 2.0") == "1.4+ 2.0+")
    }

    @Test func `say nothing of another vendor's product of the same name, unless nobody else does`() throws {
        let cna = block("Foo", "Server", versions(range("1.0", "2.0"), "unaffected"))
        let cpe = #""cpes":["cpe:2.3:a:bar:server:*:*:*:*:*:*:*:*"]"#
        let adp = block("bar", "server", cpe + "," + versions(range("5.0", "6.0"), "unaffected"))
        #expect(try verdicts(cna, adp, "1.5 5.5 6.0", of: "bar:server") == "1.5- 5.5+ 6.0-")
        let all = block("bar", "server", cpe + #","defaultStatus":"affected""#)
        #expect(try verdicts(cna, all, "1.5 5.5", of: "bar:server") == "1.5+ 5.5+")
        let silent = block("bar", "server", cpe + #","defaultStatus":"unknown""#)
        #expect(try verdicts(cna, silent, "1.5 5.5", of: "bar:server") == "1.5+ 5.5-")
        func applicable(_ bounds: String) throws -> String {
            let adp = """
                "cpeApplicability":[{"nodes":[{"operator":"OR","negate":false,"cpeMatch":[{"vulnerable":true,
                "criteria":"cpe:2.3:a:bar:server:*:*:*:*:*:*:*:*"\(bounds)}]}]}]
                """
            return try CVESample.verdicts(
                container: "\"affected\":[\(cna)]", adp: adp, CVESample.product("bar:server"), "1.5 5.5")
        }
        #expect(try applicable(#","versionStartIncluding":"5.0","versionEndExcluding":"6.0""#) == "1.5- 5.5+")
        #expect(try applicable("") == "1.5+ 5.5-")
    }

    @Test(arguments: ["Foo", "Foo Inc.", "FOO", "f-oo", "n/a"])
    func `speak first of a product whose vendor may be the same`(vendor: String) throws {
        let cna = block(vendor, "Server", versions(range("1.0", "2.0"), "unaffected"))
        let cpe = #""cpes":["cpe:2.3:a:foo:server:*:*:*:*:*:*:*:*"]"#
        let adp = block("foo", "server", cpe + "," + versions(range("0", "6.0")))
        #expect(try verdicts(cna, adp, "1.5 5.5", of: "foo:server") == "1.5+ 5.5-")
    }

    @Test func `put the numbering authority before applicability that another publisher adds`() throws {
        let cna = block("Maker", "Data Center", versions(range("1.0", "1.5") + "," + range("2.0", "3.0", "unaffected")))
        let adp = """
            "cpeApplicability":[{"nodes":[{"operator":"OR","negate":false,"cpeMatch":[{"vulnerable":true,
            "criteria":"cpe:2.3:a:maker:data_center:*:*:*:*:*:*:*:*","versionEndExcluding":"4.0"}]}]}]
            """
        let found = try CVESample.verdicts(
            container: "\"affected\":[\(cna)]", adp: adp, CVESample.product("maker:data_center"), "0.9 1.0 1.5 2.0 2.9 3.0 4.0"
        )
        #expect(found == "0.9+ 1.0+ 1.5+ 2.0- 2.9- 3.0+ 4.0?")
    }

    @Test func `show an end that is part of the range as the last affected version`() throws {
        func evidence(_ entry: String) throws -> [String] {
            let package = #"{"vendor":"v","product":"p","collectionURL":"https://www.npmjs.com/","packageName":"example","#
            let record = try CVESample.record("\"affected\":[\(package)\"versions\":[\(entry)]}]")
            var matcher = Matcher(try AdvisoryIndex(of: [IndexedAdvisory(record)]))
            return matcher.matches(Component(ecosystem: Ecosystem(name: "npm"), name: "example", version: "1.5.0")).map(
                \.evidence.text)
        }
        let last = #"{"version":"1.0.0","lessThanOrEqual":"2.0.0","versionType":"semver","status":"affected"}"#
        #expect(try evidence(last) == ["introduced 1.0.0, last affected 2.0.0"])
        #expect(try evidence(range("1.0.0", "2.0.0")) == ["introduced 1.0.0, limit 2.0.0"], "of 2.0.0 the record says nothing")
        #expect(
            try evidence(range("1.0.0", "2.0.0") + "," + range("2.0.0", "*", "unaffected")) == ["introduced 1.0.0, fixed 2.0.0"])
    }

    /// CVE-2023-5942 and CVE-2024-28828.
    @Test func `never come to silence by a name's version, or a range that ends before it begins`() throws {
        let cna = block("Maker", "Data Center", versions(range("0", "1.4.1"), "unaffected"))
        let fixed = #""cpes":["cpe:2.3:a:maker:data_center:1.4.1:*:*:*:*:*:*:*"],"#
        #expect(
            try verdicts(cna, block("maker", "data_center", fixed + versions(range("0", "1.4.1"))), "1.0 1.4.1") == "1.0+ 1.4.1-")
        let empty = block("Maker", "Data Center", versions(range("6.4.3", "6.4.3"), "unaffected"))
        let named = block("maker", "data_center", cpe + "," + versions(#"{"version":"6.4.3","status":"affected"}"#))
        #expect(try verdicts(empty, named, "6.4.2 6.4.3") == "6.4.2? 6.4.3+")
        // CVE-2022-0551, CVE-2024-2048.
        let open = block("Maker", "Data Center", versions(range("unspecified", "1.4.1"), "unaffected"))
        #expect(
            try verdicts(open, block("maker", "data_center", fixed + versions(range("0", "1.4.1"))), "1.0 1.4.1") == "1.0+ 1.4.1-"
        )
        let change = range("1.3", "1.4.1").dropLast() + #","changes":[{"at":"1.2.9","status":"unaffected"}]}"#
        let changed = block("Maker", "Data Center", versions(String(change), "unaffected"))
        #expect(
            try verdicts(changed, block("maker", "data_center", fixed + versions(range("1.3", "1.4.1"))), "1.2 1.3")
                == "1.2- 1.3+")
        #expect(try verdicts(changed, block("maker", "other", cpe + "," + versions(range("1.3", "1.4.1"))), "1.3") == "1.3+")
    }

    @Test func `leave in doubt what is affected by default where the entries only name what is affected`() throws {
        let adp = block("maker", "data_center", cpe + "," + versions(range("1.0", "3.0"), "affected"))
        let cna = block("Maker", "Data Center", versions(#"{"version":"1.0","status":"affected"}"#, "affected"))
        #expect(try verdicts(cna, adp, "0.9 1.0 2.0 3.0") == "0.9? 1.0+ 2.0+ 3.0?")
        let meant = block("Maker", "Data Center", versions(#"{"version":"1.0","status":"unaffected"}"#, "affected"))
        #expect(try verdicts(meant, adp, "0.9 1.0 2.0 3.0") == "0.9+ 1.0- 2.0+ 3.0+")
        let all = block("Maker", "Data Center", #""defaultStatus":"affected""#)
        #expect(try verdicts(all, adp, "0.9 3.0") == "0.9+ 3.0+")
    }

    /// Work goes with their number and not with its square.
    @Test func `with many single versions are worked out`() throws {
        let singles = (0..<8_000).map { #"{"version":"1.\#($0)","status":"affected"}"# }.joined(separator: ",")
        let cna = block("Maker", "Data Center", versions(singles))
        let adp = block("maker", "data_center", cpe + "," + versions(singles, "unaffected"))
        #expect(try verdicts(cna, adp, "1.0 1.7999 1.8000") == "1.0+ 1.7999+ 1.8000-")
    }
}
