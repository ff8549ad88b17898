extension CrashReport {
    /// The crash that an output tells of, or nil when no known tool speaks in it. Never fails: text that can't be
    /// understood is skipped, and a damaged report gives fewer frames.
    package init?(parsing output: [UInt8], settings: CrashSettings = .init()) {
        guard case .success(let report) = Self.read(output, settings: settings) else { return nil }
        self = report
    }

    /// Why an output tells of no crash.
    package enum Absence: Error, Equatable, Sendable, CustomStringConvertible {
        /// No known tool speaks in it.
        case noReport
        /// Memory was exhausted, which the settings don't count.
        case exhaustion

        package var description: String {
            switch self {
            case .noReport: "no report of a known tool, no failed assertion and no panic stands in it"
            case .exhaustion: "memory was exhausted, which is not counted as a crash"
            }
        }
    }

    /// The crash that an output tells of, or why there is none.
    ///
    /// Reads each line once and keeps only frames. Limits: the last 64 MiB of the output, because a crash is what a
    /// program prints last; lines of 1 MiB, longer ones are skipped; 512 frames in a stack, more are dropped.
    package static func read(_ output: [UInt8], settings: CrashSettings = .init()) -> Result<CrashReport, Absence> {
        let reading = CrashReading.read(output.suffix(maximumByteCount), settings: settings)
        if reading.isExhausted { return .failure(.exhaustion) }
        guard let report = CrashReport(reading) else { return .failure(.noReport) }
        return .success(report)
    }

    static let maximumByteCount = 64 << 20

    private init?(_ reading: CrashReading) {
        guard let tool = reading.tool, !reading.type.isEmpty else { return nil }
        let address = CrashWording.address(reading.address)
        let type = CrashWording.type(reading.type, address: address)
        let state = CrashWording.state(of: reading)
        let stacks = reading.stacks
        self.tool = tool
        // A damaged heading may have no word for it.
        kind = stacks.kind.flatMap { $0.isEmpty ? nil : $0 } ?? Self.kind(of: type)
        crashType = type
        crashState = state.lines
        hasFunctionInState = state.isOfFrames && reading.stateHasFunction
        addressText = address
        isSecurityRelevant = CrashSecurity.isRelevant(
            type: type, address: FailedAccess.number(address), marks: reading.marks.security, settings: reading.settings)
        access = stacks.access
        programCounter = stacks.programCounter
        frames = stacks.error
        freeStack = stacks.free
        allocationStack = tool == .leakSanitizer ? stacks.error : stacks.allocation
        summary = stacks.summary
    }

    /// `CHECK failure` to `check-failure`.
    private static func kind(of type: String) -> String {
        type.prefix { $0 != "\n" }.lowercased().replacing(" ", with: "-")
    }
}
