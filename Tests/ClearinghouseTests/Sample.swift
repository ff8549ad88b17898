import AdvisoryFormats
import CivilTime
import JSONText
import Journal
import Sealing
import Testing

@testable import Clearinghouse

/// Things members hand in, valid unless a test spoils them.
enum Sample {
    static let package = "pkg:generic/libtide@1.2.0"

    /// A finding with an exact place; two with the same arguments are the same bug in any words.
    static func report(
        _ title: String = "Overflow in the run decoder", package: String? = Sample.package, weakness: String? = "CWE-122",
        file: String? = "src/tide.c", function: String? = "tide_expand_levels", line: Int64? = 64
    ) -> FindingReport {
        FindingReport(
            title: title, package: package, weakness: weakness, file: file, function: function, startLine: line,
            detail: "Found by reading."
        )
    }

    /// The submission of a report; its bytes differ wherever the report or the key does.
    static func submission(_ report: FindingReport, key: String, place: String? = nil) -> FindingSubmission {
        let bytes = JSONValue.object(JSONObject([("key", .string(key)), ("report", report.json)])).canonicalBytes()
        return FindingSubmission(report: report, original: Content(bytes), idempotencyKey: key, place: place)
    }

    static let manifest: JSONValue = [
        "schemaVersion": 1, "target": ["package": .string(Sample.package)],
        "files": [file("crash.bin", [1, 2, 3]), file("src/tide.c", Array("int main;".utf8))],
        "build": [["gcc", "-fsanitize=address", "-o", "decode_file", "src/tide.c"]], "artifacts": ["decode_file"],
        "run": ["./decode_file", "crash.bin"], "test": [["./test_tide"]],
        "expected": ["kind": "heap-buffer-overflow", "function": "tide_expand_levels"], "repeats": 3
    ]

    static let files: [String: [UInt8]] = ["crash.bin": [1, 2, 3], "src/tide.c": Array("int main;".utf8)]

    private static func file(_ path: String, _ bytes: [UInt8]) -> JSONValue {
        ["path": .string(path), "sha256": .string(Digest(hashing: bytes).hex)]
    }

    static func bundle(_ manifest: JSONValue = Sample.manifest) throws -> ReproducerBundle {
        try ReproducerBundle(manifest: ReproducerManifest(json: manifest), files: files)
    }

    static let order = PublicationOrder(
        summary: "Heap overflow in libtide", details: "A forged frame writes behind the buffer of levels.",
        package: "pkg:npm/libtide", ecosystem: "npm", name: "libtide", introduced: "1.0.0", weakness: "CWE-122",
        severity: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", automatable: "yes", technicalImpact: "total"
    )

    /// One OSV document.
    static func osv(
        _ identifier: String, modified: String = "2026-11-01T00:00:00Z", summary: String = "Something is wrong",
        withdrawn: String? = nil, aliases: [String] = []
    ) -> OSVDocument {
        var members: [(String, JSONValue)] = [
            ("id", .string(identifier)), ("modified", .string(modified)), ("summary", .string(summary)),
            (
                "affected",
                [
                    [
                        "package": ["ecosystem": "npm", "name": "left-pad"],
                        "ranges": [["type": "SEMVER", "events": [["introduced": "0"], ["fixed": "1.3.0"]]]]
                    ]
                ]
            )
        ]
        if let withdrawn { members.append(("withdrawn", .string(withdrawn))) }
        if !aliases.isEmpty { members.append(("aliases", .array(aliases.map { .string($0) }))) }
        return OSVDocument(name: identifier, bytes: JSONValue.object(JSONObject(members)).canonicalBytes())
    }

    static func moment(_ text: String) throws -> Timestamp {
        try #require(Timestamp(rfc3339: text), "\(text)")
    }
}
