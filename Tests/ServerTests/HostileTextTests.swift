import HTTPTypes
import JSONText
import TestKit
import Testing

@testable import Server

@Suite
struct HostileTextTests {
    @Test
    func `shows hostile text as text on every page, with the very tags a harmless text gives`() async throws {
        let seed = UInt64.random(in: .min ... .max)
        let harmless = try await Self.tags(title: "harmless", identifier: "x_harmless", seed: seed)
        var random = SeededRandom(seed: seed)
        for _ in 0..<4 {
            // A title and an identifier are one line of text without control characters.
            let text = HostileText.random(using: &random).unicodeScalars.filter {
                $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) && $0 != "\u{2028}"
            }
            let hostile = "\"><script>alert(1)</script>'" + String(String.UnicodeScalarView(text)) + "."
            let tags = try await Self.tags(title: hostile, identifier: "x_" + hostile, seed: seed)
            for (path, expected) in harmless {
                #expect(tags[path] == expected, "seed \(seed), \(path): \(hostile.debugDescription)")
            }
        }
    }

    /// The tags of every page of a clearinghouse in which every text that somebody outside writes is this one.
    private static func tags(title: String, identifier: String, seed: UInt64) async throws -> [String: [String]] {
        let found = Collected()
        try await TestClearinghouse.open(seed: seed) { desk in
            let walk = try await Walk(desk)
            var report = Walk.report(title).object ?? JSONObject()
            report["description"] = .string(title)
            report["location"] = ["file": .string(title), "function": .string(title), "startLine": 1]
            report["patch"] = .string("--- a\n+++ b\n@@ -1 +1 @@\n-\(title)\n")
            (report["crash"], report["entry"], report["sink"]) = (.string(title), .string(title), .string(title))
            report["renames"] = [["from": .string(title), "to": .string(title)]]
            report["provenance"] = ["model": .string(title), "harness": .string(title)]
            let receipt = try await walk.submit(.object(report))
            let (finding, vulnerability) = (receipt["finding"]?.string ?? "", receipt["vulnerability"]?.string ?? "")
            let opened = try await desk.post(
                "/v1/cases",
                [
                    "vulnerability": .string(vulnerability), "vendor": "libtide", "title": .string(title),
                    "embargoUntil": "2027-06-01T00:00:00Z", "longerBecause": .string(title)
                ],
                as: walk.coordinator
            )
            let caseIdentifier = try opened.text("id")
            _ = try await desk.post(
                "/v1/cases/\(caseIdentifier)/fixes", ["patch": .string(Walk.patch), "fixedVersion": .string(title)],
                as: walk.vendor)
            let moved: JSONValue = ["until": "2027-07-01T00:00:00Z", "reason": .string(title)]
            _ = try await desk.send(.put, "/v1/cases/\(caseIdentifier)/embargo", as: walk.coordinator, bytes: moved.bytes())
            let record: JSONValue = [
                "id": .string(identifier), "modified": "2026-01-01T00:00:00Z", "summary": .string(title),
                "details": .string(title),
                "aliases": [.string(title)], "credits": [["name": .string(title)]],
                "affected": [
                    [
                        "package": ["ecosystem": "npm", "name": .string(title)],
                        "ranges": [["type": "ECOSYSTEM", "events": [["introduced": .string(title)], ["fixed": .string(title)]]]]
                    ]
                ]
            ]
            let source = PercentEncoding.encode(title)
            let imported = try await desk.send(
                .post, "/v1/advisories/import?source=\(source)", as: walk.coordinator, bytes: record.bytes(),
                type: "application/x-ndjson"
            )
            #expect(try imported.json["new"]?.integer == 1, "\(imported.text)")
            try await desk.integrate()
            let paths = [
                ("findings", "/findings"), ("finding", "/findings/\(finding)"),
                ("vulnerability", "/vulnerabilities/\(vulnerability)"), ("cases", "/cases"),
                ("case", "/cases/\(caseIdentifier)"), ("advisories", "/advisories"), ("filtered", "/advisories?source=\(source)"),
                ("advisory", "/advisories/\(PercentEncoding.encode(identifier))"), ("unknown", "/advisories/no\(source)"),
                ("sign-in", "/sign-in?next=\(source)"), ("log", "/log")
            ]
            for (name, path) in paths {
                await found.add(name, Markup.tags(in: try await desk.page(path, as: walk.coordinator).text))
            }
        }
        return await found.tags
    }

    private actor Collected {
        private(set) var tags: [String: [String]] = [:]

        func add(_ name: String, _ found: [String]) {
            tags[name] = found
        }
    }
}
