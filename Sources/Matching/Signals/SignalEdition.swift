package import CivilTime

/// How new a document of signals is: the day of its newest statement, and the moment it was released where it says so.
package struct SignalEdition: Hashable, Sendable, CustomStringConvertible {
    package var day: CivilDate
    package var released: Timestamp?

    package init(day: CivilDate, released: Timestamp? = nil) {
        self.day = day
        self.released = released
    }

    /// By the moments where both have one, else by the days: the CSV edition of the KEV catalogue has no release.
    package func isOlder(than other: SignalEdition) -> Bool {
        guard let released, let later = other.released else { return day < other.day }
        return released < later
    }

    /// The moment, or the day.
    package var description: String { released?.description ?? day.description }
}
