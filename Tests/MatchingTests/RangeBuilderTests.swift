import PackageIdentity
import TestSupport
import Testing

@testable import Matching

@Suite struct `Range builder` {
    private typealias Events = [RangeEvent]

    private func ranges(_ events: [RangeEvent], _ scheme: VersionScheme = .semver) -> [String] {
        RangeBuilder(scheme: scheme).ranges(for: events).map { $0.text + ($0.doubt == nil ? "" : " ?") }
    }

    @Test func `makes runs of affected versions from events in any order`() {
        let cases: [([RangeEvent], [String])] = [
            ([], []), ([.init(.fixed, "1.0.0")], []), ([.init(.introduced, "0")], ["introduced 0"]),
            ([.init(.introduced, "0"), .init(.fixed, "1.0.0")], ["introduced 0, fixed 1.0.0"]),
            ([.init(.fixed, "1.0.0"), .init(.introduced, "0")], ["introduced 0, fixed 1.0.0"]),
            (
                [.init(.introduced, "2.0.0"), .init(.fixed, "1.2.0"), .init(.introduced, "1.0.0"), .init(.lastAffected, "2.3.0")],
                ["introduced 1.0.0, fixed 1.2.0", "introduced 2.0.0, last affected 2.3.0"]
            ),
            (
                [.init(.introduced, "1.0.0"), .init(.introduced, "1.5.0"), .init(.fixed, "2.0.0")],
                ["introduced 1.0.0, fixed 2.0.0"]
            ),
            ([.init(.introduced, "1.0.0"), .init(.fixed, "1.5.0"), .init(.fixed, "2.0.0")], ["introduced 1.0.0, fixed 1.5.0"]),
            ([.init(.introduced, "2.0.0"), .init(.fixed, "1.0.0")], ["introduced 2.0.0"]),
            ([.init(.introduced, "1.0.0"), .init(.lastAffected, "1.0.0")], ["introduced 1.0.0, last affected 1.0.0"])
        ]
        for (events, expected) in cases { #expect(ranges(events) == expected, "\(events)") }
    }

    @Test func `counts the builds of Julia's libraries in a range of SemVer, and nobody else's`() throws {
        func holds(_ version: String, _ ecosystem: String) throws -> Bool {
            let builder = RangeBuilder(.semver, in: Ecosystem(ecosystem))
            let range = try #require(builder.ranges(for: [.init(.introduced, "0"), .init(.fixed, "1.8.0+1")]).first)
            return range.contains(try VersionKey(encoding: version, in: range.scheme))
        }
        #expect(try holds("1.8.0+0", "Julia") && !holds("1.8.0+1", "Julia") && !holds("1.8.0+0", "npm"))
    }

    @Test func `keeps the advisory's order of events at one version`() {
        #expect(ranges([.init(.introduced, "1.0.0"), .init(.fixed, "1.0.0")]) == [])
        let renewed: Events = [
            .init(.introduced, "0"), .init(.fixed, "1.0.0"), .init(.introduced, "1.0.0"), .init(.fixed, "2.0.0")
        ]
        #expect(ranges(renewed) == ["introduced 0, fixed 1.0.0", "introduced 1.0.0, fixed 2.0.0"])
    }

    @Test func `cuts at the greatest limit, and not at all where one is a star`() {
        let open = RangeEvent(.introduced, "0")
        #expect(ranges([open, .init(.limit, "1.0.0"), .init(.limit, "2.0.0")]) == ["introduced 0, limit 2.0.0"])
        #expect(ranges([open, .init(.limit, "1.0.0"), .init(.limit, "*")]) == ["introduced 0"])
        #expect(ranges([.init(.introduced, "3.0.0"), .init(.limit, "2.0.0")]) == [])
        #expect(ranges([open, .init(.fixed, "1.0.0"), .init(.limit, "2.0.0")]) == ["introduced 0, fixed 1.0.0"])
    }

    @Test func `fills up the versions of Packagist, as Composer does`() throws {
        let builder = RangeBuilder(.ecosystem, in: Ecosystem("Packagist"))
        let range = try #require(builder.ranges(for: [.init(.introduced, "1.0.0"), .init(.fixed, "2.0")]).first)
        for version in ["1", "1.0", "v1.0.0.0", "1.9", "2.0.0-beta1", "1.x-dev"] {
            #expect(range.contains(try VersionKey(encoding: version, in: builder.scheme)), "\(version)")
        }
        for version in ["1.0-beta1", "0.9", "2", "2.0.0", "2.0.0.0"] {
            #expect(!range.contains(try VersionKey(encoding: version, in: builder.scheme)), "\(version)")
        }
    }

    @Test func `never invents an end for a boundary without a place`() {
        #expect(ranges([.init(.introduced, "1.0.0"), .init(.fixed, "next")]) == ["introduced 1.0.0 ?"])
        #expect(ranges([.init(.introduced, "nightly"), .init(.fixed, "2.0.0")]) == ["introduced nightly ?"])
        #expect(
            ranges([.init(.introduced, "1.0.0"), .init(.fixed, "2.0.0"), .init(.introduced, "nightly")])
                == ["introduced nightly ?", "introduced 1.0.0, fixed 2.0.0", "introduced nightly ?"]
        )
        #expect(
            ranges([.init(.introduced, "0"), .init(.limit, "1.0.0"), .init(.limit, "soon")]) == [
                "introduced 0, limit 1.0.0", "introduced 0 ?"
            ])
        #expect(ranges([.init(.introduced, "0"), .init(.fixed, "2004d")], .pep440) == ["introduced 0 ?"])
        #expect(ranges([.init(.introduced, "0"), .init(.fixed, "1.0")], .unknown) == ["introduced 0 ?"])
        #expect(ranges([.init(.introduced, "0")], .unknown) == ["introduced 0"])
    }

    @Test func `says which boundary is without a place, and why`() throws {
        let range = try #require(
            RangeBuilder(scheme: .semver).ranges(for: [.init(.introduced, "0"), .init(.fixed, "next")]).first)
        #expect(range.doubt?.contains("'fixed next'") == true && range.doubt?.contains("begins with a number") == true)
    }

    @Test func `reads SEMVER ranges as SemVer with the ecosystem's prefixes, all others in the ecosystem's order`() {
        #expect(RangeBuilder(.semver, in: Ecosystem("Go")).scheme == .golang)
        #expect(RangeBuilder(.semver, in: Ecosystem("PyPI")).scheme == .semver)
        #expect(RangeBuilder(.ecosystem, in: Ecosystem("PyPI")).scheme == .pep440)
        #expect(RangeBuilder(.ecosystem, in: Ecosystem("Maven")).scheme == .maven)
        #expect(RangeBuilder(.ecosystem, in: Ecosystem("Linux")).scheme == .linux)
        #expect(RangeBuilder(.ecosystem, in: Ecosystem("OSS-Fuzz")).scheme == .unknown)
    }

    /// The algorithm of the OSV specification, and for events without a place the algorithm for every place they could have.
    ///
    /// Events stand at even versions. Between them the verdict is exact. At the version of an event it may be more careful
    /// than it had to be: `unknown` where every placement agrees, never the reverse.
    @Test(arguments: [11, 12, 13, 14] as [UInt64])
    func `decides like the evaluation of the specification, and doubts where placements differ`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<250 {
            let events = (0..<(1 + random.below(5))).map { _ in
                RangeEvent(
                    random.pick([.introduced, .introduced, .fixed, .lastAffected, .limit]),
                    random.pick(["0", "2", "2", "4", "6", "8", "x"]))
            }
            if events.filter({ $0.version == "x" }).count > (events.count > 3 ? 1 : 2) { continue }
            let ranges = RangeBuilder(scheme: .semver).ranges(for: events)
            for version in 0...9 {
                let key = try VersionKey(encoding: "\(version)", in: .semver)
                let holding = ranges.filter { $0.contains(key) }
                let actual = holding.contains { $0.doubt == nil } ? "affected" : holding.isEmpty ? "not affected" : "unknown"
                let isSound = actual == evaluate(events, version) || (actual == "unknown" && version.isMultiple(of: 2))
                #expect(isSound, "seed \(seed): \(events) at \(version): \(actual), \(ranges.map(\.text))")
            }
        }
    }

    /// An event at a place in quarters of a version.
    private typealias Placed = (kind: RangeEvent.Kind, place: Int)

    private func evaluate(_ events: [RangeEvent], _ version: Int) -> String {
        var placements: [[Placed]] = [[]]
        for event in events {
            let known = event.kind == .introduced && event.version == "0" ? -100 : (Int(event.version) ?? 0) * 4
            let places = event.version == "x" ? Array(stride(from: -2, through: 42, by: 2)) : [known]
            placements = placements.flatMap { start in places.map { start + [(event.kind, $0)] } }
        }
        let outcomes = Set(placements.map { isVulnerable($0, version * 4) })
        return outcomes.count > 1 ? "unknown" : outcomes.contains(true) ? "affected" : "not affected"
    }

    /// https://ossf.github.io/osv-schema/#evaluation, written down as it stands there, with numbers for versions.
    private func isVulnerable(_ events: [Placed], _ version: Int) -> Bool {
        let limits = events.filter { $0.kind == .limit }
        if !limits.isEmpty, !limits.contains(where: { version < $0.place }) { return false }
        // `last_affected` acts behind its version, so it sorts behind everything at that version.
        func position(_ event: Placed) -> Int { event.kind == .lastAffected ? event.place + 1 : event.place }
        var isVulnerable = false
        for (_, event) in events.enumerated().sorted(by: { (position($0.element), $0.offset) < (position($1.element), $1.offset) }
        ) {
            switch event.kind {
            case .introduced: if version >= event.place { isVulnerable = true }
            case .fixed: if version >= event.place { isVulnerable = false }
            case .lastAffected: if version > event.place { isVulnerable = false }
            case .limit: break
            }
        }
        return isVulnerable
    }
}
