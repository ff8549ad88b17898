import CivilTime

extension HTML.StringInterpolation {
    /// A moment in UTC, to the second, with the machine's form beside it.
    mutating func appendInterpolation(_ moment: Timestamp) {
        appendInterpolation("<time datetime=\"\(moment.description)\">\(TimeWords.utc(moment))</time>" as HTML)
    }
}

/// Moments and spans as people read them.
enum TimeWords {
    /// `2026-12-01 12:00:00 UTC`. Parts of a second are left out.
    static func utc(_ moment: Timestamp) -> String {
        let clock = moment.description.drop { $0 != "T" }.dropFirst().prefix { $0 != "." && $0 != "Z" }
        return "\(moment.date) \(clock) UTC"
    }

    /// `Tuesday, 1 December 2026, 12:00 UTC`; the seconds only where there are any.
    static func long(_ moment: Timestamp) -> String {
        let (year, month, day) = moment.date.components
        let clock = moment.description.drop { $0 != "T" }.dropFirst()
        let shown = clock.dropFirst(6).hasPrefix("00") ? clock.prefix(5) : clock.prefix(8)
        return "\(moment.date.weekday.rawValue), \(day) \(months[month - 1]) \(year), \(shown) UTC"
    }

    /// The two largest units of what lies between two moments: `3 days 4 hours`.
    static func span(from start: Timestamp, to end: Timestamp) -> String {
        let seconds = abs(end.millisecondsSinceEpoch - start.millisecondsSinceEpoch) / 1_000
        let amounts = [
            (seconds / 86_400, "day"), (seconds / 3_600 % 24, "hour"), (seconds / 60 % 60, "minute"), (seconds % 60, "second")
        ]
        let largest = amounts.drop { $0.0 == 0 }.prefix(2).filter { $0.0 > 0 }
        let words = largest.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
        return words.isEmpty ? "0 seconds" : words.joined(separator: " ")
    }

    /// `3 days 4 hours left`, or `ended 2 hours ago`.
    static func remaining(until deadline: Timestamp, now: Timestamp) -> String {
        let span = span(from: now, to: deadline)
        return deadline > now ? "\(span) left" : "ended \(span) ago"
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"
    ]
}
