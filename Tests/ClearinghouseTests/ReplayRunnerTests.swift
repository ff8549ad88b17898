import Correlation
import Foundation
import JSONText
import Testing

@testable import Clearinghouse
@testable import Sandbox

@Suite struct ReplayRunnerTests {
    private func verdict(
        _ sandbox: FakeSandbox, patch: [UInt8]? = nil, manifest: JSONValue = Sample.manifest
    ) async throws -> Verdict {
        let bundle = try Sample.bundle(manifest)
        return Verdict(
            try await sandbox.runner.replay(bundle, patch: patch), expecting: bundle.manifest, onFixedBuild: patch != nil
        )
    }

    @Test func `reproduced means every run crashed as the manifest says`() async throws {
        let verdict = try await verdict(FakeSandbox())
        #expect(verdict.outcome == .reproduced && verdict.runCount == 3 && verdict.crashCount == 3)
        #expect(verdict.crash?.kind == "heap-buffer-overflow")
        #expect(verdict.explanation == "3 of 3 runs showed heap-buffer-overflow")
    }

    @Test func `flaky means some runs did, and says how many`() async throws {
        let verdict = try await verdict(FakeSandbox(runs: [.calm, .expected, .expected]))
        #expect(verdict.outcome == .flaky && verdict.crashCount == 2 && verdict.runCount == 3)
        #expect(verdict.explanation == "2 of 3 runs showed heap-buffer-overflow")
    }

    @Test func `not reproduced means no run did, or none in the promised way`() async throws {
        let runs: [FakeSandbox.Run] = [
            .calm, .crash(kind: "stack-buffer-overflow", function: "tide_expand_levels"),
            .crash(kind: "heap-buffer-overflow", function: "somewhere_else"), .ending(.limitHit(.wallTime)),
            .ending(.signalled(11)), .ending(.exited(code: 127))
        ]
        for run in runs {
            let verdict = try await verdict(FakeSandbox(runs: [run]))
            #expect(verdict.outcome == .notReproduced && verdict.crashCount == 0 && verdict.runCount == 3, "\(run)")
            #expect(verdict.crash == nil, "\(run)")
        }
    }

    @Test func `what a program prints as if it crashed counts only where its run did not end well`() {
        let said = "decode: tide.c:67: expand: Assertion `level > 0' failed.\n"
        guard case .calm = ReplayedRun(.ended(.exited(code: 0), said: said)) else {
            Issue.record("a quoted assertion is no crash")
            return
        }
        guard case .crashed(let crash) = ReplayedRun(.ended(.signalled(6), said: said)) else {
            Issue.record("an assertion that ended the run is a crash")
            return
        }
        #expect(crash.kind == "assert" && crash.crashState == ["level > 0"])
    }

    @Test func `not built says what the build said, and runs nothing`() async throws {
        let sandbox = FakeSandbox(build: .failure(code: 2, said: "tide.c:1: error: no such thing"))
        let failed = try await verdict(sandbox)
        #expect(failed.outcome == .notBuilt && failed.runCount == 0 && failed.explanation.contains("no such thing"))
        #expect(sandbox.calls.count == 1)
        let missing = try await verdict(FakeSandbox(build: .withoutArtifact))
        #expect(missing.outcome == .notBuilt, "a build that leaves no program behind is no build")
    }

    @Test func `any crash on a patched build counts, wherever it is`() async throws {
        let patch = Array("--- a\n+++ b\n".utf8)
        let elsewhere = FakeSandbox.Run.crash(kind: "heap-use-after-free", function: "tide_frame_free")
        #expect(try await verdict(FakeSandbox(runs: [elsewhere]), patch: patch).outcome == .reproduced)
        let once = try await verdict(FakeSandbox(runs: [.calm, .calm, elsewhere]), patch: patch)
        #expect(once.outcome == .flaky && once.crash?.kind == "heap-use-after-free")
        #expect(try await verdict(FakeSandbox(runs: [.calm]), patch: patch).outcome == .notReproduced)
    }

    @Test func `a patched build that hangs or dies without a word does not hold either`() async throws {
        let patch = Array("--- a\n+++ b\n".utf8)
        for ending: SandboxEnding in [
            .limitHit(.wallTime), .limitHit(.cpuTime), .limitHit(.memory), .signalled(11), .signalled(6)
        ] {
            let verdict = try await verdict(FakeSandbox(runs: [.calm, .calm, .ending(ending)]), patch: patch)
            #expect(verdict.outcome == .flaky && verdict.crashCount == 1, "\(ending)")
            #expect(verdict.crash == nil && verdict.explanation.contains("1 of 3"), "\(ending): \(verdict.explanation)")
        }
    }

    @Test func `runs exactly the manifest's command, files and artifacts, as often as it asks`() async throws {
        let sandbox = FakeSandbox()
        _ = try await sandbox.runner.replay(try Sample.bundle(), patch: nil)
        let calls = sandbox.calls
        #expect(calls.map(\.policy) == [.build, .replay, .replay, .replay])
        #expect(calls[0].job.collect == ["decode_file"] && calls[0].job.inputs.keys.sorted() == ["crash.bin", "src/tide.c"])
        #expect(calls[0].job.arguments == ["sh", "-c", "'gcc' '-fsanitize=address' '-o' 'decode_file' 'src/tide.c'"])
        for call in calls.dropFirst() {
            #expect(call.job.arguments == ["./decode_file", "crash.bin"])
            #expect(call.job.inputs["crash.bin"]?.bytes == [1, 2, 3])
            #expect(call.job.inputs["decode_file"] == SandboxInput(Array("decode_file".utf8), isExecutable: true))
            #expect(call.job.environment["ASAN_OPTIONS"]?.contains("detect_leaks=0") == true)
        }
    }

    @Test func `applies the patch first and runs the project's own tests last`() async throws {
        let sandbox = FakeSandbox(runs: [.calm])
        let patch = Array("--- a/src/tide.c\n".utf8)
        _ = try await sandbox.runner.replay(try Sample.bundle(), patch: patch)
        let build = try #require(sandbox.calls.first?.job)
        let script = try #require(build.arguments.last)
        let steps = script.components(separatedBy: " && ")
        #expect(steps.count == 3 && steps[0].hasPrefix("patch ") && steps[1].hasPrefix("'gcc'") && steps[2] == "'./test_tide'")
        #expect(build.inputs.values.contains { $0.bytes == patch })
        for call in sandbox.calls.dropFirst() { #expect(!call.job.inputs.values.contains { $0.bytes == patch }) }
    }

    @Test func `quotes every word, so that no file name becomes a command`() async throws {
        let nasty = "a'; rm -rf /; echo '$(x) `y` \"z\""
        let manifest = Sample.manifest.replacing("build", with: [["gcc", .string(nasty)]])
        let sandbox = FakeSandbox()
        _ = try await sandbox.runner.replay(try Sample.bundle(manifest), patch: nil)
        let script = try #require(sandbox.calls.first?.job.arguments.last)
        #expect(script == "'gcc' 'a'\\''; rm -rf /; echo '\\''$(x) `y` \"z\"'")
    }

    @Test func `a job the sandbox refuses on principle is a verdict, a sandbox that is missing is not`() async throws {
        let refused = try await verdict(FakeSandbox(build: .refused(.invalidJob("input path .. is not plain"))))
        #expect(refused.outcome == .notBuilt && refused.explanation.contains("not plain"))
        let inRun = try await verdict(FakeSandbox(runs: [.failure(.invalidJob("more than 1,024 arguments"))]))
        #expect(inRun.outcome == .notBuilt && inRun.explanation.contains("1,024"))
        for error: SandboxError in [.unavailable("no bwrap"), .couldNotStart("fork"), .lost("?")] {
            await #expect(throws: SandboxError.self, "\(error)") { try await verdict(FakeSandbox(build: .refused(error))) }
        }
    }

    @Test func `a target that needs no build runs from its files`() async throws {
        let manifest = Sample.manifest.replacing("build", with: []).replacing("artifacts", with: [])
        let sandbox = FakeSandbox()
        #expect(try await verdict(sandbox, manifest: manifest).outcome == .reproduced)
        #expect(sandbox.calls.map(\.policy) == [.replay, .replay, .replay])
    }
}

extension JSONValue {
    /// The object with one member replaced; nil takes it away.
    func replacing(_ key: String, with value: JSONValue?) -> JSONValue {
        let others = (object?.members ?? []).filter { $0.key != key }.map { ($0.key, $0.value) }
        return .object(JSONObject(others + (value.map { [(key, $0)] } ?? [])))
    }
}
