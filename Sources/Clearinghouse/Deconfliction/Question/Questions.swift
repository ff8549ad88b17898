import BlindQuestion
package import CivilTime
package import Journal
package import Sealing

/// "Is it already known?", answered without being told what "it" is.
///
/// A member lodges a salted commitment to its finding, asks with blinded keys, and compares at home what it gets with the tags of everything
/// that is known. A miss tells nobody anything. After a match it opens the commitment, and both sides see that another holds the same.
/// Decision 16 has the reasons.
package struct Questions: Sendable {
    let journal: any Journal
    let environment: ClearinghouseEnvironment
    let lists = PublishedTags()

    package init(journal: any Journal, environment: ClearinghouseEnvironment) {
        self.journal = journal
        self.environment = environment
    }

    /// Records a commitment; the first one ever opens the first epoch. The same one again changes nothing.
    /// - Throws: `forbidden` without the scope, `conflict` where another member lodged it or the caller has left, `budgetSpent` where
    ///   too many wait; nothing was recorded.
    /// - Returns: when it was lodged, which is what counts for precedence.
    @discardableResult
    package func lodge(_ commitment: Commitment, by principal: Principal) async throws -> Timestamp {
        try principal.require(.askQuestions)
        let key = try EvaluationKey(random: environment.random)
        let member = principal.member
        return try await journal.append { snapshot -> Decision<Timestamp> in
            try snapshot.requirePresent(member)
            let row = try snapshot.firstRow(
                "SELECT member, lodged FROM question_commitment WHERE commitment = $1", [.text(commitment.digest.hex)])
            if let row {
                guard try row.text(0) == member else { throw Refusal(.conflict, "this commitment was lodged before") }
                return Decision([], answer: Timestamp(millisecondsSinceEpoch: try row.integer(1)))
            }
            try snapshot.requireFewWaiting(of: member)
            let isFirst = try snapshot.latestEpochNumber() == 0
            let epoch = isFirst ? try QuestionRecords.opening(1, key: key, by: Membership.system) : []
            return Decision(
                [try QuestionRecords.lodged(commitment, by: member)] + epoch, answer: try snapshot.appendTime())
        }.answer
    }

    /// Evaluates the elements of a question. The same elements again are answered again and not counted. Others for the same commitment
    /// are another question of the budget: whoever lost the answer with its blinds can't ask the same again.
    ///
    /// The question is recorded and counted before it is evaluated: whatever fails afterwards, nobody asks more than the budget.
    /// - Throws: `malformed` for another number of elements, `notFound` for a commitment that the caller did not lodge, `conflict` for an
    ///   epoch that has ended, `budgetSpent`; nothing was recorded.
    package func ask(
        _ elements: [BlindedElement], commitment: Commitment, epoch: Int64, by principal: Principal
    ) async throws -> [Evaluation] {
        try principal.require(.askQuestions)
        guard elements.count == BlindedQuestion.elementCount else {
            throw Refusal(
                .malformed, "a question has \(BlindedQuestion.elementCount) elements, not \(elements.count)", place: "/elements")
        }
        let request = Digest(hashing: elements.flatMap(\.bytes))
        let member = principal.member
        let key = try await journal.append { snapshot -> Decision<EvaluationKey> in
            try snapshot.requirePresent(member)
            _ = try snapshot.requireOpen(epoch)
            try snapshot.requireLodged(commitment, by: member)
            let key = try snapshot.evaluationKey(of: epoch)
            let earlier = try snapshot.firstRow(
                "SELECT 1 FROM question WHERE commitment = $1 AND epoch = $2 AND request = $3",
                [.text(commitment.digest.hex), .integer(epoch), .text(request.hex)])
            if earlier != nil { return Decision([], answer: key) }
            try snapshot.requireBudget(of: member, epoch: epoch, now: try snapshot.appendTime())
            return Decision(
                [try QuestionRecords.asked(commitment, epoch: epoch, request: request, by: member)], answer: key)
        }.answer
        return try key.evaluate(elements)
    }

    /// Closes the open epoch and opens the next: the key and every tag of the old one are destroyed in the same append.
    /// - Throws: `forbidden` without the scope; nothing was recorded.
    /// - Returns: the number of the new epoch.
    @discardableResult
    package func rotate(by principal: Principal) async throws -> Int64 {
        try principal.require(.administerMembers)
        return try await rotate(by: principal.member) { _, _ in true } ?? 0
    }

    /// The same where the open epoch is older than it may be. Nothing is opened where nobody ever asked.
    /// - Returns: the number of the new epoch; nil where it was not time.
    @discardableResult
    package func rotateIfDue() async throws -> Int64? {
        let now = environment.now()
        guard let open = try await journal.read({ try $0.openEpoch() }), open.ends <= now else { return nil }
        return try await rotate(by: Membership.system) { open, now in (open?.ends ?? now) <= now }
    }

    /// - Parameter isDue: asked in the append, by the journal's time.
    private func rotate(
        by actor: String, where isDue: @escaping @Sendable (OpenEpoch?, Timestamp) -> Bool
    ) async throws -> Int64? {
        let key = try EvaluationKey(random: environment.random)
        return try await journal.append { snapshot -> Decision<Int64?> in
            let open = try snapshot.openEpoch()
            // Another server may have been first.
            guard isDue(open, try snapshot.appendTime()) else { return Decision([], answer: nil) }
            let next = try snapshot.latestEpochNumber() + 1
            let closing = try open.map { try QuestionRecords.closing(snapshot.figures(of: $0.number), by: actor) } ?? []
            return Decision(
                closing + (try QuestionRecords.opening(next, key: key, by: actor)),
                destroying: open.map { [QuestionRecords.contentKey(ofEpoch: $0.number)] } ?? [], answer: next
            )
        }.answer
    }
}

extension JournalSnapshot {
    func requireLodged(_ commitment: Commitment, by member: String) throws {
        let row = try firstRow(
            "SELECT 1 FROM question_commitment WHERE commitment = $1 AND member = $2",
            [.text(commitment.digest.hex), .text(member)])
        guard row != nil else {
            throw Refusal(.notFound, "you lodged no such commitment: it comes first", place: "/commitment")
        }
    }

    fileprivate func requireFewWaiting(of member: String) throws {
        let waiting = try firstRow(
            """
            SELECT count(*) FROM question_commitment WHERE member = $1
            AND NOT EXISTS (SELECT 1 FROM question WHERE question.commitment = question_commitment.commitment)
            """, [.text(member)])
        guard try waiting?.integer(0) ?? 0 < QuestionLimits.waitingCommitments else {
            throw Refusal(
                .budgetSpent, "\(QuestionLimits.waitingCommitments) commitments wait for their question; ask about one first")
        }
    }

    /// - Throws: `budgetSpent`, saying when there is one more.
    fileprivate func requireBudget(of member: String, epoch: Int64, now: Timestamp) throws {
        let budget = try budget(of: member, now: now)
        guard let next = budget.next else { return }
        let spent =
            budget.leftInEpoch == 0
            ? "\(QuestionLimits.questionsAnEpoch) questions of epoch \(epoch)"
            : "\(QuestionLimits.questionsADay) questions of 24 hours"
        throw Refusal(
            .budgetSpent, "the \(spent) are spent; the next one can be asked at \(next)",
            retryAfter: .milliseconds(next.millisecondsSinceEpoch - now.millisecondsSinceEpoch))
    }

    /// Counted from the recorded questions: the same on every server, and after every restart.
    func budget(of member: String, now: Timestamp) throws -> QuestionBudget {
        let start = now.advanced(by: .zero - QuestionLimits.day)
        let recent = try rows(
            "SELECT asked FROM question WHERE member = $1 AND asked > $2 ORDER BY asked DESC LIMIT $3",
            [.text(member), .integer(start.millisecondsSinceEpoch), .integer(QuestionLimits.questionsADay)]
        ).map { Timestamp(millisecondsSinceEpoch: try $0.integer(0)) }
        let epoch = try openEpoch()
        let inEpoch =
            try firstRow(
                "SELECT count(*) FROM question WHERE epoch = $1 AND member = $2",
                [.integer(epoch?.number ?? 0), .text(member)])?.integer(0) ?? 0
        let (today, ahead) = (
            max(0, QuestionLimits.questionsADay - Int64(recent.count)), max(0, QuestionLimits.questionsAnEpoch - inEpoch)
        )
        let dayNext = today > 0 ? nil : recent.last?.advanced(by: QuestionLimits.day)
        let next = ahead > 0 ? dayNext : max(epoch?.ends ?? now, dayNext ?? now)
        return QuestionBudget(leftToday: today, leftInEpoch: ahead, next: next)
    }
}
