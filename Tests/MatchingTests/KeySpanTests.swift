import PackageIdentity
import Testing

@testable import Matching

@Suite struct KeySpanTests {
    private static func key(_ byte: UInt8) -> VersionKey { VersionKey(bytes: [byte]) }
    private static func span(_ lower: UInt8, _ end: UInt8?) -> KeySpan { KeySpan(lower: key(lower), end: end.map(key)) }

    @Test func `spans that meet or overlap are one, an open end swallows what follows`() {
        #expect(KeySpan.merged([Self.span(5, 7), Self.span(1, 3), Self.span(3, 4)]) == [Self.span(1, 4), Self.span(5, 7)])
        #expect(KeySpan.merged([Self.span(1, 9), Self.span(2, 3)]) == [Self.span(1, 9)])
        #expect(KeySpan.merged([Self.span(2, nil), Self.span(1, 3), Self.span(8, 9)]) == [Self.span(1, nil)])
        #expect(KeySpan.merged([.unplaced, Self.span(1, 2)]) == [.unplaced, Self.span(1, 2)])
        #expect(KeySpan.merged([]).isEmpty)
    }

    @Test func `a range is one span beside what has no place, and a list is a point each outside of it`() throws {
        let ecosystem = Ecosystem("PyPI")
        let ranges = RangeBuilder(.ecosystem, in: ecosystem).ranges(for: [.init(.introduced, "1.0"), .init(.fixed, "2.0")])
        func key(_ version: String) throws -> VersionKey { try VersionKey(encoding: version, in: ecosystem.versionScheme) }
        let package = AffectedPackage(
            ecosystem: ecosystem, name: "a", ranges: ranges, explicitVersions: ["1.5", "3.0", "no version"]
        )
        let (first, end, listed) = (try key("1.0"), try key("2.0"), try key("3.0"))
        #expect(
            package.candidateSpans(in: ecosystem.versionScheme).filter {
                $0.lower == .lowest || $0.lower == first || $0.lower == listed
            }
                == [.unplaced, KeySpan(lower: first, end: end), KeySpan(lower: listed, end: listed.successor)]
        )
    }

    @Test func `what speaks in another order than the table is everything, and what says nothing is nothing`() {
        let ecosystem = Ecosystem("PyPI")
        let semver = RangeBuilder(.semver, in: ecosystem).ranges(for: [.init(.introduced, "1.0.0"), .init(.fixed, "2.0.0")])
        let package = AffectedPackage(ecosystem: ecosystem, name: "a", ranges: semver)
        #expect(package.candidateSpans(in: ecosystem.versionScheme) == [.everything])
        let nested = AffectedPackage(ecosystem: Ecosystem("Root:PyPI"), name: "a", explicitVersions: ["1.0"])
        #expect(nested.candidateSpans(in: Ecosystem("Root").versionScheme) == [.everything])
        #expect(AffectedPackage(ecosystem: ecosystem, name: "a").candidateSpans(in: ecosystem.versionScheme).isEmpty)
    }

    @Test func `a version without a promised place stands below all others`() {
        func key(_ version: String?) -> VersionKey {
            Component(ecosystem: Ecosystem("PyPI"), name: "a", version: version).placeKey
        }
        #expect(key(nil) == .lowest && key("2004d") == .lowest && key("1.0") > .lowest)
        #expect(Component(ecosystem: Ecosystem("GIT"), name: "a", version: "v1.0").placeKey == .lowest)
    }
}
