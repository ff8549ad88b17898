/// One file laid into the work directory before the command starts.
package struct SandboxInput: Sendable, Equatable {
    package var bytes: [UInt8]
    /// A writable input is an ordinary file of the work directory; a read-only one is a mount that nothing inside
    /// can change, rename or remove.
    package var isWritable: Bool
    package var isExecutable: Bool

    package init(_ bytes: [UInt8], isWritable: Bool = false, isExecutable: Bool = false) {
        self.bytes = bytes
        self.isWritable = isWritable
        self.isExecutable = isExecutable
    }
}

/// One untrusted command: what to run, on what, and what to bring back.
package struct SandboxJob: Sendable, Equatable {
    /// The program and its arguments. The program is a path inside the sandbox or a name found in /usr/bin:/bin.
    package var arguments: [String]
    /// The whole environment beside PATH, HOME, TMPDIR and LANG; nothing of the host's environment is passed on.
    package var environment: [String: String]
    /// Files by path relative to the work directory (which is also the current directory).
    package var inputs: [String: SandboxInput]
    /// What the command reads from standard input.
    package var standardInput: [UInt8]
    /// Further host directories the command may read, at the same path. System directories that hold secrets or
    /// state (/root, /home, /etc, /proc, /var …) are refused.
    package var readOnlyBinds: [String]
    /// Regular files to bring back, by path relative to the work directory, after the command ended by itself.
    /// A symbolic link is never followed.
    package var collect: [String]

    package init(
        arguments: [String], environment: [String: String] = [:], inputs: [String: SandboxInput] = [:],
        standardInput: [UInt8] = [], readOnlyBinds: [String] = [], collect: [String] = []
    ) {
        self.arguments = arguments
        self.environment = environment
        self.inputs = inputs
        self.standardInput = standardInput
        self.readOnlyBinds = readOnlyBinds
        self.collect = collect
    }
}
