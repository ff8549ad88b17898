package import CivilTime

/// The day until which an outcome wants the work done.
package struct RemediationDeadline: Sendable, Hashable {
    package let outcome: RemediationTimeline
    /// The last day, in UTC; nil where no day is set (`nextUpgrade`).
    package let date: CivilDate?

    /// Days are calendar days, weekends and holidays included, counted from the UTC day on which the advisory was published:
    /// published at any time of a Tuesday, three days end with that week's Friday.
    package init(_ outcome: RemediationTimeline, published: Timestamp) {
        self.outcome = outcome
        date = outcome.dayCount.map { CivilDate(daysSinceEpoch: published.date.daysSinceEpoch + Int64($0)) }
    }

    /// True from the first moment (UTC) of the day after the last.
    package func isOverdue(at moment: Timestamp) -> Bool {
        date.map { moment.date > $0 } ?? false
    }
}

extension RemediationDeadline: CustomStringConvertible {
    /// `by Friday 27 November 2026`, or `at the next planned upgrade`.
    package var description: String {
        guard let date else { return "at the next planned upgrade" }
        let (year, month, day) = date.components
        return "by \(date.weekday.rawValue) \(day) \(RemediationDeadline.months[month - 1]) \(year)"
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December"
    ]
}
