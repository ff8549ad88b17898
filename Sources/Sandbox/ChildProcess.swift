import Glibc
import Host

/// A started program, until it is reaped. Belongs to the thread that started it: bubblewrap's `--die-with-parent`
/// (prctl(2), PR_SET_PDEATHSIG) fires when that thread ends, so the thread stays until the program is reaped.
struct ChildProcess {
    let pid: pid_t
    /// Set once, by `reap`; afterwards the pid may belong to somebody else and is not used.
    private(set) var usage: rusage?
    /// Whether a signal ended the program; false until it is reaped.
    private(set) var wasKilled = false

    /// Starts a program with exactly the given descriptors (numbered from 0), an environment of its own, default
    /// signal actions and no blocked signals; a server that ignores SIGPIPE must not hand that on.
    init(arguments: [String], descriptors: [Descriptor]) throws(SandboxError) {
        guard let addCloseFrom = CLibrary.addCloseFrom else { throw .unavailable("the C library has no closefrom") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let lifted = try Self.lift(descriptors)
        for (target, source) in lifted.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, source.number, Int32(target))
        }
        guard addCloseFrom(&actions, Int32(lifted.count)) == 0 else { throw .couldNotStart("closefrom") }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A process group of its own: Ctrl-C in our terminal is for us, we then cancel it in order.
        posix_spawnattr_setpgroup(&attributes, 0)
        SpawnSignals.reset(&attributes, and: POSIX_SPAWN_SETPGROUP)

        var pid: pid_t = 0
        // The actions hold numbers only: without this the optimiser may close the descriptors before they are used.
        let status = withExtendedLifetime(lifted) {
            CStrings.with(arguments) { argv in
                CStrings.with(["PATH=/usr/bin:/bin", "LC_ALL=C"]) { environment in
                    posix_spawn(&pid, arguments[0], &actions, &attributes, argv, environment)
                }
            }
        }
        guard status == 0 else { throw .couldNotStart("\(arguments[0]): error \(status)") }
        self.pid = pid
    }

    /// True when the program has ended and been reaped. Never waits.
    mutating func reap() -> Bool {
        if usage != nil { return true }
        var status: CInt = 0
        var measured = rusage()
        guard wait4(pid, &status, WNOHANG, &measured) == pid else { return false }
        usage = measured
        wasKilled = status & 0x7F != 0  // WTERMSIG
        return true
    }

    /// User and system time of the program and of all descendants it waited for.
    var cpuTime: Duration {
        guard let usage else { return .zero }
        return .seconds(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + .microseconds(Int64(usage.ru_utime.tv_usec) + Int64(usage.ru_stime.tv_usec))
    }

    /// Copies above every target, so that placing one can't overwrite another.
    private static func lift(_ descriptors: [Descriptor]) throws(SandboxError) -> [Descriptor] {
        var lifted: [Descriptor] = []
        for descriptor in descriptors {
            let number = fcntl(descriptor.number, F_DUPFD_CLOEXEC, Int32(descriptors.count))
            guard number >= 0 else { throw .couldNotStart("descriptors: \(lastSystemError())") }
            lifted.append(Descriptor(owning: number))
        }
        return lifted
    }
}
