import Testing

@testable import Sandbox

struct `Sandbox command line` {
    private static let host = SandboxHost(
        tools: .init(bubblewrap: "/usr/bin/bwrap", setpriv: "/usr/bin/setpriv", prlimit: "/usr/bin/prlimit", shell: "/bin/sh"),
        runsAsRoot: true, root: [.directory("/usr"), .symbolicLink("/bin", target: "usr/bin"), .ifPresent("/etc/alternatives")],
        controlGroups: nil, machine: .x86_64)

    private static func line(
        _ job: SandboxJob, _ policy: SandboxPolicy = .replay, host: SandboxHost = host, groups: [String] = []
    ) -> SandboxCommandLine {
        SandboxCommandLine(
            job: job, policy: policy, host: host, userID: 1_879_048_192, controlGroupMembershipFiles: groups)
    }

    /// What stands between bubblewrap and the inner `--`.
    private static func confinement(_ line: SandboxCommandLine) -> ArraySlice<String> {
        let start = line.arguments.firstIndex(of: "/usr/bin/bwrap") ?? 0
        let rest = line.arguments[(start + 1)...]
        return rest.prefix { $0 != "--" }
    }

    @Test(arguments: [
        "--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup",
        "--disable-userns", "--new-session", "--die-with-parent", "--clearenv", "--seccomp"
    ])
    func `always asks for every part of the confinement`(option: String) {
        for job in [SandboxJob(arguments: ["true"]), SandboxJob(arguments: ["true"], collect: ["a"])] {
            #expect(Self.confinement(Self.line(job)).contains(option))
        }
    }

    @Test func `never binds anything writable`() {
        let job = SandboxJob(arguments: ["true"], readOnlyBinds: ["/opt/swift"], collect: ["a"])
        let words = Self.confinement(Self.line(job))
        for option in ["--bind", "--bind-try", "--dev-bind", "--dev-bind-try", "--share-net", "--cap-add", "--bind-fd"] {
            #expect(!words.contains(option), "\(option)")
        }
        #expect(Self.pairs(after: "--ro-bind", in: words).map(\.0) == ["/usr", "/opt/swift"])
    }

    @Test func `remounts the root read-only after the last change to it`() throws {
        let job = SandboxJob(arguments: ["true"], inputs: ["a": .init([1])], readOnlyBinds: ["/opt/x"], collect: ["b"])
        let words = Array(Self.confinement(Self.line(job)))
        let remount = try #require(words.indices.last { words[$0] == "--remount-ro" && words[$0 + 1] == "/" })
        for option in ["--ro-bind", "--tmpfs", "--file", "--ro-bind-data", "--symlink", "--dev", "--proc", "--ro-bind-try"] {
            #expect(!words[remount...].contains(option), "\(option)")
        }
    }

    @Test func `gives every private file system a size`() {
        let words = Array(Self.confinement(Self.line(SandboxJob(arguments: ["true"]))))
        let places = words.indices.filter { words[$0] == "--tmpfs" }
        #expect(places.map { words[$0 + 1] } == ["/dev/shm", "/tmp", "/work"])
        for place in places { #expect(words[place - 2] == "--size" && words[place - 1] == "536870912") }
    }

    @Test func `drops root before bubblewrap and only as root`() throws {
        let asRoot = Self.line(SandboxJob(arguments: ["true"])).arguments
        let setpriv = try #require(asRoot.firstIndex(of: "/usr/bin/setpriv"))
        #expect(asRoot[setpriv + 1] == "--reuid=1879048192")
        #expect(try setpriv < #require(asRoot.firstIndex(of: "/usr/bin/bwrap")))
        let user = SandboxHost(tools: Self.host.tools, runsAsRoot: false, root: [], controlGroups: nil, machine: .x86_64)
        #expect(Self.line(SandboxJob(arguments: ["true"]), host: user).arguments.first == "/usr/bin/bwrap")
    }

    @Test func `joins the control groups before anything else`() {
        let words = Self.line(SandboxJob(arguments: ["true"]), groups: ["/g/m/cgroup.procs", "/g/p/cgroup.procs"]).arguments
        #expect(words[0] == "/bin/sh" && words[1] == "-c")
        #expect(Array(words[3...6]) == ["sh", "/g/m/cgroup.procs", "/g/p/cgroup.procs", "--"])
        #expect(words[7] == "/usr/bin/setpriv")
    }

    @Test func `puts the limits of the policy inside the user namespace`() throws {
        var policy = SandboxPolicy.replay
        policy.cpuTime = .milliseconds(1_500)
        policy.processCount = 7
        policy.fileSizeInBytes = 99
        policy.openFileCount = 33
        let words = Self.line(SandboxJob(arguments: ["prog", "--", "-x"]), policy).arguments
        let limits = try #require(words.lastIndex(of: "/usr/bin/prlimit"))
        #expect(
            Array(words[limits...]) == [
                "/usr/bin/prlimit", "--cpu=2:3", "--nproc=7", "--fsize=99", "--nofile=33", "--core=1", "--", "prog", "--", "-x"
            ])
    }

    @Test func `numbers descriptors as they will be in the child`() throws {
        let job = SandboxJob(
            arguments: ["true"],
            inputs: ["b": .init([2], isWritable: true, isExecutable: true), "a": .init([1])], collect: ["x", "y z"])
        let line = Self.line(job)
        let words = Array(Self.confinement(line))
        #expect(line.descriptors.prefix(5) == [.status, .archive, .data([1]), .data([2]), .data(Array("x\0y z\0".utf8))])
        #expect(Self.pairs(after: "--json-status-fd", in: words[...]).first?.0 == "3")
        #expect(
            Self.pairs(after: "--ro-bind-data", in: words[...]).map { [$0.0, $0.1] } == [["5", "/work/a"], ["7", "/run/collect"]])
        #expect(Self.pairs(after: "--file", in: words[...]).map { [$0.0, $0.1] } == [["6", "/work/b"]])
        #expect(Self.pairs(after: "--perms", in: words[...]).map(\.0) == ["0444", "0755"])
        #expect(Self.pairs(after: "--seccomp", in: words[...]).first?.0 == "8")
        #expect(line.descriptors.count == 6)
    }

    @Test func `adds the memory limit to the sanitizer's options without losing the job's`() {
        var policy = SandboxPolicy.replay
        policy.memoryInBytes = 100 << 20
        let job = SandboxJob(arguments: ["true"], environment: ["ASAN_OPTIONS": "detect_leaks=0:hard_rss_limit_mb=9999"])
        let variables = Self.pairs(after: "--setenv", in: Self.confinement(Self.line(job, policy)))
        #expect(variables.first { $0.0 == "ASAN_OPTIONS" }?.1 == "detect_leaks=0:hard_rss_limit_mb=9999:hard_rss_limit_mb=100")
    }

    private static func pairs(after option: String, in words: ArraySlice<String>) -> [(String, String)] {
        let padded = Array(words) + ["", ""]
        return padded.indices.filter { padded[$0] == option }.map { (padded[$0 + 1], padded[$0 + 2]) }
    }
}
