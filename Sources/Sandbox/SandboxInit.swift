import Glibc

/// The first process of a sandbox's pid namespace, as the host sees it. When it is dead, the kernel has already killed
/// everything else in the namespace (pid_namespaces(7), "The namespace init process").
///
/// A process is named by its pid and start time, so that a number that was given away again is never killed.
struct SandboxInit {
    private let pid: pid_t
    private let startTime: Substring

    /// Nil when the process is gone, or is neither a child of the given one nor, where bubblewrap has already left, the
    /// first process of a namespace of its own.
    init?(pid: pid_t, childOf parent: pid_t) {
        guard let fields = ProcessTree.statisticsFields(of: pid), fields.count > ProcessTree.startTimeField,
            pid_t(fields[1]) == parent || Self.isFirstOfNamespace(pid)
        else { return nil }
        self.pid = pid
        startTime = fields[ProcessTree.startTimeField]
    }

    /// proc(5): `NSpid` lists the process's ids from the reader's namespace to its own.
    private static func isFirstOfNamespace(_ pid: pid_t) -> Bool {
        guard let status = ProcessTree.contents(of: "/proc/\(pid)/status") else { return false }
        for line in status.split(separator: "\n") where line.hasPrefix("NSpid:") {
            let ids = line.split(separator: "\t").dropFirst()
            return ids.count > 1 && ids.last == "1"
        }
        return false
    }

    /// False when it is gone, or a zombie that only waits to be reaped.
    var isAlive: Bool {
        guard let fields = ProcessTree.statisticsFields(of: pid), fields.count > ProcessTree.startTimeField,
            fields[ProcessTree.startTimeField] == startTime
        else { return false }
        return fields[0] != "Z" && fields[0] != "X"
    }

    func kill() {
        if isAlive { Glibc.kill(pid, SIGKILL) }
    }

    /// bubblewrap leaves as soon as the command has ended, before its init does. The kernel then kills the init
    /// (`--die-with-parent`) and hands it to the host's init, or to us where we are process 1 or a subreaper. Waits
    /// until it is dead, and reaps it when it is ours.
    func waitUntilDead(until deadline: ContinuousClock.Instant) {
        while isAlive, ContinuousClock.now < deadline {
            kill()
            usleep(200)
        }
        var status: CInt = 0
        // Fails with ECHILD when it isn't ours.
        _ = waitpid(pid, &status, WNOHANG)
    }
}
