import Foundation
import Glibc
import Testing

@testable import Host

@Suite("Programs in processes of their own")
struct HostProcessTests {
    private func shell(_ script: String, directory: String? = nil) throws -> (text: String, ending: HostProcess.Ending) {
        let (output, ending) = try HostProcess.run(
            .init("/bin/sh", ["-c", script], environment: ["COLOUR": "sea green"], directory: directory))
        return (String(decoding: output, as: UTF8.self), ending)
    }

    @Test func `are told their arguments, environment and directory, and say how they ended`() throws {
        #expect(try shell("echo $COLOUR; pwd", directory: "/usr").text == "sea green\n/usr\n")
        #expect(try shell("exit 7").ending == .exited(7))
        #expect(try shell("kill -TERM $$").ending == .signalled(SIGTERM))
    }

    @Test func `are given no other descriptors, however many are open here`() throws {
        let open = (0..<1_500).map { _ in Glibc.open("/dev/null", O_RDONLY) }
        defer { open.forEach { close($0) } }
        try #require(open.allSatisfy { $0 >= 0 })
        // What the shell itself opens to list them is one more.
        #expect(try shell("ls /proc/self/fd").text == "0\n1\n2\n3\n")
    }

    @Test func `are reaped once, and sent nothing after that`() throws {
        let process = try HostProcess(.init("/bin/sleep", ["60"]))
        #expect(process.isRunning)
        process.send(SIGKILL)
        #expect(process.wait() == .signalled(SIGKILL))
        #expect(!process.isRunning)
        process.send(SIGKILL)
        #expect(process.wait() == .signalled(SIGKILL))
    }

    @Test func `that are not there are named with the system's reason`() {
        #expect(throws: HostError.self) { try HostProcess(.init("/no/such/program")) }
        do {
            _ = try HostProcess(.init("/no/such/program"))
        } catch {
            #expect(error.description == "/no/such/program: No such file or directory")
        }
    }
}
