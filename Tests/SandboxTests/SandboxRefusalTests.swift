import Testing

@testable import Sandbox

struct `Sandbox refusals` {
    @Test func `refuses malformed jobs before anything starts`() async {
        let refused: [(String, SandboxJob)] = [
            ("no program", .init(arguments: [])),
            ("empty program", .init(arguments: [""])),
            ("NUL in an argument", .init(arguments: ["a\0b"])),
            ("too many arguments", .init(arguments: Array(repeating: "a", count: 1_025))),
            ("variable name with =", .init(arguments: ["a"], environment: ["A=B": "c"])),
            ("variable name that starts with a digit", .init(arguments: ["a"], environment: ["1A": "c"])),
            ("NUL in a variable", .init(arguments: ["a"], environment: ["A": "\0"])),
            (
                "too many inputs",
                .init(arguments: ["a"], inputs: .init(uniqueKeysWithValues: (0...256).map { ("\($0)", .init([])) }))
            )
        ]
        for (what, job) in refused { #expect(await Self.code(of: job) == .invalidJob, "\(what)") }
    }

    @Test func `refuses paths that could lead out of the work directory`() async {
        for path in ["", "/", "/etc/x", "..", "../x", "a/../../x", "a//b", "a/", "./a", "a/.", "a\nb", "a\u{7F}"] {
            #expect(await Self.code(of: .init(arguments: ["a"], inputs: [path: .init([])])) == .invalidJob, "input \(path)")
            #expect(await Self.code(of: .init(arguments: ["a"], collect: [path])) == .invalidJob, "collect \(path)")
        }
        #expect(SandboxJob.isRelativePath("a/b.c/..d/-e f"))
        let long = String(repeating: "a", count: 101)
        #expect(await Self.code(of: .init(arguments: ["a"], collect: [long])) == .invalidJob)
    }

    @Test func `refuses to show protected directories`() async {
        for path in ["/", "/root", "/root/x", "/etc", "/home/a", "/var/lib", "/proc", "/opt/../root", "opt", "/opt/", "/tmp/x"] {
            #expect(await Self.code(of: .init(arguments: ["a"], readOnlyBinds: [path])) == .invalidJob, "\(path)")
        }
        #expect(SandboxJob.refusalOfBind("/opt/swift") == nil)
        #expect(SandboxJob.refusalOfBind("/rootless") == nil)
    }

    @Test func `refuses a policy without limits`() async throws {
        var policies = Array(repeating: SandboxPolicy.replay, count: 9)
        policies[0].wallTime = .zero
        policies[1].cpuTime = .seconds(-1)
        policies[2].memoryInBytes = 0
        policies[3].processCount = -1
        policies[4].fileSizeInBytes = 0
        policies[5].openFileCount = 15
        policies[6].scratchSizeInBytes = 0
        policies[7].outputInBytes = 0
        policies[8].collectedInBytes = 0
        for (index, policy) in policies.enumerated() {
            let error = await #expect(throws: SandboxError.self) { try await Sandbox.run(.init(arguments: ["true"]), policy) }
            #expect(error?.code == .invalidPolicy, "policy \(index)")
        }
        #expect(SandboxPolicy.replay.refusal == nil && SandboxPolicy.build.refusal == nil)
    }

    @Test func `says what is missing and never runs unconfined`() async throws {
        let directories = ["/nonexistent"]
        guard case .unavailable(let reason) = await SandboxAvailability.check(searching: directories) else {
            Issue.record("available without bwrap")
            return
        }
        #expect(reason.contains("bubblewrap"))
        let error = await #expect(throws: SandboxError.self) {
            try await Sandbox.run(SandboxJob(arguments: ["true"]), .replay, searching: directories)
        }
        #expect(error == .unavailable(reason))
    }

    @Test(.enabled("SKIPPED: no sandbox on this machine") { await Confined.isAvailable() })
    func `reports a confinement that can't be built as such`() async throws {
        // An input inside another input: bubblewrap can't make the directory.
        let job = SandboxJob(arguments: ["true"], inputs: ["a": .init([1]), "a/b": .init([2])])
        let error = await #expect(throws: SandboxError.self) { try await Sandbox.run(job, .replay) }
        #expect(error?.code == .couldNotStart)
        #expect(error?.reason.contains("bwrap") == true)
    }

    @Test(.enabled("SKIPPED: no sandbox on this machine") { await Confined.isAvailable() })
    func `runs nothing for a task that is already cancelled`() async throws {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await Sandbox.run(SandboxJob(arguments: ["true"]), .replay)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    private static func code(of job: SandboxJob) async -> SandboxError.Code? {
        do {
            _ = try await Sandbox.run(job, .replay)
            return nil
        } catch {
            return (error as? SandboxError)?.code
        }
    }
}
