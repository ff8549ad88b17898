import AdvisoryFormats
import PackageIdentity
import TestSupport
import Testing

@testable import Matching

@Suite struct `Products named by CPE` {
    private func matches(_ advisory: IndexedAdvisory, _ cpe: String) throws -> [Match] {
        var matcher = Matcher(try AdvisoryIndex(of: [advisory]))
        return try matcher.matches(#require(Component(CPE(parsing: cpe))))
    }

    private func advisory(_ cpe: String, _ range: String? = nil) throws -> IndexedAdvisory {
        let ranges = try range.map { VersionRange.all(of: try VersRange(parsing: "vers:generic/" + $0)) } ?? []
        let package = AffectedPackage(try CPE(parsing: cpe), ranges: ranges)
        return IndexedAdvisory(id: "A", affected: package.map { [$0] } ?? [])
    }

    @Test func `match by vendor and product together, in any case`() throws {
        let advisory = try advisory("cpe:2.3:a:apache:http_server:*:*:*:*:*:*:*:*", "<2.4.50")
        #expect(try matches(advisory, "cpe:/a:Apache:HTTP_Server:2.4.49").map(\.verdict) == [.affected])
        #expect(try matches(advisory, "cpe:/a:apache:http_server:2.4.50").isEmpty)
        #expect(try matches(advisory, "cpe:/a:other:http_server:2.4.49").isEmpty)
        #expect(try matches(advisory, "cpe:/o:apache:http_server:2.4.49").isEmpty)
        #expect(Component(try CPE(parsing: "cpe:2.3:a:*:http_server:2.4.49:*:*:*:*:*:*:*")) == nil)
    }

    @Test func `are unknown, with the reason, where the inventory leaves open what the advisory restricts`() throws {
        let advisory = try advisory("cpe:2.3:a:v:p:*:*:*:*:*:wordpress:*:*", "<2")
        #expect(try matches(advisory, "cpe:2.3:a:v:p:1:*:*:*:*:wordpress:*:*").map(\.verdict) == [.affected])
        #expect(try matches(advisory, "cpe:2.3:a:v:p:1:*:*:*:*:drupal:*:*").isEmpty)
        let reason = try matches(advisory, "cpe:2.3:a:v:p:1:*:*:*:*:*:*:*").first?.reason
        #expect(reason == "The advisory is about targetSoftware 'wordpress', and the inventory does not say it.")
        let version = try matches(advisory, "cpe:2.3:a:v:p:*:*:*:*:*:wordpress:*:*").first?.reason
        #expect(version == "The inventory does not say which version is installed.")
    }

    /// Attributes with every kind of value, from few texts, so that names often agree.
    private func name(_ random: inout SeededGenerator, isInstalled: Bool) throws -> CPE {
        var values: [CPE.Attribute: CPEValue] = [
            .part: try .literal("a"), .vendor: try .literal(random.chance(oneIn: 8) ? "w:x" : random.pick(["v", "V"])),
            .product: try .literal("p")
        ]
        let texts: [CPE.Attribute: [String]] = [
            .version: ["1", "1.0", "2", "3rc1", "10"], .update: ["sp1", "SP2"], .targetSoftware: ["wordpress", "node.js"],
            .other: ["a:b", "x"]
        ]
        for (attribute, texts) in texts {
            switch random.below(12) {
            case 0: values[attribute] = .notApplicable
            case 1:
                values[attribute] = .pattern(try CPEPattern(literal: random.pick(texts), trailing: random.pick([.any, .upTo(1)])))
            case 2...(isInstalled ? 3 : 8): values[attribute] = .any
            default: values[attribute] = try .literal(random.pick(texts))
            }
        }
        return try CPE(values)
    }

    @Test func `get the verdicts of CPE applicability`() throws {
        let ranges = ["*", "<2", ">=1|<3", "1|>=2|<=3", "!=2", ">3rc1", ">=1.0|<2|>=3"]
        var counts: [String: Int] = [:]
        for seed in 0..<20_000 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let (wanted, installed) = (try name(&random, isInstalled: false), try name(&random, isInstalled: true))
            let range = random.chance(oneIn: 5) ? nil : try VersRange(parsing: "vers:generic/" + random.pick(ranges))
            let expected = CPEApplicability(wanted, versions: range).verdict(for: installed)
            let package = try #require(AffectedPackage(wanted, ranges: range.map { VersionRange.all(of: $0) } ?? []))
            var matcher = Matcher(try AdvisoryIndex(of: [IndexedAdvisory(id: "A", affected: [package])]))
            let found = matcher.matches(try #require(Component(installed))).first?.verdict
            let isEqual =
                switch (expected, found) {
                case (.applies, .affected), (.doesNotApply, nil), (.unknown, .unknown): true
                default: false
                }
            counts["\(expected)".prefix { $0 != "(" }.description, default: 0] += 1
            #expect(
                isEqual,
                "seed \(seed): \(wanted) \(range?.description ?? "") and \(installed): \(expected), \(String(describing: found))")
            if !isEqual { return }
        }
        print("CPE applicability: \(counts)")
        #expect(counts.count == 3 && counts.values.allSatisfy { $0 > 1_000 })
    }

    /// Merging two segments keeps what an entry says.
    @Test func `keep their attributes when segments are merged`() throws {
        let advisory = try advisory("cpe:2.3:a:v:p:1.0\\+b:sp1:*:*:*:*:*:*")
        var builder = SegmentBuilder()
        builder.add(advisory)
        let index = AdvisoryIndex([try IndexSegment(builder.bytes()), try IndexSegment(SegmentBuilder().bytes())])
        var matcher = Matcher(AdvisoryIndex([try IndexSegment(index.merged(newest: 2))]))
        let component = try #require(Component(CPE(parsing: "cpe:2.3:a:v:p:1.0\\+b:sp1:*:*:*:*:*:*")))
        #expect(matcher.matches(component).map(\.verdict) == [.affected])
    }
}
