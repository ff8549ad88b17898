import AdvisoryFormats
import Agent
import Matching
import PackageIdentity
import Testing

@Suite
struct SBOMInventoryTests {
    private static func read(_ text: String, as name: String = "hall.cdx.json") async throws -> Inventory {
        var inventory = Inventory(source: "")
        try await TemporaryDirectory.make { directory in
            try TemporaryDirectory.write(text, to: "\(directory)/\(name)")
            inventory = try SBOMInventory.read(file: "\(directory)/\(name)")
        }
        return inventory
    }

    @Test
    func `reads the subject, components and what they contain, and names what it can't compare`() async throws {
        let inventory = try await Self.read(
            """
            {"bomFormat": "CycloneDX", "specVersion": "1.6",
             "metadata": {"component": {"type": "application", "name": "hall", "purl": "pkg:pypi/Hall@3"}},
             "components": [
              {"name": "left-pad", "purl": "pkg:npm/left-pad@1.2.0", "components": [
               {"name": "inner", "purl": "pkg:cargo/inner@0.1.0", "components": [{"name": "deepest", "purl": "pkg:gem/deepest@2"}]}
              ]},
              {"name": "firmware"}, {"name": "wrong", "purl": "npm/left-pad"}
             ]}
            """
        )
        #expect(inventory.components.map(\.displayName) == ["hall", "left-pad", "inner", "deepest"])
        #expect(inventory.components.map(\.ecosystem.name) == ["PyPI", "npm", "crates.io", "RubyGems"])
        #expect(inventory.components.map(\.version) == ["3", "1.2.0", "0.1.0", "2"])
        try #require(inventory.problems.count == 2)
        #expect(inventory.problems[0] == "firmware has no package URL")
        #expect(inventory.problems[1].hasPrefix("wrong: npm/left-pad is not a package URL ("))
    }

    @Test
    func `says where a CycloneDX document breaks its schema first and how often, and lists its components all the same`()
        async throws
    {
        func document(_ components: String, version: String = "1.5") -> String {
            "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"\(version)\", \"version\": 1, \"components\": [\(components)]}"
        }
        let component = #"{"type": "library", "name": "left-pad", "purl": "pkg:npm/left-pad@1.2.0"}"#
        #expect(try await Self.read(document(component)).invalidity == nil)
        let (untyped, strange) = (#"{"name": "a", "purl": "pkg:npm/a@1"}"#, #"{"type": "gadget", "name": "b"}"#)
        let one = try await Self.read(document("\(component),\(untyped)"))
        #expect(one.invalidity == "not valid CycloneDX 1.5 at /components/1: required member \"type\" is missing")
        #expect(one.components.map(\.displayName) == ["left-pad", "a"] && one.failure == nil)
        let three = try await Self.read(document(#"\#(untyped),\#(strange),{"name": "c"}"#))
        #expect(three.invalidity?.hasPrefix("not valid CycloneDX 1.5 at /components/0: ") == true)
        #expect(three.invalidity?.hasSuffix(" (and 2 more)") == true, "\(three.invalidity ?? "")")
        let distinct = (0..<120).map { #"{"name": "a\#($0)"}"# }.joined(separator: ",")
        #expect(try await Self.read(document(distinct)).invalidity?.hasSuffix(" (and at least 99 more)") == true)
        let forged = try await Self.read(document(#"{"type": "library", "name": "a", "hashes": [{"alg": "x\nOK"}]}"#))
        #expect(forged.invalidity?.contains("\n") == false)
        let xml =
            #"<bom xmlns="http://cyclonedx.org/schema/bom/1.4"><components><component><name>a</name></component></components></bom>"#
        #expect(try await Self.read(xml).invalidity?.hasPrefix("not valid CycloneDX 1.4 at /bom") == true)
        let spdx = #"{"spdxVersion": "SPDX-2.3", "packages": [{"name": "a", "SPDXID": "SPDXRef-a"}]}"#
        #expect(try await Self.read(spdx).invalidity == nil, "what SPDX documents lack makes none of them invalid")
        #expect(try await Self.read("a==1.0\n", as: "requirements.txt").invalidity == nil)
    }

    @Test
    func `counts components that nothing concerns, and keeps all others, in whatever spelling they stand there`() async throws {
        let record = try OSVRecord(parsing: Array(SampleRecord.text("GO-1", fixed: "1.3.0").utf8))
        let index = try AdvisoryIndex(of: [IndexedAdvisory(record)])
        let purls = [
            "pkg:npm/left-pad@1.2.0", "pkg:npm/left-pad@1.3.0", "pkg:npm/left-pad", "pkg:npm/right-pad@1.0.0",
            "pkg:npm/left-p\\u0061d@1.2.0", "pkg:npm/left-pad@1.2.0?arch=any", "pkg:npm/%40left/left-pad@1.2.0", "nonsense"
        ]
        let components = purls.map { "{\"name\": \"x\", \"purl\": \"\($0)\"}" } + ["{\"name\": \"y\"}"]
        let text =
            "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\", \"components\": [\(components.joined(separator: ","))]}"
        try await TemporaryDirectory.make { directory in
            try TemporaryDirectory.write(text, to: "\(directory)/hall.cdx.json")
            let whole = try SBOMInventory.read(file: "\(directory)/hall.cdx.json")
            let kept = try SBOMInventory.read(file: "\(directory)/hall.cdx.json", concernedBy: index)
            #expect(whole.components.count == 7 && whole.passedCount == 0)
            #expect(kept.components.count == 4 && kept.passedCount == 3 && kept.problems == whole.problems)
            var (all, few) = (MatchReport(against: index), MatchReport(against: index))
            all.add(whole)
            few.add(kept)
            #expect(all.entries.map(\.component) == few.entries.map(\.component) && all.entries.count == 4)
            #expect(all.sources[0].componentCount == few.sources[0].componentCount)
        }
    }

    @Test
    func `takes packages of a system's own database for those of the release that it is told`() async throws {
        let status = "Package: libc6\nStatus: install ok installed\nSource: glibc (2.36-9)\nVersion: 2.36-9+deb12u4\n"
        try await TemporaryDirectory.make { directory in
            try TemporaryDirectory.write(status, to: "\(directory)/status")
            let unknown = try SBOMInventory.read(file: "\(directory)/status")
            #expect(
                unknown.components.isEmpty && unknown.problems == ["libc6 is a package of dpkg, and the release is not known"])
            let known = try SBOMInventory.read(file: "\(directory)/status", release: Ecosystem("Debian:12"))
            let component = try #require(known.components.first)
            #expect(known.problems.isEmpty && component.ecosystem == Ecosystem("Debian:bookworm"))
            #expect(component.name == "glibc" && component.version == "2.36-9" && component.displayName == "libc6")
        }
    }

    @Test
    func `understands package URLs that the standard does not allow, where they name a package all the same`() async throws {
        let inventory = try await Self.read(
            """
            {"bomFormat": "CycloneDX", "specVersion": "1.6",
             "components": [{"name": "tailscale.com", "purl": "pkg:golang/tailscale.com@v1.34.0"}]}
            """
        )
        #expect(inventory.components.map(\.name) == ["tailscale.com"] && inventory.problems.isEmpty)
    }

    @Test
    func `reads SPDX as JSON and as text`() async throws {
        for text in [
            """
            {"spdxVersion": "SPDX-2.3", "packages": [{"name": "pad", "externalRefs": [
             {"referenceType": "purl", "referenceLocator": "pkg:npm/left-pad@1.2.0"}]}, {"name": "firmware"}]}
            """,
            "SPDXVersion: SPDX-2.3\nPackageName: pad\nExternalRef: PACKAGE-MANAGER purl pkg:npm/left-pad@1.2.0\nPackageName: firmware"
        ] {
            let inventory = try await Self.read(text)
            #expect(inventory.components.map(\.name) == ["left-pad"] && inventory.components.map(\.version) == ["1.2.0"])
            #expect(inventory.problems == ["firmware has no package URL"])
        }
    }

    @Test
    func `reads lock files by their names, with what could not be read`() async throws {
        let inventory = try await Self.read("flask==3.0.0\n==1\n", as: "requirements.txt")
        #expect(inventory.components.map(\.name) == ["flask"] && inventory.components.map(\.version) == ["3.0.0"])
        #expect(inventory.problems.count == 1 && inventory.problems[0].hasPrefix("line 2: "), "\(inventory.problems)")
    }

    @Test
    func `refuses what is no inventory, with the place`() async throws {
        for (text, reason) in [
            ("{\"bomFormat\": \"CycloneDX\",\n \"components\": [}", "hall.cdx.json: "),
            ("<bom/>", "is not the <bom> of a CycloneDX namespace"),
            ("{\"spdxVersion\": 2}", "/spdxVersion: expected string, found number (byte 16)"),
            (
                "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\", \"components\": [{}]}",
                "/components/0: required member \"name\""
            )
        ] {
            let error = await #expect(throws: AgentError.self, "\(text)") { try await Self.read(text) }
            #expect(error?.code == .malformed && error?.reason.contains(reason) == true, "\(text): \(error?.reason ?? "")")
        }
        for (text, reason) in [
            ("", "there is nothing in it"), ("name", "no line begins with SPDXVersion"),
            ("{}", "neither bomFormat (CycloneDX) nor spdxVersion or @context (SPDX)")
        ] {
            let error = await #expect(throws: AgentError.self, "\(text)") { try await Self.read(text) }
            #expect(error?.code == .unknownFormat && error?.reason.contains(reason) == true, "\(text): \(error?.reason ?? "")")
        }
        let missing = #expect(throws: AgentError.self) { try SBOMInventory.read(file: "/nowhere/hall.cdx.json") }
        #expect(missing?.code == .storage && missing?.reason == "/nowhere/hall.cdx.json can't be read: No such file or directory")
    }

    @Test
    func `takes the version of a component whose CPE name leaves it open`() async throws {
        let inventory = try await Self.read(
            """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
             {"name": "open", "version": "1.2.0", "cpe": "cpe:2.3:a:acme:open:*:*:*:*:*:*:*:*"},
             {"name": "named", "version": "1.2.0", "cpe": "cpe:2.3:a:acme:named:1.1.0:*:*:*:*:*:*:*"},
             {"name": "none", "version": "1.2.0", "cpe": "cpe:2.3:a:acme:none:-:*:*:*:*:*:*:*"},
             {"name": "odd", "version": "1.2 beta", "cpe": "cpe:2.3:a:acme:odd:*:*:*:*:*:*:*:*"},
             {"name": "silent", "cpe": "cpe:2.3:a:acme:silent:*:*:*:*:*:*:*:*"}
            ]}
            """
        )
        #expect(inventory.components.map(\.version) == ["1.2.0", "1.1.0", nil, nil, nil] && inventory.problems.isEmpty)
    }

    @Test
    func `asks about packages of a list that no package URL names, by ecosystem and name`() async throws {
        let inventory = try await Self.read(
            "Julia,LibCURL_jll,7.88.1+0\nSwiftURL,https://github.com/Apple/swift-nio.git,1.0.0\n", as: "x.csv")
        let wanted = [
            ("Julia", "LibCURL_jll", "7.88.1+0"), ("SwiftURL", "https://github.com/apple/swift-nio.git", "1.0.0")
        ].map { Component(ecosystem: Ecosystem($0.0), name: $0.1, version: $0.2) }
        #expect(inventory.components.map(\.ecosystem) == wanted.map(\.ecosystem) && inventory.problems.isEmpty)
        #expect(
            inventory.components.map(\.name) == wanted.map(\.name) && inventory.components.map(\.version) == wanted.map(\.version)
        )
    }
}
