import Foundation
import JSONText
import Testing

@Suite
struct CommandTests {
    private static let verbs = [
        "serve", "demo", "audit", "rebuild", "member", "finding", "vulnerability", "validation", "case", "fix", "advisory",
        "log", "agent", "versions", "purl", "range",
        "sbom"
    ]

    @Test
    func `lists every verb in its help, and explains each`() async throws {
        try await BuiltProgram.with { program in
            let help = try await program.run(["--help"])
            #expect(help.status == 0 && help.errors.isEmpty)
            #expect(help.output.contains("Exit codes: 0 done, 1 refused or not clean"))
            for verb in Self.verbs {
                #expect(help.output.contains("\n  \(verb) "), "\(verb)")
                let explained = try await program.run([verb, "--help"])
                #expect(explained.status == 0 && explained.output.contains("USAGE: breakwater \(verb)"), "\(verb)")
            }
        }
    }

    @Test
    func `answers a wrong command line with 64 and what is wrong with it`() async throws {
        try await BuiltProgram.with { program in
            for (arguments, reason) in [
                (["--nonsense"], "Unknown option"), (["serve", "--port", "many"], "--port"), (["sail"], "Unexpected argument"),
                (["member", "add", "lab-a"], "Missing expected argument"), (["audit"], "Missing expected argument")
            ] {
                let ending = try await program.run(arguments)
                #expect(ending.status == 64, "\(arguments)")
                #expect(ending.output.isEmpty && ending.errors.contains(reason), "\(arguments): \(ending.errors)")
            }
        }
    }

    // Who asks a server that is not there waits a moment, not minutes.
    @Test(.timeLimit(.minutes(1)))
    func `answers what is refused, and a server that is not there, with 1 and the reason`() async throws {
        try await BuiltProgram.with { program in
            var stopped = ""
            let status = try await program.serving { address in
                stopped = address
                for token in ["bw_unknown_token", "x"] {
                    let ending = try await program.run(["finding", "list", "--server", address, "--token", token])
                    #expect(ending.status == 1 && ending.output.isEmpty, "\(token)")
                    #expect(ending.errors.contains("[401]"), "\(token): \(ending.errors)")
                }
            }
            #expect(status == 0)
            let list = try await program.run(["finding", "list", "--server", stopped])
            #expect(list.status == 1 && list.errors.contains("nobody answers at \(stopped)"), "\(list.errors)")
        }
    }

    @Test
    func `imports what a directory holds, skips what is of another kind, and refuses what can't be read`() async throws {
        try await BuiltProgram.with { program in
            func write(_ name: String, _ text: String) throws {
                try Data(text.utf8).write(to: URL(fileURLWithPath: program.directory).appendingPathComponent("in/" + name))
            }
            try FileManager.default.createDirectory(atPath: program.directory + "/in/other", withIntermediateDirectories: true)
            let record = #"{"schema_version":"1.7.0","id":"GO-1","modified":"2026-01-01T00:00:00Z"}"#
            try write("go.jsonl", record + "\n" + record.replacing("GO-1", with: "GO-2") + "\n{\"id\":\n")
            try write("ruby.jsonl", #"{"gem":"x"}"# + "\n" + #"{"gem":"y"}"#)
            try write("broken.ndjson", "no JSON")
            try write("index.json", "{}")
            try write("one.json", record.replacing("GO-1", with: "GO-3"))
            let ending = try await program.run(["advisory", "import", "--data", "data", "in"])
            #expect(ending.status == 1)
            #expect(ending.output.contains(": 3 new, 0 changed, 0 unchanged, 0 older, 2 refused"), "\(ending.output)")
            for line in [
                "refused go.jsonl line 3: ", "refused broken.ndjson line 1: ",
                "skipped 2 documents of ruby: not in OSV format, ruby.jsonl line 1 has no id",
                "skipped 1 documents of in: not in OSV format, in/index.json has no id"
            ] {
                #expect(ending.output.contains("  " + line), "\(line): \(ending.output)")
            }
            let named = try await program.run(["advisory", "import", "--data", "data", "in/ruby.jsonl", "in/one.json"])
            #expect(named.status == 1 && named.output.contains("1 unchanged, 0 older, 2 refused"), "\(named.output)")
            try write("other/index.json", "{}")
            let nothing = try await program.run(["advisory", "import", "--data", "data", "in/other"])
            #expect(nothing.status == 1 && nothing.output.contains("0 records"), "\(nothing.output)")
        }
    }

    @Test
    func `a source that can't be read on takes nothing of another with it`() async throws {
        try await BuiltProgram.with { program in
            let record = #"{"schema_version":"1.7.0","id":"GO-1","modified":"2026-01-01T00:00:00Z"}"#
            try Data(record.utf8).write(to: URL(fileURLWithPath: program.directory + "/a.jsonl"))
            try Data("no zstd".utf8).write(to: URL(fileURLWithPath: program.directory + "/b.jsonl.zst"))
            let paths = ["a.jsonl", "b.jsonl.zst"]
            let damaged = try await program.run(["advisory", "import", "--data", "data"] + paths)
            #expect(damaged.status == 1 && damaged.errors.contains("b.jsonl.zst is damaged"), "\(damaged.errors)")
            // A program that ends with an error leaves its last pages in the log, where the next one finds them.
            let files = ["journal.db", "journal.db-wal"].map { program.directory + "/data/" + $0 }
            let isRecorded = files.contains { file in
                FileManager.default.contents(atPath: file)?.range(of: Data("source/a".utf8)) != nil
            }
            #expect(isRecorded, "the reading of the first")
            let again = try await program.run(["advisory", "import", "--data", "data", "a.jsonl"])
            #expect(again.status == 0 && again.output.contains("1 unchanged"), "\(again.output)")
        }
    }

    static let finding = """
        {"title": "Heap overflow in tide_expand", "package": "pkg:generic/libtide", "weakness": "CWE-122", "severity": "high",
         "location": {"file": "src/tide.c", "function": "tide_expand", "startLine": 88},
         "description": "A run length from the file is used unchecked.",
         "provenance": {"model": "example-1", "harness": "kelp", "humanReviewed": true}}
        """

    @Test
    func `serves, takes members and findings, stops when told to, and passes its own audit`() async throws {
        try await BuiltProgram.with { program in
            try Data(Self.finding.utf8).write(to: URL(fileURLWithPath: program.directory + "/finding.json"))
            let status = try await program.serving { address in
                #expect(address.hasPrefix("http://127.0.0.1:") && !address.hasSuffix(":0"))
                func json(_ arguments: [String], as token: String) async throws -> JSONValue {
                    let ending = try await program.run(arguments + ["--server", address, "--token", token])
                    try #require(ending.status == 0, "\(arguments): \(ending.errors)")
                    return try JSONValue(parsing: Array(ending.output.utf8))
                }
                let administrator = "@data/admin.token"
                _ = try await json(["member", "add", "lab-a", "--name", "Lab A", "--role", "finder"], as: administrator)
                let token = try #require(try await json(["member", "token", "lab-a"], as: administrator)["token"]?.string)
                let submitted = try await json(["finding", "submit", "finding.json"], as: token)
                let finding = try #require(submitted["findings"]?.array?.first?["finding"]?.string)
                let listed = try await json(["finding", "list"], as: token)["findings"]?.array ?? []
                #expect(listed.count == 1 && String(decoding: listed[0].bytes(), as: UTF8.self).contains(finding))
            }
            #expect(status == 0)
            let audit = try await program.run(["audit", "data"])
            #expect(audit.status == 0 && audit.errors.isEmpty, "\(audit.output) \(audit.errors)")
            let missing = try await program.run(["audit", "nowhere"])
            #expect(missing.status == 1 && !missing.errors.isEmpty, "\(missing.output) \(missing.errors)")
        }
    }

    @Test
    func `attaches a file to a finding and fetches it, on from what arrived before, and checked`() async throws {
        try await BuiltProgram.with { program in
            func path(_ name: String) -> URL { URL(fileURLWithPath: program.directory + "/" + name) }
            try Data(Self.finding.utf8).write(to: path("finding.json"))
            // More than one chunk of 4 MiB.
            let file = Data((0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 11) })
            try file.write(to: path("core"))
            let status = try await program.serving { address in
                func run(_ arguments: [String], as token: String) async throws -> BuiltProgram.Ending {
                    try await program.run(arguments + ["--server", address, "--token", token])
                }
                func json(_ arguments: [String], as token: String) async throws -> JSONValue {
                    let ending = try await run(arguments, as: token)
                    try #require(ending.status == 0, "\(arguments): \(ending.errors)")
                    return try JSONValue(parsing: Array(ending.output.utf8))
                }
                let administrator = "@data/admin.token"
                _ = try await json(["member", "add", "lab-a", "--name", "Lab A", "--role", "finder"], as: administrator)
                let token = try #require(try await json(["member", "token", "lab-a"], as: administrator)["token"]?.string)
                let submitted = try await json(["finding", "submit", "finding.json"], as: token)
                let finding = try #require(submitted["findings"]?.array?.first?["finding"]?.string)
                let added = try await json(["attachment", "add", finding, "core"], as: token)
                let attachment = try #require(added["id"]?.string)
                #expect(added["state"]?.string == "complete")
                let again = try await json(["attachment", "add", finding, "core"], as: token)
                #expect(again["id"]?.string == attachment)
                try file.prefix(1_000_000).write(to: path("back.part"))
                let got = try await run(["attachment", "get", attachment, "--output", "back"], as: token)
                #expect(got.status == 0, "\(got.errors)")
                #expect(try Data(contentsOf: path("back")) == file)
                try Data(repeating: 1, count: 1_000_000).write(to: path("other.part"))
                let damaged = try await run(["attachment", "get", attachment, "--output", "other"], as: token)
                #expect(damaged.status == 1 && damaged.errors.contains("it was removed"), "\(damaged.errors)")
                for name in ["other", "other.part"] { #expect(!FileManager.default.fileExists(atPath: path(name).path)) }
            }
            #expect(status == 0)
        }
    }

    @Test
    func `heeds the VEX documents that are named, and no others`() async throws {
        try await BuiltProgram.with { program in
            func write(_ name: String, _ text: String) throws {
                try Data(text.utf8).write(to: URL(fileURLWithPath: program.directory + "/" + name))
            }
            try write(
                "a.json",
                #"{"schema_version":"1.7.0","id":"GO-1","modified":"2026-01-01T00:00:00Z","aliases":["CVE-2026-1"],"affected":[{"package":"#
                    + #"{"ecosystem":"npm","name":"left-pad"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}]}]}"#)
            try write(
                "bom.json",
                #"{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"library","bom-ref":"l","name":"left-pad","#
                    + #""purl":"pkg:npm/left-pad@1.0.0"}],"vulnerabilities":[{"id":"CVE-2026-1","analysis":{"state":"not_affected","#
                    + #""justification":"code_not_reachable","detail":"never called"},"affects":[{"ref":"l"}]}]}"#)
            let added = try await program.run(["index", "add", "index", "--advisories", "a.json"])
            try #require(added.status == 0, "\(added.errors)")
            let match = ["match", "--index", "index", "--fail-on", "affected", "bom.json"]
            let bare = try await program.run(match)
            #expect(
                bare.status == 2 && bare.output.contains("1 component affected"), "the inventory's own analysis is not heeded")
            let heeded = try await program.run(match + ["--vex", "bom.json"])
            #expect(heeded.status == 0 && heeded.errors.isEmpty, "\(heeded.errors)")
            #expect(
                heeded.output.contains(
                    "the vulnerable code is not in the execute path (code_not_reachable); never called (author unknown)"),
                "\(heeded.output)")
            for format in ["json", "sarif", "cyclonedx"] {
                let written = try await program.run(match + ["--vex", "bom.json", "--format", format])
                let text = try? JSONValue(parsing: Array(written.output.utf8))
                #expect(written.status == 0 && text != nil, "\(format)")
            }
            for (arguments, status, reason) in [
                (["--vex", "a.json"], 1, "a.json: not a valid VEX document"),
                (["--vex", "none.json"], 1, "none.json can't be read"),
                (["--product", "pkg:oci/a"], 64, "--product is for statements of --vex documents"),
                (["--vex", "bom.json", "--product", "pkg:x"], 1, "pkg:x is not a package URL")
            ] as [([String], Int32, String)] {
                let ending = try await program.run(match + arguments)
                #expect(ending.status == status && ending.errors.contains(reason), "\(arguments): \(ending.errors)")
            }
            let other = try await program.run(match + ["--vex", "none.json", "--vex", "bom.json"])
            #expect(other.status == 1 && other.errors.contains("Error: none.json can't be read"), "\(other.errors)")
            #expect(
                other.output.contains("never called (author unknown)") && other.output.contains("Not read: none.json"),
                "the report is made with the statements of the other document: \(other.output)")
        }
    }
}
