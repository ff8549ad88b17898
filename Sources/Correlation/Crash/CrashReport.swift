/// The tool that saw the crash.
package enum Sanitizer: String, Sendable, Equatable, CaseIterable {
    case address = "AddressSanitizer"
    case hardwareAddress = "HWAddressSanitizer"
    case leak = "LeakSanitizer"
}

/// How memory was touched.
package struct MemoryAccess: Sendable, Equatable {
    package enum Direction: String, Sendable, Equatable { case read = "READ", write = "WRITE" }

    package var direction: Direction
    /// Nil for a signal, where only the direction is known.
    package var sizeInBytes: Int?

    package init(_ direction: Direction, sizeInBytes: Int? = nil) {
        self.direction = direction
        self.sizeInBytes = sizeInBytes
    }
}

/// What a sanitizer said about a crash: a parsed, unverified claim of the program's output. *Validation* compares it
/// with what a reproducer promised; *Correlation* derives from it what makes two crashes the same.
///
/// The first error of an output is taken. Later ones (with `halt_on_error=0`) are often consequences of it.
package struct CrashReport: Sendable, Equatable {
    package var sanitizer: Sanitizer
    /// The sanitizer's own word: `heap-buffer-overflow`, `SEGV`, `double-free`, `direct-leak` …
    package var kind: String
    package var access: MemoryAccess?
    /// The address that was touched or freed.
    package var address: UInt64?
    package var programCounter: UInt64?
    /// The stack of the error; for a leak, of the first direct leak's allocation.
    package var frames: [StackFrame]
    package var freeStack: [StackFrame]
    package var allocationStack: [StackFrame]
    /// The line after `SUMMARY:`.
    package var summary: String?
    /// The report itself says that a mitigation made the access harmless (Chromium's MiraclePtr).
    package var isMitigated: Bool

    package init(
        sanitizer: Sanitizer, kind: String, access: MemoryAccess? = nil, address: UInt64? = nil,
        programCounter: UInt64? = nil, frames: [StackFrame] = [], freeStack: [StackFrame] = [],
        allocationStack: [StackFrame] = [], summary: String? = nil, isMitigated: Bool = false
    ) {
        self.sanitizer = sanitizer
        self.kind = kind
        self.access = access
        self.address = address
        self.programCounter = programCounter
        self.frames = frames
        self.freeStack = freeStack
        self.allocationStack = allocationStack
        self.summary = summary
        self.isMitigated = isMitigated
    }

    /// The crash that an output tells of, or nil when no known tool speaks in it. Never fails: text that can't be
    /// understood is skipped, and a damaged report gives fewer frames.
    ///
    /// Reads each line once. Limits: 512 frames in a stack, more are dropped.
    package init?(parsing output: [UInt8]) {
        for reader in Self.readers {
            if let report = reader(output) {
                self = report
                return
            }
        }
        return nil
    }

    /// One entry for each family of tools, the most specific first; each lives in a file of its own.
    private static let readers: [@Sendable ([UInt8]) -> CrashReport?] = [
        { AddressSanitizerReader.read($0) }
    ]

    /// AddressSanitizer unwinds at most 256 frames, and inlined calls about double that.
    static let maximumFrameCount = 512
}
