/// The whole confinement of one job as data: the argument vector and what each descriptor of the child carries.
/// Pure, so that what the sandbox promises can be read and tested without starting anything.
///
/// The vector is a chain in which each link replaces itself by the next:
/// `sh` joins the control group → `setpriv` drops root → `bwrap` builds the namespaces → `prlimit` sets the limits
/// that count inside the user namespace → the command. With files to collect, a shell stays between `bwrap` and
/// `prlimit` and archives them when the command ended.
struct SandboxCommandLine: Equatable {
    enum DescriptorContent: Equatable {
        case data([UInt8])
        /// bubblewrap's report: the pid of the sandbox's init, later the exit code.
        case status
        /// The archive of collected files.
        case archive
    }

    private(set) var arguments: [String] = []
    /// From 3 on, without gaps; 0, 1 and 2 are always input, output and error.
    private(set) var descriptors: [DescriptorContent] = []

    static let workDirectory = "/work"
    static let firstDescriptor: Int32 = 3
    static let statusDescriptor: Int32 = 3
    /// A POSIX shell redirects only descriptors of one digit.
    static let archiveDescriptor: Int32 = 4
    private static let collectListPath = "/run/collect"

    init(
        job: SandboxJob, policy: SandboxPolicy, host: SandboxHost, userID: UInt32, controlGroupMembershipFiles: [String]
    ) {
        if !controlGroupMembershipFiles.isEmpty { joinControlGroups(controlGroupMembershipFiles, host) }
        if host.runsAsRoot { dropRoot(to: userID, host) }
        arguments.append(host.tools.bubblewrap)
        addReports(collecting: !job.collect.isEmpty)
        addNamespaces()
        addRoot(host, job)
        addPrivateDirectories(policy)
        addInputs(job)
        if !job.collect.isEmpty { addCollectList(job.collect) }
        // Last, because the entries above still had to be created in it.
        arguments += ["--remount-ro", "/"]
        addEnvironment(job, policy)
        addFilter(host)
        arguments.append("--")
        if !job.collect.isEmpty { arguments += ["/bin/sh", "-c", Self.collectingScript, "sh"] }
        addLimits(policy, host)
        arguments += job.arguments
    }

    // MARK: outer links

    /// `0` written to `cgroup.procs` moves the writing process, in both versions (cgroups(7)). The shell's own
    /// variables would show our current directory in the sandbox's /proc/1/environ.
    private static let joiningScript = """
        while [ "$1" != -- ]; do echo 0 > "$1" || exit 125; shift; done; shift; \
        cd / && unset PWD OLDPWD && exec "$@"
        """

    private mutating func joinControlGroups(_ files: [String], _ host: SandboxHost) {
        arguments += [host.tools.shell, "-c", Self.joiningScript, "sh"] + files + ["--"]
    }

    private mutating func dropRoot(to userID: UInt32, _ host: SandboxHost) {
        arguments += [
            host.tools.setpriv, "--reuid=\(userID)", "--regid=\(userID)", "--clear-groups", "--inh-caps=-all",
            "--bounding-set=-all", "--no-new-privs", "--"
        ]
    }

    // MARK: bubblewrap

    private mutating func addReports(collecting: Bool) {
        descriptors = collecting ? [.status, .archive] : [.status]
        arguments += ["--json-status-fd", "\(Self.statusDescriptor)"]
    }

    private mutating func addNamespaces() {
        arguments += [
            "--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup",
            // A program that can't make user namespaces can't reach the kernel code they open.
            "--disable-userns", "--hostname", "sandbox",
            // Without a session of its own it could push characters into our terminal (CVE-2017-5226).
            "--new-session", "--die-with-parent", "--cap-drop", "ALL"
        ]
    }

    private mutating func addRoot(_ host: SandboxHost, _ job: SandboxJob) {
        for entry in host.root {
            switch entry {
            case .directory(let path): arguments += ["--ro-bind", path, path]
            case .symbolicLink(let path, let target): arguments += ["--symlink", target, path]
            case .ifPresent(let path): arguments += ["--ro-bind-try", path, path]
            }
        }
        for path in job.readOnlyBinds { arguments += ["--ro-bind", path, path] }
    }

    private mutating func addPrivateDirectories(_ policy: SandboxPolicy) {
        let size = "\(policy.scratchSizeInBytes)"
        arguments += ["--proc", "/proc", "--dev", "/dev"]
        // bubblewrap's /dev is a file system without a size: only its /dev/shm stays writable, with one.
        arguments += ["--size", size, "--tmpfs", "/dev/shm", "--remount-ro", "/dev"]
        arguments += ["--size", size, "--tmpfs", "/tmp", "--size", size, "--tmpfs", Self.workDirectory]
        arguments += ["--chdir", Self.workDirectory]
    }

    private mutating func addInputs(_ job: SandboxJob) {
        for (path, input) in job.inputs.sorted(by: { $0.key < $1.key }) {
            let permissions = (input.isWritable ? 0o644 : 0o444) | (input.isExecutable ? 0o111 : 0)
            arguments += ["--perms", "0" + String(permissions, radix: 8)]
            arguments += [input.isWritable ? "--file" : "--ro-bind-data", "\(nextDescriptor)"]
            arguments.append(Self.workDirectory + "/" + path)
            descriptors.append(.data(input.bytes))
        }
    }

    private mutating func addCollectList(_ paths: [String]) {
        arguments += ["--ro-bind-data", "\(nextDescriptor)", Self.collectListPath]
        descriptors.append(.data(paths.flatMap { Array($0.utf8) + [0] }))
    }

    private mutating func addEnvironment(_ job: SandboxJob, _ policy: SandboxPolicy) {
        var environment = [
            "PATH": "/usr/bin:/bin", "HOME": Self.workDirectory, "TMPDIR": "/tmp", "LANG": "C.UTF-8"
        ]
        environment.merge(job.environment) { _, ours in ours }
        // The last mention of an option wins. This is a courtesy that turns the kill into a report.
        let limit = "hard_rss_limit_mb=\(max(1, policy.memoryInBytes >> 20))"
        environment["ASAN_OPTIONS"] = environment["ASAN_OPTIONS"].map { $0 + ":" + limit } ?? limit
        arguments.append("--clearenv")
        for (name, value) in environment.sorted(by: { $0.key < $1.key }) { arguments += ["--setenv", name, value] }
    }

    private mutating func addFilter(_ host: SandboxHost) {
        arguments += ["--seccomp", "\(nextDescriptor)"]
        descriptors.append(.data(SystemCallFilter.program(for: host.machine)))
    }

    private var nextDescriptor: Int32 { Self.firstDescriptor + Int32(descriptors.count) }

    // MARK: inner links

    /// Owners are left out because a ustar header has no room for our user ids.
    /// The command runs without the archive's descriptor; the shell's own remarks ("Segmentation fault") go nowhere.
    private static let collectingScript = """
        exec 5>&2 2>/dev/null; "$@" 2>&5 4>&- 5>&-; c=$?; \
        tar -C /work --format=ustar --owner=0 --group=0 --no-recursion --ignore-failed-read \
        --null -T \(collectListPath) -cf - >&4; exit $c
        """

    private mutating func addLimits(_ policy: SandboxPolicy, _ host: SandboxHost) {
        let seconds = policy.cpuSecondsRoundedUp
        arguments += [
            host.tools.prlimit,
            // The soft limit sends SIGXCPU, which can be caught; the hard one a second later can't.
            "--cpu=\(seconds):\(seconds + 1)", "--nproc=\(policy.processCount)",
            "--fsize=\(policy.fileSizeInBytes)", "--nofile=\(policy.openFileCount)",
            // Not 0: a limit of 0 doesn't keep the kernel from starting a core handler as the host's root when
            // core_pattern is a pipe; a limit of exactly 1 does, and is too small for a core file (fs/coredump.c).
            "--core=1", "--"
        ]
    }
}

extension SandboxPolicy {
    var cpuSecondsRoundedUp: Int64 {
        let parts = cpuTime.components
        return parts.seconds + (parts.attoseconds > 0 ? 1 : 0)
    }
}
