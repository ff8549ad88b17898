/// The exact fingerprint of a finding: the keys under which it is looked up among the findings before it.
///
/// **Why it is strict.** Merging two different vulnerabilities costs more than leaving one vulnerability in two
/// cases. After a wrong merge the second bug has no case, no clock and no fix, and nobody looks for it; its finder is
/// told of a fix that fixes something else, and an embargo ends for both. A missed merge costs a reviewer some
/// minutes, and later, looser steps (similarity, a person) can still make it. Hence:
/// - every key names the subject (package or repository) **and** a place in it, never a subject alone and never a
///   subject with a weakness alone;
/// - a crash without a named function of the program gives no crash key;
/// - weaknesses are compared exactly: CWE-122 and its parent CWE-787 stay apart;
/// - paths that can't be made relative to the project stay as they are.
///
/// Correlation does not hash: the caller hashes `canonicalText` with the digest of its journal.
package struct FindingFingerprint: Sendable, Equatable {
    /// What a finding says about itself; everything is optional and unverified.
    package struct Evidence: Sendable, Equatable {
        /// A purl; version, qualifiers and subpath don't matter.
        package var package: String?
        /// A URL or `git@host:path`.
        package var repository: String?
        /// `CWE-122`, or a text that begins so.
        package var weakness: String?
        package var file: String?
        package var function: String?
        package var startLine: Int?
        package var crash: CrashReport?
        package var toolFingerprints: [ToolFingerprint]

        package init(
            package: String? = nil, repository: String? = nil, weakness: String? = nil, file: String? = nil,
            function: String? = nil, startLine: Int? = nil, crash: CrashReport? = nil,
            toolFingerprints: [ToolFingerprint] = []
        ) {
            self.package = package
            self.repository = repository
            self.weakness = weakness
            self.file = file
            self.function = function
            self.startLine = startLine
            self.crash = crash
            self.toolFingerprints = toolFingerprints
        }
    }

    /// An identity that the reporting tool computed itself (SARIF 2.1.0, 3.27.16 `fingerprints` and 3.27.17
    /// `partialFingerprints`).
    package struct ToolFingerprint: Sendable, Equatable {
        package var tool: String
        /// The versioned name, like `contextRegionHash/v1`.
        package var name: String
        package var value: String
        /// A partial fingerprint is only a contribution: it counts together with weakness and file.
        package var isPartial: Bool

        package init(tool: String, name: String, value: String, isPartial: Bool) {
            self.tool = tool
            self.name = name
            self.value = value
            self.isPartial = isPartial
        }
    }

    /// All keys, the strongest kind first, without duplicates. Empty when the finding says too little to be compared
    /// exactly; it is then new.
    package let keys: [FingerprintKey]

    package init(of evidence: Evidence) {
        let subjects = FindingSubject.subjects(of: evidence)
        let weakness = evidence.weakness.flatMap(WeaknessName.normalized)
        var keys: [FingerprintKey] = []
        for subject in subjects {
            let place = Place(evidence, in: subject)
            keys += Self.crashKeys(evidence, subject)
            keys += Self.toolKeys(evidence, subject, weakness, place)
            guard let weakness else { continue }
            keys += Self.placeKeys(subject, weakness, place)
            keys += Self.crashPlaceKeys(evidence, subject, weakness)
        }
        var seen: Set<String> = []
        let order = FingerprintKey.Kind.allCases
        self.keys = order.flatMap { kind in keys.filter { $0.kind == kind } }.filter {
            seen.insert($0.canonicalText).inserted
        }
    }

    /// Where a finding is, as far as it can be compared.
    private struct Place {
        var file: String?
        var function: String?
        var line: Int?

        init(_ evidence: Evidence, in subject: FindingSubject) {
            file = evidence.file.flatMap { SourcePath.normalized($0, project: subject.projectName) }
            function = evidence.function.flatMap(FunctionName.normalized)
            line = evidence.startLine.flatMap { $0 > 0 ? $0 : nil }
        }
    }

    /// Tools give some; every one is written with subject, weakness and file.
    private static let mostToolFingerprints = 64

    // MARK: one kind each

    private static func crashKeys(_ evidence: Evidence, _ subject: FindingSubject) -> [FingerprintKey] {
        guard let crash = evidence.crash, crash.hasFunctionInState else { return [] }
        // Without the size: the same overflow is hit with other sizes.
        let kind = crash.crashType.prefix { $0 != "\n" }.lowercased()
        let frames = RustFrames.withoutHashes(crash.crashState).enumerated().map { (name: "frame\($0)", value: $1) }
        return [
            FingerprintKey(
                .crash, [subject.part, ("crash", kind)] + frames,
                reason: "Both crash with \(kind) in \(crash.crashState.joined(separator: " ← ")).")
        ]
    }

    private static func toolKeys(
        _ evidence: Evidence, _ subject: FindingSubject, _ weakness: String?, _ place: Place
    ) -> [FingerprintKey] {
        evidence.toolFingerprints.prefix(mostToolFingerprints).compactMap { fingerprint in
            guard !fingerprint.tool.isEmpty, !fingerprint.name.isEmpty, !fingerprint.value.isEmpty else { return nil }
            var parts = [
                subject.part, ("tool", fingerprint.tool), ("name", fingerprint.name), ("value", fingerprint.value)
            ]
            if fingerprint.isPartial {
                guard let weakness, let file = place.file else { return nil }
                parts += [("weakness", weakness), ("file", file)]
            }
            return FingerprintKey(
                .tool, parts, reason: "\(fingerprint.tool) gave both the same \(fingerprint.name).")
        }
    }

    private static func placeKeys(_ subject: FindingSubject, _ weakness: String, _ place: Place) -> [FingerprintKey] {
        guard let file = place.file else { return [] }
        if let function = place.function {
            return [functionKey(subject, weakness, file, function)]
        }
        guard let line = place.line else { return [] }
        return [
            FingerprintKey(
                .line, [subject.part, ("weakness", weakness), ("file", file), ("line", "\(line)")],
                reason: "Both report \(weakness) at \(file):\(line).")
        ]
    }

    /// A crash also says where it is: its innermost frame of the program, so that a finder with a crash meets one who
    /// only read the code.
    private static func crashPlaceKeys(
        _ evidence: Evidence, _ subject: FindingSubject, _ weakness: String
    ) -> [FingerprintKey] {
        let innermost = evidence.crash?.frames.first(where: \.isOfProgram)
        guard let frame = innermost, let function = frame.function.flatMap(FunctionName.normalized),
            let file = frame.file.flatMap({ SourcePath.normalized($0, project: subject.projectName) })
        else { return [] }
        return [functionKey(subject, weakness, file, function)]
    }

    private static func functionKey(
        _ subject: FindingSubject, _ weakness: String, _ file: String, _ function: String
    ) -> FingerprintKey {
        FingerprintKey(
            .function, [subject.part, ("weakness", weakness), ("file", file), ("function", function)],
            reason: "Both report \(weakness) in \(function) of \(file).")
    }
}
