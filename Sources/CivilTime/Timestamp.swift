/// A moment in UTC, in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// Every time in the journal, on every deadline and in every document is one of these; there is no local time anywhere.
/// Leap seconds do not exist in it (RFC 3339 §5.7 lets a reader refuse `:60`; so does this one). The range is the years
/// 0000 to 9999, the range RFC 3339 can write.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Whole milliseconds; negative before 1970.
    public let millisecondsSinceEpoch: Int64

    /// The moment this many milliseconds after 1970-01-01T00:00:00Z.
    public init(millisecondsSinceEpoch: Int64) {
        self.millisecondsSinceEpoch = millisecondsSinceEpoch
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.millisecondsSinceEpoch < right.millisecondsSinceEpoch
    }

    /// The moment `duration` later; sub-millisecond parts are dropped.
    public func advanced(by duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        return Timestamp(millisecondsSinceEpoch: millisecondsSinceEpoch + seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
    }

    /// The same time of day, this many days of 24 hours later.
    public func advanced(byDays days: Int) -> Timestamp {
        Timestamp(millisecondsSinceEpoch: millisecondsSinceEpoch + Int64(days) * Timestamp.millisecondsPerDay)
    }

    static let millisecondsPerDay: Int64 = 86_400_000

    /// The calendar day this moment falls on, in UTC.
    public var date: CivilDate {
        CivilDate(daysSinceEpoch: floorDivide(millisecondsSinceEpoch, Timestamp.millisecondsPerDay))
    }
}

/// Division that rounds towards minus infinity, so that moments before 1970 fall on the right day.
func floorDivide(_ dividend: Int64, _ divisor: Int64) -> Int64 {
    let quotient = dividend / divisor
    return dividend % divisor < 0 ? quotient - 1 : quotient
}
