/// What this machine offers for confinement. Only `SandboxAvailability` makes one, after a trial run succeeded.
package struct SandboxHost: Sendable, Equatable {
    /// Absolute paths of the tools, found in trusted directories only.
    struct Tools: Sendable, Equatable {
        var bubblewrap: String
        var setpriv: String
        var prlimit: String
        var shell: String
    }

    /// One entry of the sandbox's root that mirrors the host's.
    enum RootEntry: Sendable, Equatable {
        case directory(String)
        case symbolicLink(String, target: String)
        case ifPresent(String)
    }

    let tools: Tools
    /// As root, each run gets a user id of its own, because the kernel exempts the host's root from the limit on the
    /// number of processes (setrlimit(2), RLIMIT_NPROC).
    let runsAsRoot: Bool
    /// In the order of the file system: /usr first, links into it after.
    let root: [RootEntry]
    /// Where a control group can be made for each run; nil when the supervisor must count.
    let controlGroups: ControlGroupHierarchy?
    let machine: SystemCallFilter.Machine

    package var memoryGuard: MemoryGuard {
        switch controlGroups {
        case .v1: .controlGroupV1
        case .v2: .controlGroupV2
        case nil: .residentSetSupervisor
        }
    }

    /// systemd ends its container range at 1,879,048,191 (https://systemd.io/UIDS-GIDS/); ids above it belong to
    /// nobody.
    static let firstUserID: UInt32 = 1_879_048_192
    /// Simultaneous runs beyond this share ids, which only loosens the count of processes.
    static let userIDCount: UInt32 = 65_536
}
