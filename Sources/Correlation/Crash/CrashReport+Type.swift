extension CrashReport {
    /// The class of the crash in the words that fuzzing services share (ClusterFuzz, OSS-Fuzz, OSV): `Heap-buffer-overflow`
    /// followed by a line `READ 4`, `UNKNOWN WRITE`, `Null-dereference READ`, `Stack-overflow` …
    ///
    /// An access of more than 16 bytes is a copy or a fill of a length that depends on the input, so its size says
    /// nothing about the bug and is written `{*}`.
    package var crashType: String {
        switch kind {
        case "SEGV", "access-violation", "unknown-crash": unknownAddressType
        case "double-free": "Heap-double-free"
        case "bad-free": "Invalid-free"
        case "FPE": "Floating-point-exception"
        case "int-divide-by-zero", "float-divide-by-zero": "Divide-by-zero"
        case "illegal-instruction": "Ill"
        case "allocation-size-too-big", "out-of-memory", "rss-limit-exceeded", "calloc-overflow": "Out-of-memory"
        default: Self.capitalized(kind) + accessLine
        }
    }

    /// Addresses in the first page are a null pointer plus the offset of a member; a program that an attacker can't
    /// make choose that offset freely only stops.
    package var isNullDereference: Bool { isSignal && address.map { $0 < Self.nullPageSize } == true }

    static let nullPageSize: UInt64 = 0x1000
    private static let largestTellingAccess = 16

    /// A crash that AddressSanitizer only saw as a signal, without knowing the memory.
    private var isSignal: Bool { ["SEGV", "access-violation", "unknown-crash"].contains(kind) }

    private var unknownAddressType: String {
        guard address != nil else { return Self.capitalized(kind) + " on unknown address" }
        let name = isNullDereference ? "Null-dereference" : "UNKNOWN"
        // The direction is known for signals; an unknown crash has one with a size that says nothing.
        guard let access, access.sizeInBytes == nil else { return name }
        return name + " " + access.direction.rawValue
    }

    private var accessLine: String {
        guard let access, let size = access.sizeInBytes else { return "" }
        return "\n\(access.direction.rawValue) " + (size > Self.largestTellingAccess ? "{*}" : "\(size)")
    }

    /// `heap-use-after-free` to `Heap-use-after-free`, `SEGV` to `Segv`, `ABRT` to `Abrt`.
    private static func capitalized(_ kind: String) -> String {
        let lowercased = kind.lowercased()
        return lowercased.prefix(1).uppercased() + lowercased.dropFirst()
    }
}
