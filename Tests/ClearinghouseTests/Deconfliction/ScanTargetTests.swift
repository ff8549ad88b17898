import JSONText
import TestKit
import TestSupport
import Testing

@testable import Clearinghouse

@Suite struct ScanTargetTests {
    @Test(
        arguments: [
            ("https://github.com/ACME/Parser.git", "github.com/acme/parser", nil),
            ("git@github.com:acme/parser", "github.com/acme/parser", nil),
            ("https://github.com/acme/parser@4f2a", "github.com/acme/parser", "4f2a"),
            ("git@github.com:acme/parser@4f2a", "github.com/acme/parser", "4f2a"),
            ("pkg:github/acme/parser@v1", "github.com/acme/parser", "v1"),
            ("pkg:golang/github.com/acme/parser/sub@v1.2.3", "github.com/acme/parser", "v1.2.3"),
            ("pkg:generic/parser@2?vcs_url=git%2Bhttps://github.com/acme/parser.git%40abc", "pkg:generic/parser", "2"),
            ("https://github.com/acme/parser@release/1.2", "github.com/acme/parser", "release/1.2"),
            ("https://github.com/acme/parser@codec@1.2", "github.com/acme/parser", "codec@1.2"),
            ("https://github.com/acme/parser/blob/main/x.c", "github.com/acme/parser", nil),
            ("https://github.com/acme/parser.git/tree/main", "github.com/acme/parser", nil),
            ("https://github.com:443/acme/parser", "github.com/acme/parser", nil),
            ("ssh://git@ssh.github.com:443/acme/parser.git", "github.com/acme/parser", nil),
            ("github.com:443/acme/parser", "github.com/acme/parser", nil),
            ("https://www.github.com/acme/parser", "github.com/acme/parser", nil),
            ("https://github.com./acme//./parser/", "github.com/acme/parser", nil),
            ("https://github.com/acme/pars%65r?tab=readme#top", "github.com/acme/parser", nil),
            ("https://user:secret@github.com/acme/parser@4f2a", "github.com/acme/parser", "4f2a"),
            ("https://gitlab.com/acme/tools/parser/-/blob/main/x.c", "gitlab.com/acme/tools/parser", nil),
            ("https://gitlab.com/acme/tools/parser/tree/main", "gitlab.com/acme/tools/parser", nil),
            ("https://git.example.org:8443/acme/parser@release/1.2", "git.example.org:8443/acme/parser", "release/1.2"),
            ("pkg:PyPI/Django_Package@1.11?x=y#sub", "pkg:pypi/django-package", "1.11"),
            ("pkg:npm/%40acme/parser", "pkg:npm/%40acme/parser", nil)
        ] as [(String, String, String?)])
    func `all spellings of a target meet under one name`(text: String, name: String, revision: String?) throws {
        let target = try ScanTarget(text)
        #expect(target.name == name)
        #expect(target.revision == revision)
    }

    @Test(arguments: [
        "", "parser", "acme/parser", "pkg:npm", "https://github.com", "github.com/acme/parser@a b", "github.com/a b/c",
        "https://github.com/acme", "https://github.com/acme/../other/parser", "https://github.com/acme/parser%40x",
        "https://git.example.org/acme/pars%65r", "https://git.example.org/acme/@parser@1", "https://github.com/acme/parser@",
        "pkg:npm/a@1%0A2"
    ])
    func `what is neither a package nor a repository is refused`(text: String) {
        #expect(throws: Refusal.self) { try ScanTarget(text) }
    }
}

@Suite struct StatedRepositoryTests {
    private static let package = "pkg:npm/left-pad?vcs_url=https://github.com/x/y"

    @Test func `a package is one target, whatever repository is written into its URL`() async throws {
        let house = try House()
        let (one, two) = (try await house.enrol("lab-one", as: .finder), try await house.enrol("lab-two", as: .finder))
        _ = try await house.leases.claim(ScanClaim(scope: ScanScope(target: ScanTarget(Self.package))), by: one)
        let claim = try ScanClaim(scope: ScanScope(target: ScanTarget("pkg:npm/left-pad@1")))
        guard case .held = try await house.leases.claim(claim, by: two) else {
            Issue.record("two hold one package")
            return
        }
        _ = try await house.enrol("owner", as: .vendor)
        try await house.govern(ScanTarget("github.com/x/y"), TargetPolicy(json: ["maintainer": "owner"]), by: House.desk)
        try await house.expectRefusal(.notFound, at: nil, "it owns what it never published") {
            _ = try await house.targets.target(ScanTarget(Self.package))
        }
    }

    @Test func `who maintains the stated repository may still opt out`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab", as: .finder)
        let optOut: JSONValue = ["optOut": ["requestedAt": "2026-11-01T00:00:00Z"]]
        try await house.govern(ScanTarget("github.com/x/y"), TargetPolicy(json: optOut), by: House.desk)
        let claim = try ScanClaim(scope: ScanScope(target: ScanTarget(Self.package)))
        guard case .optedOut = try await house.leases.claim(claim, by: lab) else {
            Issue.record("a claim was granted")
            return
        }
    }
}

@Suite struct ScanScopeTests {
    private func scope(
        _ target: String = "github.com/acme/parser", only: Bool = false, in subsystem: String? = nil, for bugClass: String? = nil,
        by tool: String? = nil, model: String? = nil
    ) throws -> ScanScope {
        try ScanScope(
            target: ScanTarget(target), isRevisionOnly: only, subsystem: subsystem, bugClass: bugClass.map { try BugClass($0) },
            toolFamily: tool, modelFamily: model
        )
    }

    @Test func `scopes overlap where a bug could be found by both`() throws {
        let whole = try scope()
        #expect(whole.overlaps(whole))
        #expect(whole.overlaps(try scope(in: "src", for: "CWE-787", by: "fuzzer")))
        #expect(try scope(in: "src/xml").overlaps(scope(in: "./src/")))
        #expect(try !scope(in: "src/xml").overlaps(scope(in: "src/xmlrpc")))
        #expect(try scope(for: "memory-safety").overlaps(scope(for: "cwe-787")))
        #expect(try !scope(for: "injection").overlaps(scope(for: "CWE-787")))
        #expect(try !scope(by: "fuzzer").overlaps(scope(by: "model-agent")))
        #expect(try !scope(by: "model-agent", model: "a").overlaps(scope(by: "model-agent", model: "b")))
        #expect(try !whole.overlaps(scope("github.com/acme/other")))
    }

    @Test func `a commit does not part two scans of one line, unless both mean theirs only`() throws {
        #expect(try scope("github.com/acme/parser@a").overlaps(scope("github.com/acme/parser@b")))
        #expect(try scope("github.com/acme/parser@a", only: true).overlaps(scope("github.com/acme/parser@b")))
        #expect(try !scope("github.com/acme/parser@a", only: true).overlaps(scope("github.com/acme/parser@b", only: true)))
    }

    @Test func `scopes overlap just where a world that is known in full has a bug of both`() throws {
        for seed in 0..<2_000 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let (one, other) = (try LeaseWorld.scope(using: &generator), try LeaseWorld.scope(using: &generator))
            let isExpected = one.scope.target.name == other.scope.target.name && one.box.meets(other.box)
            #expect(one.scope.overlaps(other.scope) == isExpected, "seed \(seed): \(one.scope) and \(other.scope)")
        }
    }

    @Test(
        arguments: [
            ("access-control", "file-handling", true), ("CWE-119", "CWE-787", true), ("CWE-74", "cwe-89", true),
            ("memory-safety", "CWE-119", true), ("bounds", "memory-safety", true), ("CWE-787", "CWE-416", false),
            ("memory-safety", "access-control", false), ("CWE-89", "CWE-79", false), ("xss", "memory-safety", false),
            ("xss", "XSS", true), ("CWE-99999", "CWE-787", false)
        ])
    func `classes of bugs meet where they share a weakness`(one: String, other: String, meet: Bool) throws {
        #expect(try scope(for: one).overlaps(scope(for: other)) == meet)
        #expect(try scope(for: other).overlaps(scope(for: one)) == meet)
    }

    @Test func `a class covers the kinds of its weaknesses, and none of what it only touches`() throws {
        func covers(_ one: String, _ other: String) throws -> Bool {
            try scope("pkg:npm/a@1", for: one).covers(scope("pkg:npm/a@1", for: other))
        }
        #expect(try covers("CWE-119", "CWE-787") && covers("memory-safety", "CWE-122") && covers("injection", "CWE-89"))
        #expect(try !covers("CWE-787", "CWE-119") && !covers("access-control", "file-handling"))
    }

    private static let commit = "4f2a9c" + String(repeating: "0", count: 34)

    @Test(
        arguments: [
            (commit, String(commit.reversed()), false), (commit, commit.uppercased(), true), (commit, "4f2a9c", true),
            (commit, "4F2A9C", true), (commit, "1.0.0", true), ("1.0.0", "1.0.1", false), ("v1.0.0", "1.0.0", true),
            ("main", "next", false), (commit, commit + String(repeating: "0", count: 24), true)
        ])
    func `revisions part two scans of one only where they are surely not one`(one: String, other: String, meet: Bool) throws {
        let scopes = try [one, other].map { try scope("github.com/acme/parser@\($0)", only: true) }
        #expect(scopes[0].overlaps(scopes[1]) == meet && scopes[1].overlaps(scopes[0]) == meet)
    }

    @Test func `what was searched at a revision nobody stated covers nothing`() throws {
        #expect(try !scope().covers(scope()))
        #expect(try !scope().covers(scope("github.com/acme/parser@1.0")) && !scope("github.com/acme/parser@1.0").covers(scope()))
        #expect(try scope("github.com/acme/parser@4F2A9C").covers(scope("github.com/acme/parser@4f2a9c")))
        #expect(try !scope("github.com/acme/parser@4f2a").covers(scope("github.com/acme/parser@4f2a9c")))
    }

    @Test func `what covers another overlaps with it, and covers all it covers`() throws {
        for seed in 0..<200 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let scopes = try (0..<3).map { _ in try LeaseWorld.scope(using: &generator).scope }
            for one in scopes {
                #expect(one.covers(one) == (one.target.revision != nil), "seed \(seed)")
                for other in scopes {
                    #expect(one.overlaps(other) == other.overlaps(one), "seed \(seed)")
                    if one.covers(other) { #expect(one.overlaps(other), "seed \(seed)") }
                    for third in scopes where one.covers(other) && other.covers(third) {
                        #expect(one.covers(third), "seed \(seed)")
                    }
                }
            }
        }
    }

    @Test(arguments: ["../etc", "src/../..", "a\nb"])
    func `a subsystem stays inside the repository`(path: String) {
        #expect(throws: Refusal.self) { try scope(in: path) }
    }

    @Test func `one revision only needs a revision`() {
        #expect(throws: Refusal.self) { try scope(only: true) }
    }
}
