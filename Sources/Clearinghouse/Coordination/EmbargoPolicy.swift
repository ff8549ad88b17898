package import CivilTime

/// How long a vulnerability may stay secret, by how many found it independently. Policy data: change the table, not the code.
///
/// 90 days for one finder is what the field has settled on (Google Project Zero, CERT/CC's 45 to 90). Every further finder who
/// reaches it by itself is evidence that it is easy to reach, and attackers do not report: hence shorter with each.
package struct EmbargoPolicy: Sendable {
    /// One line of the table.
    package struct Step: Sendable {
        /// From so many independent finders on.
        package let finders: Int
        package let days: Int
        package let reason: String
    }

    /// By rising number of finders, the first for one.
    package let steps: [Step]

    package static let standard = EmbargoPolicy(steps: [
        Step(finders: 1, days: 90, reason: "one finder: the customary time to make, test and ship a fix"),
        Step(finders: 2, days: 60, reason: "two found it independently: who looks there finds it"),
        Step(finders: 3, days: 30, reason: "three found it independently: take it that attackers did"),
        Step(finders: 5, days: 14, reason: "five and more found it independently: it is found by whoever runs the common tools")
    ])

    /// The line for so many finders; the first also where nobody's finding is left.
    package func step(forFinders count: Int) -> Step? {
        steps.last { $0.finders <= count } ?? steps.first
    }

    /// When the embargo of a case ends that was opened at this moment.
    package func deadline(from opened: Timestamp, finders: Int) -> Timestamp {
        opened.advanced(byDays: step(forFinders: finders)?.days ?? 0)
    }

    /// What the policy says of an open case.
    ///
    /// - Parameters:
    ///   - finders: who found its vulnerability by now. One that leaves, or whose finding is moved away again, is none.
    ///   - considered: how many had when the embargo was set: whoever set it knew of so many.
    /// - Returns: nil where there are no more, or where the embargo is as short as the policy says.
    func suggestion(
        finders: Int, considered: Int, opened: Timestamp, embargo: Timestamp, now: Timestamp
    ) -> EmbargoSuggestion? {
        guard finders > considered else { return nil }
        let until = max(now, deadline(from: opened, finders: finders))
        return until < embargo ? EmbargoSuggestion(until: until, finders: Int64(finders)) : nil
    }

    /// A deadline after the policy's needs a reason.
    /// - Throws: `malformed` at `/longerBecause`.
    func requireReason(_ reason: String?, for deadline: Timestamp, openedAt now: Timestamp, finders: Int) throws {
        guard deadline > self.deadline(from: now, finders: finders), reason?.isEmpty ?? true else { return }
        let step = step(forFinders: finders)
        throw Refusal(
            .malformed,
            "an embargo of more than \(step?.days ?? 0) days needs a reason (\(step?.reason ?? ""))", place: "/longerBecause")
    }
}

/// What the policy says of an open case because more have found its vulnerability than when the embargo was set. The embargo moves only when a coordinator
/// moves it.
package struct EmbargoSuggestion: Sendable {
    package let until: Timestamp
    /// Independent finders, the latest included.
    package let finders: Int64
}
