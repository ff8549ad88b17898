import PackageIdentity
import TestSupport
import Testing

@testable import Matching

@Suite struct `Advisory index` {
    private func advisory(
        _ id: String, _ ecosystem: String, _ name: String, _ events: [RangeEvent] = [], versions: [String] = [],
        isWithdrawn: Bool = false
    ) -> IndexedAdvisory {
        let ecosystem = Ecosystem(ecosystem)
        let package = AffectedPackage(
            ecosystem: ecosystem, name: name,
            ranges: events.isEmpty ? [] : RangeBuilder(.ecosystem, in: ecosystem).ranges(for: events), explicitVersions: versions
        )
        return IndexedAdvisory(id: id, isWithdrawn: isWithdrawn, affected: [package])
    }

    /// Advisories with the same identifier are one.
    private func index(_ advisories: IndexedAdvisory...) throws -> AdvisoryIndex {
        try AdvisoryIndex(
            of: advisories.reduce(into: [String: IndexedAdvisory]()) { merged, advisory in
                merged[advisory.id, default: IndexedAdvisory(id: advisory.id)].affected += advisory.affected
                if advisory.isWithdrawn { merged[advisory.id]?.isWithdrawn = true }
            }.values
        )
    }

    private func component(_ ecosystem: String, _ name: String, _ version: String?) -> Component {
        Component(ecosystem: Ecosystem(ecosystem), name: name, version: version)
    }

    private let oneToTwo: [RangeEvent] = [.init(.introduced, "1.0"), .init(.fixed, "2.0")]

    @Test func `matches a version in a range and says which range and which fix`() throws {
        let index = try self.index(advisory("A-1", "PyPI", "Foo_Bar", oneToTwo))
        let match = try #require(index.match(component("PyPI", "foo.bar", "1.5")).first)
        #expect(match.advisory == "A-1" && match.verdict == .affected && match.fixedVersion == "2.0")
        let range = Match.Boundaries(introduced: "1.0", end: .fixed("2.0"))
        #expect(match.evidence == .init(rule: .range, text: "introduced 1.0, fixed 2.0", range: range))
        #expect(index.match(component("PyPI", "foo-bar", "1.0")).count == 1, "the introduced version is affected")
        for version in ["0.9", "2.0", "2.0.0", "3"] {
            #expect(index.match(component("PyPI", "foo-bar", version)).isEmpty, "\(version)")
        }
    }

    @Test func `asks for the same ecosystem and the same name`() throws {
        let index = try self.index(advisory("A-1", "PyPI", "foo", oneToTwo))
        for component in [component("npm", "foo", "1.5.0"), component("PyPI", "foo2", "1.5"), component("PyPI", "", "1.5")] {
            #expect(index.match(component).isEmpty, "\(component)")
        }
    }

    @Test func `includes the last affected version and names no fix for it`() throws {
        let index = try self.index(advisory("A-1", "npm", "foo", [.init(.introduced, "0"), .init(.lastAffected, "1.2.3")]))
        let match = try #require(index.match(component("npm", "foo", "1.2.3")).first)
        #expect(match.verdict == .affected && match.fixedVersion == nil)
        #expect(index.match(component("npm", "foo", "1.2.4-0")).isEmpty)
    }

    @Test func `holds everything from introduced 0 on, pre-releases and Go pseudo-versions too`() throws {
        let index = try self.index(advisory("GO-1", "Go", "example.com/m", [.init(.introduced, "0")]))
        for version in ["v0.0.0-20190101000000-aaaaaaaaaaaa", "0.0.0-0", "v9.0.0+incompatible"] {
            #expect(index.match(component("Go", "example.com/m", version)).first?.verdict == .affected, "\(version)")
        }
    }

    @Test func `matches a listed version in any spelling, also outside the ranges`() throws {
        let index = try self.index(advisory("A-1", "PyPI", "foo", oneToTwo, versions: ["3.0", "2004d", "1.5"]))
        for version in ["3.0", "3.0.0", "v3", "2004d"] {
            let match = try #require(index.match(component("PyPI", "foo", version)).first, "\(version)")
            #expect(
                match.verdict == .affected && match.evidence == .init(rule: .listed, text: "lists \(version)")
                    && match.fixedVersion == nil)
        }
        let inRange = try #require(index.match(component("PyPI", "foo", "1.5")).first)
        #expect(inRange.evidence.rule == .range && inRange.fixedVersion == "2.0")
    }

    @Test func `compares listed versions as text where the order is not known`() throws {
        let index = try self.index(advisory("A-1", "OSS-Fuzz", "project", versions: ["1.0", "1.1"]))
        #expect(index.match(component("OSS-Fuzz", "project", "1.1")).first?.verdict == .affected)
        #expect(index.match(component("OSS-Fuzz", "project", "1.2")).isEmpty)
    }

    @Test func `never matches a withdrawn advisory`() throws {
        let index = try self.index(advisory("A-1", "npm", "foo", [.init(.introduced, "0")], isWithdrawn: true))
        #expect(index.match(component("npm", "foo", "1.0.0")).isEmpty && index.advisoryCount == 0)
    }

    @Test func `asks for the release of a distribution`() throws {
        let index = try self.index(advisory("DSA-1", "Debian:12", "curl", [.init(.introduced, "0"), .init(.fixed, "7.88-1")]))
        #expect(index.match(component("Debian:bookworm", "curl", "7.80-1")).first?.verdict == .affected)
        #expect(index.match(component("Debian:11", "curl", "7.80-1")).isEmpty)
        #expect(isUnknown(index.match(component("Debian", "curl", "7.80-1")), "release is not known"))
        #expect(index.match(component("Debian", "curl", "7.88-1")).isEmpty)
        let ubuntu = try self.index(advisory("U-1", "Ubuntu:Pro:18.04:LTS", "curl", [.init(.introduced, "0")]))
        #expect(ubuntu.match(component("Ubuntu:18.04", "curl", "7.58-2")).isEmpty)
    }

    @Test func `does not know what it cannot decide, and says why`() throws {
        let events: [RangeEvent] = [.init(.introduced, "1.0.0"), .init(.fixed, "2.0.0")]
        let npm = try self.index(advisory("A-1", "npm", "foo", events))
        #expect(isUnknown(npm.match(component("npm", "foo", nil)), "does not say which version"))
        #expect(isUnknown(npm.match(component("npm", "foo", "latest")), "begins with a number"))
        let python = try self.index(advisory("A-1", "PyPI", "foo", oneToTwo))
        #expect(isUnknown(python.match(component("PyPI", "foo", "trunk")), "not a PEP 440 version"))
        let project = try self.index(advisory("A-1", "OSS-Fuzz", "project", events))
        #expect(isUnknown(project.match(component("OSS-Fuzz", "project", "1.5")), "order of this version scheme is not known"))
        let doubtful = try self.index(advisory("A-1", "npm", "foo", [.init(.introduced, "1.0.0"), .init(.fixed, "next")]))
        #expect(isUnknown(doubtful.match(component("npm", "foo", "1.5.0")), "'fixed next'"))
        #expect(doubtful.match(component("npm", "foo", "0.5.0")).isEmpty)
        let listing = try self.index(advisory("A-1", "npm", "foo", versions: ["1.0.0"]))
        #expect(isUnknown(listing.match(component("npm", "foo", nil)), "does not say which version"))
        #expect(listing.match(component("npm", "foo", "latest")).isEmpty, "a list without this text does not mean it")
    }

    @Test func `needs no version where everything is affected`() throws {
        for ecosystem in ["npm", "PyPI", "OSS-Fuzz"] {
            let index = try self.index(advisory("A-1", ecosystem, "foo", [.init(.introduced, "0")]))
            for version in [nil, "latest", "1.0.0"] {
                #expect(
                    index.match(component(ecosystem, "foo", version)).first?.verdict == .affected,
                    "\(ecosystem) \(version ?? "-")")
            }
        }
    }

    @Test func `gives each advisory once, sorted, with the surest verdict`() throws {
        let index = try self.index(
            advisory("B", "npm", "foo", [.init(.introduced, "0"), .init(.fixed, "next")]),
            advisory("A", "npm", "foo", [.init(.introduced, "0")]),
            advisory("B", "npm", "foo", [.init(.introduced, "1.0.0")]), advisory("C", "npm", "bar", [.init(.introduced, "0")]),
            advisory("B", "npm", "foo", [.init(.introduced, "5.0.0"), .init(.fixed, "next")])
        )
        let matches = index.match(component("npm", "foo", "6.0.0"))
        #expect(matches.map(\.advisory) == ["A", "B"] && matches.allSatisfy { $0.verdict == .affected })
        #expect(index.advisoryCount == 3)
        var places: [MatchPlace] = []
        var matcher = Matcher(index)
        for _ in 0..<2 { matcher.find(component("npm", "foo", "6.0.0"), into: &places) }
        #expect(places.count == 4, "what was there before is not merged with")
    }

    /// For every version and every advisory: the index gives what asking each range and list by itself gives.
    @Test(arguments: [21, 22, 23] as [UInt64])
    func `agrees with asking every range one by one`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let versions = ["0", "0.5", "1.0", "1.0.0", "1.5rc1", "1.5", "2", "2.0.post1", "3.0", "9", "trunk"]
        let advisories = (0..<60).map { number in
            let events = (0..<random.below(5)).map { _ in
                RangeEvent(random.pick([.introduced, .introduced, .fixed, .lastAffected]), random.pick(versions))
            }
            return advisory(
                "A-\(number)", "PyPI", random.pick(["a", "b", "c"]), events,
                versions: (0..<random.below(3)).map { _ in random.pick(versions) })
        }
        let index = try AdvisoryIndex(of: advisories)
        for name in ["a", "b", "c"] {
            for version in versions where version != "trunk" {
                let key = try VersionKey(encoding: version, in: .pep440)
                let expected = advisories.filter { advisory in
                    advisory.affected.contains { package in
                        package.name == name
                            && (package.ranges.contains { $0.contains(key) }
                                || package.explicitVersions.contains { (try? VersionKey(encoding: $0, in: .pep440)) == key })
                    }
                }
                let matched = index.match(component("PyPI", name, version)).map(\.advisory)
                #expect(matched == expected.map(\.id).sorted(), "seed \(seed): \(name) \(version)")
            }
        }
    }

    private func isUnknown(_ matches: [Match], _ reason: String) -> Bool {
        guard matches.count == 1, case .unknown(let given) = matches[0].verdict else { return false }
        return given.contains(reason) && matches[0].evidence.rule != .listed
    }

    @Test func `is asked about ecosystems of any name without harm`() throws {
        var matcher = Matcher(try AdvisoryIndex(of: []))
        for suffix in [":", "::::::::::::", String(repeating: ":", count: 5_000), "\\", "*:*:*:*:*:*:*:*:*:*:*:*", "a\\:"] {
            #expect(matcher.matches(Component(ecosystem: Ecosystem("CPE:" + suffix), name: "x", version: "1")).isEmpty)
        }
    }
}
