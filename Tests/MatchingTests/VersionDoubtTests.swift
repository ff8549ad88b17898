import AdvisoryFormats
import TestSupport
import Testing

@testable import Matching
@testable import PackageIdentity

@Suite struct VersionDoubtTests {
    private static let release = Ecosystem("Red Hat:8")

    private func advisory(
        _ ecosystem: Ecosystem, _ name: String, _ events: [RangeEvent], versions: [String] = []
    ) -> IndexedAdvisory {
        let ranges = events.isEmpty ? [] : RangeBuilder(.ecosystem, in: ecosystem).ranges(for: events)
        let package = AffectedPackage(ecosystem: ecosystem, name: name, ranges: ranges, explicitVersions: versions)
        return IndexedAdvisory(id: "A-1", affected: [package])
    }

    private func listed(_ text: String, as fileName: String, release: Ecosystem? = nil) throws -> ListedComponents {
        ListedComponents(
            .document(try InventoryDocument(parsing: Array(text.utf8), fileName: fileName)), release: release)
    }

    /// What one advisory about `a` of Red Hat 8 says of the only package of a list.
    private func matches(
        _ line: String, _ events: [RangeEvent], versions: [String] = [], release: Ecosystem = release
    ) throws -> [Match] {
        let index = try AdvisoryIndex(of: [advisory(release, "a", events, versions: versions)])
        let components = try listed(line, as: "rpm-qa.txt", release: release).components
        return index.match(try #require(components.first))
    }

    private let fixed: [RangeEvent] = [.init(.introduced, "0"), .init(.fixed, "1:1.1-5.el8")]

    // MARK: lists without epochs

    @Test func `compares a package of an rpm list without epochs under the epoch of the advisory, and says so`() throws {
        #expect(try matches("a-1.1-99.el8.x86_64", fixed).isEmpty)
        #expect(try matches("a-1.1-5.el8.x86_64", fixed).isEmpty)
        let match = try #require(matches("a-1.1-4.el8.x86_64", fixed).first)
        #expect(match.verdict == .affected && match.fixedVersion == "1:1.1-5.el8")
        #expect(
            match.evidence.text
                == "introduced 0, fixed 1:1.1-5.el8 (the inventory has no epochs: that of the advisory was taken)")
        #expect(try matches("a-1.1-99.el8.x86_64", [], versions: ["1:1.1-99.el8"]).map(\.verdict) == [.affected])
        #expect(try matches("a-1.1-98.el8.x86_64", [], versions: ["1:1.1-99.el8"]).isEmpty)
        #expect(try matches("a-1.1-99.el8.x86_64", [.init(.introduced, "0")]).map(\.verdict) == [.affected])
    }

    @Test func `takes a package without an epoch for one of epoch 0 where the list has epochs`() throws {
        for list in ["a (none):1.1-99.el8 x86_64", "a 0:1.1-99.el8 x86_64", "a-(none):1.1-99.el8.x86_64"] {
            let match = try #require(matches(list, fixed).first, "\(list)")
            #expect(match.verdict == .affected && match.evidence.text == "introduced 0, fixed 1:1.1-5.el8", "\(list)")
        }
        #expect(try matches("a-1.1-99.el8.x86_64\nb-2:1-1.el8.x86_64", fixed).map(\.verdict) == [.affected])
        #expect(try matches("a 1:1.1-99.el8 x86_64", fixed).isEmpty)
    }

    @Test func `can't decide where the advisory has several epochs and they differ in what they say`() throws {
        let events: [RangeEvent] = [
            .init(.introduced, "0"), .init(.fixed, "1:2.0-1"), .init(.introduced, "2:1.0-1"), .init(.fixed, "2:3.0-1")
        ]
        #expect(try matches("a-1.5-1.noarch", events).map(\.verdict) == [.affected])
        #expect(try matches("a-3.5-1.noarch", events).isEmpty)
        let match = try #require(matches("a-2.5-1.noarch", events).first)
        #expect(match.reason?.hasPrefix("The inventory has no epochs") == true && match.evidence.rule == .undecided)
    }

    @Test func `can't decide where other advisories about the package in its release have other epochs`() throws {
        func verdicts(_ line: String, besides: [(String, String)]) throws -> [String] {
            let advisories = ([("A", "2:1.1-5")] + besides).map { id, fix in
                let range = RangeBuilder(.ecosystem, in: Self.release).ranges(for: [.init(.introduced, "0"), .init(.fixed, fix)])
                return IndexedAdvisory(id: id, affected: [AffectedPackage(ecosystem: Self.release, name: "a", ranges: range)])
            }
            let component = try #require(listed(line, as: "rpm-qa.txt", release: Self.release).components.first)
            return try AdvisoryIndex(of: advisories).match(component).map {
                "\($0.advisory)\($0.verdict == .affected ? "+" : "?")"
            }
            .sorted()
        }
        #expect(try verdicts("a-1.1-4.noarch", besides: []) == ["A+"])
        #expect(try verdicts("a-1.1-4.noarch", besides: [("B", "3:1.0-1")]) == ["A?", "B?"])
        #expect(try verdicts("a-0.9-1.noarch", besides: [("B", "3:1.0-1")]) == ["A?", "B+"])
        #expect(try verdicts("a-1.1-9.noarch", besides: [("B", "2:1.0-1")]) == [])
        let many = (3..<12).map { ("C\($0)", "\($0):9-1") }
        #expect(try verdicts("a-1.1-9.noarch", besides: many).allSatisfy { $0.hasSuffix("?") })
    }

    @Test func `says which packages of a list had no epoch`() throws {
        let list = "a-1.1-1.el8.x86_64\nb-1-1.el8.noarch\n"
        let without = try listed(list, as: "rpm-qa.txt", release: Self.release).comparability
        #expect(without.obstructed[.noEpoch]?.names == ["a", "b"])
        let with = try listed(list + "c 1:1-1.el8 noarch", as: "rpm-qa.txt", release: Self.release).comparability
        #expect(with.obstructed[.noEpoch] == nil)
    }

    @Test func `takes the epoch of a source from its package where both are one build, and leaves it open where not`() throws {
        let list = "a 1:1.1-99.el8 x86_64 s-1.1-99.el8.src.rpm\nb 1:1.1-1.el8 x86_64 s-2-1.el8.src.rpm\n"
        let components = try listed(list, as: "rpm-qa.txt", release: Self.release).components
        #expect(components.map(\.version) == ["1:1.1-99.el8", "2-1.el8"] && components.map(\.doubt) == [nil, .openEpoch])
    }

    @Test func `asks nothing of a release whose packages are another program's`() throws {
        let listed = try listed("a-1.1-1.x86_64", as: "rpm-qa.txt", release: Ecosystem("Debian:12"))
        #expect(listed.components.isEmpty && listed.problems == ["a is a package of rpm, and Debian:12 has none"])
        #expect(listed.comparability.obstructed[.unknownRelease]?.names == ["a"])
    }

    @Test func `says the same with the epoch of the advisory as without one, whatever the advisory says`() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var chance = SeededGenerator(seed: seed)
        let versions = ["1-1", "1.1-1", "1.1-2.el8", "2~rc1-1", "2-1", "10-1"]
        var affected = 0
        for _ in 0..<400 {
            let epoch = chance.pick(["0", "1", "32", "36", "300", "4294967295"])
            let bounds = [chance.pick(versions), chance.pick(versions)].map { "\(epoch):\($0)" }
            let events = [RangeEvent(.introduced, bounds[0]), RangeEvent(chance.pick([.fixed, .lastAffected]), bounds[1])]
            let index = try AdvisoryIndex(of: [advisory(Self.release, "a", events, versions: chance.pick([[], [bounds[1]]]))])
            var component = Component(ecosystem: Self.release, name: "a", version: chance.pick(versions))
            var whole = component
            whole.version = component.version.map { "\(epoch):\($0)" }
            component.doubt = .openEpoch
            let expected = index.match(whole).map(\.verdict)
            #expect(index.match(component).map(\.verdict) == expected, "\(events) \(component.version ?? ""), seed \(seed)")
            affected += expected.count
        }
        #expect(affected > 40, "seed \(seed)")
    }

    @Test(arguments: [0, 1, 35, 36, 255, 256, 65_536, 4_294_967_295, 9_999_999_999_999_999_999] as [UInt64])
    func `reads the epoch of a version from its key`(_ epoch: UInt64) throws {
        #expect(try VersionKey(encoding: "\(epoch):1.0-1", in: .rpm).rpmEpoch == epoch)
        #expect(VersionKey.lowest.rpmEpoch == nil)
    }

    @Test func `a VEX statement of a range says nothing of a version whose epoch is open`() throws {
        var component = Component(ecosystem: Self.release, name: "a", version: "1.1-1")
        let range = StatedVersion(VEXVersion(text: "vers:rpm/<1:1.1-5", isRange: true))
        #expect(range.containment(of: VEXTarget(component), as: .fixed) == .contained)
        component.doubt = .openEpoch
        #expect(range.containment(of: VEXTarget(component), as: .fixed) == .unknown)
    }

    // MARK: packages from a repository

    @Test func `asks for a package from a repository by its commit and by name and version, which decides nothing`() throws {
        let lock = """
            GIT
              remote: https://github.com/o/g.git
              revision: 0123456789abcdef0123456789abcdef01234567
              specs:
                g (1.5.0)
            """
        let listed = try listed(lock, as: "Gemfile.lock")
        let components = listed.components
        #expect(components.map(\.ecosystem.name) == ["GIT", "RubyGems"])
        #expect(listed.comparability.ecosystems == [Ecosystem("GIT"): 1, Ecosystem("RubyGems"): 1])
        let events = [RangeEvent(.introduced, "1.0.0"), RangeEvent(.fixed, "2.0.0")]
        let index = try AdvisoryIndex(of: [advisory(Ecosystem("RubyGems"), "g", events)])
        let matches = components.flatMap { index.match($0) }
        #expect(matches.count == 1 && matches[0].reason?.hasPrefix("The package comes from a repository") == true)
        #expect(matches.first?.evidence.text == "introduced 1.0.0, fixed 2.0.0" && matches.first?.fixedVersion == "2.0.0")
        var other = components[1]
        other.version = "2.0.0"
        #expect(index.match(other).isEmpty)
    }

    @Test func `an advisory about the commit itself is certain as before`() throws {
        let commit = "0123456789abcdef0123456789abcdef01234567"
        let lock = "[[package]]\nname = \"g\"\nversion = \"0.2.0\"\nsource = \"git+https://github.com/o/g#\(commit)\"\n"
        let components = try listed(lock, as: "Cargo.lock").components
        let git = Ecosystem(name: "GIT")
        let index = try AdvisoryIndex(of: [advisory(git, "https://github.com/o/g", [], versions: [commit])])
        #expect(components.flatMap { index.match($0) }.map(\.verdict) == [.affected])
    }

    @Test func `is not silenced by what VEX says of the registry's package, but by what it says of the commit or by a link`()
        throws
    {
        let commit = "0123456789abcdef0123456789abcdef01234567"
        let lock = "[[package]]\nname = \"g\"\nversion = \"1.0.0\"\nsource = \"git+https://github.com/o/g#\(commit)\"\n"
        let listed = try listed(lock, as: "Cargo.lock")
        let number = try #require(listed.components.firstIndex { $0.doubt == .stated })
        let (package, source) = (listed.components[number], try #require(listed.commits[number]))
        let events = [RangeEvent(.introduced, "0"), RangeEvent(.fixed, "2.0.0")]
        let match = try #require(try AdvisoryIndex(of: [advisory(Ecosystem("crates.io"), "g", events)]).match(package).first)
        let link = "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#g"
        func status(_ statements: VEXStatement..., of component: Component = package) -> VEXStatement.Status? {
            let collected = VEXSample.collected([VEXSample.document(statements)])
            return collected.statement(
                about: match, names: ["CVE-2026-1", "A-1"], in: component, linked: link,
                commit: component.doubt == nil ? nil : source,
                of: [])?.status
        }
        func says(_ status: VEXStatement.Status, _ product: String, at time: String = "2026-01-01T00:00:00Z") -> VEXStatement {
            VEXSample.statement(status, [VEXSample.product(product)], at: time)
        }
        let released = try Component(purl: "pkg:cargo/g@1.0.0")
        let purl = try #require(source.purl)
        for quiet in [VEXStatement.Status.notAffected, .fixed] {
            #expect(status(says(quiet, "pkg:cargo/g@1.0.0")) == nil)
            #expect(status(says(quiet, "pkg:cargo/g@1.0.0"), of: released) == quiet)
            #expect(status(says(quiet, purl)) == quiet, "\(purl)")
            #expect(status(says(quiet, purl.replacing("0123456789", with: "9999999999"))) == nil)
            #expect(status(says(quiet, link)) == quiet)
            #expect(status(says(quiet, purl), says(.affected, purl, at: "2026-02-01T00:00:00Z")) == .affected)
        }
        #expect(status(says(.affected, "pkg:cargo/g@1.0.0")) == .affected)
    }

    // MARK: kept texts

    @Test func `keeps a doubt with the version in one text`() {
        for doubt in [nil] + VersionDoubt.allCases.map(Optional.some) {
            var component = Component(ecosystem: Self.release, name: "a", version: "1.1-1")
            component.doubt = doubt
            let kept = component.keptVersion
            component.version = nil
            component.doubt = nil
            #expect(component.withVersion(kept: kept).version == "1.1-1" && component.withVersion(kept: kept).doubt == doubt)
        }
    }
}
