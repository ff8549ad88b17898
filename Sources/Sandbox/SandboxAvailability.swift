import Glibc
import Host
import Synchronization

/// Whether this machine can confine a command.
package enum SandboxAvailability: Sendable, Equatable {
    case available(SandboxHost)
    /// One sentence for the operator: what is missing and what to do.
    case unavailable(reason: String)

    /// Only the system's own directories: a tool found through somebody's PATH could be anybody's.
    package static let toolDirectories = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"]

    /// Finds the tools and runs `true` in a sandbox. A success is remembered for the life of the process; a failure
    /// is looked at anew each time, because it is usually mended by installing a package.
    package static func check(searching directories: [String] = toolDirectories) async -> SandboxAvailability {
        if directories == toolDirectories, let host = known.withLock({ $0 }) { return .available(host) }
        let host: SandboxHost
        switch find(in: directories) {
        case .unavailable(let reason): return .unavailable(reason: reason)
        case .available(let candidate): host = candidate
        }
        if let reason = await failureOfTrialRun(on: host) { return .unavailable(reason: reason) }
        if directories == toolDirectories { known.withLock { $0 = host } }
        return .available(host)
    }

    private static let known = Mutex<SandboxHost?>(nil)

    private static func failureOfTrialRun(on host: SandboxHost) async -> String? {
        let policy = SandboxPolicy(wallTime: .seconds(10), memoryInBytes: 64 << 20)
        do {
            let outcome = try await Sandbox.run(SandboxJob(arguments: ["true"]), policy, on: host)
            if outcome.ending == .exited(code: 0) { return nil }
            let words = String(decoding: outcome.standardError.bytes.prefix(300), as: UTF8.self)
            return "a trial run of `true` ended with \(outcome.ending): \(words)"
        } catch {
            return """
                bubblewrap can't make its namespaces here (in a container allow user namespaces; on Ubuntu see \
                kernel.apparmor_restrict_unprivileged_userns): \(error)
                """
        }
    }

    private static func find(in directories: [String]) -> SandboxAvailability {
        func tool(_ name: String) -> String? {
            directories.lazy.map { $0 + "/" + name }.first { access($0, X_OK) == 0 }
        }
        guard let bubblewrap = tool("bwrap") else {
            return .unavailable(reason: "bwrap is not installed: install the package bubblewrap (0.8.0 or later)")
        }
        guard let setpriv = tool("setpriv"), let prlimit = tool("prlimit"), let shell = tool("sh") else {
            return .unavailable(reason: "setpriv, prlimit or sh is not installed: install the package util-linux")
        }
        guard CLibrary.isComplete else { return .unavailable(reason: "the C library is older than glibc 2.34") }
        guard let machine = currentMachine else { return .unavailable(reason: "neither x86_64 nor aarch64") }
        let controlGroups = ControlGroupHierarchy.find()
        guard controlGroups != nil || ProcessTree.isReadable else {
            return .unavailable(reason: "no writable control groups and no /proc/PID/task/TID/children: memory is unguarded")
        }
        return .available(
            SandboxHost(
                tools: .init(bubblewrap: bubblewrap, setpriv: setpriv, prlimit: prlimit, shell: shell),
                runsAsRoot: geteuid() == 0, root: rootEntries(), controlGroups: controlGroups, machine: machine))
    }

    private static var currentMachine: SystemCallFilter.Machine? {
        #if arch(x86_64)
            .x86_64
        #elseif arch(arm64)
            .aarch64
        #else
            nil
        #endif
    }

    /// The system's programs and libraries, and what the loader and Debian's alternatives need of /etc.
    private static func rootEntries() -> [SandboxHost.RootEntry] {
        var entries: [SandboxHost.RootEntry] = [.directory("/usr")]
        for path in ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"] {
            if let target = linkTarget(path) {
                entries.append(.symbolicLink(path, target: target))
            } else if access(path, X_OK) == 0 {
                entries.append(.directory(path))
            }
        }
        return entries + ["/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d"].map { .ifPresent($0) }
    }

    private static func linkTarget(_ path: String) -> String? {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                characters.baseAddress.map { readlink(path, $0, characters.count) } ?? -1
            }
        }
        return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
    }
}
