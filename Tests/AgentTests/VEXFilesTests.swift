import Agent
import Foundation
import TestSupport
import Testing

/// VEX documents as files and directories of files.
@Suite struct VEXFilesTests {
    private func withFiles(_ files: [String: String], _ test: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "vex-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try test(folder.path)
    }

    @Test func `reads files and directories at any depth, and passes what is not JSON in them`() throws {
        try withFiles(["a.json": SampleVEX.openVEX, "2026/b.json": SampleVEX.openVEX, "2026/b.json.sha256": "x"]) { folder in
            let both = try VEXCollection(files: [folder])
            #expect(both.sources.map(\.name) == ["\(folder)/2026/b.json", "\(folder)/a.json"])
            let one = try VEXCollection(files: ["\(folder)/a.json"])
            #expect(one.sources.map(\.statementCount) == [4] && one.sources[0].problems.isEmpty)
        }
    }

    @Test(.enabled(if: Program.isInstalled("gzip"), "gzip packs the sample"))
    func `reads compressed documents`() throws {
        try withFiles(["a.json": SampleVEX.openVEX]) { folder in
            _ = try Program.run("gzip", ["\(folder)/a.json"])
            let collection = try VEXCollection(files: [folder])
            #expect(collection.sources.map(\.name) == ["\(folder)/a.json.gz"])
        }
    }

    @Test func `refuses what is no VEX document or makes no statement, and names every such file and place`() throws {
        let bare = #"{"bomFormat":"CycloneDX","specVersion":"1.6","components":[],"vulnerabilities":[{"id":"CVE-2026-1"}]}"#
        let wrong = SampleVEX.openVEX.replacing("\"fixed\"", with: "\"mended\"")
        let files = [
            "a.json": SampleVEX.openVEX, "b.json": "{}", "c.json": bare, "d.json": wrong, "e/x.json": "[]", "f.json": "{"
        ]
        try withFiles(files) { folder in
            let named = ["b", "c", "d", "f"].map { "\(folder)/\($0).json" } + ["\(folder)/e"]
            let error = #expect(throws: AgentError.self) { try VEXCollection(files: named) }
            let lines = (error?.reason ?? "").split(separator: "\n").map(String.init)
            try #require(lines.count == 5 && error?.code == .malformed, "\(lines)")
            #expect(lines[0].hasPrefix("\(folder)/b.json: not a valid VEX document: /: neither @context"), "\(lines)")
            #expect(lines[1] == "\(folder)/c.json: the cyclonedx document makes no VEX statement")
            #expect(lines[2].hasPrefix("\(folder)/d.json: ") && lines[2].contains("/statements/1/status"), "\(lines)")
            #expect(lines[4] == "\(folder)/e: no file in this directory is a VEX document")
            #expect(throws: AgentError.self) { try VEXCollection(files: ["\(folder)/none.json"]) }
            let whole = #expect(throws: AgentError.self, "two files are damaged") { try VEXCollection(files: [folder]) }
            #expect(whole?.reason.split(separator: "\n").map { $0.dropFirst(folder.count + 1).prefix(6) } == ["d.json", "f.json"])
        }
        try withFiles(["a.json": SampleVEX.openVEX, "b.json": "{}", "c.json": bare]) { folder in
            let sources = try VEXCollection(files: [folder]).sources
            #expect(sources.map(\.statementCount) == [4, 0, 0] && sources.map(\.problems.count) == [0, 1, 1], "named, and passed")
        }
    }

    @Test func `says what in a document counts for nothing`() throws {
        let text = #"""
            {"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"bom-ref":"a","name":"a","purl":"pkg:npm/a@1"}],
             "vulnerabilities":[{"id":"CVE-2026-1","analysis":{"state":"not_affected"},"affects":[{"ref":"a"}]},
              {"id":"CVE-2026-2","analysis":{"state":"resolved"},"affects":[{"ref":"nowhere"}]}]}
            """#
        try withFiles(["a.json": text]) { folder in
            let problems = try VEXCollection(files: [folder]).sources[0].problems
            #expect(
                problems == [
                    "/vulnerabilities: product \"nowhere\" of CVE-2026-2 is not defined",
                    "the statement not_affected about CVE-2026-1 has neither a justification nor an impact statement: it counts for "
                        + "nothing",
                    "the statement fixed about CVE-2026-2 names 1 products by nothing that can be compared: nowhere"
                ], "\(problems)")
        }
    }

    @Test func `an inventory tells what it is of by its main component alone`() throws {
        let text = #"""
            {"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"component":{"type":"container","name":"ward",
             "purl":"pkg:oci/ward@1","cpe":"cpe:2.3:a:x:ward:1:*:*:*:*:*:*:*","components":[{"type":"library","name":"in",
             "purl":"pkg:npm/in@1"}]}},"components":[{"type":"library","name":"a","purl":"pkg:npm/a@1"}]}
            """#
        try withFiles(["a.cdx.json": text, "go.mod": "module example.org/m\n\nrequire example.org/a v1.0.0\n"]) { folder in
            let (bom, lock) = try (SBOMInventory.read(file: "\(folder)/a.cdx.json"), SBOMInventory.read(file: "\(folder)/go.mod"))
            #expect(bom.subjects == ["pkg:oci/ward@1", "cpe:2.3:a:x:ward:1:*:*:*:*:*:*:*"] && bom.components.count == 4)
            #expect(lock.subjects.isEmpty)
        }
    }
}
