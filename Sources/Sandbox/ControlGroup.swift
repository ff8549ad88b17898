import Glibc

/// Where control groups for runs can be made (cgroups(7)).
enum ControlGroupHierarchy: Sendable, Equatable {
    /// Version 1, or the hybrid layout: one hierarchy for each controller. Processor time is counted where it can be.
    case v1(memory: String, pids: String, cpuAccounting: String?)
    /// Version 2: one hierarchy for all.
    case v2(String)

    /// The usable hierarchy below a mount point, or nil. Usable means that a group can be made with the files that
    /// set the limits; found out by making one.
    static func find(mountedAt root: String = "/sys/fs/cgroup") -> ControlGroupHierarchy? {
        let candidates: [ControlGroupHierarchy] = [
            .v2(root), .v1(memory: root + "/memory", pids: root + "/pids", cpuAccounting: root + "/cpuacct"),
            .v1(memory: root + "/memory", pids: root + "/pids", cpuAccounting: nil)
        ]
        return candidates.first { candidate in
            guard let group = try? ControlGroup(in: candidate, named: "\(namePrefix)\(getpid())-probe", limits: .probe)
            else { return false }
            group.remove()
            candidate.removeAbandonedGroups()
            return true
        }
    }

    /// The name of a run's group; it begins with the process that watches it.
    static func groupName(run: Int) -> String { "\(namePrefix)\(getpid())-\(run)" }
    private static let namePrefix = "breakwater-"

    /// Kills what a process that no longer exists left behind: if it was killed while bubblewrap was still setting up,
    /// `--die-with-parent` may not have been in force yet. Processes of another pid namespace show up as 0 and are
    /// never touched.
    private func removeAbandonedGroups() {
        let roots = directories(named: "").map { String($0.dropLast()) }
        for name in Set(roots.flatMap(ProcessTree.entries(of:))) where name.hasPrefix(Self.namePrefix) {
            let owner = name.dropFirst(Self.namePrefix.count).split(separator: "-").first.flatMap { pid_t($0) }
            guard let owner, kill(owner, 0) != 0, errno == ESRCH else { continue }
            ControlGroup(existing: name, in: self).remove()
        }
    }

    struct Limits: Equatable {
        var memoryInBytes: Int
        var processCount: Int
        static let probe = Limits(memoryInBytes: 64 << 20, processCount: 16)
    }

    /// The directory and file of each setting, in the order of writing. Settings marked optional exist only on
    /// machines with swap accounting.
    func settings(named name: String, _ limits: Limits) -> [(file: String, value: String, isOptional: Bool)] {
        switch self {
        case .v1(let memory, let pids, _):
            [
                ("\(memory)/\(name)/memory.limit_in_bytes", "\(limits.memoryInBytes)", false),
                ("\(memory)/\(name)/memory.memsw.limit_in_bytes", "\(limits.memoryInBytes)", true),
                ("\(pids)/\(name)/pids.max", "\(limits.processCount)", false)
            ]
        case .v2(let root):
            [
                ("\(root)/\(name)/memory.max", "\(limits.memoryInBytes)", false),
                ("\(root)/\(name)/memory.swap.max", "0", true),
                ("\(root)/\(name)/pids.max", "\(limits.processCount)", false)
            ]
        }
    }

    func directories(named name: String) -> [String] {
        switch self {
        case .v1(let memory, let pids, let cpuAccounting):
            [memory, pids, cpuAccounting].compactMap { $0.map { "\($0)/\(name)" } }
        case .v2(let root): ["\(root)/\(name)"]
        }
    }

    /// The file that counts kills for lack of memory, and the one with the highest use.
    var memoryFiles: (events: String, peak: String) {
        switch self {
        case .v1: ("memory.oom_control", "memory.max_usage_in_bytes")
        case .v2: ("memory.events", "memory.peak")
        }
    }
}

/// The control group of one run. `remove` must be called; it kills what is left in it.
struct ControlGroup {
    private let hierarchy: ControlGroupHierarchy
    private let directories: [String]

    /// - Throws: `SandboxError` with code `.couldNotStart`; no directory is left behind.
    init(in hierarchy: ControlGroupHierarchy, named name: String, limits: ControlGroupHierarchy.Limits)
        throws(SandboxError)
    {
        self.hierarchy = hierarchy
        directories = hierarchy.directories(named: name)
        for directory in directories where mkdir(directory, 0o755) != 0 {
            let reason = lastSystemError()
            remove()
            throw .couldNotStart("control group \(directory): \(reason)")
        }
        for (file, value, isOptional) in hierarchy.settings(named: name, limits) {
            guard !Self.write(value, to: file), !isOptional else { continue }
            remove()
            throw .couldNotStart("control group setting \(file) can't be written")
        }
    }

    /// A group that was made before.
    fileprivate init(existing name: String, in hierarchy: ControlGroupHierarchy) {
        self.hierarchy = hierarchy
        directories = hierarchy.directories(named: name)
    }

    var membershipFiles: [String] { directories.map { $0 + "/cgroup.procs" } }

    /// How many processes the kernel killed here for lack of memory.
    var memoryKillCount: Int {
        guard let text = ProcessTree.contents(of: directories[0] + "/" + hierarchy.memoryFiles.events) else { return 0 }
        for line in text.split(separator: "\n") where line.hasPrefix("oom_kill ") {
            return Int(line.dropFirst("oom_kill ".count)) ?? 0
        }
        return 0
    }

    /// Processor time of all processes that ever were in the group, the dead ones included; nil where it isn't counted.
    var cpuTime: Duration? {
        switch hierarchy {
        case .v1:
            // cpuacct.usage: nanoseconds. Only the third directory has it.
            return directories.last.flatMap { ProcessTree.contents(of: $0 + "/cpuacct.usage") }
                .flatMap { Int64($0.prefix { $0.isNumber }) }.map { .nanoseconds($0) }
        case .v2:
            // cpu.stat: the first line is "usage_usec N".
            let line = ProcessTree.contents(of: directories[0] + "/cpu.stat")?.split(separator: "\n").first
            return line?.split(separator: " ").last.flatMap { Int64($0) }.map { .microseconds($0) }
        }
    }

    var peakMemoryInBytes: Int? {
        ProcessTree.contents(of: directories[0] + "/" + hierarchy.memoryFiles.peak)
            .flatMap { Int($0.prefix { $0.isNumber }) }
    }

    /// Kills what is still inside and removes the group. The kernel needs a moment after the last process ended
    /// before it lets a group go; a group that stays all the same is empty and harmless.
    func remove() {
        for directory in directories {
            for _ in 0..<Self.removalAttempts {
                if rmdir(directory) == 0 || errno == ENOENT { break }
                for member in (ProcessTree.contents(of: directory + "/cgroup.procs") ?? "").split(separator: "\n") {
                    if let pid = pid_t(member), pid > 1 { kill(pid, SIGKILL) }
                }
                usleep(1_000)
            }
        }
    }

    /// Two seconds, far more than the kernel was seen to need.
    private static let removalAttempts = 2_000

    private static func write(_ value: String, to file: String) -> Bool {
        let number = open(file, O_WRONLY | O_CLOEXEC)
        guard number >= 0 else { return false }
        let descriptor = Descriptor(owning: number)
        let bytes = Array(value.utf8)
        return Glibc.write(descriptor.number, bytes, bytes.count) == bytes.count
    }
}
