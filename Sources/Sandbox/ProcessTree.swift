import Glibc
import Host

/// Reads the processes of one sandbox from /proc, as the host sees them. Nothing inside can hide from it: a process
/// whose parent ends is adopted by the sandbox's init, never by the host's.
enum ProcessTree {
    struct Load: Equatable {
        var residentBytes = 0
        var cpuTime: Duration = .zero
    }

    /// False on a kernel without CONFIG_PROC_CHILDREN.
    static var isReadable: Bool { access("/proc/self/task/\(getpid())/children", R_OK) == 0 }

    /// What all descendants of a process hold and have used, the waited-for ones included.
    static func load(below pid: pid_t) -> Load {
        var load = Load()
        for process in descendants(of: pid) { add(process, to: &load) }
        return load
    }

    static func descendants(of pid: pid_t) -> [pid_t] {
        var found = children(of: pid)
        var next = 0
        while next < found.count {
            found += children(of: found[next])
            next += 1
        }
        return found
    }

    private static func children(of pid: pid_t) -> [pid_t] {
        var result: [pid_t] = []
        for thread in entries(of: "/proc/\(pid)/task") {
            guard let text = contents(of: "/proc/\(pid)/task/\(thread)/children") else { continue }
            result += text.split(separator: " ").compactMap { pid_t($0) }
        }
        return result
    }

    private static let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))
    private static let ticksPerSecond = Int64(sysconf(Int32(_SC_CLK_TCK)))

    private static func add(_ pid: pid_t, to load: inout Load) {
        // proc(5): statm is "size resident shared …" in pages.
        if let memory = contents(of: "/proc/\(pid)/statm")?.split(separator: " "), memory.count > 1 {
            load.residentBytes += (Int(memory[1]) ?? 0) * pageSize
        }
        // proc(5): utime, stime, cutime, cstime are fields 14 to 17 of stat; the list here starts at field 3.
        if let fields = statisticsFields(of: pid), fields.count > 14 {
            let ticks = fields[11...14].reduce(Int64(0)) { $0 + (Int64($1) ?? 0) }
            load.cpuTime += .milliseconds(ticks * 1_000 / ticksPerSecond)
        }
    }

    /// proc(5): starttime is field 22.
    static let startTimeField = 19

    /// The fields of /proc/PID/stat from the third on (state, parent, …). The second is the program's name, which the program chooses:
    /// it may hold spaces and parentheses, so the fields start after the last parenthesis.
    static func statisticsFields(of pid: pid_t) -> [Substring]? {
        guard let text = contents(of: "/proc/\(pid)/stat"), let end = text.lastIndex(of: ")") else { return nil }
        return text[text.index(after: end)...].split(separator: " ")
    }

    static func contents(of path: String) -> String? {
        let number = open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return nil }
        let descriptor = Descriptor(owning: number)
        return withUnsafeTemporaryAllocation(byteCount: 8_192, alignment: 1) { buffer in
            let count = read(descriptor.number, buffer.baseAddress, buffer.count)
            return count < 0 ? nil : String(decoding: UnsafeRawBufferPointer(rebasing: buffer[..<count]), as: UTF8.self)
        }
    }

    static func entries(of directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let name = DirectoryEntries.next(in: stream) { names.append(String(decoding: name, as: UTF8.self)) }
        return names
    }
}
