import AdvisoryFormats
import Matching
import TestSupport
import Testing

@Suite struct VEXPropertyTests {
    private static let images = ["pkg:oci/i@sha256%3Aab", "pkg:oci/i", "https://e.org/i"]

    private static func product(_ random: inout SeededGenerator) -> VEXProduct {
        let version = random.pick(["", "@1.0.0", "@1.0.1", "@2.0.0"])
        let name = random.pick(["a", "b"])
        if random.chance(oneIn: 3) {
            return VEXSample.product(random.pick(images), parts: random.chance(oneIn: 3) ? [] : ["pkg:npm/\(name)\(version)"])
        }
        let ranges = ["vers:npm/>=1.0.0|<2.0.0", "vers:npm/*", "unreadable"]
        let versions = random.chance(oneIn: 4) ? [VEXVersion(text: random.pick(ranges), isRange: true)] : []
        return VEXSample.product("pkg:npm/\(name)\(version)", versions: versions)
    }

    private static func document(_ number: Int, _ random: inout SeededGenerator) -> VEXDocument {
        let statements = (0...random.below(3)).map { _ in
            VEXSample.statement(
                random.pick(VEXStatement.Status.allCases), (0...random.below(2)).map { _ in product(&random) },
                about: random.pick(["CVE-2026-1", "CVE-2026-2", "GHSA-1", "X"]),
                at: random.pick([nil, "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"]),
                because: random.pick([nil, "dead", "gone"]), in: "doc \(number)"
            )
        }
        return VEXSample.document(statements, random.pick([.openVEX, .csaf, .cycloneDX]))
    }

    /// What counts for every component in every context, in words.
    private static func answers(_ documents: [VEXDocument]) throws -> [String] {
        let statements = VEXSample.collected(documents)
        let match = try VEXSample.match("GHSA-1", aliases: ["CVE-2026-1", "CVE-2026-2"])
        var answers: [String] = []
        for purl in ["pkg:npm/a@1.0.0", "pkg:npm/a@2.0.0", "pkg:npm/b@1.0.1", "pkg:npm/b"] {
            for subjects in [[]] + images.map({ [$0] }) {
                let found = statements.statement(
                    about: match, names: ["CVE-2026-1", "CVE-2026-2", "GHSA-1"], in: try Component(purl: purl),
                    of: subjects.map { VEXTarget(product: $0) })
                answers.append("\(purl) in \(subjects): \(found.map { "\($0)" } ?? "nothing")")
            }
        }
        return answers
    }

    @Test func `the order of documents decides nothing, and a statement about something else changes nothing`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        var (suppressed, open) = (0, 0)
        for round in 0..<300 {
            let documents = (0...random.below(4)).map { Self.document($0, &random) }
            let expected = try Self.answers(documents)
            let shuffled = try Self.answers(documents.shuffled(using: &random))
            try #require(shuffled == expected, "seed \(seed), round \(round)")
            let unrelated = VEXSample.document([
                VEXSample.statement(.affected, [VEXSample.product("pkg:npm/c")], at: "2027-01-01T00:00:00Z"),
                VEXSample.statement(.affected, [VEXSample.product("pkg:npm/a")], about: "CVE-2026-3", at: "2027-01-01T00:00:00Z")
            ])
            let more = try Self.answers([unrelated] + documents)
            try #require(more == expected, "seed \(seed), round \(round)")
            suppressed += expected.count { $0.contains("notAffected") || $0.contains("fixed") }
            open += expected.count { $0.hasSuffix("nothing") }
        }
        // Who never suppresses, and who always does, would pass.
        print("VEX: seed \(seed), \(suppressed) suppressed, \(open) without a statement")
        #expect(suppressed > 100 && open > 100, "seed \(seed)")
    }

    @Test func `a statement with many aliases and many products takes no more room than both`() throws {
        let products = (0..<2_000).map { VEXSample.product("pkg:npm/p\($0)@1.0.0") }
        let aliases = (0..<2_000).map { "X-\($0)" }
        let start = ContinuousClock.now
        let collected = VEXSample.collected([
            VEXSample.document([VEXSample.statement(.notAffected, products, aliases: aliases)])
        ])
        let time = ContinuousClock.now - start
        print("VEX: \(time) for \(aliases.count) aliases of \(products.count) products")
        // Who enters each product under each alias needs many seconds.
        #expect(time < .seconds(1))
        for (name, product, expected) in [
            ("X-1999", "p0", VEXStatement.Status.notAffected), ("X-0", "p1999", .notAffected), ("X-0", "p2000", nil),
            ("X-2000", "p0", nil)
        ] {
            let found = collected.statement(
                about: try VEXSample.match(name, aliases: []), names: [name],
                in: try Component(purl: "pkg:npm/\(product)@1.0.0"), of: [])
            #expect(found?.status == expected, "\(name) in \(product)")
        }
    }

    @Test func `a match among a hundred thousand statements takes microseconds`() throws {
        let statements = (0..<100_000).map { number in
            VEXSample.statement(
                .notAffected, [VEXSample.product("pkg:npm/p\(number % 5_000)@1.0.0")], about: "CVE-2026-\(number / 50)")
        }
        let collected = VEXSample.collected([VEXSample.document(statements)])
        let component = try Component(purl: "pkg:npm/p60@1.0.0")
        let match = try VEXSample.match("CVE-2026-1", aliases: [])
        let start = ContinuousClock.now
        for _ in 0..<1_000 {
            let found = collected.statement(about: match, names: ["CVE-2026-1"], in: component, of: [])
            try #require(found?.status == .notAffected)
        }
        let time = (ContinuousClock.now - start) / 1_000
        print("VEX: \(time) a match among \(statements.count) statements")
        // Who searches the statements needs milliseconds.
        #expect(time < .microseconds(500))
    }
}
