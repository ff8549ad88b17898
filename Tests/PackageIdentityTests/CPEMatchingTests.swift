import PackageIdentity
import TestSupport
import Testing

@Suite struct `CPE relations` {
    /// Table 6-2 of NIST IR 7696 by its rows; `i` and `k` are strings, `m` one with wildcards.
    @Test func `of values follow table 6-2`() throws {
        let (i, k) = (try CPEValue.literal("8.0"), try CPEValue.literal("9.0"))
        let m = CPEValue.pattern(try CPEPattern(literal: "8.", trailing: .any))
        let na = CPEValue.notApplicable
        let rows: [(row: Int, source: CPEValue, target: CPEValue, relation: CPERelation)] = [
            (1, .any, .any, .equal), (2, .any, na, .superset), (3, .any, i, .superset), (4, .any, m, .undefined),
            (5, na, .any, .subset), (6, na, na, .equal), (7, na, i, .disjoint), (8, na, m, .undefined), (9, i, i, .equal),
            (10, i, k, .disjoint), (11, i, m, .undefined), (12, i, na, .disjoint), (13, i, .any, .subset), (14, m, i, .superset),
            (14, m, k, .disjoint), (15, m, .any, .subset), (16, m, na, .disjoint), (17, m, m, .undefined)
        ]
        for (row, source, target, relation) in rows {
            #expect(source.relation(to: target) == relation, "row \(row)")
        }
    }

    /// Clause 6.3: `*` is any number of characters, a `?` at most one, and letters have no case.
    @Test func `of patterns count the characters at both ends`() throws {
        let cases: [(String, String, Bool)] = [
            ("8.*", "8.0.6001", true), ("8.*", "8.", true), ("8.*", "18.0", false), ("*8", "108", true), ("*8", "108a", false),
            ("*o*", "foo", true), ("*o*", "bar", false), ("?x", "x", true), ("?x", "ax", true), ("?x", "aax", false),
            ("??x", "aax", true), ("x??", "xab", true), ("x??", "xabc", false), ("?x?", "axb", true), ("?ab", "aab", true),
            ("ab?", "abab", false), ("*ab", "abab", true), ("?", "a", true), ("???", "abcd", false), ("SP?", "sp1", true),
            (#"a\*"#, "ab", false), (#"a\**"#, #"a*b"#, true), (#"\\*"#, #"\x"#, true)
        ]
        for (source, target, matches) in cases {
            let name = try CPE(parsing: "cpe:2.3:a:v:p:\(source):*:*:*:*:*:*:*")
            let text = try CPE([.part: .literal("a"), .vendor: .literal("v"), .product: .literal("p"), .version: .literal(target)]
            )
            let hasWildcards = name[.version].literal == nil
            let expected: CPERelation = matches ? hasWildcards ? .superset : .equal : .disjoint
            #expect(name[.version].relation(to: text[.version]) == expected, "\(source) and \(target)")
        }
    }

    /// Table 6-4 and the example of clause 6.3 (Adobe).
    @Test func `of names follow from those of their values`() throws {
        let cases: [(String, String, CPERelation)] = [
            ("cpe:/a:v:p:1", "cpe:/a:v:p:1", .equal), ("cpe:/a:v:p", "cpe:/a:v:p:1", .superset),
            ("cpe:/a:v:p:1", "cpe:/a:v:p", .subset), ("cpe:/a:v:p:1", "cpe:/a:v:q", .disjoint),
            ("cpe:/a:v:p::u", "cpe:/a:v:p:1", .undefined), ("cpe:/a:v:p:1%02", "cpe:/a:v:p:1%02", .undefined),
            ("cpe:/a:v:p:1:-", "cpe:/a:v:p:1:u", .disjoint),
            ("cpe:2.3:a:adobe:*:9.*:*:PalmOS:*:*:*:*:*", "cpe:/a::Reader:9.3.2:-:-", .disjoint),
            (
                "cpe:2.3:a:microsoft:internet_explorer:8.*:sp?:*:*:*:*:*:*",
                "cpe:2.3:a:microsoft:internet_explorer:8.0.6001:sp1:*:*:*:*:*:*", .superset
            ),
            ("cpe:/a:microsoft:internet_explorer:8.0.6001:beta::de", "cpe:/a:microsoft:internet_explorer", .subset)
        ]
        for (source, target, relation) in cases {
            #expect(try CPE(parsing: source).relation(to: CPE(parsing: target)) == relation, "\(source) to \(target)")
        }
    }

    /// Whatever two names without wildcards are to each other, they are the reverse the other way round.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `turn round`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        func name() throws -> CPE {
            let values: [CPEValue] = try [.any, .notApplicable, .literal("a"), .literal("b")]
            return try CPE([
                .part: .literal("a"), .vendor: random.pick(values), .product: random.pick(values), .version: random.pick(values)
            ])
        }
        let reverse: [CPERelation: CPERelation] = [.subset: .superset, .superset: .subset]
        for _ in 0..<2_000 {
            let (left, right) = (try name(), try name())
            let relation = left.relation(to: right)
            let isSound =
                right.relation(to: left) == reverse[relation] ?? relation && (relation == .equal) == (left == right)
            if !isSound { Issue.record("seed \(seed): \(left) and \(right)") }
        }
    }
}

@Suite struct `CPE applicability` {
    private func verdict(_ name: String, _ versions: String?, _ installed: String) throws -> String {
        let range = try versions.map { text throws in try VersRange(parsing: text) }
        switch CPEApplicability(try CPE(parsing: name), versions: range).verdict(for: try CPE(parsing: installed)) {
        case .applies: return "applies"
        case .doesNotApply: return "does not"
        case .unknown(let attribute, _): return "unknown \(attribute)"
        }
    }

    @Test func `needs vendor and product, and a version or a range`() throws {
        let range = "vers:semver/>=1.0.0|<2.0.0"
        let cases: [(String, String?, String, String)] = [
            ("cpe:/a:v:p:1.0", nil, "cpe:/a:v:p:1.0", "applies"), ("cpe:/a:v:p:1.0", nil, "cpe:/a:V:P:1.0", "applies"),
            ("cpe:/a:v:p:1.0", nil, "cpe:/a:v:p:1.1", "does not"), ("cpe:/a:v:p:1.%02", nil, "cpe:/a:v:p:1.1", "applies"),
            ("cpe:/a:v:p:1.0", nil, "cpe:/a:v:q:1.0", "does not"), ("cpe:/a:v:p:1.0", nil, "cpe:/a:w:p:1.0", "does not"),
            ("cpe:/a:v:p:1.0", nil, "cpe:/o:v:p:1.0", "does not"), ("cpe:/a::p:1.0", nil, "cpe:/a:v:p:1.0", "unknown vendor"),
            ("cpe:/a:v:p:1.0", nil, "cpe:/a::p:1.0", "unknown vendor"),
            ("cpe:/a:v::1.0", nil, "cpe:/a:v:p:1.0", "unknown product"),
            ("cpe:/a:v%02:p:1.0", nil, "cpe:/a:v:p:1.0", "unknown vendor"),
            ("cpe:/a:v:-:1.0", nil, "cpe:/a:v:p:1.0", "unknown product"),
            ("cpe:/a::p:1.0", nil, "cpe:/a:v:p:2.0", "does not"), ("cpe:/:v:p:1.0", nil, "cpe:/a:v:p:1.0", "unknown part"),
            ("cpe:/a:v:p", nil, "cpe:/a:v:p:1.0", "unknown version"), ("cpe:/a:v:p", range, "cpe:/a:v:p:1.5.0", "applies"),
            ("cpe:/a:v:p", range, "cpe:/a:v:p:2.0.0", "does not"), ("cpe:/a:v:p", range, "cpe:/a:v:p", "unknown version"),
            ("cpe:/a:v:p", range, "cpe:/a:v:p:-", "unknown version"),
            ("cpe:/a:v:p", range, "cpe:/a:v:p:1.%02", "unknown version"),
            ("cpe:/a:v:p", range, "cpe:/a:v:p:latest", "unknown version"),
            ("cpe:/a:v:p", "vers:semver/*", "cpe:/a:v:p", "applies"),
            ("cpe:/a:v:p", "vers:all/*", "cpe:/a:v:p:1", "applies"), ("cpe:/a:v:p", "vers:none/*", "cpe:/a:v:p:1", "does not"),
            ("cpe:/a::p", range, "cpe:/a:v:p:1.5.0", "unknown vendor")
        ]
        for (name, versions, installed, expected) in cases {
            #expect(try verdict(name, versions, installed) == expected, "\(name) \(versions ?? "") for \(installed)")
        }
    }

    @Test func `asks every other attribute, and lets a difference decide`() throws {
        let range = "vers:semver/>=1.0.0|<2.0.0"
        let cases: [(String, String?, String, String)] = [
            ("cpe:/a:v:p:1:rc1", nil, "cpe:/a:v:p:1:rc1", "applies"), ("cpe:/a:v:p:1:rc1", nil, "cpe:/a:v:p:1:rc2", "does not"),
            ("cpe:/a:v:p:1:rc1", nil, "cpe:/a:v:p:1", "unknown update"), ("cpe:/a:v:p:1", nil, "cpe:/a:v:p:1:rc1", "applies"),
            ("cpe:/a:v:p:1:-", nil, "cpe:/a:v:p:1:rc1", "does not"), ("cpe:/a:v:p:1", nil, "cpe:/a:v:p:1::~~~linux~~", "applies"),
            ("cpe:/a:v:p:1::~~~windows~~", nil, "cpe:/a:v:p:1::~~~linux~~", "does not"),
            ("cpe:/a:v:p:1::~~~windows~~", nil, "cpe:/a:v:p:1", "unknown targetSoftware"),
            ("cpe:/a:v:p:1::~~~windows~~", nil, "cpe:/a:v:p:1::~~~win%02~~", "unknown targetSoftware"),
            ("cpe:/a:v:p:1::~~~windows~~", nil, "cpe:/a:v:q:1", "does not"),
            ("cpe:/a:v:p", range, "cpe:/a:v:p:1.5.0:sp1", "applies"),
            ("cpe:/a:v:p", range, "cpe:/a:v:p:2.0.0:rc1", "unknown update"),
            ("cpe:/a:v:p", range, "cpe:/a:v:p:1.0.0:rc1", "unknown update"),
            ("cpe:/a:v:p", range, "cpe:/a:v:p:2.0.0:-", "does not")
        ]
        for (name, versions, installed, expected) in cases {
            #expect(try verdict(name, versions, installed) == expected, "\(name) \(versions ?? "") for \(installed)")
        }
    }
}
