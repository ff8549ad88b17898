import Foundation
import Host
import TestSupport
import Testing

@testable import Sandbox

struct `Sandbox endings` {
    private typealias Evidence = SandboxEnding.Evidence

    @Test func `judges limits before exit codes`() {
        let policy = SandboxPolicy(cpuTime: .seconds(2))
        let cases: [(Evidence, SandboxEnding?)] = [
            (Evidence(exitCode: 0), .exited(code: 0)),
            (Evidence(exitCode: 128), .exited(code: 128)),
            (Evidence(exitCode: 255), .exited(code: 255)),
            (Evidence(exitCode: 139), .signalled(11)),
            (Evidence(exitCode: 137), .signalled(9)),
            (Evidence(exitCode: 137, cpuTime: .seconds(3)), .limitHit(.cpuTime)),
            (Evidence(exitCode: 152), .limitHit(.cpuTime)),
            (Evidence(exitCode: 153), .limitHit(.fileSize)),
            (Evidence(exitCode: 1, saysMemoryExhausted: true), .limitHit(.memory)),
            (Evidence(exitCode: 0, saysMemoryExhausted: true), .exited(code: 0)),
            (Evidence(killedFor: .wallTime, exitCode: 0), .limitHit(.wallTime)),
            (Evidence(killedFor: .wallTime, memoryKillCount: 1), .limitHit(.memory)),
            (Evidence(exitCode: 0, memoryKillCount: 1), .limitHit(.memory)),
            (Evidence(), nil)
        ]
        for (evidence, expected) in cases {
            #expect(SandboxEnding(judging: evidence, under: policy) == expected, "\(evidence)")
        }
    }

    @Test func `takes only the first pid that is reported`() {
        var report = StatusReport()
        for piece in [#"{ "child-pid": 12"#, #"34, "ipc-namespace": 5 }"#] {
            piece.utf8.withContiguousStorageIfAvailable { report.append(UnsafeRawBufferPointer($0)) }
            #expect(report.initPID == nil)
        }
        for piece in ["\n", "{ \"child-pid\": 1 }\n", "{ \"exit-code\": 3 }\n", "{ \"exit-code\": 4 }\n"] {
            piece.utf8.withContiguousStorageIfAvailable { report.append(UnsafeRawBufferPointer($0)) }
        }
        #expect(report.initPID == 1_234 && report.exitCode == 3)
    }
}

struct `Sandbox output` {
    @Test func `keeps the first and last half of any stream`() {
        var generator = SeededGenerator(seed: 7)
        for round in 0..<200 {
            let limit = Int.random(in: 1...40, using: &generator)
            let bytes = (0..<Int.random(in: 0...20_000, using: &generator)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
            var buffer = OutputBuffer(limitInBytes: limit)
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = Array(rest.prefix(Int.random(in: 1...7_000, using: &generator)))
                piece.withUnsafeBytes { buffer.append($0) }
                rest = rest.dropFirst(piece.count)
            }
            let captured = buffer.captured()
            if bytes.count <= limit {
                #expect(captured == CapturedOutput(bytes: bytes, omittedByteCount: 0), "seed 7, round \(round)")
            } else {
                let expected = Array(bytes.prefix(limit - limit / 2) + bytes.suffix(limit / 2))
                #expect(
                    captured == CapturedOutput(bytes: expected, omittedByteCount: bytes.count - limit), "seed 7, round \(round)")
            }
        }
    }

    @Test func `survives every damaged archive`() {
        var header = [UInt8](repeating: 0, count: 512)
        header.replaceSubrange(0..<1, with: Array("a".utf8))
        header.replaceSubrange(124..<136, with: Array("00000000005\0".utf8))
        header[156] = UInt8(ascii: "0")
        let archive = header + Array("hello".utf8) + [UInt8](repeating: 0, count: 507 + 1_024)
        #expect(CollectedArchive.files(in: archive, wanted: ["a"]) == ["a": Array("hello".utf8)])
        #expect(CollectedArchive.files(in: archive, wanted: ["b"]).isEmpty)
        #expect(CollectedArchive.files(in: archive + archive, wanted: ["a"]).count == 1)
        var link = archive
        link[156] = UInt8(ascii: "2")
        #expect(CollectedArchive.files(in: link, wanted: ["a"]).isEmpty)
        var huge = archive
        huge.replaceSubrange(124..<136, with: Array("777777777777".utf8))
        #expect(CollectedArchive.files(in: huge, wanted: ["a"]).isEmpty)
        for length in 0..<archive.count {
            let files = CollectedArchive.files(in: Array(archive.prefix(length)), wanted: ["a"])
            #expect(files.isEmpty == (length < 517), "cut at \(length)")
        }
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<20_000 {
            var damaged = archive
            damaged[Int.random(in: 0..<512, using: &generator)] = .random(in: 0...255, using: &generator)
            _ = CollectedArchive.files(in: damaged, wanted: ["a"])
        }
    }
}

struct `System call filter` {
    @Test(arguments: [SystemCallFilter.Machine.x86_64, .aarch64])
    func `refuses what namespaces leave open and allows the rest`(machine: SystemCallFilter.Machine) throws {
        let program = SystemCallFilter.program(for: machine)
        func answer(_ call: UInt32, _ argument: UInt32 = 0, architecture: UInt32? = nil) throws -> UInt32 {
            try BPF.run(program, call: call, architecture: architecture ?? machine.auditArchitecture, argument: argument)
        }
        for call: UInt32 in 0...470 {
            let isRefused = machine.refusedCalls.contains(call)
            if call == machine.socketCall { continue }
            #expect(try answer(call, 40) == (isRefused ? SystemCallFilter.refuse(1) : SystemCallFilter.allow), "call \(call)")
        }
        for family: UInt32 in 0...60 {
            let isAllowed = [1, 2, 10, 16].contains(family)
            #expect(
                try answer(machine.socketCall, family) == (isAllowed ? SystemCallFilter.allow : SystemCallFilter.refuse(97)),
                "family \(family)")
        }
        #expect(try answer(0, architecture: 0x4000_0003) == SystemCallFilter.killProcess)
        #expect(try answer(0x4000_0000) == SystemCallFilter.killProcess)
    }
}

struct `Control groups` {
    @Test func `names the files of both versions`() {
        let limits = ControlGroupHierarchy.Limits(memoryInBytes: 5, processCount: 6)
        let v1 = ControlGroupHierarchy.v1(memory: "/m", pids: "/p", cpuAccounting: "/a").settings(named: "g", limits)
        #expect(v1.map(\.file) == ["/m/g/memory.limit_in_bytes", "/m/g/memory.memsw.limit_in_bytes", "/p/g/pids.max"])
        #expect(v1.map(\.value) == ["5", "5", "6"])
        #expect(
            ControlGroupHierarchy.v1(memory: "/m", pids: "/p", cpuAccounting: "/a").directories(named: "g") == [
                "/m/g", "/p/g", "/a/g"
            ])
        #expect(
            ControlGroupHierarchy.v1(memory: "/m", pids: "/p", cpuAccounting: nil).directories(named: "g") == ["/m/g", "/p/g"])
        let v2 = ControlGroupHierarchy.v2("/c").settings(named: "g", limits)
        #expect(v2.map(\.file) == ["/c/g/memory.max", "/c/g/memory.swap.max", "/c/g/pids.max"])
        #expect(v2.map(\.value) == ["5", "0", "6"])
    }

    @Test(.enabled("SKIPPED: no writable control groups on this machine") { ControlGroupHierarchy.find() != nil })
    func `of a process that is gone are emptied and removed`() throws {
        let hierarchy = try #require(ControlGroupHierarchy.find())
        // A pid that has just ended belongs to nobody for a while.
        let ended = try HostProcess(.init("/bin/true"))
        _ = ended.wait()
        let name = "breakwater-\(ended.pid)-7"
        let group = try ControlGroup(in: hierarchy, named: name, limits: .probe)
        let script = "for f in \"$@\"; do echo 0 > $f; done; exec sleep 60"
        let left = try HostProcess(.init("/bin/sh", ["-c", script, "sh"] + group.membershipFiles))
        let directory = hierarchy.directories(named: name)[0]
        for _ in 0..<2_000 where ProcessTree.contents(of: directory + "/cgroup.procs")?.isEmpty != false { usleep(5_000) }
        #expect(ControlGroupHierarchy.find() == hierarchy)
        #expect(left.wait() == .signalled(SIGKILL))
        #expect(!FileManager.default.fileExists(atPath: directory))
    }

    @Test func `finds none in an ordinary directory and leaves nothing there`() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        for part in ["memory", "pids"] {
            try FileManager.default.createDirectory(at: directory.appendingPathComponent(part), withIntermediateDirectories: true)
        }
        defer { try? FileManager.default.removeItem(at: directory) }
        #expect(ControlGroupHierarchy.find(mountedAt: directory.path) == nil)
        #expect(try FileManager.default.subpathsOfDirectory(atPath: directory.path).sorted() == ["memory", "pids"])
    }
}

/// Interprets the few instructions of classic BPF that the filter uses (linux/filter.h).
private enum BPF {
    enum Fault: Error { case outOfBounds, unknownInstruction }

    static func run(_ program: [UInt8], call: UInt32, architecture: UInt32, argument: UInt32) throws -> UInt32 {
        let data: [UInt32: UInt32] = [0: call, 4: architecture, 16: argument]
        var accumulator: UInt32 = 0
        var index = 0
        while index * 8 + 8 <= program.count {
            let word = program[(index * 8)..<(index * 8 + 8)].map { UInt32($0) }
            let operand = word[4] | word[5] << 8 | word[6] << 16 | word[7] << 24
            index += 1
            switch word[0] | word[1] << 8 {
            case 0x20: accumulator = data[operand] ?? 0
            case 0x15: index += Int(accumulator == operand ? word[2] : word[3])
            case 0x35: index += Int(accumulator >= operand ? word[2] : word[3])
            case 0x06: return operand
            default: throw Fault.unknownInstruction
            }
        }
        throw Fault.outOfBounds
    }
}
