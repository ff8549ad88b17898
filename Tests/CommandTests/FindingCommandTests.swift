import Foundation
import JSONText
import Testing

@Suite
struct FindingCommandTests {
    /// A server and a directory to hand files of in.
    private struct Scene {
        let program: BuiltProgram
        let address: String

        func write(_ name: String, _ text: String) throws { try Data(text.utf8).write(to: path(name)) }

        func path(_ name: String) -> URL { URL(fileURLWithPath: program.directory + "/" + name) }

        func run(_ arguments: [String]) async throws -> BuiltProgram.Ending {
            try await program.run(arguments + ["--server", address, "--token", "@data/admin.token"])
        }

        func bulk(_ file: String) async throws -> BuiltProgram.Ending {
            try await run(["finding", "bulk", file, "--results", "answers"])
        }

        static func with(_ test: (Scene) async throws -> Void) async throws {
            try await BuiltProgram.with { program in
                let status = try await program.serving { try await test(Scene(program: program, address: $0)) }
                #expect(status == 0)
            }
        }
    }

    private static let line = CommandTests.finding.replacing("\n", with: " ")

    private static func line(_ function: String) -> String { line.replacing("tide_expand", with: function) }

    @Test
    func `a bulk transfer goes on after the last whole answer, and sends again what was refused`() async throws {
        try await Scene.with { scene in
            try scene.write("lines.ndjson", [Self.line, "{}", Self.line("tide_close")].joined(separator: "\n"))
            let first = try await scene.bulk("lines.ndjson")
            #expect(first.status == 1 && first.errors.contains("2 taken, 1 refused, 0 taken before"), "\(first.errors)")
            let answers = try Data(contentsOf: scene.path("answers"))
            let again = try await scene.bulk("lines.ndjson")
            #expect(again.status == 1 && again.errors.contains("0 taken, 1 refused, 2 taken before"), "\(again.errors)")
            try answers.dropLast(5).write(to: scene.path("answers"))
            let torn = try await scene.bulk("lines.ndjson")
            #expect(torn.errors.contains("1 taken, 1 refused, 1 taken before"), "\(torn.errors)")
            let told = String(decoding: try Data(contentsOf: scene.path("answers")), as: UTF8.self).split(separator: "\n")
            #expect(
                told.last.map(String.init).map { String(decoding: answers, as: UTF8.self).contains($0) } == true,
                "the first answer")
            // Mended, the refused line is taken.
            try scene.write("lines.ndjson", [Self.line, Self.line("tide_seek"), Self.line("tide_close")].joined(separator: "\n"))
            let mended = try await scene.bulk("lines.ndjson")
            #expect(mended.status == 0 && mended.errors.contains("1 taken, 0 refused, 2 taken before"), "\(mended.errors)")
        }
    }

    @Test
    func `a bulk transfer loses nothing of another file whose answers go to the same place`() async throws {
        try await Scene.with { scene in
            try scene.write("a.ndjson", [Self.line("a"), Self.line("b")].joined(separator: "\n"))
            try scene.write("b.ndjson", [Self.line("c"), Self.line("b"), Self.line("d")].joined(separator: "\n"))
            #expect(try await scene.bulk("a.ndjson").status == 0)
            let other = try await scene.bulk("b.ndjson")
            #expect(other.status == 0 && other.errors.contains("2 taken, 0 refused, 1 taken before"), "\(other.errors)")
            let list = try JSONValue(parsing: Array(try await scene.run(["finding", "list"]).output.utf8))
            #expect(list["findings"]?.array?.count == 4)
        }
    }

    @Test
    func `says on standard error what of a log was left out, and refuses one of which everything would be`() async throws {
        try await Scene.with { scene in
            let results = #"[{"message": {"text": "overflow"}}, {"message": {"text": "fine"}, "kind": "pass"}]"#
            try scene.write(
                "log.sarif", #"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "kelp"}}, "results": \#(results)}]}"#)
            let lost = try await scene.run(["finding", "submit", "log.sarif"])
            #expect(lost.status == 1 && lost.errors.contains("no package and no repository is known"), "\(lost)")
            #expect(lost.errors.contains("(at /runs/0) [400]"))
            let partly = try await scene.run(["finding", "submit", "log.sarif", "--package", "pkg:generic/libtide"])
            #expect(
                partly.status == 0 && partly.errors.contains("left out: ") && partly.errors.contains("reports no problem"),
                "\(partly)")
            // A mistake in the name is mended by handing the same log in again.
            try scene.write(
                "guid.sarif",
                try String(contentsOf: scene.path("log.sarif"), encoding: .utf8)
                    .replacing(
                        #"{"message": {"text": "overflow"}}"#,
                        with: #"{"message": {"text": "o"}, "guid": "22222222-2222-4222-8222-222222222222"}"#))
            for package in ["pkg:generic/libtied", "pkg:generic/libtide", "pkg:generic/libtide"] {
                let ending = try await scene.run(["finding", "submit", "guid.sarif", "--package", package])
                #expect(ending.status == 0, "\(package): \(ending.errors)")
            }
        }
    }

    @Test
    func `prints every rule that a document breaks, and names the command for NDJSON`() async throws {
        try await Scene.with { scene in
            try scene.write("bad.json", #"{"title": 7, "package": "libtide", "severity": "bad"}"#)
            let bad = try await scene.run(["finding", "submit", "bad.json"])
            let lines = bad.errors.split(separator: "\n")
            #expect(bad.status == 1 && lines.count >= 3, "\(bad.errors)")
            for place in ["/title", "/package", "/severity"] {
                #expect(bad.errors.contains("(at \(place), byte"), "\(bad.errors)")
            }
            try scene.write("lines.ndjson", [Self.line, Self.line("tide_close")].joined(separator: "\n"))
            let several = try await scene.run(["finding", "submit", "lines.ndjson"])
            #expect(several.status == 64 && several.errors.contains("finding bulk"), "\(several.errors)")
        }
    }

    @Test
    func `opens a case with a patch, and refuses one without a title or with a text that is none`() async throws {
        try await Scene.with { scene in
            try scene.write("finding.json", Self.line)
            try scene.write("right.patch", "--- a/tide.c\n+++ b/tide.c\n@@ -1 +1 @@\n-a\n+b\n")
            try scene.write("junk", "junk")
            #expect(try await scene.run(["member", "add", "libtide", "--name", "libtide", "--role", "vendor"]).status == 0)
            let handed = try JSONValue(parsing: Array(try await scene.run(["finding", "submit", "finding.json"]).output.utf8))
            let vulnerability = try #require(handed["findings"]?.array?.first?["vulnerability"]?.string)
            func open(_ title: String, _ more: [String]) async throws -> BuiltProgram.Ending {
                try await scene.run(["case", "open", vulnerability, "--vendor", "libtide", "--title", title] + more)
            }
            let nameless = try await open(" ", [])
            #expect(nameless.status == 1 && nameless.errors.contains("(at /title)"), "\(nameless.errors)")
            let junk = try await open("Overflow", ["--patch", "junk", "--fixed-version", "1.2"])
            #expect(junk.status == 1 && junk.errors.contains("no unified diff"), "\(junk.errors)")
            #expect(try await open("Overflow", ["--patch", "right.patch"]).status == 64)
            let opened = try await open("Overflow", ["--patch", "right.patch", "--fixed-version", "1.2"])
            #expect(opened.status == 0 && opened.output.contains(#""fixedVersion": "1.2""#), "\(opened)")
        }
    }
}
