import Glibc

/// Finds the program of a tool where an administrator put it. Never through PATH, which is anybody's.
package enum ProgramLocator {
    /// The system's directories, and the one into which `scripts/install-scanners` puts what Debian has not or too old.
    package static let directories = ["/opt/breakwater/scanners/bin", "/usr/local/bin", "/usr/bin"]

    /// The first of these names that is there.
    /// - Throws: `toolMissing` saying what to install or to name.
    package static func find(_ names: [String], for tool: String, in directories: [String] = directories) throws(RunnerError)
        -> String
    {
        for directory in directories {
            for name in names where access(directory + "/" + name, X_OK) == 0 { return directory + "/" + name }
        }
        throw RunnerError(
            .toolMissing,
            "\(tool) is not installed: none of \(names.joined(separator: ", ")) is in \(directories.joined(separator: ", "))")
    }

    /// A program that was named.
    /// - Throws: `toolMissing` for one that is not there, or that the sandbox could not show without its whole parent.
    package static func named(_ program: String, for tool: String) throws(RunnerError) -> String {
        guard program.hasPrefix("/") else {
            throw RunnerError(.toolMissing, "the program of \(tool) is named by its whole path, not \(program)")
        }
        guard access(program, X_OK) == 0 else {
            throw RunnerError(.toolMissing, "\(tool) is not installed as \(program): \(String(cString: strerror(errno)))")
        }
        guard binds(for: program) != ["/"] else {
            throw RunnerError(
                .toolMissing, "\(program) is not in a directory like /opt/tool/bin, which the sandbox can show alone")
        }
        return program
    }

    /// What of the host the sandbox must show for this program: nothing where it is part of the system, else the directory it
    /// was installed into (`PREFIX` of `PREFIX/bin/NAME`).
    static func binds(for program: String) -> [String] {
        guard !program.hasPrefix("/usr/"), !program.hasPrefix("/bin/") else { return [] }
        let parts = program.split(separator: "/").dropLast(2)
        return ["/" + parts.joined(separator: "/")]
    }
}
