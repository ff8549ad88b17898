import Agent
import Matching
import PackageIdentity
import Testing

@Suite
struct CycloneDXInventoryTests {
    private static func read(_ text: String) async throws -> Inventory {
        var inventory = Inventory(source: "")
        try await TemporaryDirectory.make { directory in
            try TemporaryDirectory.write(text, to: directory + "/hall.cdx.json")
            inventory = try CycloneDXInventory.read(file: directory + "/hall.cdx.json")
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
              {"name": "firmware"}, {"name": "wrong", "purl": "npm/left-pad"}, {"version": "1"}
             ]}
            """
        )
        #expect(inventory.components.map(\.displayName) == ["hall", "left-pad", "inner", "deepest"])
        #expect(inventory.components.map(\.ecosystem.name) == ["PyPI", "npm", "crates.io", "RubyGems"])
        #expect(inventory.components.map(\.version) == ["3", "1.2.0", "0.1.0", "2"])
        try #require(inventory.problems.count == 3)
        #expect(inventory.problems[0] == "firmware has no package URL")
        #expect(inventory.problems[1].hasPrefix("wrong: npm/left-pad is not a package URL ("))
        #expect(inventory.problems[2] == "a component without a name has no package URL")
    }

    @Test
    func `refuses what is not CycloneDX JSON, with the place`() async throws {
        for (text, reason) in [
            ("{\"bomFormat\": \"CycloneDX\",\n \"components\": [}", "hall.cdx.json, line 2, column 17: "),
            ("<bom/>", "hall.cdx.json, line 1, column 1: "), ("", "hall.cdx.json, line 1, column 1: "),
            ("{\"spdxVersion\": \"SPDX-2.3\"}", "is not CycloneDX JSON: bomFormat is not \"CycloneDX\""),
            ("[]", "is not CycloneDX JSON")
        ] {
            let error = await #expect(throws: AgentError.self, "\(text)") { try await Self.read(text) }
            #expect(error?.code == .malformed && error?.reason.contains(reason) == true, "\(text): \(error?.reason ?? "")")
        }
        let missing = #expect(throws: AgentError.self) { try CycloneDXInventory.read(file: "/nowhere/hall.cdx.json") }
        #expect(missing?.code == .storage && missing?.reason == "/nowhere/hall.cdx.json can't be read")
    }
}
