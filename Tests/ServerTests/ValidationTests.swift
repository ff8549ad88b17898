import HTTPTypes
import JSONText
import Sealing
import Testing

@Suite
struct ValidationTests {
    @Test
    func `replays a reproducer and signs what it showed`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let finding = try await walk.submitted().finding
            try await walk.attachReproducer(to: finding)
            let verdict = try await walk.validate(finding)
            #expect(verdict["outcome"]?.string == "reproduced")
            #expect(verdict["runCount"]?.integer == 3)
            #expect(verdict["crashCount"]?.integer == 3)
            #expect(verdict["crashState"]?.string?.contains("tide_expand") == true)
            let envelope = try UnverifiedEnvelope(parsing: Array(try #require(verdict["envelope"]?.string).utf8))
            let key = try #require(
                Hexadecimal.decode(try await desk.get("/v1/identity").text("signingKey")).flatMap { VerificationKey(bytes: $0) })
            let statement = try InTotoStatement(try envelope.verified(by: [key], threshold: 1))
            #expect(statement.predicate["outcome"]?.string == "reproduced")
            #expect(statement.predicate["validation"] == verdict["validation"])
        }
    }

    @Test
    func `says that a replay waits before it ran`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let finding = try await walk.submitted().finding
            try await walk.attachReproducer(to: finding)
            let asked = try await desk.post("/v1/findings/\(finding)/validations", [:], as: walk.coordinator)
            let waiting = try await desk.get("/v1/validations/\(try asked.text("validation"))", as: walk.coordinator)
            #expect(try waiting.json["outcome"]?.isNull == true)
            #expect(try await desk.get("/v1/health").json["waitingJobs"]?.integer == 1)
            try await desk.replayAll()
            #expect(try await desk.get("/v1/health").json["waitingJobs"]?.integer == 0)
        }
    }

    @Test
    func `refuses a replay of a finding without a reproducer, of no finding, and with no such fix`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let finding = try await walk.submitted().finding
            #expect(try await desk.post("/v1/findings/\(finding)/validations", [:], as: walk.coordinator).status == 404)
            #expect(try await desk.post("/v1/findings/f0/validations", [:], as: walk.coordinator).status == 404)
            try await walk.attachReproducer(to: finding)
            #expect(try await desk.post("/v1/findings/\(finding)/validations", ["fix": "x0"], as: walk.coordinator).status == 404)
            #expect(try await desk.get("/v1/validations/r0", as: walk.coordinator).status == 404)
        }
    }

    @Test
    func `refuses reproducers whose files are missing, changed, unnamed, outside or no base64`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let finding = try await walk.submitted().finding
            let whole = Walk.reproducer()
            func attach(_ change: (inout JSONObject, inout JSONObject) -> Void) async throws -> Reply {
                var manifest = whole["manifest"]?.object ?? JSONObject()
                var files = whole["files"]?.object ?? JSONObject()
                change(&manifest, &files)
                let body: JSONValue = ["manifest": .object(manifest), "files": .object(files)]
                return try await desk.send(.put, "/v1/findings/\(finding)/reproducer", as: walk.finder, bytes: body.bytes())
            }
            let refused: [(Reply, String)] = [
                (try await attach { $1["input.tide"] = nil }, "/files"),
                (try await attach { $1["input.tide"] = "YmFk" }, "/files"),
                (try await attach { $1["more"] = "YmFk" }, "/files"),
                (try await attach { $1["input.tide"] = "not base64!" }, "/files/input.tide"),
                (
                    try await attach { manifest, _ in
                        manifest["files"] = [["path": "../etc/passwd", "sha256": .string(Digest(hashing: "x").hex)]]
                    }, "/files/0/path"
                ),
                (try await attach { manifest, _ in manifest["schemaVersion"] = 2 }, "/schemaVersion"),
                (try await attach { manifest, _ in manifest["run"] = nil }, "/run"),
                (try await attach { manifest, _ in manifest["repeats"] = 21 }, "/repeats"),
                (try await attach { manifest, _ in manifest["expected"] = "crash" }, "/expected/kind")
            ]
            for (index, (reply, place)) in refused.enumerated() {
                #expect(reply.status == 400, "case \(index): \(reply.text)")
                #expect(try reply.text("place") == place, "case \(index)")
            }
        }
    }

    @Test
    func `calls a fix refuted where the crash is still there`() async throws {
        try await TestClearinghouse.open(runner: FakeSandbox.crashingAlways) { desk in
            let walk = try await Walk(desk)
            let (finding, vulnerability) = try await walk.submitted()
            try await walk.attachReproducer(to: finding)
            let caseIdentifier = try await walk.open(vulnerability)
            let fix = try await walk.attachFix(to: caseIdentifier)
            let replay = try await walk.validate(finding, fix: fix)
            #expect(replay["outcome"]?.string == "reproduced")
            let judged = try await desk.post(
                "/v1/fixes/\(fix)/judgement", ["validation": replay["validation"] ?? .null], as: walk.coordinator)
            #expect(try judged.text("state") == "refuted")
            let published = try await walk.publish(caseIdentifier, earlyBecause: "we hope it holds")
            #expect(published.status == 409)
            #expect(try published.text("detail").contains("no fix has been verified"))
        }
    }

    @Test
    func `judges a fix only by a replay that ran on it and has ended`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let (finding, vulnerability) = try await walk.submitted()
            try await walk.attachReproducer(to: finding)
            let fix = try await walk.attachFix(to: try await walk.open(vulnerability))
            let shipped = try await walk.validate(finding)
            let foreign = try await desk.post(
                "/v1/fixes/\(fix)/judgement", ["validation": shipped["validation"] ?? .null], as: walk.coordinator)
            #expect(foreign.status == 404)
            let asked = try await desk.post("/v1/findings/\(finding)/validations", ["fix": .string(fix)], as: walk.coordinator)
            let early = try await desk.post(
                "/v1/fixes/\(fix)/judgement", ["validation": .string(try asked.text("validation"))], as: walk.coordinator)
            #expect(early.status == 409)
        }
    }
}
