import Foundation
import JSONText
import Testing

@Suite
struct LeaseCommandTests {
    @Test
    func `claims, keeps and ends a lease, and exits with 3 where there is none to scan on`() async throws {
        try await BuiltProgram.with { program in
            let status = try await program.serving { address in
                func run(_ arguments: [String], as token: String) async throws -> BuiltProgram.Ending {
                    try await program.run(arguments + ["--server", address, "--token", token])
                }
                func json(_ arguments: [String], as token: String) async throws -> JSONValue {
                    let ending = try await run(arguments, as: token)
                    try #require(ending.status == 0, "\(arguments): \(ending.errors) \(ending.output)")
                    return try JSONValue(parsing: Array(ending.output.utf8))
                }
                let administrator = "@data/admin.token"
                var tokens: [String] = []
                for lab in ["lab-a", "lab-b"] {
                    _ = try await json(["member", "add", lab, "--name", lab, "--role", "finder"], as: administrator)
                    tokens.append(try #require(try await json(["member", "token", lab], as: administrator)["token"]?.string))
                }
                let claim = ["lease", "claim", "pkg:npm/left-pad@1.0.0", "--tool-family", "fuzzer", "--budget", "5:core-hours"]
                let lease = try await json(claim + ["--key", "k"], as: tokens[0])
                #expect(lease["state"] == "live" && lease["budget"]?["unit"] == "core-hours")
                let name = try #require(lease["lease"]?.string)
                let token = "\(try #require(lease["token"]?.integer))"
                let held = try await run(["lease", "claim", "pkg:npm/left-pad"], as: tokens[1])
                #expect(held.status == 3 && held.output.contains("somebody scans there until"), "\(held)")
                #expect(try await json(claim + ["--key", "k"], as: tokens[0])["token"] == lease["token"])
                #expect(try await run(claim + ["--ttl", "60", "--key", "k"], as: tokens[0]).status == 1, "another claim")
                #expect(try await json(["lease", "heartbeat", name, token], as: tokens[0])["state"] == "live")
                #expect(try await run(["lease", "heartbeat", name, token], as: tokens[1]).status == 1)
                let released = try await json(
                    ["lease", "release", name, token, "--complete", "--spent", "3:core-hours"], as: tokens[0])
                #expect(released["state"] == "released" && released["spent"]?["amount"]?.integer == 3)
                let ended = try await run(claim + ["--key", "k"], as: tokens[0])
                #expect(ended.status == 3 && ended.output.contains("released"), "a lease that ended is none to scan on: \(ended)")
                #expect(try await json(["lease", "list"], as: tokens[0])["leases"]?.array?.count == 1)
                let other = try await json(["lease", "claim", "pkg:npm/left-pad"], as: tokens[1])
                let revoke = ["lease", "revoke", try #require(other["lease"]?.string), "--reason", "a mistake"]
                #expect(try await run(revoke, as: tokens[1]).status == 1)
                #expect(try await json(revoke, as: administrator)["state"] == "revoked")
                #expect(try await run(["lease", "claim", "nonsense"], as: tokens[0]).status == 1)
            }
            #expect(status == 0)
        }
    }
}
