import Correlation
import Foundation
import Testing

@testable import Sandbox

@Suite(.enabled("SKIPPED: no sandbox or no compiler on this machine") { await ExampleLibrary.canBuild() })
struct `The example library` {
    @Test func `crashes as its manifest promises, every time`() async throws {
        let manifest = try ExampleLibrary.manifest()
        let program = try await ExampleLibrary.build().program
        for _ in 0..<manifest.repeats {
            let outcome = try await ExampleLibrary.replay(program)
            #expect(outcome.ending == .exited(code: 1))
            let report = try #require(CrashReport(parsing: outcome.standardError.bytes))
            #expect(report.tool.rawValue == manifest.expected.sanitizer)
            #expect(report.kind == manifest.expected.kind)
            #expect(report.access?.direction.rawValue == manifest.expected.access)
            #expect(report.frames.first?.function == manifest.expected.function)
            #expect(report.frames.first?.file == manifest.expected.file && report.frames.first?.line == 67)
            #expect(report.crashType == "Heap-buffer-overflow\nWRITE 2")
            #expect(report.crashState == ["tide_expand_levels", "tide_decode"])
            #expect(report.allocationStack.contains { $0.function == "tide_decode" })
            #expect(report.isSecurityRelevant)
        }
    }

    @Test func `neither crashes nor loses a test with the right fix`() async throws {
        let (program, log) = try await ExampleLibrary.build(patch: "right.patch")
        #expect(log.contains("all tests passed"))
        let outcome = try await ExampleLibrary.replay(program)
        #expect(outcome.ending == .exited(code: 0))
        #expect(outcome.standardOutput.text == "bad run of levels\n")
        #expect(CrashReport(parsing: outcome.standardError.bytes) == nil)
    }

    @Test func `still crashes with the wrong fix, though its tests pass`() async throws {
        let (program, log) = try await ExampleLibrary.build(patch: "wrong.patch")
        #expect(log.contains("all tests passed"))
        let outcome = try await ExampleLibrary.replay(program)
        let report = try #require(CrashReport(parsing: outcome.standardError.bytes))
        #expect(report.kind == "heap-buffer-overflow" && report.frames.first?.function == "tide_expand_levels")
    }

    @Test func `is the one whose hashes the manifest gives`() async throws {
        let manifest = try ExampleLibrary.manifest()
        #expect(manifest.schemaVersion == 1 && manifest.files.count == 5)
        var inputs: [String: SandboxInput] = [:]
        for file in manifest.files { inputs[file.path] = SandboxInput(Array(try ExampleLibrary.data(file.path))) }
        let list = manifest.files.map { "\($0.sha256)  \($0.path)\n" }.joined()
        var job = SandboxJob(arguments: ["sha256sum", "--check", "--strict", "-"], inputs: inputs)
        job.standardInput = Array(list.utf8)
        let outcome = try await Sandbox.run(job, .replay)
        #expect(outcome.ending == .exited(code: 0), "\(outcome.standardOutput.text)\(outcome.standardError.text)")
    }

    @Test func `is reported by two labs and a crash under one key`() async throws {
        let reports = try LabReports.read()
        let a = Set(FindingFingerprint(of: reports.a).keys.filter { $0.kind == .function })
        let b = Set(FindingFingerprint(of: reports.b).keys)
        #expect(reports.a.startLine != reports.b.startLine)
        #expect(a.map(\.canonicalText) == b.map(\.canonicalText) && a.count == 1)

        let outcome = try await ExampleLibrary.replay(ExampleLibrary.build().program)
        let crash = FindingFingerprint.Evidence(
            package: "pkg:generic/libtide@1.2.0", weakness: "CWE-122", crash: CrashReport(parsing: outcome.standardError.bytes))
        #expect(FindingFingerprint(of: crash).keys.map(\.canonicalText).contains(b.first?.canonicalText ?? ""))
    }

    @Test func `is replayed at a rate that is printed for the record`() async throws {
        let program = try await ExampleLibrary.build().program
        let clock = ContinuousClock()
        let count = 60
        // What is printed is only a rate of replays if each of them was one.
        @Sendable func replays(_ count: Int) async throws {
            for _ in 0..<count {
                let outcome = try await ExampleLibrary.replay(program)
                #expect(outcome.standardError.text.contains("heap-buffer-overflow"))
            }
        }
        let one = try await clock.measure { try await replays(count) }
        let two = try await clock.measure {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 { group.addTask { try await replays(count / 2) } }
                try await group.waitForAll()
            }
        }
        print(
            "replays/s: one at a time \(Double(count) / (one / .seconds(1))), two at a time \(Double(count) / (two / .seconds(1)))"
        )
    }
}

/// The two reports of the example, read only as far as a fingerprint needs.
private struct LabReports {
    var a: FindingFingerprint.Evidence
    var b: FindingFingerprint.Evidence

    static func read() throws -> LabReports {
        func object(_ path: String) throws -> [String: Any] {
            try #require(JSONSerialization.jsonObject(with: ExampleLibrary.data(path)) as? [String: Any])
        }
        let run = try #require((object("reports/lab-a.sarif")["runs"] as? [[String: Any]])?.first)
        let result = try #require((run["results"] as? [[String: Any]])?.first)
        let location = try #require((result["locations"] as? [[String: Any]])?.first)
        let place = location["physicalLocation"] as? [String: Any]
        let logical = (location["logicalLocations"] as? [[String: Any]])?.first
        let line = try object("reports/lab-b.ndjson")
        let spot = line["location"] as? [String: Any]
        return LabReports(
            a: .init(
                package: (run["properties"] as? [String: Any])?["package"] as? String, weakness: result["ruleId"] as? String,
                file: (place?["artifactLocation"] as? [String: Any])?["uri"] as? String,
                function: logical?["fullyQualifiedName"] as? String,
                startLine: (place?["region"] as? [String: Any])?["startLine"] as? Int),
            b: .init(
                package: line["package"] as? String, weakness: line["weakness"] as? String, file: spot?["file"] as? String,
                function: spot?["function"] as? String, startLine: spot?["startLine"] as? Int))
    }
}
