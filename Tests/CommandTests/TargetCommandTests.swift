import Foundation
import JSONText
import Testing

/// Policies of targets and the records of a federation, from the command line.
@Suite struct TargetCommandTests {
    @Test func `a policy that is set leaves what its file leaves out, and null takes away`() async throws {
        try await BuiltProgram.with { program in
            let status = try await program.serving { address in
                func set(_ policy: String) async throws -> JSONValue {
                    try Data(policy.utf8).write(to: URL(fileURLWithPath: program.directory + "/policy.json"))
                    let ending = try await program.run([
                        "target", "set", "pkg:npm/a", "policy.json", "--server", address, "--token", "@data/admin.token"
                    ])
                    try #require(ending.status == 0, "\(ending.errors)")
                    return try JSONValue(parsing: Array(ending.output.utf8))
                }
                _ = try await set(#"{"optOut": {"requestedAt": "2026-01-01T00:00:00Z"}, "channel": "a@b.example"}"#)
                let changed = try await set(#"{"criticality": 7}"#)
                #expect(changed["optOut"]?["requestedAt"] != nil && changed["channel"]?.string == "a@b.example")
                let lifted = try await set(#"{"optOut": null}"#)
                #expect(lifted["optOut"] == nil && lifted["criticality"]?.integer == 7)
            }
            #expect(status == 0)
        }
    }

    @Test func `what one clearinghouse lists, however long, another takes`() async throws {
        try await BuiltProgram.with { program in
            let count = 150
            let records = (0..<count).map { number in
                #"{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"r","digest":{"sha256":""#
                    + String(repeating: "0", count: 64)
                    + #""}}],"predicateType":"https://github.com/alpha-omega-security/scrutineer/interchange/optout/v1","#
                    + #""predicate":{"repository":"https://github.com/acme/r\#(number)","requested_at":"2026-01-01T00:00:00Z"}}"#
            }
            func write(_ text: String) throws {
                try Data(text.utf8).write(to: URL(fileURLWithPath: program.directory + "/records.ndjson"))
            }
            let status = try await program.serving { address in
                func run(_ arguments: [String]) async throws -> String {
                    let ending = try await program.run(
                        ["federation"] + arguments + ["--server", address, "--token", "@data/admin.token"])
                    try #require(ending.status == 0, "\(ending.errors)")
                    return ending.output
                }
                try write(records.joined(separator: "\n"))
                _ = try await run(["take", "records.ndjson"])
                let listed = try await run(["list"])
                #expect(listed.split(separator: "\n").count == count)
                try write(listed)
                let again = try JSONValue(parsing: Array(try await run(["take", "records.ndjson"]).utf8))
                #expect(again["outcomes"]?.array?.filter { $0.string == "known" }.count == count)
            }
            #expect(status == 0)
        }
    }

    @Test func `claims of a federation go out where one is configured, and one that comes in names the finding it is about`()
        async throws
    {
        try await BuiltProgram.with { program in
            func write(_ name: String, _ text: String) throws {
                try Data(text.utf8).write(to: URL(fileURLWithPath: program.directory + "/" + name))
            }
            func run(_ arguments: [String], at address: String) async throws -> String {
                let ending = try await program.run(arguments + ["--server", address, "--token", "@data/admin.token"])
                try #require(ending.status == 0, "\(arguments): \(ending.errors)")
                return ending.output
            }
            try write("salt", "shared")
            try write(
                "finding.json",
                #"{"title": "x", "repository": "https://git.example/lib", "weakness": "CWE-79", "location": {"file": "a.c"}}"#)
            let alone = try await program.serving { address in
                _ = try await run(["finding", "submit", "finding.json"], at: address)
                #expect(try await run(["federation", "claims"], at: address).isEmpty)
            }
            let joined = try await program.serving(["--federation-salt", "salt", "--federation-contact", "a@b.example"]) {
                address in
                let claims = try await run(["federation", "claims"], at: address)
                #expect(claims.split(separator: "\n").count == 1 && claims.contains("a@b.example") && !claims.contains("a.c"))
                try write("claims.ndjson", claims.replacing("a@b.example", with: "c@d.example"))
                _ = try await run(["federation", "take", "claims.ndjson"], at: address)
                var received: JSONValue?
                for _ in 0..<100 where received?["findings"]?.array?.isEmpty != false {
                    try await Task.sleep(for: .milliseconds(50))
                    received = try JSONValue(parsing: Array(try await run(["federation", "received"], at: address).utf8))
                }
                #expect(received?["contact"]?.string == "c@d.example" && received?["findings"]?.array?.count == 1)
                #expect(try await run(["federation", "list"], at: address).isEmpty)
            }
            #expect(alone == 0 && joined == 0)
        }
    }
}
