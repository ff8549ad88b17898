import PackageIdentity
import TestSupport
import Testing

@testable import Matching

/// The file that an index is, and what becomes of it when it is damaged.
@Suite struct `Index segment` {
    private func advisory(_ id: String, _ name: String = "foo", aliases: [String] = [], fixed: String = "2.0.0")
        -> IndexedAdvisory
    {
        let npm = Ecosystem("npm")
        let events: [RangeEvent] = [.init(.introduced, "0"), .init(.fixed, fixed)]
        return IndexedAdvisory(
            id: id, aliases: aliases, summary: "Summary of \(id)",
            affected: [
                AffectedPackage(
                    ecosystem: npm, name: name, ranges: RangeBuilder(.semver, in: npm).ranges(for: events),
                    explicitVersions: ["3.0.0", "not a version"]
                )
            ]
        )
    }

    private func bytes(_ advisories: [IndexedAdvisory]) -> [UInt8] {
        var builder = SegmentBuilder()
        for advisory in advisories { builder.add(advisory) }
        return builder.bytes()
    }

    private func segment(_ advisories: IndexedAdvisory...) throws -> IndexSegment { try IndexSegment(bytes(advisories)) }

    private func matches(_ index: AdvisoryIndex, _ version: String, _ name: String = "foo") -> [String] {
        index.match(Component(ecosystem: Ecosystem("npm"), name: name, version: version)).map(\.advisory)
    }

    @Test func `gives the same bytes for the same advisories in any order`() {
        let advisories = (0..<20).map { advisory("A-\($0)", "package-\($0 % 7)") }
        #expect(bytes(advisories) == bytes(advisories.reversed()))
    }

    @Test func `may be empty`() throws {
        let index = AdvisoryIndex([try segment()])
        #expect(index.advisoryCount == 0 && matches(index, "1.0.0").isEmpty && index.aliasGroup(of: "A-1") == ["A-1"])
        #expect(AdvisoryIndex([]).advisoryCount == 0 && matches(AdvisoryIndex([]), "1.0.0").isEmpty)
    }

    @Test func `merges segments into one that answers the same`() throws {
        let old = try segment(
            advisory("A-1"), advisory("A-2"), advisory("A-3", fixed: "1.0.0-\(String(repeating: "1", count: 60))"))
        var withdrawn = advisory("A-1")
        withdrawn.isWithdrawn = true
        let index = AdvisoryIndex([old, try segment(advisory("A-2", fixed: "1.0.0"), withdrawn), try segment(advisory("A-4"))])
        for count in 1...3 {
            let merged = AdvisoryIndex(index.segments.dropLast(count) + [try IndexSegment(index.merged(newest: count))])
            #expect(merged.advisoryCount == 3 && merged.knownAdvisoryCount == 4)
            for version in ["0.5.0", "1.0.0-11", "1.5.0", "3.0.0", "not a version", "2.5.0"] {
                let component = Component(ecosystem: Ecosystem("npm"), name: "foo", version: version)
                #expect(merged.match(component) == index.match(component), "\(count) segments, \(version)")
            }
        }
    }

    @Test func `keeps summary and aliases`() throws {
        let index = AdvisoryIndex([try segment(advisory("A-1", aliases: ["CVE-1", "GHSA-1"]))])
        let match = try #require(index.match(Component(ecosystem: Ecosystem("npm"), name: "foo", version: "1.0.0")).first)
        #expect(match.summary == "Summary of A-1" && match.aliases == ["CVE-1", "GHSA-1"])
    }

    @Test func `keeps keys longer than its words apart`() throws {
        let long = String(repeating: "1", count: 60)
        let index = AdvisoryIndex([try segment(advisory("A-1", fixed: "1.0.0-\(long).5"))])
        #expect(matches(index, "1.0.0-\(long).4") == ["A-1"] && matches(index, "1.0.0-\(long).4.9") == ["A-1"])
        #expect(matches(index, "1.0.0-\(long).5").isEmpty && matches(index, "1.0.0-\(long).6").isEmpty)
    }

    @Test func `takes an advisory from the newest segment, and none that was withdrawn`() throws {
        let old = try segment(advisory("A-1"), advisory("A-2"), advisory("A-3"))
        var withdrawn = advisory("A-3")
        withdrawn.isWithdrawn = true
        let index = AdvisoryIndex([old, try segment(advisory("A-2", fixed: "1.0.0"), withdrawn, advisory("A-0"))])
        #expect(matches(index, "1.5.0") == ["A-0", "A-1"])
        #expect(matches(index, "0.5.0") == ["A-0", "A-1", "A-2"] && index.advisoryCount == 3)
        #expect(matches(AdvisoryIndex([try segment(withdrawn), old]), "1.5.0") == ["A-1", "A-2", "A-3"], "and back again")
    }

    @Test func `keeps the time of a withdrawal, so that no older revision brings an advisory back`() throws {
        func revision(_ modified: Int64, isWithdrawn: Bool = false, fixed: String = "2.0.0") throws -> IndexSegment {
            var advisory = advisory("A-1", fixed: fixed)
            (advisory.modified, advisory.isWithdrawn) = (modified, isWithdrawn)
            return try segment(advisory)
        }
        let (old, withdrawn, new) = (try revision(1), try revision(2, isWithdrawn: true), try revision(3, fixed: "1.0.0"))
        for order in [[old, withdrawn], [withdrawn, old], [withdrawn, old, old]] {
            for index in [AdvisoryIndex(order), AdvisoryIndex([try IndexSegment(AdvisoryIndex(order).merged(newest: 3))])] {
                #expect(matches(index, "0.5.0").isEmpty && index.advisoryCount == 0 && index.knownAdvisoryCount == 1)
                #expect(index.modified("A-1") == 2 && index.modified("A-2") == nil)
            }
        }
        for order in [[new, withdrawn], [withdrawn, new], [new, old], [old, withdrawn, new], [new, withdrawn, old]] {
            let index = AdvisoryIndex(order)
            #expect(matches(index, "0.5.0") == ["A-1"] && matches(index, "1.5.0").isEmpty, "brought back later")
            #expect(index.modified("A-1") == 3 && index.advisoryCount == 1 && index.knownAdvisoryCount == 1)
        }
    }

    /// Whatever the order of arrival, the parts and what was merged on the way: what stands is the newest revision.
    @Test(arguments: [61, 62, 63, 64] as [UInt64])
    func `depends on the newest revision only`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for round in 0..<40 {
            var revisions: [IndexedAdvisory] = []
            for number in 0..<6 {
                for modified in 0..<Int64(1 + random.below(5)) {
                    var revision = advisory("A-\(number)", fixed: "\(modified + 1).0.0")
                    (revision.modified, revision.isWithdrawn) = (modified, random.chance(oneIn: 3))
                    revisions.append(revision)
                }
            }
            let newest = Dictionary(grouping: revisions, by: \.id).compactMap { $0.value.max { $0.modified < $1.modified } }
            let standing = newest.filter { !$0.isWithdrawn }
            var segments: [IndexSegment] = []
            var rest = revisions.shuffled(using: &random)[...]
            while !rest.isEmpty {
                let count = 1 + random.below(4)
                segments.append(try IndexSegment(bytes(Array(rest.prefix(count)))))
                rest = rest.dropFirst(count)
                if random.chance(oneIn: 2) {
                    let merged = 1 + random.below(segments.count)
                    segments = try segments.dropLast(merged) + [IndexSegment(AdvisoryIndex(segments).merged(newest: merged))]
                }
            }
            let index = AdvisoryIndex(segments)
            for version in 0..<6 {
                let expected = standing.filter { $0.modified + 1 > version }.map(\.id).sorted()
                #expect(matches(index, "\(version).5.0") == expected, "seed \(seed), round \(round), \(version).5.0")
            }
            #expect(index.advisoryCount == standing.count && index.knownAdvisoryCount == newest.count, "seed \(seed)")
        }
    }

    @Test func `names the layouts where another release wrote the file`() throws {
        var other = bytes([advisory("A-1")])
        other[8] = 2
        #expect { try IndexSegment(other) } throws: { error in
            (error as? IndexError)?.code == .revision && "\(error)".contains("layout 2 with keys") && "\(error)".contains("anew")
        }
    }

    @Test func `joins aliases into groups over all advisories, without a cap`() throws {
        let chain = (0..<500).map { advisory("A-\($0)", aliases: ["CVE-\($0)", "CVE-\($0 + 1)"]) }
        let index = AdvisoryIndex([try IndexSegment(bytes(Array(chain[..<250]))), try IndexSegment(bytes(Array(chain[250...])))])
        #expect(index.aliasGroup(of: "CVE-500").count == 500 + 501)
        #expect(index.aliasGroup(of: "A-0") == index.aliasGroup(of: "CVE-250"))
        #expect(index.aliasGroup(of: "CVE-9999") == ["CVE-9999"])
    }

    @Test func `knows a number of the CVE Program under the name that GCVE gives it`() throws {
        let index = AdvisoryIndex([
            try segment(advisory("GHSA-1", aliases: ["GCVE-0-2024-1"]), advisory("PYSEC-1", aliases: ["CVE-2024-1"])),
            try segment(advisory("GCVE-0-2024-2"), advisory("GCVE-1-2024-3", aliases: ["CVE-2024-2"]))
        ])
        let one = ["CVE-2024-1", "GCVE-0-2024-1", "GHSA-1", "PYSEC-1"]
        for name in one { #expect(index.aliasGroup(of: name) == one, "\(name)") }
        #expect(index.aliasGroup(of: "CVE-2024-2") == ["CVE-2024-2", "GCVE-0-2024-2", "GCVE-1-2024-3"])
        #expect(index.aliasGroup(of: "GCVE-0-2024-9") == ["CVE-2024-9", "GCVE-0-2024-9"])
        #expect(index.aliasGroup(of: "GCVE-1-2024-1") == ["GCVE-1-2024-1"], "another authority counts on its own")
    }

    @Test func `refuses a file that is none, is cut off or was changed`() throws {
        let good = bytes([advisory("A-1", aliases: ["CVE-1"]), advisory("A-2", "bar")])
        #expect(throws: IndexError.self) { try IndexSegment([]) }
        for length in stride(from: 0, to: good.count, by: 4) {
            #expect(throws: IndexError.self, "cut at \(length)") { try IndexSegment(Array(good[..<length])) }
        }
        for place in good.indices {
            var bad = good
            bad[place] ^= 0x10
            #expect(throws: IndexError.self, "byte \(place)") { try IndexSegment(bad) }
        }
    }

    /// Somebody wrote the checksum anew: what points outside is refused, and what is accepted can be asked without a crash.
    @Test(arguments: [51, 52, 53] as [UInt64]) func `survives any bytes under a right checksum`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let good = bytes((0..<4).map { advisory("A-\($0)", "p\($0)", aliases: ["CVE-\($0)"]) })
        var accepted = 0
        for _ in 0..<3_000 {
            var bad = good
            let place = SegmentLayout.checksumOffset + 8 + random.below(good.count - SegmentLayout.checksumOffset - 8)
            bad[place] = random.pick([0, 1, 2, 3, 0x7F, 0x80, 0xFF])
            let checksum = bad.withUnsafeBytes { WordHash.checksum(SegmentFile.checkedWords($0)) }
            bad.withUnsafeMutableBytes {
                $0.storeBytes(of: checksum, toByteOffset: SegmentLayout.checksumOffset, as: UInt64.self)
            }
            guard let segment = try? IndexSegment(bad) else { continue }
            accepted += 1
            let index = AdvisoryIndex([segment, segment])
            for name in 0..<4 { _ = matches(index, "1.0.0", "p\(name)") + matches(index, "3.0.0", "p\(name)") }
            _ = index.aliasGroup(of: "CVE-1")
        }
        #expect(accepted > 0 && accepted < 3_000, "seed \(seed)")
    }
}
