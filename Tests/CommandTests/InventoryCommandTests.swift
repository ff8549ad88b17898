import Foundation
import JSONText
import Testing

@Suite
struct InventoryCommandTests {
    private static let advisory = #"""
        {"id": "GHSA-aaaa-bbbb-cccc", "modified": "2026-01-02T03:04:05Z", "affected": [{"package": \#
        {"ecosystem": "npm", "name": "left-pad"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.3.0"}]}]}]}
        """#

    @Test
    func `deposits an inventory, lists it, says which advisories concern it, and withdraws it`() async throws {
        try await BuiltProgram.with { program in
            func write(_ text: String, _ name: String) throws {
                try Data(text.utf8).write(to: URL(fileURLWithPath: program.directory).appendingPathComponent(name))
            }
            try write("package,version\nnpm:left-pad,1.2.0\nnpm:right-pad,1.0.0\n", "list.csv")
            try write("package,version\n\"npm", "broken.cdx.json")
            try write(Self.advisory, "osv.jsonl")
            let status = try await program.serving { address in
                func run(_ arguments: [String]) async throws -> BuiltProgram.Ending {
                    try await program.run(arguments + ["--server", address, "--token", "@data/admin.token"])
                }
                func json(_ arguments: [String]) async throws -> JSONValue {
                    let ending = try await run(["inventory"] + arguments)
                    try #require(ending.status == 0, "\(arguments): \(ending.errors)")
                    return try JSONValue(parsing: Array(ending.output.utf8))
                }
                let deposited = try await json(["deposit", "list.csv", "--name", "the shop"])
                let inventory = try #require(deposited["inventory"]?.string)
                #expect(deposited["components"]?.integer == 2)
                #expect(try await json(["list"])["inventories"]?.array?.first?["name"]?.string == "the shop")
                let before = try await json(["matches", inventory])
                let since = try #require(before["next"]?.integer)
                #expect(before["advisories"]?.array?.isEmpty == true)
                let imported = try await program.run(["advisory", "import", "--data", "data", "osv.jsonl"])
                #expect(imported.status == 0, "\(imported.output) \(imported.errors)")
                let after = try await json(["matches", inventory, "--since", "\(since)"])["advisories"]?.array
                #expect(after?.compactMap { $0["advisory"]?.string } == ["GHSA-aaaa-bbbb-cccc"])
                let concerned = try await json(["concerned", "GHSA-aaaa-bbbb-cccc"])["inventories"]?.array
                #expect(concerned?.compactMap { $0["id"]?.string } == [inventory])
                let broken = try await run(["inventory", "deposit", "broken.cdx.json", "--name", "x"])
                #expect(broken.status == 1 && broken.errors.contains("(at "), "\(broken.errors)")
                #expect(try await json(["withdraw", inventory])["withdrawn"]?.string == inventory)
                let gone = try await run(["inventory", "matches", inventory])
                #expect(gone.status == 1 && gone.errors.contains("[404]"), "\(gone.errors)")
            }
            #expect(status == 0)
            let audit = try await program.run(["audit", "data"])
            #expect(audit.status == 0, "\(audit.output) \(audit.errors)")
        }
    }
}
