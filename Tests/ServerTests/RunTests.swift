import AdvisoryFormats
import CivilTime
import HTTPTypes
import JSONText
import Sandbox
import Sealing
import Server
import TestKit
import Testing

@testable import Clearinghouse
@testable import Runners

@Suite struct RunTests {
    private static let owner = try? SigningKey(seed: Array(repeating: 9, count: 32))
    private static let archive = [UInt8](repeating: 0, count: 257) + Array("ustar".utf8) + [UInt8](repeating: 0, count: 250)

    /// One finding a file, in a source of two files.
    private struct Plain: Runner {
        let name = "plain"
        let driver = RunnerDriver(name: "Plain")
        let configuration: Set<String> = []
        let unitFileCount = 1
        func accepts(_ path: String) -> Bool { true }
        func scan(_ files: [SourceFile], of source: Source, in sandbox: @escaping SandboxRun) async throws -> UnitResult {
            UnitResult(
                version: "7",
                findings: files.map { .init(rule: "r", level: .error, message: "<b>bad</b>", path: $0.path, line: 1) })
        }
    }

    private static let settings = ScanSettings(
        runners: [Plain()],
        engine: ScanEngine { job, _ in
            FakeSandbox.outcome(
                collected: Dictionary(uniqueKeysWithValues: job.collect.map { ($0, Array("f 1 a.c\0f 1 b.c\0".utf8)) }))
        })

    /// The owner of the target, with its key.
    private func enrolOwner(_ desk: Desk) async throws {
        _ = try await desk.member("tide", "vendor", key: Hexadecimal.encode(try #require(Self.owner).verificationKey.bytes))
        try await desk.house.rooms.targets.govern(
            ScanTarget("https://code.example/tide"), TargetPolicy(json: ["maintainer": "tide"]),
            by: Principal(member: Membership.system, scopes: Set(Scope.allCases)))
    }

    private func body(_ desk: Desk, source: String, tool: String = "plain") throws -> JSONValue {
        let key = try #require(Self.owner)
        let envelope = try ScanAuthorisation.signed(
            targets: ["https://code.example/tide"], tools: ["plain"], until: desk.house.clock.now.advanced(byDays: 3), by: key)
        return [
            "tool": .string(tool), "source": .string(source), "repository": "https://code.example/tide", "authoriser": "tide",
            "authorisation": try JSONValue(parsing: envelope)
        ]
    }

    @Test func `a run is asked for, shows its progress, and its findings and log can be read`() async throws {
        try await TestClearinghouse.open(scans: Self.settings) { desk in
            try await enrolOwner(desk)
            let (lab, other) = (try await desk.member("lab", "finder"), try await desk.member("other", "finder"))
            let uploaded = try await desk.send(
                .post, "/v1/sources", as: lab, bytes: Self.archive, type: "application/octet-stream")
            try #require(uploaded.status == 201, "\(uploaded.text)")
            let source = try uploaded.text("source")
            let asked = try await desk.post("/v1/runs", try body(desk, source: source), as: lab)
            try #require(asked.status == 202, "\(asked.text)")
            let run = try asked.text("run")
            #expect(try await desk.get("/v1/runs/\(run)/sarif", as: lab).status == 409)
            let waiting = try await desk.get("/v1/runs/\(run)", as: lab).json
            #expect(waiting["files"]?.isNull == true && waiting["ending"]?.isNull == true)
            _ = try await desk.house.rooms.scanning.runNextPortion()
            let half = try await desk.get("/v1/runs/\(run)", as: lab).json
            #expect(half["filesDone"]?.integer == 1 && half["files"]?.integer == 2)
            let page = try await desk.send(.get, "/runs/\(run)", headers: ["Cookie": "breakwater_token=\(lab)"])
            #expect(page.status == 200 && page.text.contains("1 of 2 files"), "\(page.text)")
            while try await desk.house.rooms.scanning.runNextPortion() {}
            let ended = try await desk.get("/v1/runs/\(run)", as: lab).json
            #expect(
                ended["ending"]?.string == "completed" && ended["findings"]?.integer == 2 && ended["toolVersion"]?.string == "7")
            let log = try await desk.get("/v1/runs/\(run)/sarif", as: lab)
            #expect(try SARIFReport(parsing: log.bytes).resultCount == 2)
            #expect(try await desk.get("/v1/runs/\(run)", as: other).status == 404)
            #expect(try await desk.get("/v1/runs", as: other).list("runs").isEmpty)
            #expect(try await desk.get("/v1/runs", as: lab).list("runners") == ["plain"])
            #expect(try await desk.get("/v1/runs", as: desk.house.adminToken).list("runs").count == 1)
            #expect(try await desk.send(.delete, "/v1/runs/\(run)", as: lab).status == 409)
            let list = try await desk.send(.get, "/runs", headers: ["Cookie": "breakwater_token=\(lab)"])
            #expect(list.text.contains("/runs/\(run)") && list.text.contains("completed"))
        }
    }

    @Test func `a runner that is off, somebody else's source, no archive and an altered word are refused`() async throws {
        try await TestClearinghouse.open(scans: Self.settings) { desk in
            try await enrolOwner(desk)
            let (lab, other) = (try await desk.member("lab", "finder"), try await desk.member("other", "finder"))
            let noArchive = try await desk.send(
                .post, "/v1/sources", as: lab, bytes: Array("hello".utf8), type: "application/octet-stream")
            #expect(noArchive.status == 400)
            let source = try await desk.send(
                .post, "/v1/sources", as: lab, bytes: Self.archive, type: "application/octet-stream"
            ).text("source")
            let off = try await desk.post("/v1/runs", try body(desk, source: source, tool: "cppcheck"), as: lab)
            #expect(try off.status == 403 && off.text("detail").contains("is off here"))
            #expect(try await desk.post("/v1/runs", try body(desk, source: source), as: other).status == 404)
            var altered = try body(desk, source: source).object ?? JSONObject()
            altered["repository"] = "https://code.example/other"
            #expect(try await desk.post("/v1/runs", .object(altered), as: lab).status == 403)
            let developer = try await desk.member("reader", "developer")
            #expect(try await desk.post("/v1/runs", try body(desk, source: source), as: developer).status == 403)
        }
        try await TestClearinghouse.open { desk in
            let lab = try await desk.member("lab", "finder")
            let off = try await desk.post("/v1/runs", try body(desk, source: Digest(hashing: "").hex), as: lab)
            #expect(try off.text("detail").contains("none is on"))
        }
    }
}
