import AdvisoryFormats
import PackageIdentity
import Testing

@testable import Matching

@Suite struct `Affected blocks of CVE records` {
    private let npm = Component(ecosystem: Ecosystem(name: "npm"), name: "example", version: nil)

    private func npm(_ rest: String) -> String {
        #"{"vendor":"v","product":"p","collectionURL":"https://www.npmjs.com/","packageName":"example",\#(rest)}"#
    }

    @Test func `give a version the status of the first entry that holds it, and else the default`() throws {
        let affected = npm(
            """
            "defaultStatus":"unaffected","versions":[{"version":"1.5.0","status":"unaffected"},
            {"version":"1.0.0","lessThan":"2.0.0","versionType":"semver","status":"affected",
            "changes":[{"at":"1.2.0","status":"unaffected"},{"at":"1.4.0","status":"affected"}]},
            {"version":"3.0.0","lessThanOrEqual":"3.1.0","versionType":"semver","status":"unknown"},
            {"version":"4.0.0","lessThan":"*","versionType":"semver","status":"affected"},
            {"version":"0","lessThan":"0.5.0","versionType":"semver","status":"affected"}]
            """
        )
        let versions = "0.4.0 0.5.0 1.0.0 1.2.0 1.3.9 1.4.0 1.5.0 1.5.1 2.0.0 3.0.0 3.1.0 3.1.1 4.0.0 99.0.0"
        #expect(
            try CVESample.verdicts(affected, npm, versions)
                == "0.4.0+ 0.5.0- 1.0.0+ 1.2.0- 1.3.9- 1.4.0+ 1.5.0- 1.5.1+ 2.0.0- 3.0.0? 3.1.0? 3.1.1- 4.0.0+ 99.0.0+"
        )
    }

    @Test func `leave in doubt what no entry holds where there is no default`() throws {
        let affected = npm(#""versions":[{"version":"1.0.0","lessThan":"2.0.0","versionType":"semver","status":"affected"}]"#)
        #expect(try CVESample.verdicts(affected, npm, "0.9.0 1.0.0 2.0.0") == "0.9.0? 1.0.0+ 2.0.0?")
        #expect(try CVESample.verdicts(npm(#""defaultStatus":"affected""#), npm, "1.0.0") == "1.0.0+")
    }

    @Test func `are in doubt where an entry's place is not known, and no further`() throws {
        let open = npm(
            #""defaultStatus":"unaffected","versions":[{"version":"unspecified","lessThan":"2.0.0","versionType":"custom","status":"affected"}]"#
        )
        #expect(try CVESample.verdicts(open, npm, "1.0.0 2.0.0 3.0.0") == "1.0.0? 2.0.0- 3.0.0-")
        let prose = npm(#""defaultStatus":"unaffected","versions":[{"version":"1.0 and earlier","status":"affected"}]"#)
        #expect(try CVESample.verdicts(prose, npm, "1.0.0 2.0.0") == "1.0.0? 2.0.0?")
        let harmless = npm(#""defaultStatus":"unaffected","versions":[{"version":"n/a","status":"unaffected"}]"#)
        #expect(try CVESample.verdicts(harmless, npm, "1.0.0") == "1.0.0-")
    }

    @Test func `read a text that begins with a comparator as a range`() throws {
        let affected = npm(
            #""defaultStatus":"unaffected","versions":[{"version":">= 1.0.0, < 1.2.0","status":"affected"},{"version":"= 3.0.0","status":"affected"}]"#
        )
        #expect(try CVESample.verdicts(affected, npm, "0.9.0 1.0.0 1.2.0 3.0.0") == "0.9.0- 1.0.0+ 1.2.0- 3.0.0+")
    }

    private func words(_ vendor: String, _ product: String, _ rest: String = "") -> String {
        #"""
        {"vendor":"\#(vendor)","product":"\#(product)"\#(rest),"defaultStatus":"unaffected","versions":[{"version":"1.0","lessThan":"2.0",
        "versionType":"custom","status":"affected"}]}
        """#
    }

    @Test(arguments: [
        ("Big Maker", "Data-Center", "big_maker:data_center", true), ("big_maker", "DATA CENTER", "big_maker:data-center", true),
        ("Maker", "Maker Server", "maker:server", true), ("Maker", "Maker Server", "maker:maker_server", true),
        ("Maker", "node.js", "maker:node.js", true), ("Maker", "a:b", #"maker:a\:b"#, true),
        ("Maker", "Server", "other:server", false),
        ("Maker", "Server", "maker:client", false), ("n/a", "Server", #"n\/a:server"#, false),
        ("Maker", "n/a", #"maker:n\/a"#, false)
    ])
    func `concern a product by its vendor and product in words`(vendor: String, product: String, name: String, isSame: Bool)
        throws
    {
        for part in ["a", "o", "h"] {
            let component = try #require(Component(CPE(parsing: "cpe:2.3:\(part):\(name):1:*:*:*:*:*:*:*")))
            #expect(
                try CVESample.verdicts(words(vendor, product), component, "0.9 1.5 2.0")
                    == (isSame ? "0.9- 1.5+ 2.0-" : "0.9- 1.5- 2.0-"))
        }
    }

    @Test
    func `concern nobody by words where they name the product in another way, and say it of the CPE name where there is one`()
        throws
    {
        let component = try CVESample.product("maker:server")
        #expect(try CVESample.verdicts(words("maker", "server", #","packageURL":"pkg:npm/x""#), component, "1.5") == "1.5-")
        #expect(
            try CVESample.verdicts(
                words("maker", "server", #","collectionURL":"https://www.npmjs.com/","packageName":"x""#), component, "1.5")
                == "1.5-")
        let cpe = #"""
            {"vendor":"maker","product":"server","cpes":["cpe:2.3:a:maker:server:*:*:*:*:*:*:*:*"],"defaultStatus":"unaffected",
            "versions":[{"version":"3.0","lessThan":"4.0","versionType":"custom","status":"affected"}]}
            """#
        #expect(try CVESample.verdicts(cpe + "," + words("Maker", "Server"), component, "1.5 2.5 3.5") == "1.5+ 2.5- 3.5+")
        let prose = words("Maker", "Server").replacing(#""1.0","lessThan":"2.0""#, with: #""2.9 and earlier""#)
        let settled = try CVESample.verdicts(
            container: "\"affected\":[\(prose)]", adp: "\"affected\":[\(cpe)]", component, "1.5 3.5")
        #expect(settled == "1.5- 3.5+", "what is read together is said once")
        #expect(try CVESample.verdicts(prose, component, "1.5") == "1.5?")
        let both = try CVESample.verdicts(
            container: "\"affected\":[\(prose)]", adp: "\"affected\":[\(words("maker", "server"))]", component, "1.5 2.5")
        #expect(both == "1.5+ 2.5-")
    }

    @Test func `name packages by collection or package URL, and commits by repository`() throws {
        let (commit, fix) = (String(repeating: "ab", count: 20), String(repeating: "cd", count: 20))
        let purl = """
            {"vendor":"v","product":"p","packageURL":"pkg:maven/org.example/lib","repo":"https://github.com/example/lib.git",
            "defaultStatus":"unaffected","versions":[{"version":"0","lessThan":"1.2","versionType":"maven","status":"affected"},
            {"version":"\(commit)","lessThan":"\(fix)","versionType":"git","status":"affected"}]}
            """
        let maven = Component(ecosystem: Ecosystem(name: "Maven"), name: "org.example:lib", version: nil)
        #expect(try CVESample.verdicts(purl, maven, "1.1 1.2-SNAPSHOT 1.2") == "1.1+ 1.2-SNAPSHOT+ 1.2-")
        let git = Component(ecosystem: Ecosystem(name: "GIT"), name: "github.com/example/lib", version: nil)
        let other = String(repeating: "ef", count: 20)
        #expect(try CVESample.verdicts(purl, git, "\(commit) \(fix) \(other)") == "\(commit)+ \(fix)- \(other)?")
    }

    @Test func `leave commits in doubt that only the repository can place, and no others`() throws {
        let commits = ["a", "b", "c", "d"].map { String(repeating: $0, count: 40) }
        let git = Component(ecosystem: Ecosystem(name: "GIT"), name: "github.com/example/lib", version: nil)
        func verdicts(_ status: String, _ versions: String) throws -> String {
            let block = """
                {"vendor":"v","product":"p","repo":"https://github.com/example/lib","defaultStatus":"\(status)","versions":[\(versions)]}
                """
            let text = try CVESample.verdicts(block, git, commits.joined(separator: " "))
            return String(text.compactMap { "+-?".contains($0) ? $0 : nil })
        }
        func entry(_ version: String, _ status: String, _ rest: String = "") -> String {
            #"{"version":"\#(version)","versionType":"git","status":"\#(status)"\#(rest)}"#
        }
        let single = entry(commits[0], "affected")
        #expect(try verdicts("unaffected", single) == "+---", "each affected commit is listed")
        #expect(try verdicts("unknown", single + "," + entry(commits[1], "unaffected")) == "+-??")
        #expect(try verdicts("unaffected", entry("0", "affected", ",\"lessThan\":\"\(commits[1])\"")) == "?-??")
        #expect(try verdicts("unaffected", entry(commits[0], "affected", ",\"lessThanOrEqual\":\"\(commits[1])\"")) == "++??")
        #expect(try verdicts("affected", entry(commits[2], "unaffected", ",\"lessThan\":\"*\"")) == "??-?")
        let changed = ",\"lessThan\":\"*\",\"changes\":[{\"at\":\"\(commits[3])\",\"status\":\"unaffected\"}]"
        #expect(try verdicts("unaffected", entry(commits[0], "affected", changed)) == "+??-")
    }

    /// The verdicts of a block with entries of the version type git: `+?-`.
    private func gitVerdicts(_ entries: String, _ versions: [String], default status: String = "unaffected") throws -> String {
        let git = Component(ecosystem: Ecosystem(name: "GIT"), name: "github.com/example/lib", version: nil)
        let block = """
            {"vendor":"v","product":"p","repo":"https://github.com/example/lib","defaultStatus":"\(status)","versions":[\(entries)]}
            """
        let text = try CVESample.verdicts(block, git, versions.joined(separator: " "))
        return String(text.split(separator: " ").compactMap(\.last))
    }

    private func gitEntry(_ version: String, _ status: String = "affected", _ rest: String = "") -> String {
        #"{"version":"\#(version)","versionType":"git","status":"\#(status)"\#(rest)}"#
    }

    @Test(arguments: ["*", "0", "unspecified", "n/a", "9", "v1.0"])
    func `of the type git that are no commit leave the commits and tags in doubt that they don't name`(text: String) throws {
        let commit = String(repeating: "a1", count: 20)
        let upTo = gitEntry(text, "affected", #","lessThan":"9.3.3""#)
        #expect(try gitVerdicts(upTo, [commit, "v9.3.0", "lib-9.3.3", "main"]) == "??-?")
        #expect(try gitVerdicts(gitEntry(text), [commit, "v9.3.0"]) == "??")
    }

    @Test func `of the type git that name tags say it of the tags, however they are spelled`() throws {
        #expect(try gitVerdicts(gitEntry("v1.0", "affected", #","lessThanOrEqual":"3.4 ""#), ["1.0", "lib_3_4", "v2.0"]) == "++?")
        let page = "https://github.com/example/lib/commit/" + String(repeating: "a1", count: 20)
        let (fix, other) = (String(repeating: "a1", count: 20), String(repeating: "a2", count: 20))
        #expect(try gitVerdicts(gitEntry("0", "affected", #","lessThan":"\#(page)""#), [fix, other]) == "-?")
        #expect(try gitVerdicts(gitEntry("*", "unaffected", #","lessThan":"*""#), ["1.0", fix]) == "--", "nothing is affected")
    }

    @Test(arguments: ["0123abc", "0123456", "409444522976"])
    func `of the type git that abbreviate a commit mean those that begin so`(short: String) throws {
        let digits = "0123456789abcdef0123456789abcdef01234567"
        let (whole, other) = (short + digits.dropFirst(short.count), "f" + digits.dropFirst())
        let range = gitEntry(short, "affected", #","lessThan":"fedcba987654""#)
        let fix = "fedcba987654" + digits.dropFirst(12)
        #expect(try gitVerdicts(range, [short, whole, fix, "fedcba987654", "fedcba98", other]) == "++--??")
        if short.allSatisfy(\.isNumber) { #expect(try gitVerdicts(range, [short + ".1", "v3.0"]) == "??", "a date is no commit") }
        let ends = gitEntry("0", "affected", #","lessThan":"\#(short)""#)
        #expect(try gitVerdicts(ends, [short, whole, other]) == "--?")
    }

    @Test func `that only list commits leave an abbreviation in doubt that is not long enough, and nothing else`() throws {
        let commit = "0123456789abcdef0123456789abcdef01234567"
        let asked = [commit, String(commit.prefix(12)), "0123456789a", "0123456", "012345f", "fedcba9"]
        #expect(try gitVerdicts(gitEntry(commit), asked) == "++??--")
        #expect(try gitVerdicts(gitEntry("0123456789ab"), asked) == "++??--")
        #expect(try gitVerdicts(gitEntry("0123abc"), ["0123abc" + commit.dropFirst(7), "0123abc", "0123abd"]) == "++-")
        #expect(try gitVerdicts(gitEntry(commit) + "," + gitEntry("v1.0"), ["fedcba9", "1.0", commit]) == "?++")
        #expect(try gitVerdicts(gitEntry(commit, "unknown"), [commit, "fedcba9"]) == "??")
    }

    @Test func `say the same of their CPE names, and applicability says it itself`() throws {
        let block = """
            {"vendor":"v","product":"p","cpes":["cpe:2.3:a:v:p:-:*:*:*:*:*:*:*","cpe:2.3:a:v:q:2.0:*:*:*:*:*:*:*"],
            "defaultStatus":"unaffected","versions":[{"version":"1.0","lessThan":"1.5","versionType":"custom","status":"affected"}]}
            """
        let p = try #require(Component(CPE(parsing: "cpe:2.3:a:v:p:1:*:*:*:*:*:*:*")))
        let q = try #require(Component(CPE(parsing: "cpe:2.3:a:v:q:1:*:*:*:*:*:*:*")))
        #expect(try CVESample.verdicts(block, p, "0.9 1.0 1.4.9 1.5") == "0.9- 1.0+ 1.4.9+ 1.5-")
        #expect(try CVESample.verdicts(block, q, "1.0 2.0") == "1.0- 2.0-")
        let node = """
            "affected":[{"vendor":"v","product":"p","versions":[{"version":"1","status":"affected"}]}],
            "cpeApplicability":[{"nodes":[{"operator":"OR","negate":false,"cpeMatch":[{"vulnerable":true,
            "criteria":"cpe:2.3:a:v:r:*:*:*:*:*:*:*:*","versionStartIncluding":"1.0","versionEndExcluding":"2.0"}]}]}]
            """
        var matcher = Matcher(try AdvisoryIndex(of: [IndexedAdvisory(try CVESample.record(node))]))
        let r = try #require(Component(CPE(parsing: "cpe:2.3:a:v:r:1.9:*:*:*:*:*:*:*")))
        #expect(matcher.matches(r).map(\.fixedVersion) == ["2.0"])
    }
}
