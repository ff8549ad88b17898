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

/// What tools said about a crash: a parsed, unverified claim of the program's output. *Validation* compares it with what a
/// reproducer promised; *Correlation* derives from it what makes two crashes the same.
///
/// Type, state, address and relevance are those of ClusterFuzz, so that a crash has the same name here as in OSS-Fuzz and
/// OSV. Where an output holds several reports, the last one is taken unless an earlier one says more.
package struct CrashReport: Sendable, Equatable {
    package let tool: CrashTool
    /// The sanitizer's own word: `heap-buffer-overflow`, `SEGV`, `double-free`, `direct-leak` … Of other tools the first
    /// line of the type in small letters, with hyphens: `check-failure`.
    package let kind: String
    /// The class of the crash in the words that fuzzing services share: `Heap-buffer-overflow` followed by a line
    /// `READ 4`, `UNKNOWN WRITE`, `Null-dereference READ`, `CHECK failure` …
    ///
    /// An access of more than 16 bytes is a copy or a fill of a length that depends on the input, so its size says
    /// nothing about the bug and is written `{*}`.
    package let crashType: String
    /// What makes two crashes of one type the same: up to three lines, each a message of the program or the name of a
    /// function, innermost first. Parameters, anonymous scopes, source lines, addresses and numbers are left out, because
    /// they change from build to build.
    ///
    /// Empty when nothing is telling; two crashes with an empty state are **not** the same.
    package let crashState: [String]
    /// Whether the state names at least one function of the program. A state of modules or of the fuzz target's file
    /// alone is fit for reading, but half of all crashes of a binary without symbols would share it.
    package let hasFunctionInState: Bool
    /// The address that was touched or freed, or for overlapping copies the ranges, as printed; empty when unknown.
    package let addressText: String
    /// Whether the crash by itself points to a vulnerability rather than to a mere stop of the program: a heuristic for
    /// ordering work, never a verdict.
    package let isSecurityRelevant: Bool
    package let access: MemoryAccess?
    package let programCounter: UInt64?
    /// The stack of the error; for a leak, of its allocation. Innermost first.
    package let frames: [StackFrame]
    package let freeStack: [StackFrame]
    package let allocationStack: [StackFrame]
    /// What stands behind the last `SUMMARY:`.
    package let summary: String?

    /// The address as a number; nil when it is unknown or no number.
    package var address: UInt64? {
        let digits = addressText.hasPrefix("0x") || addressText.hasPrefix("0X") ? addressText.dropFirst(2) : addressText[...]
        return UInt64(digits, radix: 16)
    }

    /// A stack is cut at this many frames: AddressSanitizer unwinds at most 256, and inlined calls about double that.
    static let maximumFrameCount = 512
}
