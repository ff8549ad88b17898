import AdvisoryFormats
import PackageIdentity
import Testing

@testable import Matching

@Suite struct `CPE names of CVE records` {
    /// A product as records have it, with the attributes that decide.
    private func product(_ cpe: String, _ versions: String, _ rest: String = "") -> String {
        #"{"vendor":"v","product":"p",\#(rest)"cpes":["cpe:2.3:a:\#(cpe):*:*:*:*:*:*:*"],"versions":[\#(versions)]}"#
    }

    private func range(_ lower: String, _ end: String) -> String {
        #"{"version":"\#(lower)","lessThan":"\#(end)","versionType":"custom","status":"affected"}"#
    }

    /// CVE-2023-35391.
    @Test func `name a branch by its first version, and mean the branch`() throws {
        let block = product("microsoft:.net:6.0.0", range("6.0.0", "6.0.21"))
        let net = try CVESample.product("microsoft:.net")
        #expect(try CVESample.verdicts(block, net, "5.0 6.0.0 6.0.10 6.0.21") == "5.0- 6.0.0+ 6.0.10+ 6.0.21-")
        // CVE-2011-0611.
        let reader = product("adobe:reader:9.0", range("9.0", "9.4.4"), #""defaultStatus":"unknown","#)
        #expect(try CVESample.verdicts(reader, CVESample.product("adobe:reader"), "9.0 9.3 9.4.4") == "9.0+ 9.3+ 9.4.4-")
    }

    @Test func `mean one version where an entry is one, and leave in doubt the range around a version inside of it`() throws {
        let p = try CVESample.product("v:p")
        let single = product("v:p:1.1", #"{"version":"1.0","status":"affected"},{"version":"1.1","status":"affected"}"#)
        #expect(try CVESample.verdicts(single, p, "1.0 1.1 1.2") == "1.0- 1.1+ 1.2-")
        let inside = product("v:p:1.1", range("1.0", "1.5"), #""defaultStatus":"unaffected","#)
        #expect(try CVESample.verdicts(inside, p, "1.0 1.1 1.4 1.5") == "1.0? 1.1+ 1.4? 1.5-")
        let outside = product("v:p:2022", range("17.6.0", "17.6.6"))
        #expect(try CVESample.verdicts(outside, p, "17.6.1 17.6.6 2022") == "17.6.1? 17.6.6- 2022?")
        let unplaced = product("v:p:1.0", range("unspecified", "2.0"), #""defaultStatus":"unaffected","#)
        #expect(try CVESample.verdicts(unplaced, p, "1.0 1.5 2.0") == "1.0? 1.5? 2.0-")
    }

    @Test func `name versions by a pattern, and mean those that the record affects`() throws {
        let block = product("microsoft:asp.net_core:2.1*", range("2.0", "2.1.40"), #""defaultStatus":"unaffected","#)
        let core = try CVESample.product("microsoft:asp.net_core")
        #expect(try CVESample.verdicts(block, core, "2.1.39 2.1.40") == "2.1.39+ 2.1.40-")
        let open = product("v:p:2.1*", #"{"version":"n/a","status":"affected"}"#)
        #expect(try CVESample.verdicts(open, CVESample.product("v:p"), "2.1.1") == "2.1.1?")
        let bare = #"{"vendor":"v","product":"p","defaultStatus":"affected","cpes":["cpe:2.3:a:v:p:2.1*:*:*:*:*:*:*:*"]}"#
        #expect(try CVESample.verdicts(bare, CVESample.product("v:p"), "2.1.1") == "2.1.1?")
    }

    @Test func `are in doubt where only commits are said to be affected`() throws {
        let p = try CVESample.product("v:p")
        let commits = #"{"version":"6.0","lessThanOrEqual":"6.0.14","versionType":"git","status":"affected"}"#
        let harmless = product("v:p:*", commits, #""defaultStatus":"unaffected","#)
        #expect(try CVESample.verdicts(harmless, p, "6.0.1") == "6.0.1?")
        let affected = product("v:p:*", commits, #""defaultStatus":"affected","#)
        #expect(try CVESample.verdicts(affected, p, "6.0.1") == "6.0.1+")
        // CVE-2023-29451.
        let change = commits.dropLast() + #","changes":[{"at":"6.0.15rc1","status":"unaffected"}]}"#
        let changed = product("v:p:*", String(change), #""defaultStatus":"affected","#)
        #expect(try CVESample.verdicts(changed, p, "6.0.15") == "6.0.15?")
        let fixed = #"{"version":"abc","versionType":"git","status":"unaffected"}"#
        let both = product("v:p:*", fixed + "," + range("1.0", "2.0"), #""defaultStatus":"affected","#)
        #expect(try CVESample.verdicts(both, p, "1.0 2.0") == "1.0+ 2.0?")
        let twice = product("v:p:*", commits + "," + range("1.0", "2.0"), #""defaultStatus":"unaffected","#)
        #expect(try CVESample.verdicts(twice, p, "1.0 2.0") == "1.0+ 2.0-")
    }

    /// What a match says with bounds, of some versions.
    private func applicability(_ bounds: String, _ versions: String) throws -> String {
        let container = """
            "affected":[{"vendor":"v","product":"p","versions":[{"version":"1","status":"affected"}]}],
            "cpeApplicability":[{"nodes":[{"operator":"OR","negate":false,"cpeMatch":[{"vulnerable":true,
            "criteria":"cpe:2.3:a:v:r:*:*:*:*:*:*:*:*",\(bounds)}]}]}]
            """
        return try CVESample.verdicts(container: container, CVESample.product("v:r"), versions)
    }

    @Test(arguments: [
        (#""versionStartIncluding":"1.0","versionEndIncluding":"1.0""#, "0.9- 1.0+ 1.1-"),
        (#""versionStartExcluding":"1.0","versionEndIncluding":"1.5""#, "1.0- 1.0.1+ 1.5+ 1.6-"),
        (#""versionEndExcluding":"1.5""#, "0.1+ 1.5-"), (#""versionStartIncluding":"1.5""#, "1.4- 1.5+ 9+"),
        (#""versionEndIncluding":"1.4","versionEndExcluding":"1.5""#, "1.4? 1.5?"),
        (#""versionStartIncluding":"5.0","versionEndExcluding":"4.2""#, "4.0? 4.5? 5.1?"),
        (#""versionStartExcluding":"1.0","versionEndIncluding":"1.0""#, "1.0?"), (#""versionEndExcluding":"any""#, "1.0?")
    ])
    func `are bounded by applicability, in doubt where its bounds bound nothing`(bounds: String, expected: String) throws {
        let versions = expected.split(separator: " ").map { $0.dropLast() }.joined(separator: " ")
        #expect(try applicability(bounds, versions) == expected)
    }

    @Test func `of a record too large to be worked out are in doubt, soon`() throws {
        let p = try CVESample.product("v:p")
        let changes = (0..<30_000).map { #"{"at":"1.\#($0)","status":"affected"}"# }.joined(separator: ",")
        let changed = range("1.0", "2.0").dropLast() + ",\"changes\":[\(changes)]}"
        #expect(try CVESample.verdicts(product("v:p:*", String(changed)), p, "1.5") == "1.5?")
        let names = (0..<3_000).map { "\"cpe:2.3:a:v:p\($0):-:*:*:*:*:*:*:*\"" }.joined(separator: ",")
        let versions = (0..<1_000).map { #"{"version":"1.\#($0)","status":"affected"}"# }.joined(separator: ",")
        let named = #"{"vendor":"v","product":"p","cpes":[\#(names)],"defaultStatus":"unaffected","versions":[\#(versions)]}"#
        let advisory = IndexedAdvisory(try CVESample.record("\"affected\":[\(named)]"))
        let (besides, byName) = (
            advisory.affected.filter { $0.name.hasPrefix("=") }, advisory.affected.filter { !$0.name.hasPrefix("=") }
        )
        #expect(byName.count == 3_000 && byName.allSatisfy { $0.ranges.count == 1 } && besides.map(\.ranges.count) == [1_000])
    }
}
