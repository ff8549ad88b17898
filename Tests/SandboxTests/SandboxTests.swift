import Foundation
import Testing

@testable import Sandbox

@Suite(.enabled("SKIPPED: no sandbox on this machine") { await Confined.isAvailable() })
struct `Sandbox runs` {
    @Test func `returns output, error and exit code`() async throws {
        let outcome = try await Confined.shell("echo out; echo err >&2; exit 7")
        #expect(outcome.ending == .exited(code: 7))
        #expect(outcome.standardOutput == CapturedOutput(bytes: Array("out\n".utf8), omittedByteCount: 0))
        #expect(outcome.standardError.text == "err\n")
        #expect(outcome.wallTime > .zero && outcome.wallTime < .seconds(20))
    }

    @Test func `reports a program that is not there as the shell does`() async throws {
        let outcome = try await Sandbox.run(SandboxJob(arguments: ["no-such-program"]), Confined.strict)
        #expect(outcome.ending == .exited(code: 127))
    }

    @Test(arguments: [("SEGV", Int32(11)), ("ABRT", 6), ("KILL", 9), ("ILL", 4)])
    func `reports the signal that killed the command`(name: String, number: Int32) async throws {
        #expect(try await Confined.shell("kill -\(name) $$").ending == .signalled(number))
        // The same with the collecting shell between.
        #expect(try await Confined.shell("kill -\(name) $$", collect: ["none"]).ending == .signalled(number))
    }

    @Test func `hands over inputs, standard input and environment, and nothing else`() async throws {
        var job = SandboxJob(arguments: ["sh", "-c", "cat; cat deep/er/a.bin; env | sort; ls -a /work deep/er"])
        job.standardInput = Array("stdin\n".utf8)
        job.environment = ["COLOUR": "sea green"]
        job.inputs = ["deep/er/a.bin": SandboxInput(Array("input\n".utf8))]
        let text = try await Sandbox.run(job, Confined.strict).standardOutput.text
        #expect(text.hasPrefix("stdin\ninput\n"))
        #expect(text.contains("\nCOLOUR=sea green\n"))
        let variables = text.split(separator: "\n").filter { $0.contains("=") }.map { $0.prefix { $0 != "=" } }
        // The last one is the shell's own.
        #expect(Set(variables) == ["COLOUR", "HOME", "LANG", "PATH", "TMPDIR", "ASAN_OPTIONS", "PWD"])
        #expect(text.contains("/work:\n.\n..\ndeep\n"))
    }

    @Test func `keeps a read-only input unchangeable and a writable one private`() async throws {
        let inputs = [
            "fixed": SandboxInput(Array("fixed\n".utf8)), "loose": SandboxInput(Array("loose\n".utf8), isWritable: true),
            "tool": SandboxInput(Array("#!/bin/sh\necho ran\n".utf8), isExecutable: true)
        ]
        let outcome = try await Confined.shell(
            "chmod 777 fixed; echo x > fixed; rm -f fixed; mv fixed g; echo more >> loose; cat fixed loose; ./tool",
            inputs: inputs)
        #expect(outcome.standardOutput.text == "fixed\nloose\nmore\nran\n")
        #expect(outcome.standardError.text.contains("Read-only file system"))
    }

    @Test func `brings back the regular files that were asked for`() async throws {
        let outcome = try await Confined.shell(
            """
            mkdir sub; printf 'a\\0b' > sub/made; ln -s /etc/ld.so.cache link; mkdir dir; \
            printf %01000d 7 > 'with space'; exit 3
            """,
            collect: ["sub/made", "link", "dir", "absent", "with space"])
        #expect(outcome.ending == .exited(code: 3))
        #expect(outcome.collected.keys.sorted() == ["sub/made", "with space"])
        #expect(outcome.collected["sub/made"] == [UInt8(ascii: "a"), 0, UInt8(ascii: "b")])
        #expect(outcome.collected["with space"]?.count == 1_000)
        #expect(outcome.notCollected == ["link", "dir", "absent"])
        #expect(outcome.standardError.text == "")
    }

    @Test func `leaves out collected files beyond the limit and says so`() async throws {
        let outcome = try await Confined.shell(
            "echo small > a; head -c 3000000 /dev/zero > b", collect: ["a", "b"])
        #expect(outcome.collected["a"] == Array("small\n".utf8))
        #expect(outcome.notCollected == ["b"])
    }

    @Test func `runs many at once without mixing them up`() async throws {
        let results = try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for number in 0..<12 {
                group.addTask { (number, try await Confined.shell("sleep 0.05; echo \(number)").standardOutput.text) }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for number in 0..<12 { #expect(results[number] == "\(number)\n") }
    }

    @Test func `inherits no descriptor of this process`() async throws {
        let secret = open("/etc/hostname", O_RDONLY)  // deliberately without O_CLOEXEC
        defer { close(secret) }
        let outcome = try await Confined.shell("for f in /proc/self/fd/*; do echo ${f##*/}; done", collect: ["x"])
        // The glob's own directory descriptor is 3; it may or may not be seen.
        #expect(Set(outcome.standardOutput.text.split(separator: "\n")).subtracting(["0", "1", "2", "3"]).isEmpty)
    }

    @Test func `leaves no process, no zombie and no control group behind`() async throws {
        for script in ["(setsid sleep 987654 &) ; exit 0", "true", "kill -9 $$"] { _ = try await Confined.shell(script) }
        var policy = Confined.strict
        policy.wallTime = .milliseconds(200)
        _ = try await Confined.shell("sleep 987654", policy)
        if let host = await Confined.hostWithoutControlGroups() {
            _ = try await Sandbox.run(SandboxJob(arguments: ["sh", "-c", "(setsid sleep 987654 &) ; exit 0"]), policy, on: host)
        }
        // At once, not after a while: a returned run is over.
        let left = ProcessTree.entries(of: "/proc").filter {
            $0.allSatisfy(\.isNumber) && ProcessTree.contents(of: "/proc/\($0)/cmdline")?.contains("987654") == true
        }
        #expect(left.isEmpty, "\(left.map { ProcessTree.contents(of: "/proc/\($0)/cmdline") ?? "" })")
        // Other tests of this process run at the same time: only what stays is theirs not.
        for pid in ProcessTree.descendants(of: getpid()) { #expect(!Self.staysZombie(pid), "\(pid)") }
        let groups = ProcessTree.entries(of: "/sys/fs/cgroup/memory") + ProcessTree.entries(of: "/sys/fs/cgroup")
        for name in groups where name.hasPrefix("breakwater-\(getpid())-") { #expect(!Self.staysThere(name), "\(name)") }
    }

    private static func staysZombie(_ pid: pid_t) -> Bool {
        (0..<500).allSatisfy { _ in
            usleep(10_000)
            return ProcessTree.statisticsFields(of: pid)?.first == "Z"
        }
    }

    private static func staysThere(_ group: String) -> Bool {
        (0..<6_000).allSatisfy { _ in
            usleep(10_000)
            return access("/sys/fs/cgroup/memory/\(group)", F_OK) == 0 || access("/sys/fs/cgroup/\(group)", F_OK) == 0
        }
    }
}
