extension SandboxJob {
    /// Each input occupies two descriptors while bubblewrap starts, and Linux gives a process 1,024 by default. A
    /// larger tree comes as one archive that the command unpacks.
    package static let maximumInputCount = 256
    /// Inputs are held in memory twice while the sandbox starts.
    package static let maximumInputSizeInBytes = 256 << 20
    /// A name field of a ustar header has 100 bytes.
    package static let maximumCollectedPathLength = 100
    package static let maximumCollectedCount = 64
    /// Linux refuses a single argument over 128 kB; nothing honest comes near.
    package static let maximumArgumentCount = 1_024

    /// Refuses what can't be run as described; says which part.
    ///
    /// - Throws: `SandboxError` with code `.invalidJob`. Nothing was started.
    func validate() throws(SandboxError) {
        guard let program = arguments.first, !program.isEmpty else { throw .invalidJob("there is no program to run") }
        guard arguments.count <= Self.maximumArgumentCount else { throw .invalidJob("more than 1,024 arguments") }
        guard !arguments.contains(where: { $0.utf8.contains(0) }) else { throw .invalidJob("an argument holds a NUL") }
        for (name, value) in environment {
            guard Self.isVariableName(name), !value.utf8.contains(0) else {
                throw .invalidJob("environment variable \(name) is malformed")
            }
        }
        try validateInputs()
        try validateCollection()
        for path in readOnlyBinds {
            if let refusal = Self.refusalOfBind(path) { throw .invalidJob("read-only bind \(path): \(refusal)") }
        }
    }

    private func validateInputs() throws(SandboxError) {
        guard inputs.count <= Self.maximumInputCount else { throw .invalidJob("more than 256 inputs") }
        var size = standardInput.count
        for (path, input) in inputs {
            guard Self.isRelativePath(path) else { throw .invalidJob("input path \(path) is not a plain relative path") }
            size += input.bytes.count
        }
        guard size <= Self.maximumInputSizeInBytes else { throw .invalidJob("inputs exceed 256 MiB") }
    }

    private func validateCollection() throws(SandboxError) {
        guard collect.count <= Self.maximumCollectedCount else { throw .invalidJob("more than 64 files to collect") }
        for path in collect {
            guard Self.isRelativePath(path), path.utf8.count <= Self.maximumCollectedPathLength else {
                throw .invalidJob("collect path \(path) is not a plain relative path of at most 100 bytes")
            }
        }
    }

    /// A path that names something below the work directory whatever is there: no root, no `.` or `..`, no empty
    /// component, no control character.
    static func isRelativePath(_ path: String) -> Bool {
        guard !path.isEmpty, path.utf8.count <= 1_024, !path.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            return false
        }
        return path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
        }
    }

    /// Directories that hold secrets, state or interfaces of the host, or that the sandbox mounts itself.
    static let protectedDirectories = [
        "/root", "/home", "/proc", "/sys", "/dev", "/run", "/etc", "/boot", "/var", "/srv", "/mnt", "/media", "/tmp",
        "/work"
    ]

    /// Why a host directory may not be shown to an untrusted command, or nil.
    static func refusalOfBind(_ path: String) -> String? {
        guard path.hasPrefix("/"), isRelativePath(String(path.dropFirst())) else { return "not a plain absolute path" }
        for protected in protectedDirectories where path == protected || path.hasPrefix(protected + "/") {
            return "\(protected) is never shown to a sandbox"
        }
        return nil
    }

    private static func isVariableName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}
