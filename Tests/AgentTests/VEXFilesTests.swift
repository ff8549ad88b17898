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

    @Test func `reads CycloneDX as XML in directories, and passes other XML`() throws {
        let xml = """
            <bom xmlns="http://cyclonedx.org/schema/bom/1.5"><vulnerabilities><vulnerability><id>CVE-2026-1</id><analysis><state>in_triage</state>
            </analysis><affects><target><ref>pkg:npm/left-pad</ref></target></affects></vulnerability></vulnerabilities></bom>
            """
        try withFiles(["a.xml": xml, "b.xml": "<feed xmlns='http://www.w3.org/2005/Atom'/>", "c.xml": "<bom"]) { folder in
            let collection = try VEXCollection(files: [folder])
            #expect(collection.sources.map(\.statementCount) == [1, 0, 0] && collection.sources[0].problems.isEmpty)
            #expect(collection.sources[1].problems.count == 1 && collection.failures.count == 1)
            #expect(collection.failures.first?.hasPrefix("\(folder)/c.xml: not a valid VEX document: /") == true)
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

    @Test func `counts what can be read, and names every file and place that can't be, or makes no statement`() throws {
        let bare = #"{"bomFormat":"CycloneDX","specVersion":"1.6","components":[],"vulnerabilities":[{"id":"CVE-2026-1"}]}"#
        let wrong = SampleVEX.openVEX.replacing("\"fixed\"", with: "\"mended\"")
        let files = [
            "a.json": SampleVEX.openVEX, "b.json": "{}", "c.json": bare, "d.json": wrong, "e/x.json": "[]", "f.json": "{"
        ]
        try withFiles(files) { folder in
            let named = ["b", "c", "d", "f", "a", "none"].map { "\(folder)/\($0).json" } + ["\(folder)/e"]
            let collection = try VEXCollection(files: named)
            let lines = collection.failures
            try #require(lines.count == 6, "\(lines)")
            #expect(lines[0].hasPrefix("\(folder)/b.json: not a valid VEX document: /: neither @context"), "\(lines)")
            #expect(lines[1] == "\(folder)/c.json: the cyclonedx document makes no VEX statement")
            #expect(lines[2].hasPrefix("\(folder)/d.json: ") && lines[2].contains("/statements/1/status"), "\(lines)")
            #expect(lines[3].hasPrefix("\(folder)/f.json: ") && lines[4].hasPrefix("\(folder)/none.json can't be read: "))
            #expect(lines[5] == "\(folder)/e: no file in this directory is a VEX document")
            #expect(collection.sources.map(\.statementCount) == [0, 0, 0, 0, 4, 0, 0, 0])
            let whole = try VEXCollection(files: [folder])
            #expect(whole.failures.map { $0.dropFirst(folder.count + 1).prefix(6) } == ["d.json", "f.json"])
            #expect(whole.sources.map(\.statementCount) == [4, 0, 0, 0, 0, 0], "b, c and e/x are no VEX, and passed")
        }
        try withFiles(["a.json": SampleVEX.openVEX, "b.json": "{}", "c.json": bare]) { folder in
            let collection = try VEXCollection(files: [folder])
            let sources = collection.sources
            #expect(sources.map(\.statementCount) == [4, 0, 0] && sources.map(\.problems.count) == [0, 1, 1], "named, and passed")
            #expect(collection.failures.isEmpty)
        }
    }

    @Test func `every report names the VEX documents that can't be read, and heeds the others`() throws {
        try withFiles(["a.json": SampleVEX.openVEX, "broken.json": "{"]) { folder in
            let vex = try VEXCollection(files: ["\(folder)/broken.json", "\(folder)/a.json"])
            let failure = try #require(vex.failures.first)
            let matching = InventoryMatching(against: try SampleVEX.index(), vex: vex)
            var report = MatchReport(matching)
            for inventory in SampleVEX.inventories { report.add(inventory) }
            #expect(!report.suppressed.isEmpty)
            let lines = report.table.split(separator: "\n").map(String.init)
            #expect(lines.contains("Not read: " + failure) && lines.contains("\(folder)/a.json: 4 VEX statements"), "\(lines)")
            #expect(!lines.contains { $0.hasPrefix("\(folder)/broken.json: 0") })
            var writing = matching
            var json: [UInt8] = []
            writing.writeJSON(of: SampleVEX.inventories) { json += $0 }
            func text(_ value: Any?) -> String? { value as? String }
            func object(_ bytes: [UInt8]) throws -> [String: Any]? {
                try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
            }
            let statements = try object(json)?["statements"] as? [[String: Any]]
            #expect(statements?.map { text($0["error"]) } == [failure, nil])
            let run = (try object(matching.sarif(of: SampleVEX.inventories))?["runs"] as? [[String: Any]])?.first
            let invocation = (run?["invocations"] as? [[String: Any]])?.first
            let notes = invocation?["toolExecutionNotifications"] as? [[String: Any]] ?? []
            #expect(invocation?["executionSuccessful"] as? Bool == false)
            #expect(
                notes.contains { text($0["level"]) == "error" && text(($0["message"] as? [String: Any])?["text"]) == failure })
            let metadata = try object(matching.cycloneDX(of: SampleVEX.inventories))?["metadata"] as? [String: Any]
            let properties = metadata?["properties"] as? [[String: Any]] ?? []
            #expect(properties.contains { text($0["name"]) == "breakwater:not_read" && text($0["value"]) == failure })
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
