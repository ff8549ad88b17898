/// One coarse thing that a finding says, written so that two finders who found one bug write it alike: what the blinded
/// question "is it already known?" is asked with.
///
/// Coarser than a `FingerprintKey`, because nothing is merged by it: two that agree in enough of them are told that they should
/// talk. Each names the subject (repository or package), so that no key of one project is a key of another.
package struct CoarseKey: Sendable, Hashable {
    /// In the canonical order; the raw value is part of every tag, so it never changes.
    package enum Kind: UInt8, Sendable, Hashable, CaseIterable {
        /// The function, whatever the file is called.
        case function = 0
        case file = 1
        /// The family of the weakness (`WeaknessFamily`).
        case weakness = 2
        /// The kind of the crash and its normalised state.
        case state = 3
        /// The lines that a fix takes away.
        case hunk = 4
    }

    package let kind: Kind
    /// What is asked, in UTF-8: the version and the kind, then one line a part. Line breaks and backslashes inside a part are
    /// escaped, so different keys have different texts.
    package let canonicalText: String

    /// Raised with every change of a normalisation: keys of two versions never meet.
    package static let version = 1

    init(_ kind: Kind, _ subject: FindingSubject, _ parts: [(name: String, value: String)]) {
        self.kind = kind
        canonicalText = ([subject.part] + parts).reduce("breakwater-question/v\(Self.version)/\(kind)") {
            $0 + "\n" + $1.name + "=" + FingerprintKey.escaped($1.value)
        }
    }
}

/// The coarse keys of one finding about one subject; at most one of each kind, in their order.
package struct CoarseKeys: Sendable, Hashable {
    package let keys: [CoarseKey]

    /// The keys for each subject that the finding names, the repository's before the package's: whoever keeps findings keeps both,
    /// whoever asks asks with the first. Empty where it names neither.
    package static func ofSubjects(of evidence: FindingFingerprint.Evidence, patch: String? = nil) -> [CoarseKeys] {
        FindingSubject.subjects(of: evidence).reversed().map { CoarseKeys(evidence, patch, of: $0) }
    }

    private init(_ evidence: FindingFingerprint.Evidence, _ patch: String?, of subject: FindingSubject) {
        let frame = evidence.crash?.frames.first(where: \.isOfProgram)
        let function = (evidence.function ?? frame?.function).flatMap(FunctionName.normalized)
        let file = (evidence.file ?? frame?.file ?? patch.flatMap(PatchHunk.onlyFile)).flatMap {
            SourcePath.normalized($0, project: subject.projectName)
        }
        let family = evidence.weakness.flatMap { WeaknessFamily.name(of: $0) }
        keys = [
            function.map { CoarseKey(.function, subject, [("function", $0)]) },
            file.map { CoarseKey(.file, subject, [("file", $0)]) },
            family.map { CoarseKey(.weakness, subject, [("family", $0)]) },
            evidence.crash.flatMap { Self.state(of: $0, subject) },
            patch.flatMap { PatchHunk.telling(in: $0, project: subject.projectName) }.map { hunk in
                CoarseKey(.hunk, subject, [("file", hunk.file)] + hunk.lines.map { ("line", $0) })
            }
        ].compactMap(\.self)
    }

    /// The crash without its size, as `FindingFingerprint` has it. A state of one line is shared by too many bugs.
    private static func state(of crash: CrashReport, _ subject: FindingSubject) -> CoarseKey? {
        guard crash.hasFunctionInState, crash.crashState.count >= leastStateLines else { return nil }
        let kind = crash.crashType.prefix { $0 != "\n" }.lowercased()
        return CoarseKey(.state, subject, [("crash", kind)] + RustFrames.withoutHashes(crash.crashState).map { ("frame", $0) })
    }

    private static let leastStateLines = 2
}
