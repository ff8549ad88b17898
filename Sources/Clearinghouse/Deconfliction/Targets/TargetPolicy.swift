package import CivilTime
import JSONText

/// What the maintainer of a target wants of everybody who scans or reports: pure data, asked by every path that hands out work.
package struct TargetPolicy: Sendable, Hashable {
    /// The member who governs the target; nil where only coordinators do.
    package var maintainer: String?
    /// Names of packages and repositories that are the same target.
    package var aliases: [String] = []
    /// How much depends on it, from 0 to 100 (the OpenSSF criticality score times 100, or a coordinator's judgement).
    package var criticality: Int64 = 0
    /// True for what may only be scanned with its owner's signed statement.
    package var isClosed = false
    package var optOut: OptOut?
    package var pacing = Pacing()
    /// Where reports should go: a mail address, a page, a private reporting form.
    package var channel: String?
    /// When somebody last made sure that the channel is read.
    package var channelVerified: Timestamp?

    package init() {}

    /// A maintainer's wish to be neither scanned nor contacted.
    package struct OptOut: Sendable, Hashable {
        package let requested: Timestamp
        package let reason: String?

        package init(requested: Timestamp, reason: String?) {
            self.requested = requested
            self.reason = reason
        }
    }
}

/// How much a maintainer can take at once.
package struct Pacing: Sendable, Hashable {
    /// Open cases at one time; nil for no limit.
    package var openReports: Int64?
    /// Leases at one time; nil for no limit.
    package var activeScans: Int64?
    /// When new reports may be handed over; empty for always.
    package var windows: [BatchWindow] = []
    /// True where a report without a patch is not wanted.
    package var requiresPatch = false

    package init() {}

    /// The next moment at which reports may be handed over: `now` inside a window.
    package func nextWindow(from now: Timestamp) -> Timestamp {
        windows.map { $0.next(from: now) }.min() ?? now
    }
}

/// A span of every week, in UTC.
package struct BatchWindow: Sendable, Hashable {
    package let weekday: Weekday
    /// Minutes from midnight, 0 to 1,439.
    package let start: Int
    /// Minutes from midnight, after the start, up to 1,440.
    package let end: Int

    /// For whoever wrote something else.
    static let example = #"{"weekday": "Tuesday", "from": "09:00", "until": "17:00"}"#

    /// - Throws: `malformed` with the place.
    package init(weekday: Weekday, start: Int, end: Int, at place: String) throws(Refusal) {
        guard (0..<1_440).contains(start), start < end, end <= 1_440 else {
            throw Refusal(
                .malformed,
                "a window ends on the day it begins, \(BatchWindow.example), in UTC; one over midnight is two: until 24:00, and from 00:00",
                place: place)
        }
        self.weekday = weekday
        self.start = start
        self.end = end
    }

    /// `now` inside the window, else its next beginning, at most a week away.
    func next(from now: Timestamp) -> Timestamp {
        for day in 0...7 {
            let date = CivilDate(daysSinceEpoch: now.date.daysSinceEpoch + Int64(day))
            guard date.weekday == weekday else { continue }
            let midnight = date.daysSinceEpoch * BatchWindow.millisecondsPerDay
            let begins = Timestamp(millisecondsSinceEpoch: midnight + Int64(start) * 60_000)
            let ends = Timestamp(millisecondsSinceEpoch: midnight + Int64(end) * 60_000)
            if now < ends { return max(begins, now) }
        }
        return now.advanced(byDays: 7)
    }

    private static let millisecondsPerDay: Int64 = 86_400_000
}
