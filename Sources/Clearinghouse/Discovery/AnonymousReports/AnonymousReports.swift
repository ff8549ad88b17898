package import AdvisoryFormats
import CivilTime
package import Journal
import Sealing

/// Reports of people who have no token and say no name: handed in once, followed with a claim code, taken back with it.
///
/// A report enters as a finding, through the same intake as everybody's and joined by the same rules, of a reporter that is no member.
/// It counts as nobody's independent find: the reporter may be a member who reported before.
package struct AnonymousReports: Sendable {
    let journal: any Journal
    let environment: ClearinghouseEnvironment
    /// Whether new reports are taken. Those that are there can be followed and withdrawn either way.
    package let areTaken: Bool

    package init(journal: any Journal, environment: ClearinghouseEnvironment, areTaken: Bool = false) {
        self.journal = journal
        self.environment = environment
        self.areTaken = areTaken
    }

    /// One finding each: our own form, and what a person writes.
    package static let formats: [FindingFormat] = [.finding, .text, .markdown, .mail]

    /// Takes one finding, as `FindingReader.batch` reads it in one of `formats`. What was read from text waits for a person, as a
    /// member's does.
    /// - Returns: the claim code, which is shown nowhere again.
    /// - Throws: `forbidden` where anonymous reports are not taken, `tooLarge`, `malformed` with the place, `budgetSpent` where the
    ///   hour's budget is spent; nothing was recorded.
    package func submit(
        _ bytes: [UInt8], as format: FindingFormat = .finding, package: String? = nil, repository: String? = nil
    ) async throws -> ClaimCode {
        guard areTaken else { throw Refusal(.forbidden, "this clearinghouse takes no anonymous reports; ask for a token") }
        guard bytes.count <= AnonymousReportLimits.maximumByteCount else {
            throw Refusal(
                .tooLarge, "an anonymous report has at most \(AnonymousReportLimits.maximumByteCount) bytes",
                place: "byte \(AnonymousReportLimits.maximumByteCount)"
            )
        }
        let batch = try FindingReader.batch(in: bytes, as: format, package: package, repository: repository)
        guard Self.formats.contains(format), batch.submissions.count == 1, let submission = batch.submissions.first else {
            throw Refusal(.malformed, "an anonymous report is one finding: JSON, text or mail")
        }
        // Whoever sends more than is taken does not make the only writer wait.
        let now = environment.now()
        try await journal.read { try $0.requireBudget(at: now) }
        let code = ClaimCode(for: Identifier.text("r", environment.random(10)), random: environment.random)
        let reporter = AnonymousReportRecords.reporter(of: code.report)
        let secret = environment.identifierSecret
        let finding = try PreparedFinding(submission, of: reporter, secret: secret)
        return try await journal.append { snapshot in
            try snapshot.requireBudget(at: try snapshot.appendTime())
            var intake = FindingIntake(
                member: reporter, secret: secret, snapshot: snapshot, now: try snapshot.appendTime())
            _ = try intake.take(finding).get()
            return Decision(
                [try AnonymousReportRecords.arrived(code.report)] + intake.drafts + [
                    try AnonymousReportRecords.opened(code, finding: finding.identifier)
                ],
                answer: code
            )
        }.answer
    }

    /// A report, for whoever has its code.
    /// - Throws: `notFound`.
    package func report(with code: ClaimCode) async throws -> AnonymousReport {
        try await journal.read { try $0.report(with: code) }
    }

    /// Adds what the reporter has to say.
    /// - Throws: `notFound`, `malformed` for an empty or too long text, `tooLarge` where the report has as many messages of its reporter
    ///   as it takes; nothing was recorded.
    package func add(_ text: String, with code: ClaimCode) async throws -> AnonymousReport {
        try AnonymousReports.requireMessage(text)
        // A code that is none does not make the only writer wait.
        _ = try await report(with: code)
        return try await journal.append { snapshot in
            let report = try snapshot.report(with: code)
            guard report.messages.count(where: \.isReporters) < AnonymousReportLimits.maximumMessageCount else {
                throw Refusal(.tooLarge, "a report takes \(AnonymousReportLimits.maximumMessageCount) messages")
            }
            let author = AnonymousReportRecords.reporter(of: report.identifier)
            return try report.adding(text, isReporters: true, by: author, at: try snapshot.appendTime())
        }.answer
    }

    /// Says that the reporter is this member, whose token it also has: advisories then give the member credit.
    /// - Throws: `notFound`, `conflict` where another member was named before or the member has left; nothing was recorded.
    package func credit(_ principal: Principal, with code: ClaimCode) async throws -> AnonymousReport {
        try await journal.append { snapshot in
            let report = try snapshot.report(with: code)
            try snapshot.requirePresent(principal.member)
            guard report.credited != principal.member else { return Decision([], answer: report) }
            guard report.credited == nil else { throw Refusal(.conflict, "another member has the credit already") }
            return Decision(
                [try AnonymousReportRecords.credited(report.identifier, to: principal.member)],
                answer: report.credited(to: principal.member)
            )
        }.answer
    }

    /// Takes the report back, for good: nobody can read it any more, and the key that its finding and its messages are sealed under ends
    /// with the next `forget`.
    /// - Throws: `notFound`, `budgetSpent` where as many were taken back within the hour as are taken in one.
    package func withdraw(with code: ClaimCode) async throws {
        _ = try await report(with: code)
        _ = try await journal.append { snapshot in
            let report = try snapshot.report(with: code)
            try snapshot.requireWithdrawalBudget(at: try snapshot.appendTime())
            return try report.ended(
                reason: "withdrawn by its reporter", by: AnonymousReportRecords.reporter(of: report.identifier), in: snapshot
            )
        }
    }
}

extension AnonymousReports {
    /// A report, for the clearinghouse's own people.
    package func report(_ identifier: String, for principal: Principal) async throws -> AnonymousReport {
        try principal.require(.coordinate)
        return try await journal.read { try $0.report(identifier) }
    }

    /// The clearinghouse's answer, which the reporter reads with its code.
    /// - Throws: `forbidden` without the scope, `notFound`, `malformed`; nothing was recorded.
    package func answer(_ identifier: String, _ text: String, by principal: Principal) async throws -> AnonymousReport {
        try principal.require(.coordinate)
        try AnonymousReports.requireMessage(text)
        return try await journal.append { snapshot in
            try snapshot.report(identifier)
                .adding(text, isReporters: false, by: principal.member, at: try snapshot.appendTime())
        }.answer
    }

    /// Destroys a report, as its reporter could: what nobody should have sent, or what the law demands.
    /// - Throws: `forbidden` without the scope, `notFound`, `malformed` without a reason; nothing was recorded.
    package func destroy(_ identifier: String, reason: String, by principal: Principal) async throws {
        try principal.require(.coordinate)
        guard !reason.isEmpty else { throw Refusal(.malformed, "a reason is needed", place: "/reason") }
        _ = try await journal.append { snapshot in
            let ended = try snapshot.report(identifier).ended(reason: reason, by: principal.member, in: snapshot)
            return try Decision.forgetting([identifier], after: ended.drafts)
        }
    }

    /// Destroys the keys of the reports that were taken back, all in one append: with it every table is derived anew, while all writers
    /// wait. So it is done at most once in `AnonymousReportLimits.forgettingInterval`, however many strangers take reports back.
    /// - Returns: how many reports were forgotten.
    @discardableResult
    package func forget() async throws -> Int {
        guard try await !journal.read({ try $0.endingReports() }).isEmpty else { return 0 }
        return try await journal.append { snapshot -> Decision<Int> in
            let last = try snapshot.firstRow("SELECT max(forgotten) FROM report_arrival")?.optionalInteger(0)
            let due = try snapshot.appendTime().advanced(by: .zero - AnonymousReportLimits.forgettingInterval)
            guard last ?? .min <= due.millisecondsSinceEpoch else { return Decision([], answer: 0) }
            let ending = try snapshot.endingReports()
            let decision = try Decision.forgetting(ending)
            return Decision(decision.drafts, destroying: decision.destroying, answer: ending.count)
        }.answer
    }

    private static func requireMessage(_ text: String) throws {
        let limit = AnonymousReportLimits.maximumMessageByteCount
        guard (1...limit).contains(text.utf8.count) else {
            throw Refusal(.malformed, "a message has 1 to \(limit) bytes", place: "/text")
        }
    }
}

extension AnonymousReport {
    fileprivate func adding(
        _ text: String, isReporters: Bool, by author: String, at now: Timestamp
    ) throws -> Decision<AnonymousReport> {
        let draft = try AnonymousReportRecords.messaged(
            identifier, number: Int64(messages.count + 1), text: text, by: author
        )
        let message = Message(isReporters: isReporters, text: text, sent: now)
        return Decision(
            [draft],
            answer: AnonymousReport(
                identifier: identifier, finding: finding, received: received, credited: credited,
                messages: messages + [message], advisories: advisories
            )
        )
    }

    fileprivate func credited(to member: String) -> AnonymousReport {
        AnonymousReport(
            identifier: identifier, finding: finding, received: received, credited: member, messages: messages,
            advisories: advisories
        )
    }

    /// With it go the tags of its finding, or a question would go on meeting what was taken back.
    fileprivate func ended(reason: String, by actor: String, in snapshot: JournalSnapshot) throws -> Decision<Void> {
        let reporter = AnonymousReportRecords.reporter(of: identifier)
        return Decision(
            try Questions.ending(of: reporter, by: Membership.system, in: snapshot) + [
                try AnonymousReportRecords.withdrawn(identifier, snapshot.remains(of: self), reason: reason, by: actor)
            ]
        )
    }
}

extension Decision<Void> {
    fileprivate static func forgetting(_ reports: [String], after drafts: [RecordDraft] = []) throws -> Decision<Void> {
        Decision(
            drafts + (try reports.map(AnonymousReportRecords.forgotten)),
            destroying: reports.map { AnonymousReportRecords.contentKey(of: $0) }
        )
    }
}

extension JournalSnapshot {
    /// Those that were taken back and whose keys have not ended.
    fileprivate func endingReports() throws -> [String] {
        try rows("SELECT report FROM report_arrival WHERE is_ending = 1 ORDER BY report").map { try $0.text(0) }
    }

    /// Counted in the journal, so that neither a restart nor a second server gives a new hour.
    fileprivate func requireBudget(at now: Timestamp) throws {
        try requireFewer(
            than: AnonymousReportLimits.maximumCountPerHour, in: "arrived", at: now,
            "as many anonymous reports as this clearinghouse takes in an hour have arrived; try again later"
        )
    }

    fileprivate func requireWithdrawalBudget(at now: Timestamp) throws {
        try requireFewer(
            than: AnonymousReportLimits.maximumWithdrawalCountPerHour, in: "withdrawn_by_reporter", at: now,
            "as many reports as can be in an hour were withdrawn; try again later"
        )
    }

    private func requireFewer(than limit: Int64, in column: String, at now: Timestamp, _ reason: String) throws {
        let start = now.advanced(by: .seconds(-3_600)).millisecondsSinceEpoch
        let count = try firstRow("SELECT count(*) FROM report_arrival WHERE \(column) > $1", [.integer(start)])?.integer(0)
        guard let count, count < limit else { throw Refusal(.budgetSpent, reason) }
    }
}
