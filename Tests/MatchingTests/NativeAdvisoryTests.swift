import AdvisoryFormats
import PackageIdentity
import TestSupport
import Testing

@testable import Matching

@Suite struct NativeAdvisoryTests {
    private func verdicts(_ advisory: IndexedAdvisory, _ component: Component, _ versions: String) throws -> [String] {
        var matcher = Matcher(try AdvisoryIndex(of: [advisory]))
        return versions.split(separator: " ").filter { version in
            var component = component
            component.version = String(version)
            return matcher.matches(component).first?.verdict == .affected
        }.map(String.init)
    }

    private static let gem = """
        ---
        gem: example
        cve: 2020-1234
        ghsa: aaaa-bbbb-cccc
        url: https://example.org
        title: A flaw
          over two lines
        date: 2020-05-06
        unaffected_versions:
        - "< 1.0"
        patched_versions:
        - "~> 1.2.3"
        - ">= 2.0.1"
        """

    @Test func `of RubySec concern what is neither patched nor unaffected`() throws {
        let advisory = IndexedAdvisory(
            try RubySecAdvisory(parsing: Array(Self.gem.utf8)), fileName: "gems/example/CVE-2020-1234.yml")
        #expect(advisory.id == "rubysec:gems/example/CVE-2020-1234" && advisory.summary == "A flaw over two lines")
        #expect(advisory.aliases == ["CVE-2020-1234", "GHSA-aaaa-bbbb-cccc"] && advisory.modified == 1_588_723_200)
        let component = Component(ecosystem: Ecosystem(name: "RubyGems"), name: "example", version: nil)
        #expect(
            try verdicts(advisory, component, "0.9 1.0 1.2.2 1.2.3 1.2.99 1.3.0.rc1 1.3.0 2.0.0 2.0.1 3.0")
                == ["1.0", "1.2.2", "1.3.0.rc1", "1.3.0", "2.0.0"]
        )
        #expect(advisory.affected[0].ranges.map(\.text) == ["introduced 1.0, fixed 1.2.3", "introduced 1.3, fixed 2.0.1"])
    }

    @Test func `of a platform are in doubt`() throws {
        let text = Self.gem + "\nplatform: jruby\n"
        let advisory = IndexedAdvisory(try RubySecAdvisory(parsing: Array(text.utf8)), fileName: "CVE-2020-1234.yml")
        #expect(advisory.affected[0].ranges.allSatisfy { $0.doubt?.contains("platform jruby") == true })
    }

    @Test func `of FriendsOfPHP concern what one branch holds`() throws {
        let text = """
            title: A flaw
            link: https://example.org
            cve: ~
            branches:
                "1.2.x":
                    time: 2018-10-02 00:01:00
                    versions: ['>=1.2.0', '<1.2.11']
                main: {time: null, versions: ['>=2']}
            reference: composer://Example/Package
            """
        let advisory = IndexedAdvisory(
            try FriendsOfPHPAdvisory(parsing: Array(text.utf8)), fileName: "example/package/2018-10-02.yaml"
        )
        #expect(advisory.id == "friendsofphp:Example/Package/2018-10-02" && advisory.aliases == [])
        let component = Component(ecosystem: Ecosystem(name: "Packagist"), name: "example/package", version: nil)
        let affected = try verdicts(
            advisory, component, "1.1 1.2 1.2.0-beta1 1.2.0 1.2.10 1.2.11-RC1 1.2.11 1.2.11.0 1.9 2 2.0.0 3")
        #expect(affected == ["1.2", "1.2.0-beta1", "1.2.0", "1.2.10", "2", "2.0.0", "3"])
    }

    @Test func `of Node are vulnerable branches without the fixed versions`() throws {
        let text = #"{"cve":["CVE-2022-1"],"vulnerable":"14.x || 16.x","patched":"^14.20.1 || ^16.17.1","overview":"One\nTwo"}"#
        let advisory = try #require(
            try NodeSecurityAdvisory.all(parsing: Array(text.utf8), fileName: "vuln/core/100.json").map { IndexedAdvisory($0) }
                .first
        )
        #expect(advisory.id == "nodejs-security-wg:core/100" && advisory.summary == "One" && advisory.aliases == ["CVE-2022-1"])
        let component = Component(anyPurl: try Purl(parsing: "pkg:generic/node"))
        #expect(try verdicts(advisory, component, "13.9.0 14.20.0 14.20.1 15.1.0 16.0.0 16.17.1") == ["14.20.0", "16.0.0"])
    }

    @Test func `are refused with the place where something is missing`() {
        let gem = #expect(throws: FormatRefusal.self) { try RubySecAdvisory(parsing: Array("gem: x\ntitle: [a]\n".utf8)) }
        #expect(gem?.violations.map(\.description).joined().contains("\"date\" is missing") == true)
        #expect(gem?.violations.contains { $0.pointer == "line 2" } == true)
        #expect(throws: FormatRefusal.self) {
            try FriendsOfPHPAdvisory(parsing: Array("title: x\nreference: npm://x\nbranches: {a: {}}\n".utf8))
        }
        #expect(throws: FormatRefusal.self) {
            try NodeSecurityAdvisory.all(parsing: Array(#"{"id": 1}"#.utf8), fileName: "1.json")
        }
    }

    private static let hasCorpus = NativeCorpus.files.allSatisfy(SharedSuite.has) && Program.isInstalled("zstd")

    /// Advisories that affect nothing by what they say: parts of Node.js that do not affect it, a gem that got its patch in the
    /// version that brought the flaw, and one whose `> 0.1.4` is said to be unaffected beside `> 1.0.13`.
    private static let withoutAffected: Set<String> = Set((1...6).map { "nodejs-security-wg:deps/\($0)" }).union([
        "rubysec:gems/ckeditor/CVE-2021-32808", "rubysec:gems/cron_parser/CVE-2019-15224"
    ])

    @Test(.enabled(if: hasCorpus, "the corpus or zstd is missing"))
    func `of the corpus are all read`() throws {
        var counts: [Int] = []
        var doubtful: Set<String> = []
        var empty: Set<String> = []
        for file in NativeCorpus.files {
            let advisories = try NativeCorpus.advisories(of: file)
            counts.append(try NativeCorpus.files(of: file).count)
            for advisory in advisories {
                if advisory.affected.contains(where: { $0.ranges.contains { $0.doubt?.contains("platform") == false } }) {
                    doubtful.insert(advisory.id)
                }
                if advisory.affected.allSatisfy(\.ranges.isEmpty) { empty.insert(advisory.id) }
            }
        }
        print("native advisories: \(counts), in doubt \(doubtful.sorted()), nothing affected \(empty.sorted())")
        #expect(counts == [1_126, 1_592, 647])
        #expect(doubtful.isEmpty && empty == Self.withoutAffected)
    }
}
