package import Journal
import Sealing

/// Taking findings in: idempotent, durable, and joined to what is already known.
package struct Discovery: Sendable {
    let journal: any Journal
    let environment: ClearinghouseEnvironment

    package init(journal: any Journal, environment: ClearinghouseEnvironment) {
        self.journal = journal
        self.environment = environment
    }

    /// Records these findings in one transaction, in order.
    ///
    /// A submission whose idempotency key the same member used before for the same finding (`FindingSubmission.Repeat`) is
    /// answered as it was the first time; for another it is refused. The answers stand in the order of the submissions; each is durable.
    /// - Parameter asOne: for submissions that came as one document: where all are refused, the first refusal is thrown and
    ///   nothing is recorded, the document's key included.
    /// - Parameter key: the key of the whole body the submissions came in.
    /// - Throws: `forbidden` without the scope, `idempotencyKeyReused` where the key was used for another body (nothing is
    ///   recorded), storage errors of the journal. A refusal of one submission is in its answer
    ///   and does not touch the others; where all are refused `asOne`, the first is thrown.
    package func submit(
        _ submissions: [FindingSubmission], asOne: Bool = false, under key: BodyKey? = nil, by principal: Principal
    ) async throws -> [Result<FindingReceipt, Refusal>] {
        let prepared = try submissions.map { try prepare($0, by: principal) }
        return try await submit(prepared: prepared, asOne: asOne, under: key, by: principal)
    }

    /// What can be done for a submission before the journal is asked; for whoever has time for it while others are recorded.
    /// - Throws: `forbidden` without the scope.
    package func prepare(_ submission: FindingSubmission, by principal: Principal) throws -> PreparedFinding {
        try principal.require(.submitFindings)
        return try PreparedFinding(submission, of: principal.member, secret: environment.identifierSecret)
    }

    /// The same for findings that were prepared for this member.
    package func submit(
        prepared findings: [PreparedFinding], asOne: Bool = false, under key: BodyKey? = nil, by principal: Principal
    ) async throws -> [Result<FindingReceipt, Refusal>] {
        try principal.require(.submitFindings)
        guard findings.allSatisfy({ $0.member == principal.member }) else {
            throw Refusal(.forbidden, "the findings were prepared for another member")
        }
        let (secret, now) = (environment.identifierSecret, environment.now())
        return try await journal.append { snapshot in
            var intake = FindingIntake(member: principal.member, secret: secret, snapshot: snapshot, now: now)
            if let key { try intake.claim(key) }
            let answers = try findings.map { try intake.take($0) }
            if asOne, !answers.contains(where: { (try? $0.get()) != nil }) { _ = try answers.first?.get() }
            return Decision(intake.drafts, answer: answers)
        }.answer
    }

    /// Says that a person compared a finding that was read with doubts with its original: from then on it is joined and counted like
    /// others (`FindingReview`). Repeating it changes nothing.
    /// - Returns: the vulnerability it belongs to then.
    /// - Throws: `forbidden` without the scope, `notFound`; nothing was recorded.
    package func review(_ finding: String, by principal: Principal) async throws -> String {
        try principal.require(.correlate)
        let secret = environment.identifierSecret
        return try await journal.append { snapshot in
            let drafts = try FindingReview(of: finding, in: snapshot, secret: secret, now: try snapshot.appendTime())
                .drafts(by: principal.member)
            return Decision(drafts.records, answer: drafts.target)
        }.answer
    }

    /// Moves a finding to another vulnerability, or to one of its own where `target` is nil. The reason is recorded, and
    /// moving it back is the same call.
    package func reassign(
        _ finding: String, to target: String?, reason: String, by principal: Principal
    ) async throws -> String {
        try principal.require(.correlate)
        guard !reason.isEmpty else { throw Refusal(.malformed, "a reason is needed", place: "/reason") }
        let (secret, now) = (environment.identifierSecret, environment.now())
        return try await journal.append { snapshot in
            let drafts = try FindingReassignment(finding: finding, snapshot: snapshot, secret: secret, now: now)
                .drafts(target: target, reason: reason, by: principal.member)
            return Decision(drafts.records, answer: drafts.target)
        }.answer
    }
}
