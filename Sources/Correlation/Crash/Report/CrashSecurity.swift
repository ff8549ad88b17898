/// Words of an output that decide about security wherever they stand.
struct SecurityMarks {
    private(set) var miraclePointer: MiraclePointer?
    private(set) var isDeclaredIssue = false
    /// Execution arrived at address zero: a function pointer was overwritten or missing.
    private(set) var hasNullProgramCounter = false
    private(set) var hasDangerousJNIError = false
    private(set) var hasFailedAssertion = false
    private(set) var hasHarmlessSignal = false

    /// Chromium's judgement whether its guarded pointers made a use after free harmless.
    enum MiraclePointer { case protected, other }

    mutating func take(_ line: ReportText) {
        guard Self.telling.occurs(in: line) else { return }
        if miraclePointer == nil, let status = line.text(after: "MiraclePtr Status:"), !status.isEmpty {
            let isProtected = (status.text(afterLast: ":") ?? status).trimmed.equals("PROTECTED")
            miraclePointer = isProtected ? .protected : .other
        }
        if !isDeclaredIssue, let severity = line.text(after: "FuzzerSecurityIssue") {
            isDeclaredIssue = Self.severities.contains { severity.hasPrefix($0) }
        }
        if !hasNullProgramCounter { hasNullProgramCounter = Self.nullCounters.contains { line.contains($0) } }
        if !hasDangerousJNIError, let error = line.text(after: "JNI DETECTED ERROR") {
            hasDangerousJNIError = Self.jniDangers.contains { error.dropFirst().contains($0) }
        }
        if !hasFailedAssertion { hasFailedAssertion = line.contains("ASSERTION FAILED") }
        if !hasHarmlessSignal {
            hasHarmlessSignal = Self.isRaise(line) || Self.harmlessSignals.contains { line.contains($0) }
        }
    }

    /// What stands in every line that is looked at closer.
    private static let telling = PhraseSet([
        "MiraclePtr Status:", "FuzzerSecurityIssue", "pc (nil) ", "pc 0x0000", "JNI DETECTED ERROR", "ASSERTION FAILED",
        "Sanitizer: ", "in gsignal "
    ])

    private static let severities: [StaticString] = ["Critical", "High", "Medium", "Low"]
    private static let nullCounters: [StaticString] = ["pc (nil) ", "pc 0x00000000 ", "pc 0x000000000000 "]
    private static let jniDangers: [StaticString] = ["deleted", "invalid", "unexpected", "unknown", "wrong"]
    /// Signals that a program mostly sends to itself, or the processor to one that did no harm yet.
    private static let harmlessSignals: [StaticString] = [
        "Sanitizer: ABRT", "Sanitizer: BUS", "Sanitizer: FPE", "Sanitizer: ILL", "Sanitizer: breakpoint"
    ]

    /// glibc's `raise` shows up as a SEGV at an address that is really the sender's process id: an assertion or an
    /// abort, not an access.
    private static func isRaise(_ line: ReportText) -> Bool {
        let rest = line.withoutIndent
        guard rest.startIndex > line.startIndex, let afterNumber = rest.text(afterPrefix: "#0") else { return false }
        let address = afterNumber.withoutIndent
        guard address.startIndex > afterNumber.startIndex, address.hasPrefix("0x") else { return false }
        let afterAddress = address.drop { $0 != .space && $0 != .tab }
        return afterAddress.withoutIndent.hasPrefix("in gsignal ")
    }
}

/// Whether a crash by itself points to a vulnerability rather than to a mere stop of the program.
///
/// A heuristic for ordering work, never a verdict: a leak or a null dereference can still be a denial of service that
/// matters, and a failed assertion can hide memory corruption. Follows ClusterFuzz (`crash_analyzer.is_security_issue`):
/// anything that touches memory it doesn't own is relevant; what only ends the program is not; what isn't known is.
enum CrashSecurity {
    static func isRelevant(type: String, address: UInt64, marks: SecurityMarks, settings: CrashSettings) -> Bool {
        if marks.miraclePointer == .protected { return false }
        if marks.isDeclaredIssue || marks.hasNullProgramCounter { return true }
        if stops.contains(type) { return false }
        if marks.hasDangerousJNIError { return true }
        if type == "CHECK failure" { return settings.checksAreRelevant }
        if relevant.contains(type) { return true }
        if reports.contains(type) || type.hasSuffix("Exception") || type.hasSuffix("CHECK failure")
            || reportedParts.contains(where: type.contains)
        {
            return false
        }
        if type == "ASSERT" || marks.hasFailedAssertion { return settings.assertionsAreRelevant }
        if type.hasPrefix("Kernel failure") || attacks.contains(type) { return true }
        if type.isEmpty || marks.hasHarmlessSignal { return false }
        guard generic.contains(type) else { return true }
        return !FailedAccess.isAssertion(address) && !FailedAccess.isNull(address)
    }

    /// The program ended itself, ran out of something, or the processor refused an instruction.
    private static let stops: Set<String> = [
        "Stack-overflow", "Fatal-signal", "Missing-library", "Overwrites-const-input", "ASSERT_NOT_REACHED", "Ill",
        "Illegal-instruction", "Floating-point-exception", "RUNTIME_ASSERT", "V8 correctness failure", "Timeout",
        "Out-of-memory", "Unexpected-exit", "Security CHECK failure",
        // Two definitions of one name are a fault of the build; ClusterFuzz never looks for them.
        "Odr-violation"
    ]

    /// Memory safety was broken, or a debug check that guards it failed.
    private static let relevant: Set<String> = [
        "Security DCHECK failure", "DCHECK failure", "Bad-cast", "Index-out-of-bounds", "Incorrect-function-pointer-type",
        "Non-positive-vla-bound-value", "Object-size"
    ]

    /// A tool saw an attack succeed, or cryptography accept what it must refuse.
    private static let attacks: Set<String> = [
        "Arbitrary DNS resolution", "Arbitrary file open", "Command injection", "PySecSan", "Wycheproof error"
    ]

    /// Errors that a check or a language's runtime caught before they did harm.
    private static let reports: Set<String> = [
        "Fatal error", "Unreachable code",
        // undefined behaviour that touches no memory
        "Divide-by-zero", "Float-cast-overflow", "Implicit-conversion", "Integer-overflow", "Invalid-bool-value",
        "Invalid-builtin-use", "Invalid-enum-value", "Invalid-null-argument", "Invalid-null-return", "Misaligned-address",
        "No-return-value", "Pointer-overflow", "Potential-null-reference", "Undefined-shift", "Unsigned-integer-overflow",
        "Assumption-violation", "Upcast-of-null-pointer",
        // Go
        "Index out of range", "Integer divide by zero", "Makeslice: len out of range", "Slice bounds out of range",
        "Stack overflow"
    ]

    /// Leaks, races and deadlocks, whatever else the type says.
    private static let reportedParts = ["-leak", "Data race", "Lock-order-inversion"]

    /// Types that say only that an access failed; then the address decides.
    private static let generic: Set<String> = [
        "Null-dereference", "Null-dereference READ", "Null-dereference WRITE", "READ", "WRITE", "UNKNOWN", "UNKNOWN READ",
        "UNKNOWN WRITE", "Uncaught exception"
    ]
}

/// What an address says about the access that failed at it.
enum FailedAccess {
    /// Addresses in the first page are a null pointer plus the offset of a member; a program that an attacker can't
    /// make choose that offset freely only stops.
    static func isNull(_ address: UInt64) -> Bool { address < 0x1000 }

    /// The addresses to which WebKit's and Blink's failed assertions write: `0xbbadbeef` and what was made of it.
    static func isAssertion(_ address: UInt64) -> Bool {
        [0xBBAD_BEEF, 0xFBAD_BEEF, 0x1F75_B7DD, 0x9775_37DD, 0x9F75_37DD].contains(address)
    }

    /// The number a tool printed in base 16, with or without `0x`; zero when it is none or too large, because such an
    /// address doesn't show that the access was far from null.
    static func number(_ text: String) -> UInt64 {
        let digits = text.hasPrefix("0x") || text.hasPrefix("0X") ? text.dropFirst(2) : text[...]
        return UInt64(digits, radix: 16) ?? 0
    }
}
