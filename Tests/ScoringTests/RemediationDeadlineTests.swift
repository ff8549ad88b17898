import CivilTime
import Foundation
import TestSupport
import Testing

@testable import Scoring

@Suite struct RemediationDeadlineTests {
    /// Published, outcome, what the card says.
    private static let dates: [(String, RemediationTimeline, String)] = [
        ("2026-11-24T08:00:00Z", .threeDays, "by Friday 27 November 2026"),
        ("2026-11-24T08:00:00Z", .threeDaysWithForensicTriage, "by Friday 27 November 2026"),
        ("2026-11-24T08:00:00Z", .fourteenDays, "by Tuesday 8 December 2026"),
        ("2026-11-24T08:00:00Z", .sixtyDays, "by Saturday 23 January 2027"),
        ("2026-11-24T08:00:00Z", .nextUpgrade, "at the next planned upgrade"),
        // Any moment of a day counts as that day.
        ("2026-11-24T00:00:00Z", .threeDays, "by Friday 27 November 2026"),
        ("2026-11-24T23:59:59.999Z", .threeDays, "by Friday 27 November 2026"),
        ("2026-11-25T00:00:00Z", .threeDays, "by Saturday 28 November 2026"),
        // In UTC, wherever the publisher's clock stood.
        ("2026-11-24T23:30:00-02:00", .threeDays, "by Saturday 28 November 2026"),
        // Across year ends.
        ("2026-12-29T12:00:00Z", .threeDays, "by Friday 1 January 2027"),
        ("2026-12-31T23:59:59Z", .threeDays, "by Sunday 3 January 2027"),
        ("2026-12-18T12:00:00Z", .fourteenDays, "by Friday 1 January 2027"),
        ("2027-11-02T12:00:00Z", .sixtyDays, "by Saturday 1 January 2028"),
        // Leap days: 2028 has one, 2027 and 2100 have none, 2000 had one.
        ("2028-02-26T12:00:00Z", .threeDays, "by Tuesday 29 February 2028"),
        ("2028-02-27T12:00:00Z", .threeDays, "by Wednesday 1 March 2028"),
        ("2028-02-29T12:00:00Z", .fourteenDays, "by Tuesday 14 March 2028"),
        ("2027-02-26T12:00:00Z", .threeDays, "by Monday 1 March 2027"),
        ("2100-02-26T12:00:00Z", .threeDays, "by Monday 1 March 2100"),
        ("2000-02-26T12:00:00Z", .threeDays, "by Tuesday 29 February 2000"),
        ("2028-01-01T12:00:00Z", .sixtyDays, "by Wednesday 1 March 2028"),
        ("1969-12-30T12:00:00Z", .threeDays, "by Friday 2 January 1970")
    ]

    @Test func `names the last day with its weekday`() throws {
        for (published, outcome, expected) in RemediationDeadlineTests.dates {
            let moment = try #require(Timestamp(rfc3339: published))
            #expect(RemediationDeadline(outcome, published: moment).description == expected, "\(published) \(outcome)")
        }
    }

    @Test func `agrees with another calendar on any day of three centuries`() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededGenerator(seed: seed)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        for _ in 0..<2_000 {
            let published = Timestamp(
                millisecondsSinceEpoch: Int64.random(in: -3_000_000_000_000...6_000_000_000_000, using: &random))
            for outcome in RemediationTimeline.allCases {
                guard let days = outcome.dayCount else { continue }
                let start = Date(timeIntervalSince1970: Double(published.millisecondsSinceEpoch) / 1_000)
                let end = try #require(calendar.date(byAdding: .day, value: days, to: start))
                let expected = calendar.dateComponents([.year, .month, .day, .weekday], from: end)
                let date = try #require(RemediationDeadline(outcome, published: published).date)
                let found = date.components
                #expect(
                    found.year == expected.year && found.month == expected.month && found.day == expected.day,
                    "seed \(seed): \(published) \(outcome)"
                )
                // Foundation's week begins with Sunday as day 1.
                let weekday = expected.weekday.map { Weekday.allCases[($0 + 5) % 7] }
                #expect(date.weekday == weekday, "seed \(seed): \(published) \(outcome)")
            }
        }
    }

    @Test func `is overdue from the first millisecond of the day after`() throws {
        let published = try #require(Timestamp(rfc3339: "2026-11-24T08:00:00Z"))
        let deadline = RemediationDeadline(.threeDays, published: published)
        #expect(!deadline.isOverdue(at: try #require(Timestamp(rfc3339: "2026-11-27T23:59:59.999Z"))))
        #expect(deadline.isOverdue(at: try #require(Timestamp(rfc3339: "2026-11-28T00:00:00Z"))))
        let distant = try #require(Timestamp(rfc3339: "2099-01-01T00:00:00Z"))
        #expect(!RemediationDeadline(.nextUpgrade, published: published).isOverdue(at: distant))
    }
}
