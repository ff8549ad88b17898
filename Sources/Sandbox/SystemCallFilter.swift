/// A classic BPF program for seccomp (seccomp(2), "SECCOMP_SET_MODE_FILTER") that closes what namespaces leave open.
///
/// Network namespaces don't cover AF_VSOCK: inside a virtual machine it reaches the hypervisor. Kernel keyrings,
/// io_uring, bpf, perf and userfaultfd are not namespaced or are a frequent way to the kernel. Everything else is
/// allowed, ptrace too, because LeakSanitizer needs it; the pid namespace bounds it.
enum SystemCallFilter {
    /// The machine whose numbers apply; another one has no filter here and so no sandbox.
    enum Machine: String, Sendable, Equatable {
        // swift-format-ignore: AlwaysUseLowerCamelCase, the name is the one uname(2) answers
        case x86_64, aarch64

        /// linux/audit.h: EM_X86_64 or EM_AARCH64 with the 64-bit and little-endian flags.
        var auditArchitecture: UInt32 { self == .x86_64 ? 0xC000_003E : 0xC000_00B7 }
        var socketCall: UInt32 { self == .x86_64 ? 41 : 198 }

        /// add_key, request_key, keyctl, userfaultfd, perf_event_open, bpf, io_uring_setup, io_uring_enter,
        /// io_uring_register, kexec_load, finit_module, init_module, open_by_handle_at, swapon, mount,
        /// unshare, setns, pivot_root, move_pages, fsopen, open_tree, move_mount.
        var refusedCalls: [UInt32] {
            switch self {
            case .x86_64:
                [248, 249, 250, 323, 298, 321, 425, 426, 427, 246, 313, 175, 304, 167, 165, 272, 308, 155, 279, 430, 428, 429]
            case .aarch64:
                [217, 218, 219, 282, 241, 280, 425, 426, 427, 104, 273, 105, 265, 224, 40, 97, 268, 41, 239, 430, 428, 429]
            }
        }
    }

    /// AF_UNIX, AF_INET, AF_INET6, AF_NETLINK: families that the network namespace confines.
    static let allowedSocketFamilies: [UInt32] = [1, 2, 10, 16]

    /// The program as the kernel reads it: an array of `struct sock_filter`, 8 bytes each, little-endian.
    static func program(for machine: Machine) -> [UInt8] {
        // Offsets in struct seccomp_data: nr 0, arch 4, args[0] 16 (low half).
        var program: [Instruction] = [
            .load(4), .skipIfEqual(machine.auditArchitecture, 1), .answer(killProcess), .load(0),
            // x32 calls (bit 30 set) are x86-64 by architecture with other numbers; nothing honest uses them.
            .skipUnlessAtLeast(0x4000_0000, 1), .answer(killProcess)
        ]
        for call in machine.refusedCalls {
            program += [.skipUnlessEqual(call, 1), .answer(refuse(operationNotPermitted))]
        }
        program += [.skipIfEqual(machine.socketCall, 1), .answer(allow), .load(16)]
        for family in allowedSocketFamilies {
            program += [.skipUnlessEqual(family, 1), .answer(allow)]
        }
        program.append(.answer(refuse(addressFamilyNotSupported)))
        return program.flatMap(\.bytes)
    }

    static let killProcess: UInt32 = 0x8000_0000
    static let allow: UInt32 = 0x7FFF_0000
    /// EPERM and EAFNOSUPPORT of errno(3).
    static let operationNotPermitted: UInt32 = 1
    static let addressFamilyNotSupported: UInt32 = 97
    static func refuse(_ errno: UInt32) -> UInt32 { 0x0005_0000 | errno }

    struct Instruction: Equatable {
        let code: UInt16
        let ifTrue: UInt8
        let ifFalse: UInt8
        let operand: UInt32

        /// BPF_LD | BPF_W | BPF_ABS
        static func load(_ offset: UInt32) -> Self { .init(code: 0x20, ifTrue: 0, ifFalse: 0, operand: offset) }
        /// BPF_JMP | BPF_JEQ | BPF_K
        static func skipIfEqual(_ value: UInt32, _ count: UInt8) -> Self {
            .init(code: 0x15, ifTrue: count, ifFalse: 0, operand: value)
        }
        static func skipUnlessEqual(_ value: UInt32, _ count: UInt8) -> Self {
            .init(code: 0x15, ifTrue: 0, ifFalse: count, operand: value)
        }
        /// BPF_JMP | BPF_JGE | BPF_K
        static func skipUnlessAtLeast(_ value: UInt32, _ count: UInt8) -> Self {
            .init(code: 0x35, ifTrue: 0, ifFalse: count, operand: value)
        }
        /// BPF_RET | BPF_K
        static func answer(_ value: UInt32) -> Self { .init(code: 0x06, ifTrue: 0, ifFalse: 0, operand: value) }

        var bytes: [UInt8] {
            [UInt8(truncatingIfNeeded: code), UInt8(code >> 8), ifTrue, ifFalse]
                + (0..<4).map { UInt8(truncatingIfNeeded: operand >> (8 * UInt32($0))) }
        }
    }
}
