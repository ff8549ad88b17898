import Foundation
import Testing

/// What `index add` does when a service manager asks it to stop.
@Suite struct IndexStopTests {
    /// An advisory of RubySec with so many lines that reading it takes a minute and more.
    private static let large =
        "gem: rack\ncve: 2026-1\nurl: https://e.org\ntitle: t\ndate: 2026-01-01\ndescription: d\npatched_versions:\n"
        + (0..<1_000_000).map { "- \">= 1.\($0).0\"\n" }.joined()

    private static let advisory = #"""
        {"id": "GHSA-aaaa-bbbb-cccc", "modified": "2026-01-02T03:04:05Z", "affected": [{"package": \#
        {"ecosystem": "npm", "name": "left-pad"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.3.0"}]}]}]}
        """#

    @Test(.timeLimit(.minutes(2)))
    func `ends within seconds also amid a document that takes long, and leaves an index to which the next run adds the rest`()
        async throws
    {
        try await BuiltProgram.with { program in
            func write(_ text: String, _ name: String) throws {
                try Data(text.utf8).write(to: URL(fileURLWithPath: program.directory).appendingPathComponent(name))
            }
            try write(Self.advisory, "a.json")
            #expect(try await program.run(["index", "add", "index", "--advisories", "a.json"]).status == 0)
            try write("no advisory", "b.json")
            try write(Self.large, "c.yml")
            // What is refused goes into the file at once: then the large document is next.
            let arguments = ["index", "add", "index", "--advisories", "b.json", "c.yml", "--refusals", "refusals"]
            let (stopped, time) = try await program.run(arguments, stoppedOnceWritten: "refusals")
            #expect(stopped.status == 1 && time < .seconds(10), "\(time): \(stopped.errors)")
            #expect(stopped.errors.contains("stopped"), "\(stopped.errors)")
            let shown = try await program.run(["index", "show", "index"])
            #expect(shown.status == 0 && shown.output.hasPrefix("1 advisories"), "\(shown.output) \(shown.errors)")
            try write(Self.advisory.replacing("aaaa", with: "dddd"), "b.json")
            try write(Self.advisory.replacing("aaaa", with: "eeee"), "c.json")
            let rest = try await program.run(["index", "add", "index", "--advisories", "b.json", "c.json"])
            #expect(rest.status == 0 && rest.output.contains("the index holds 3"), "\(rest.output) \(rest.errors)")
        }
    }
}
