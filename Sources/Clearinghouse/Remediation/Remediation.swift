package import Journal
import Sealing

/// Fixes: attached by the vendor, judged by replaying the reproducer on the patched build.
package struct Remediation: Sendable {
    let journal: any Journal
    let environment: ClearinghouseEnvironment

    package init(journal: any Journal, environment: ClearinghouseEnvironment) {
        self.journal = journal
        self.environment = environment
    }

    /// Attaches a unified diff to an open case. The replay on the patched build is asked for with `Validation.request`.
    /// - Returns: the fix's identifier.
    /// - Throws: `forbidden` without the scope, `notFound` unless the caller is the case's vendor or a coordinator, `conflict`
    ///   where the case is published, `malformed` for an empty or huge patch, or none; nothing was recorded.
    package func attach(
        patch: [UInt8], fixedVersion: String, to caseIdentifier: String, by principal: Principal
    ) async throws -> String {
        try principal.require(.attachFixes)
        let patch = try ProposedPatch(patch, fixedVersion: fixedVersion)
        let fix = Identifier.text("x", environment.random(10))
        _ = try await journal.append { snapshot in
            let state = try snapshot.caseState(caseIdentifier)
            // Before anything else: that somebody else's case exists is not the caller's to know.
            guard principal.member == state.vendor || principal.seesEverything else {
                throw Refusal(.notFound, "there is no case \(caseIdentifier) of yours")
            }
            try state.requireOpen()
            return Decision([
                try RemediationRecords.attached(
                    fix, to: caseIdentifier, patch: patch.content, fixedVersion: patch.fixedVersion, by: principal.member
                )
            ])
        }
        return fix
    }

    /// Judges a fix by the verdict of a validation that ran on the patched build: it holds where the target was built, its
    /// own tests passed and no run crashed, and the very same reproducer had crashed the shipped build in every run.
    /// - Throws: `notYet` where there is no verdict, or no proof that the reproducer works; `conflict` where another replay
    ///   crashed the fix; nothing was recorded.
    package func judge(_ fix: String, by validation: String, principal: Principal) async throws -> CaseState.FixState {
        try principal.require(.validate)
        return try await journal.append { snapshot in
            let row = try snapshot.firstRow(
                """
                SELECT fix.case_file, validation.outcome FROM fix JOIN validation ON validation.fix = fix.id
                WHERE fix.id = $1 AND validation.id = $2
                """,
                [.text(fix), .text(validation)]
            )
            guard let row else { throw Refusal(.notFound, "the validation \(validation) did not run on the fix \(fix)") }
            guard let outcome = try row.optionalText(1) else {
                throw Refusal(.notYet, "the validation \(validation) has no verdict yet")
            }
            guard outcome != Verdict.Outcome.notRun.rawValue else {
                throw Refusal(.notYet, "the replay of the validation \(validation) could not be run; ask for another one")
            }
            let verified = outcome == Verdict.Outcome.notReproduced.rawValue
            if verified { try snapshot.requireProof(for: fix, by: validation) }
            let draft = try RemediationRecords.judged(
                fix, of: try row.text(0), verified: verified, validation: validation, by: principal.member
            )
            return Decision([draft], answer: verified ? .verified : .refuted)
        }.answer
    }
}

extension JournalSnapshot {
    /// A calm replay proves a fix only where the reproducer is known to crash without it and nothing crashed with it.
    fileprivate func requireProof(for fix: String, by validation: String) throws {
        if let crash = try firstRow("SELECT id FROM validation WHERE fix = $1 AND crash_count > 0", [.text(fix)]) {
            throw Refusal(.conflict, "the validation \(try crash.text(0)) crashed the fix \(fix); attach a better one")
        }
        let shipped = try rows(
            """
            SELECT shipped.id FROM validation JOIN validation AS shipped ON shipped.finding = validation.finding
            WHERE validation.id = $1 AND shipped.fix IS NULL AND shipped.outcome = $2
            """,
            [.text(validation), .text(Verdict.Outcome.reproduced.rawValue)]
        )
        let reproducer = try reproducer(of: validation)
        guard try shipped.contains(where: { try self.reproducer(of: $0.text(0)) == reproducer }) else {
            throw Refusal(.notYet, "the reproducer must first crash the shipped build in every run of a validation")
        }
    }

    /// The manifest a validation ran with; a finding's reproducer may have been replaced since.
    private func reproducer(of validation: String) throws -> Digest? {
        try records(of: ValidationRecords.stream(validation)).first?.payload.flatMap(ValidationRequest.init(json:))?.reproducer
    }
}

/// A unified diff and the version that will carry it.
package struct ProposedPatch: Sendable {
    package let content: Content
    package let fixedVersion: String

    /// A patch larger than this is a release, not a fix.
    package static let maximumByteCount = 1_024 * 1_024

    /// - Throws: `malformed` for an empty or huge patch, one that is no unified diff, or one without a version.
    package init(_ bytes: [UInt8], fixedVersion: String) throws(Refusal) {
        guard !bytes.isEmpty, bytes.count <= Self.maximumByteCount else {
            throw Refusal(.malformed, "a patch has 1 to \(Self.maximumByteCount) bytes", place: "/patch")
        }
        guard !fixedVersion.isEmpty else { throw Refusal(.malformed, "the fixed version is missing", place: "/fixedVersion") }
        try UnifiedDiff.require(bytes)
        content = Content(bytes)
        self.fixedVersion = fixedVersion
    }
}
