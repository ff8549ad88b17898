import PackageIdentity
import Testing

/// What ranges hold by the rules of the tools that read them; `NativeToolTests` asks the tools themselves.
@Suite struct `Native ranges mean what their tools say` {
    /// Each line has a range, the versions that it holds, and those that it does not hold.
    private func check(
        _ name: String, _ lines: [(range: String, holds: String, not: String)], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let syntax = try #require(NativeSyntax(named: name), sourceLocation: sourceLocation)
        for (text, holds, not) in lines {
            let range = try VersRange(native: text, in: syntax)
            let intervals = try #require(range.intervals, "\(text)", sourceLocation: sourceLocation)
            for (versions, expected) in [(holds, true), (not, false)] {
                for version in versions.split(separator: " ").map(String.init) {
                    let containment = range.containment(of: version)
                    #expect(
                        containment == (expected ? .contained : .notContained), "\(name): \(text) and \(version)",
                        sourceLocation: sourceLocation)
                    // An index goes by the keys.
                    let key = try VersionKey(encoding: version, in: range.versionScheme)
                    #expect(
                        intervals.contains { $0.start <= key && $0.end.map { key < $0 } ?? true } == expected
                            || text.contains("==="),
                        "\(name): \(text) and the key of \(version)", sourceLocation: sourceLocation)
                }
            }
        }
    }

    @Test func `Composer fills versions up, and begins and ends before pre-releases`() throws {
        let lines = [
            ("<2.0", "1.9 1.9.9.9", "2 2.0 2.0.0 2.0.0.0 2.0-beta1 2.0.0-dev v2.0.0-RC1"),
            (">=1.2", "1.2 1.2.0 1.2.0.0 1.2-dev 1.2.0-beta1 v1.2", "1.1.9"),
            ("=1.0.0", "1 1.0 v1.0.0.0 1.0+build", "1.0.1 1.0-p1"),
            (">1.0", "1.0-p1 1.0.0.1", "1 1.0 1.0.0 1.0-RC1"), ("<=1.0", "1 1.0.0.0 1.0-beta", "1.0-patch1 1.0.1"),
            ("^1.2", "1.2 1.2-alpha 1.99", "2 2.0-dev 2.0.0-alpha1"), ("~1.2.3", "1.2.3 1.2.9", "1.3 1.3-beta"),
            ("^0.0.0.1", "0.0.0.1 0.0.0.9", "0.0.1 0"), ("1.0 - 2.0", "1 1.0-dev 2.0.5", "2.1 2.1-dev"),
            ("1.0.*", "1 1.0-dev 1.0.9", "1.1-dev"),
            ("1.0 - 2.0.0 <1.5", "1.2 1", "1.5 2"), ("<2.0-beta2", "2.0-beta1 2.0-dev", "2.0-beta2 2.0-RC1"),
            ("<2.0@beta", "2.0-alpha3", "2.0-beta1"), ("<=1.x-dev", "1.99 1.x-dev", "2.0"),
            ("<2020-09-14", "2020-09-13", "2020-09-15"),
            (">=1.2.3.4", "1.2.3.4 1.2.3.5", "1.2.3.3 1.2.3 1.2.3+4")
        ]
        try check("composer", lines)
        try check("gitlab/composer", [("<2.0||>=3.0,<3.1", "1.9 3 3.0-beta1", "2 2.0-beta1 3.1 3.1.0-RC1")])
        try check("github/composer", [("< 2.0", "1.9 2.0-beta1", "2 2.0.0 2.0.0.0"), (">= 1.0.0, < 1.2", "1 1.0 1.1.9", "1.2.0")])
        let range = try VersRange(native: "<2.0", in: try #require(NativeSyntax(type: "composer")))
        guard case .unknown = range.containment(of: "dev-main") else { Issue.record("a branch has no place"); return }
    }

    @Test func `VERS ranges of Composer fill versions up too`() throws {
        let range = try VersRange(parsing: "vers:composer/>=1.0.0|<2.0.0|2.3.4+5")
        for (version, isInside) in [
            ("1", true), ("1.0", true), ("2.0", false), ("2.0-beta1", true), ("2.3.4.5", true), ("2.3.4", false)
        ] {
            #expect(range.containment(of: version) == (isInside ? .contained : .notContained), "\(version)")
        }
        #expect(throws: VersError.self, "one version twice") { try VersRange(parsing: "vers:composer/>=1.0|<1.0.0") }
    }

    @Test func `PEP 440 leaves out the relatives of an exclusive end, and takes local versions along`() throws {
        let lines = [
            (">1.0", "1.0.1 1.1.dev0 1.1", "1.0 1.0.0 1.0.post1 1.0.post1.dev2 1.0+local 1.0.post1+x"),
            (">1.0.post1", "1.0.post2 1.0.post2.dev0 1.1", "1.0.post1 1.0.post1+x"),
            (">1.0a1", "1.0a2 1.0 1.0.post1", "1.0a1+x 1.0a1.post1"),
            ("<2.0", "1.9 1.9.post1 1.9+x", "2.0 2.0rc1 2.0.dev1 2.0a1.post1"),
            ("<2.0rc1", "2.0b3 2.0a1 2.0.dev1 2.0rc1.dev0", "2.0rc1"),
            ("<1.0.post1", "1.0 1.0a1 1.0.post0", "1.0.post1.dev0 1.0.post1"),
            ("<=1.0", "1.0 1.0+local 1.0a1", "1.0.post1 1.0.1"),
            ("==1.0", "1.0 1 1.0.0 1.0+local v1.0", "1.0.post1 1.0a1"), ("==1.0+abc", "1.0+ABC", "1.0 1.0+abd"),
            ("!=1.0", "1.0.post1 1.1", "1.0 1.0+x"),
            (">=1.0", "1.0 1.0+x 1.0.post1", "1.0rc1"), ("~=1.4.5", "1.4.5 1.4.9 1.4.9+x", "1.5 1.5.dev0 1.5a1 1.4.4"),
            ("==1.1.*", "1.1 1.1.dev0 1.1a1 1.1.9 1.1.post1 1.1+x", "1.2.dev0 1.0"), ("!=1.1.*", "1.0 1.2.dev0", "1.1a1 1.1.5"),
            ("===1.0", "1.0", "1.0.0 1 1.0+x"), ("===1.0A1", "1.0a1", "1.0alpha1")
        ]
        try check("pypi", lines)
        try check("gitlab/pypi", [("<2.0||==3.0", "1.9 3.0+x", "2.0rc1 3.0.1")])
        try check("github/pip", [("< 2.0", "2.0rc1", "2.0")])
    }

    @Test func `npm ends before pre-releases, and a version with missing numbers is all that begin with it`() throws {
        let lines = [
            ("<=1.2", "1.2.0 1.2.9 1.2.9-rc 1.1.0", "1.3.0 1.3.0-0 1.3.0-alpha"),
            ("^1.2.3", "1.2.3 1.9.0-beta", "2.0.0-alpha 2.0.0 1.2.3-rc"),
            ("1.2.x", "1.2.0 1.2.9 1.2.0-0", "1.3.0-alpha 1.1.9"), ("1.2", "1.2.0 1.2.9", "1.3.0-0"),
            (">1.2", "1.3.0 1.3.0-alpha", "1.2.9 1.2.0"),
            ("<1.2", "1.1.9", "1.2.0 1.2.0-alpha"), (">=1.2", "1.2.0-alpha 1.2.0", "1.1.9"),
            ("~1.2.3", "1.2.3 1.2.9", "1.3.0-rc 1.2.2"),
            ("1.2 - 2.3", "1.2.0 2.3.9", "2.4.0-0 2.4.0"), ("1.2.3 - 2.3.4", "1.2.3 2.3.4 1.2.3-rc", "2.3.5-0 1.2.2"),
            ("<2.0.0", "2.0.0-alpha", "2.0.0"), ("^0.2.3-beta", "0.2.3-beta 0.2.3", "0.2.3-alpha 0.3.0-0"),
            (">=1.5 <=1", "1.6.0", "1.4.0 2.0.0-0")
        ]
        try check("npm", lines)
        try check("gitlab/npm", [("^1||<0.5", "1.0.0 0.4.9", "2.0.0-0 0.5.0-rc")])
        #expect(
            try VersRange(native: ">=1.5 <=1", in: try #require(NativeSyntax(type: "npm"))).description
                == "vers:npm/>=1.5-0|<2.0.0-0")
    }

    @Test func `RubyGems, Cargo and Hex end before the pre-releases of the next version`() throws {
        try check(
            "gem",
            [("~> 1.2", "1.2 1.9.9 1.9.a 1.10.pre", "2 2.0.a 2.A 2.pre.A.B 1.2.a"), ("~> 1.2.a", "1.2.a 1.2.b 1.2 1.99", "2.a")])
        try check("gitlab/gem", [(">=1.0 <2.0", "2.0.a", "2.0")])
        try check(
            "cargo",
            [("1.2.3", "1.2.3 1.9.0", "2.0.0-alpha 2.0.0"), ("<=1.2", "1.2.9", "1.3.0-rc.1"), ("=1.2", "1.2.0 1.2.9", "1.3.0-0")])
        try check("hex", [("~> 2.1", "2.1.0 2.9.9", "3.0.0-dev 3.0.0"), ("~> 2.1.3-dev", "2.1.3-dev", "2.2.0-dev")])
    }

    @Test func `syntaxes are named by their ecosystem, or by the database and its word for one`() {
        for (name, type) in [
            ("npm", "npm"), ("gitlab/go", "golang"), ("gitlab/packagist", "composer"), ("github/pip", "pypi"),
            ("github/rust", "cargo"),
            ("gitlab/conan", "conan")
        ] {
            #expect(NativeSyntax(named: name)?.type == type, "\(name)")
        }
        for name in ["gitlab", "gitlab/", "gitlab/atlantis", "bitbucket/npm", "", "npm/gitlab"] {
            #expect(NativeSyntax(named: name) == nil, "\(name)")
        }
    }

    /// `advisory - patched` begins where the tool ends the patched range, and is told by the plain version.
    @Test func `what is left of a range begins where the tool ends the other`() throws {
        let gem = try #require(NativeSyntax(type: "gem"))
        let left = try #require(try VersRange(native: ">= 1.0", in: gem).subtracting([VersRange(native: "~> 1.2", in: gem)]))
        #expect(left.containment(of: "2.0.a") == .contained && left.containment(of: "1.9.a") == .notContained)
        #expect(left.runs?.map(\.lower) == ["1.0", "2"] && left.runs?.map(\.upper) == ["1.2", nil])
    }
}
