package import Foundation
import Glibc
import Synchronization

/// A program of this machine in a process of its own, with three descriptors and no other.
///
/// Foundation's `Process` is not used: up to Swift 6.3 it copies 256 bytes out of each entry of `/proc/self/fd`
/// (swift-corelibs-foundation issue 5472), which reads memory that is nobody's once some 1,350 descriptors are open. A server may
/// have so many.
package final class HostProcess: Sendable {
    /// What is started. A descriptor that is nil is `/dev/null`; the caller keeps its own and closes them.
    package struct Command: Sendable {
        package var path: String
        package var arguments: [String]
        package var environment: [String: String]
        /// Nil for the current one.
        package var directory: String?
        package var input: CInt?
        package var output: CInt?
        package var error: CInt?

        /// - Parameters:
        ///   - path: the program's file.
        ///   - arguments: without the program's name.
        package init(
            _ path: String, _ arguments: [String] = [],
            environment: [String: String] = ProcessInfo.processInfo.environment, directory: String? = nil, input: CInt? = nil,
            output: CInt? = nil, error: CInt? = nil
        ) {
            self.path = path
            self.arguments = arguments
            self.environment = environment
            self.directory = directory
            self.input = input
            self.output = output
            self.error = error
        }
    }

    package enum Ending: Sendable, Equatable {
        case exited(CInt)
        case signalled(CInt)
    }

    package let pid: pid_t
    /// Set once the process was reaped; from then on the number may be another's, and nothing is sent to it.
    private let ending = Mutex<Ending?>(nil)

    /// Starts the program.
    /// - Throws: `HostError` where it can't be started; nothing runs then.
    package init(_ command: Command) throws(HostError) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let directory = command.directory {
            guard CLibrary.addDirectory?(&actions, directory) == 0 else { throw HostError(command.path, ENOSYS) }
        }
        for (target, source) in [command.input, command.output, command.error].enumerated() {
            if let source {
                posix_spawn_file_actions_adddup2(&actions, source, CInt(target))
            } else {
                posix_spawn_file_actions_addopen(&actions, CInt(target), "/dev/null", target == 0 ? O_RDONLY : O_WRONLY, 0)
            }
        }
        guard CLibrary.addCloseFrom?(&actions, 3) == 0 else { throw HostError(command.path, ENOSYS) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        SpawnSignals.reset(&attributes)
        var pid: pid_t = 0
        let status = CStrings.with([command.path] + command.arguments) { arguments in
            CStrings.with(command.environment.map { "\($0)=\($1)" }) {
                posix_spawn(&pid, command.path, &actions, &attributes, arguments, $0)
            }
        }
        guard status == 0 else { throw HostError(command.path, status) }
        self.pid = pid
    }

    deinit { _ = isRunning }

    /// False once it has ended, and then it is reaped.
    package var isRunning: Bool {
        ending.withLock { ending in
            ending = ending ?? reaped(WNOHANG)
            return ending == nil
        }
    }

    /// Waits for its end, however long that takes.
    package func wait() -> Ending {
        // Without reaping, so that others may send signals meanwhile.
        var information = siginfo_t()
        while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        return ending.withLock { ending in
            let known = ending ?? reaped(0) ?? .signalled(0)
            ending = known
            return known
        }
    }

    /// Sends a signal, unless it has ended.
    package func send(_ signal: CInt) {
        ending.withLock { ending in
            if ending == nil { kill(pid, signal) }
        }
    }

    private func reaped(_ options: CInt) -> Ending? {
        var status: CInt = 0
        guard waitpid(pid, &status, options) == pid else { return nil }
        // wait(2): WTERMSIG, WEXITSTATUS.
        return status & 0x7F != 0 ? .signalled(status & 0x7F) : .exited((status >> 8) & 0xFF)
    }
}

extension HostProcess {
    /// Runs a program to its end.
    /// - Returns: what it wrote to its standard output, and how it ended.
    /// - Throws: `HostError` where it can't be started or its output not be read.
    package static func run(_ command: Command) throws(HostError) -> (output: [UInt8], ending: Ending) {
        var pipe: [CInt] = [0, 0]
        guard CLibrary.pipe2?(&pipe, O_CLOEXEC) == 0 else { throw HostError(command.path, errno) }
        defer { close(pipe[0]) }
        var command = command
        command.output = pipe[1]
        let process: HostProcess
        do {
            process = try HostProcess(command)
        } catch {
            close(pipe[1])
            throw error
        }
        close(pipe[1])
        return (try contents(of: pipe[0], command.path), process.wait())
    }

    private static func contents(of descriptor: CInt, _ path: String) throws(HostError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw HostError(path, errno) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }
}

/// The system's reason why a program can't be started.
package struct HostError: Error, CustomStringConvertible {
    /// The program's file.
    package let path: String
    /// errno(3)
    package let number: CInt

    init(_ path: String, _ number: CInt) {
        self.path = path
        self.number = number
    }

    package var description: String { "\(path): \(String(cString: strerror(number)))" }
}
