import Foundation
import Host
import Synchronization
import Testing

@testable import Sandbox

/// Commands that try to harm the host. Each test asserts both that the attempt failed and that the host is unharmed.
@Suite(.enabled("SKIPPED: no sandbox on this machine") { await Confined.isAvailable() }, .serialized)
struct `Hostile commands` {
    @Test func `can't reach a listener on the host's loopback`() async throws {
        let listener = try LoopbackListener()
        // The listener is alive and can be reached from here: otherwise the test would prove nothing.
        #expect(listener.canBeReachedFromHere())
        #expect(listener.acceptedConnections() == 1)
        let outcome = try await Confined.shell(
            """
            perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(PeerAddr => "127.0.0.1:\(listener.port)", Timeout => 2) \
            ? "REACHED" : "refused: $@"'; cat /proc/net/route /proc/net/dev
            """)
        #expect(outcome.standardOutput.text.hasPrefix("refused"))
        #expect(!outcome.standardOutput.text.contains("eth"))
        #expect(listener.acceptedConnections() == 0)
    }

    @Test func `can't open a socket to the hypervisor or a kernel keyring`() async throws {
        // AF_VSOCK is 40; keyctl is 250 on x86-64 and 219 on ARM; EAFNOSUPPORT is 97, EPERM is 1.
        let outcome = try await Confined.shell(
            """
            perl -e 'use Socket; print socket(my $s, 40, SOCK_STREAM, 0) ? "OPEN" : $!+0, " "; \
            print socket(my $t, AF_INET, SOCK_STREAM, 0) ? "inet" : $!+0, " "; \
            my $n = `uname -m` =~ /x86/ ? 250 : 219; print syscall($n, 0, -3, 0) < 0 ? $!+0 : "KEYRING"'
            """)
        #expect(outcome.standardOutput.text == "97 inet 1")
    }

    @Test func `can't write outside its own directories`() async throws {
        let marker = "breakwater-escape-\(UUID().uuidString)"
        let outcome = try await Confined.shell(
            """
            for d in / /usr /usr/bin /etc /dev /run /proc/sys/kernel /var /home /root /sys; do
            echo x > $d/\(marker) && echo WROTE $d; done; echo x > /dev/shm/\(marker); echo x > /tmp/\(marker); ls /tmp
            """)
        #expect(outcome.standardOutput.text == "\(marker)\n")
        for directory in ["/", "/usr", "/usr/bin", "/etc", "/dev", "/run", "/var", "/home", "/root", "/tmp", "/dev/shm"] {
            #expect(!FileManager.default.fileExists(atPath: "\(directory)/\(marker)"), "\(directory)")
        }
    }

    @Test func `can't read the host's secrets`() async throws {
        let outcome = try await Confined.shell(
            """
            cat /etc/shadow /etc/passwd /etc/hostname; ls /root /home /var /sys /run/; ls /; \
            tr '\\0' '\\n' < /proc/1/environ; id -u
            """)
        let seen = Set(outcome.standardOutput.text.split(separator: "\n").map(String.init))
        let expected: Set = [
            "bin", "sbin", "lib", "lib32", "lib64", "libx32", "usr", "etc", "dev", "proc", "tmp", "work",
            "PATH=/usr/bin:/bin", "LC_ALL=C"
        ]
        let others = seen.subtracting(expected)
        // The user id, which is not root's.
        #expect(others.count == 1 && others.allSatisfy { Int($0).map { $0 > 0 } == true }, "\(others)")
        #expect(outcome.standardError.text.contains("/etc/shadow: No such file or directory"))
    }

    @Test func `can't gain privileges`() async throws {
        let outcome = try await Confined.shell(
            "grep -E '^(CapEff|CapBnd|NoNewPrivs)' /proc/self/status; unshare -Ur true && echo USERNS; mount -t tmpfs x /tmp && echo MOUNT; chroot / true && echo CHROOT"
        )
        #expect(outcome.standardOutput.text == "CapEff:\t0000000000000000\nCapBnd:\t0000000000000000\nNoNewPrivs:\t1\n")
    }

    @Test func `can't see or kill a process of the host`() async throws {
        let victim = try HostProcess(.init("/bin/sleep", ["60"]))
        defer { victim.send(SIGTERM) }
        let outcome = try await Confined.shell(
            "kill -9 \(victim.pid) && echo KILLED; kill -9 \(getpid()) && echo KILLED; ls -d /proc/[0-9]* | wc -l; kill -9 -1"
        )
        #expect(!outcome.standardOutput.text.contains("KILLED"))
        #expect(Int(outcome.standardOutput.text.trimmingCharacters(in: .whitespacesAndNewlines)).map { $0 < 10 } == true)
        #expect(victim.isRunning)
    }

    @Test func `is stopped by the limit on processes when it is a fork bomb`() async throws {
        let outcome = try await Confined.shell("bomb() { bomb | bomb & }; bomb; sleep 1; ls -d /proc/[0-9]* | wc -l; exit 5")
        // Whether the shell itself still finds a free process decides which of the two it is.
        #expect([.exited(code: 5), .exited(code: 2)].contains(outcome.ending), "\(outcome.ending)")
        #expect(outcome.wallTime < .seconds(25))
        #expect(try await Confined.shell("echo alive").standardOutput.text == "alive\n")
    }

    @Test func `can't hold more processes than allowed`() async throws {
        let script =
            "my $n = 0; while ($n < 200) { my $p = fork; last unless defined $p; if (!$p) { sleep 20; exit } $n++ } print $n"
        let job = SandboxJob(arguments: ["perl", "-e", script])
        // Where a control group counts too, and where only the kernel's limit on the user does.
        for outcome in [
            try await Sandbox.run(job, Confined.strict),
            try await Sandbox.run(job, Confined.strict, on: #require(await Confined.hostWithoutControlGroups()))
        ] {
            let count = try #require(Int(outcome.standardOutput.text))
            #expect(count >= 20 && count <= 32, "\(count)")
        }
    }

    @Test func `is stopped when it eats memory`() async throws {
        let outcome = try await Confined.shell("perl -e 'my @a; push @a, \"x\" x (1 << 20) while 1'")
        #expect(outcome.ending == .limitHit(.memory))
        #expect(outcome.peakMemoryInBytes <= 300 << 20)
    }

    @Test func `is stopped when it eats memory where there are no control groups`() async throws {
        let host = try #require(await Confined.hostWithoutControlGroups())
        for script in ["my @a; push @a, \"x\" x (1 << 20) while 1", "fork for 1..3; my @a; push @a, \"x\" x (1 << 20) while 1"] {
            let outcome = try await Sandbox.run(SandboxJob(arguments: ["perl", "-e", script]), Confined.strict, on: host)
            #expect(outcome.ending == .limitHit(.memory))
            #expect(outcome.memoryGuard == .residentSetSupervisor)
            #expect(outcome.peakMemoryInBytes < 768 << 20)
        }
    }

    @Test func `can't fill the host's memory with files`() async throws {
        let outcome = try await Confined.shell(
            "for d in /tmp /work /dev/shm; do for i in 1 2 3 4 5 6 7 8; do head -c 8000000 /dev/zero > $d/$i; done; du -sm $d; done 2>/dev/null"
        )
        for line in outcome.standardOutput.text.split(separator: "\n") {
            #expect(Int(line.prefix { $0.isNumber }).map { $0 <= 33 } == true, "\(line)")
        }
    }

    @Test func `is stopped when it writes a file beyond the limit`() async throws {
        #expect(try await Confined.shell("exec head -c 20000000 /dev/zero > big").ending == .limitHit(.fileSize))
    }

    @Test func `is stopped when it computes too long`() async throws {
        var policy = Confined.strict
        policy.cpuTime = .seconds(1)
        let outcome = try await Confined.shell("while :; do :; done", policy)
        #expect(outcome.ending == .limitHit(.cpuTime))
        #expect(outcome.cpuTime >= .milliseconds(500) && outcome.cpuTime < .seconds(4))
    }

    @Test func `is stopped when many processes compute too long together`() async throws {
        var policy = Confined.strict
        policy.cpuTime = .seconds(1)
        // Each process stays below the limit that the kernel applies to one process.
        let outcome = try await Confined.shell(
            "i=0; while [ $i -lt 40 ]; do perl -e '1 while times < 0.2'; i=$((i+1)); done", policy)
        #expect(outcome.ending == .limitHit(.cpuTime))
    }

    @Test func `is stopped when it ignores the signal for processor time`() async throws {
        var policy = Confined.strict
        policy.cpuTime = .seconds(1)
        let outcome = try await Confined.shell("exec perl -e '$SIG{XCPU} = \"IGNORE\"; 1 while 1'", policy)
        #expect(outcome.ending == .limitHit(.cpuTime))
    }

    @Test func `is stopped with its descendants when it waits too long`() async throws {
        var policy = Confined.strict
        policy.wallTime = .milliseconds(300)
        let name = "9\(UInt32.random(in: 100_000...999_999))"
        let outcome = try await Confined.shell(
            "trap '' TERM INT HUP; (setsid sleep \(name) &); sleep \(name); sleep \(name)", policy)
        #expect(outcome.ending == .limitHit(.wallTime))
        #expect(outcome.wallTime >= .milliseconds(300) && outcome.wallTime < .seconds(20))
        #expect(Self.processes(withArgument: name).isEmpty)
    }

    @Test func `leaves no background process`() async throws {
        let name = "8\(UInt32.random(in: 100_000...999_999))"
        let outcome = try await Confined.shell("(setsid nohup sleep \(name) >/dev/null 2>&1 &); sleep 0.1; echo done")
        #expect(outcome.ending == .exited(code: 0))
        #expect(outcome.wallTime < .seconds(20))
        #expect(Self.processes(withArgument: name).isEmpty)
    }

    @Test func `is killed when its task is cancelled`() async throws {
        let name = "7\(UInt32.random(in: 100_000...999_999))"
        let task = Task { try await Confined.shell("sleep \(name)") }
        while Self.processes(withArgument: name).isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(Self.processes(withArgument: name).isEmpty)
    }

    @Test func `is killed when its task is cancelled at any moment of its start`() async throws {
        let name = "5\(UInt32.random(in: 100_000...999_999))"
        for round in 0..<20 {
            let task = Task { try await Confined.shell("sleep \(name)") }
            try await Task.sleep(for: .milliseconds(2 * round))
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        #expect(Self.processes(withArgument: name).isEmpty)
    }

    @Test func `dies with the thread that started it`() async throws {
        guard case .available(let host) = await SandboxAvailability.check() else { return }
        let name = "6\(UInt32.random(in: 100_000...999_999))"
        let command = SandboxCommandLine(
            job: SandboxJob(arguments: ["sleep", name]), policy: Confined.strict, host: host,
            userID: SandboxHost.firstUserID, controlGroupMembershipFiles: [])
        // A thread that starts it, sees it run, and ends without killing it: what a crash of this process would be.
        let child: ChildProcess = try await withCheckedThrowingContinuation { continuation in
            do {
                try DedicatedThread.start {
                    continuation.resume(
                        with: Result {
                            // Our ends stay open meanwhile: bubblewrap writes its report to one.
                            let (streams, ends) = try OutputStreams.open(for: command, Confined.strict)
                            let child = try ChildProcess(arguments: command.arguments, descriptors: [.holding([])] + ends)
                            for _ in 0..<2_000 where !Self.runs(name) { usleep(5_000) }
                            #expect(Self.runs(name) && !streams.isReportClosed)
                            return child
                        })
                }
            } catch { continuation.resume(throwing: error) }
        }
        var reaped = child
        for _ in 0..<2_000 where !reaped.reap() { usleep(5_000) }
        #expect(reaped.wasKilled)
        for _ in 0..<2_000 where !Self.processes(withArgument: name).isEmpty { usleep(5_000) }
        #expect(Self.processes(withArgument: name).isEmpty)
    }

    @Test func `can't flood the host with output`() async throws {
        let outcome = try await Confined.shell("echo first; head -c 50000000 /dev/zero | tr '\\0' x; echo; echo last")
        #expect(outcome.ending == .exited(code: 0))
        #expect(outcome.standardOutput.isTruncated)
        #expect(outcome.standardOutput.bytes.count == 4_096)
        #expect(outcome.standardOutput.omittedByteCount == 50_000_012 - 4_096)
        #expect(outcome.standardOutput.text.hasPrefix("first\nxxx") && outcome.standardOutput.text.hasSuffix("xxx\nlast\n"))
    }

    @Test func `can't forge what the sandbox reports`() async throws {
        let outcome = try await Confined.shell(
            "for f in 3 4 5 6; do for p in self 1 2; do echo '{ \"child-pid\": 1 }{ \"exit-code\": 99 }' >> /proc/$p/fd/$f; done; done 2>/dev/null; exit 4",
            collect: ["x"])
        #expect(outcome.ending == .exited(code: 4))
    }

    @Test func `can't bring back a file of the host through a link`() async throws {
        let outcome = try await Confined.shell(
            "ln -s /proc/1/root/etc/shadow a; ln -s / b; mkdir c; ln -s /etc c/d", collect: ["a", "b/etc/shadow", "c/d/shadow"])
        #expect(outcome.collected.isEmpty)
    }

    /// Whether the command itself runs, not only bubblewrap with it among its arguments.
    private static func runs(_ name: String) -> Bool {
        processes(withArgument: name).contains { ProcessTree.contents(of: "/proc/\($0)/cmdline")?.hasPrefix("sleep") == true }
    }

    /// Processes of the host that have this argument, as the host sees them.
    private static func processes(withArgument argument: String) -> [String] {
        ProcessTree.entries(of: "/proc").filter { entry in
            entry.allSatisfy(\.isNumber)
                && ProcessTree.contents(of: "/proc/\(entry)/cmdline")?.split(separator: "\0").contains(Substring(argument))
                    == true
        }
    }
}

/// A TCP listener on 127.0.0.1 that counts who came.
private final class LoopbackListener {
    let port: UInt16
    private let descriptor: Int32

    init() throws {
        let listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        descriptor = listening
        var address = Self.loopback(port: 0)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listening, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(bound == 0 && listen(listening, 16) == 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listening, $0, &length) }
        }
        port = UInt16(bigEndian: address.sin_port)
        _ = fcntl(listening, F_SETFL, O_NONBLOCK)
    }

    deinit { close(descriptor) }

    func acceptedConnections() -> Int {
        var count = 0
        while true {
            let peer = accept(descriptor, nil, nil)
            guard peer >= 0 else { return count }
            close(peer)
            count += 1
        }
    }

    func canBeReachedFromHere() -> Bool {
        let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(client) }
        var address = Self.loopback(port: port)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
