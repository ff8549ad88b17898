import CivilTime
import HTTPTypes
import JSONText
import Sealing
import TestKit
import Testing

/// The way of one vulnerability from a report to an advisory, step by step, for tests that need a certain point of it.
struct Walk: Sendable {
    let desk: Desk
    let finder: String
    let vendor: String
    let coordinator: String

    static let package = "pkg:generic/libtide"
    static let patch = "--- a/src/tide.c\n+++ b/src/tide.c\n@@ -1 +1 @@\n-a\n+b\n"

    init(_ desk: Desk) async throws {
        self.desk = desk
        finder = try await desk.member("lab-a", "finder")
        vendor = try await desk.member("libtide", "vendor")
        coordinator = try await desk.member("desk", "coordinator")
    }

    static func report(
        _ title: String = "Heap overflow in tide_expand", function: String = "tide_expand", package: String = Walk.package
    ) -> JSONValue {
        [
            "title": .string(title), "package": .string(package), "weakness": "CWE-122", "severity": "high",
            "location": ["file": "src/tide.c", "function": .string(function), "startLine": 88],
            "description": "A run length from the file is used unchecked.",
            "provenance": ["model": "example-1", "harness": "kelp", "humanReviewed": true]
        ]
    }

    /// - Returns: the receipt of the one finding.
    func submit(_ report: JSONValue = Walk.report(), as token: String? = nil, key: String? = nil) async throws -> JSONValue {
        let reply = try await desk.post(
            "/v1/findings", report, as: token ?? finder, headers: key.map { ["Idempotency-Key": $0] } ?? [:]
        )
        try #require(reply.status == 201, "\(reply.text)")
        return try #require(try reply.list("findings").first)
    }

    /// A finding of `finder` and its vulnerability.
    func submitted() async throws -> (finding: String, vulnerability: String) {
        let receipt = try await submit()
        return (try #require(receipt["finding"]?.string), try #require(receipt["vulnerability"]?.string))
    }

    static func reproducer() -> JSONValue {
        let files: [(String, String)] = [("input.tide", "bad run"), ("src/tide.c", "int main(void) { return 0; }")]
        let manifest: JSONValue = [
            "schemaVersion": 1, "target": ["package": .string("\(Walk.package)@1.2.0")],
            "files": .array(
                files.map { ["path": .string($0.0), "sha256": .string(Digest(hashing: $0.1).hex)] }
            ),
            "build": [["cc", "-o", "program", "src/tide.c"]], "artifacts": ["program"], "run": ["./program", "input.tide"],
            "expected": ["kind": "heap-buffer-overflow", "function": "tide_expand"], "repeats": 3
        ]
        let contents = files.map { ($0.0, JSONValue.string(Base64.encode(Array($0.1.utf8)))) }
        return ["manifest": manifest, "files": .object(JSONObject(contents))]
    }

    /// Attaches a reproducer, has it replayed, and answers the validation.
    func validate(_ finding: String, fix: String? = nil) async throws -> JSONValue {
        let body: JSONValue = fix.map { ["fix": .string($0)] } ?? [:]
        let asked = try await desk.post("/v1/findings/\(finding)/validations", body, as: coordinator)
        try #require(asked.status == 202, "\(asked.text)")
        try await desk.replayAll()
        return try await desk.get("/v1/validations/\(try asked.text("validation"))", as: coordinator).json
    }

    func attachReproducer(to finding: String) async throws {
        let reply = try await desk.send(
            .put, "/v1/findings/\(finding)/reproducer", as: finder, bytes: Walk.reproducer().bytes()
        )
        try #require(reply.status == 200, "\(reply.text)")
    }

    /// Opens the case of a vulnerability with an embargo of thirty days.
    func open(_ vulnerability: String) async throws -> String {
        let reply = try await desk.post(
            "/v1/cases",
            [
                "vulnerability": .string(vulnerability), "vendor": "libtide", "title": "libtide: heap overflow",
                "embargoUntil": .string(desk.house.clock.now.advanced(byDays: 30).description)
            ],
            as: coordinator
        )
        try #require(reply.status == 201, "\(reply.text)")
        return try reply.text("id")
    }

    func attachFix(to caseIdentifier: String) async throws -> String {
        let reply = try await desk.post(
            "/v1/cases/\(caseIdentifier)/fixes",
            ["patch": .string(Walk.patch), "fixedVersion": "1.2.1"], as: vendor
        )
        try #require(reply.status == 201, "\(reply.text)")
        return try reply.text("fix")
    }

    static func order(earlyBecause reason: String? = nil) -> JSONValue {
        [
            "summary": "libtide: heap overflow in tide_expand", "details": "A run length from the file is used unchecked.",
            "package": .string(Walk.package), "ecosystem": "GIT", "name": "libtide", "introduced": "1.0.0",
            "weakness": "CWE-122", "severity": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
            "earlyBecause": reason.map { .string($0) } ?? .null
        ]
    }

    func publish(_ caseIdentifier: String, earlyBecause reason: String? = nil) async throws -> Reply {
        try await desk.post("/v1/cases/\(caseIdentifier)/publication", Walk.order(earlyBecause: reason), as: coordinator)
    }

    /// Everything up to a published advisory with a verified fix.
    func published() async throws -> (finding: String, vulnerability: String, caseIdentifier: String, advisory: String) {
        let (finding, vulnerability) = try await submitted()
        try await attachReproducer(to: finding)
        _ = try await validate(finding)
        let caseIdentifier = try await open(vulnerability)
        let fix = try await attachFix(to: caseIdentifier)
        let replay = try await validate(finding, fix: fix)
        let judged = try await desk.post(
            "/v1/fixes/\(fix)/judgement", ["validation": replay["validation"] ?? .null], as: coordinator
        )
        try #require(try judged.text("state") == "verified", "\(judged.text)")
        let reply = try await publish(caseIdentifier, earlyBecause: "the vendor released the fix")
        try #require(reply.status == 201, "\(reply.text)")
        return (finding, vulnerability, caseIdentifier, try reply.text("advisory"))
    }
}
